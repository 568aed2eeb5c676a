// Names and places as the author wrote them, in this process: of scripts that V8 knows to have a source map (bundles, tsx, ts-node,
// Vitest). Nothing is looked for where V8 knows of none, so that other programs pay nothing.
import { isProxy } from 'node:util/types';
import type { HeapGraph } from '../heap/heap-graph.ts';
import { scriptNames } from '../heap/scripts.ts';
import { readScriptsFile } from '../source-maps/scripts-file.ts';
import { SourceMaps, type ScriptRecord } from '../source-maps/source-maps.ts';
import { filePath } from '../source-maps/source-text.ts';
import type { GeneratedPlace, OriginalPlace, Places } from '../heap/original-place.ts';
import { withExpression, type Inspector } from './inspector.ts';
import { beginQuestion, endQuestion } from './session.ts';
import { isOwnScript } from './own-scripts.ts';

interface ParsedScript {
  params: { scriptId: string; url: string; sourceMapURL?: string };
}

/** The scripts of this thread that have a source map. V8 lists all its scripts for it, and nothing else changes. */
function scriptsWithMaps(inspector: Inspector): ScriptRecord[] {
  const records: ScriptRecord[] = [];
  const note = ({ params: { scriptId, url, sourceMapURL } }: ParsedScript): void => {
    if (sourceMapURL && url !== '' && !isOwnScript(url))
      records.push({ id: Number(scriptId), url, sourceMapUrl: sourceMapURL });
  };
  inspector.session.on('Debugger.scriptParsed', note as (message: object) => void);
  try {
    inspector.post('Debugger.enable');
    inspector.post('Debugger.disable');
  } catch {
    // A process that allows no debugger shows what runs.
  } finally {
    inspector.session.off('Debugger.scriptParsed', note as (message: object) => void);
  }
  return records;
}

/** From now on, the places of a snapshot of this process are the authors', where a source map has them. */
export function placeByMaps(heap: HeapGraph): void {
  heap.places = new OwnPlaces(heap);
}

/** Nothing is asked before a place is: most questions name a few objects, or none. */
class OwnPlaces implements Places {
  private maps: SourceMaps | null = null;

  constructor(private readonly heap: HeapGraph) {}

  original(place: GeneratedPlace): OriginalPlace | null {
    return (this.maps ??= mapsOf(this.heap)).original(place);
  }
}

function mapsOf(heap: HeapGraph): SourceMaps {
  const inspector = beginQuestion();
  try {
    const records = inspector ? scriptsWithMaps(inspector) : [];
    const mapped = new Set(records.map(({ id }) => id));
    // Without a record nothing is looked for: no file of a program without maps is read.
    const scripts = new Map(mapped.size === 0 ? [] : [...scriptNames(heap)].filter(([id]) => mapped.has(id)));
    return new SourceMaps(
      () => scripts,
      records,
      [],
      () => {},
    );
  } finally {
    endQuestion(inspector);
  }
}

/** The same of a snapshot in a file: by the maps beside it, and those that its scripts name. They are read when a place is first asked for. */
export function placeByFiles(heap: HeapGraph, file: string): void {
  if (heap.language.name === 'python') return;
  heap.places = new SourceMaps(
    () => scriptNames(heap),
    readScriptsFile(file),
    [],
    () => {},
  );
}

/** Of classes that were named before: their maps are not read again. */
const known = new WeakMap<object, string>();

/** The author's names of live classes. The inspector is asked when a class comes that was never named before. */
export class OriginalNames {
  private inspector: Inspector | null = null;
  private maps: SourceMaps | null = null;
  private scripts: ReadonlyMap<number, string> = new Map();

  /** @param name in the code that runs: the answer where no map has another one */
  of(constructor: object, name: string): string {
    let original = known.get(constructor);
    if (original === undefined) known.set(constructor, (original = this.find(constructor, name) ?? name));
    return original;
  }

  /** Ends what was asked of the inspector, if anything was. */
  end(): void {
    endQuestion(this.inspector);
    this.inspector = null;
  }

  private find(constructor: object, name: string): string | null {
    this.maps ??= this.read();
    const place =
      this.scripts.size === 0 || !this.inspector ? null : functionPlace(this.inspector, constructor);
    if (place === null || !this.scripts.has(place.scriptId)) return null;
    return this.maps.original({ kind: 'class', name, ...place })?.name ?? null;
  }

  private read(): SourceMaps {
    this.inspector = beginQuestion();
    const records = this.inspector ? scriptsWithMaps(this.inspector) : [];
    const scripts = new Map(records.map(({ id, url }) => [id, url]));
    this.scripts = scripts;
    return new SourceMaps(
      () => scripts,
      records,
      [],
      () => {},
    );
  }
}

/** A function on a stack, as V8 has it. Lines and columns count from 0. */
export interface Frame {
  name: string;
  /** A path or URL; empty where there is none. */
  script: string;
  line: number;
  column: number;
  /** Where the function begins. */
  start: { line: number; column: number };
}

/** The author's names and places of functions on stacks of this process. */
export class FrameNames {
  readonly #ids = new Map<string, number>();
  readonly #maps: SourceMaps;

  constructor(inspector: Inspector) {
    const records = scriptsWithMaps(inspector);
    for (const { id, url } of records) this.#ids.set(filePath(url) ?? url, id);
    const scripts = new Map(records.map(({ id, url }) => [id, url]));
    this.#maps = new SourceMaps(
      () => scripts,
      records,
      [],
      () => {},
    );
  }

  /** The line counts from 1; null where it is not known. */
  of({ name, script, line, column, start }: Frame): { name: string; script: string; line: number | null } {
    const scriptId = this.#ids.get(filePath(script) ?? script);
    const original =
      scriptId === undefined ? null : this.#maps.original({ kind: 'call', name, scriptId, line, column });
    if (scriptId === undefined || original === null) return { name, script, line: line + 1 };
    const named = start.line < 0 ? null : this.#maps.original({ kind: 'function', name, scriptId, ...start });
    return { name: named?.name ?? name, script: original.script, line: original.line };
  }
}

interface InternalProperty {
  name: string;
  value?: { value?: { scriptId?: string; lineNumber?: number; columnNumber?: number } };
}

/** Where a function is written; null for one that is not written in JavaScript. */
export function functionPlace(
  inspector: Inspector,
  fn: object,
): { scriptId: number; line: number; column: number } | null {
  if (isProxy(fn)) return null;
  const { internalProperties } = withExpression(fn, (expression) =>
    inspector.post('Runtime.getProperties', {
      objectId: inspector.evaluate(expression),
      ownProperties: true,
    }),
  );
  const found = ((internalProperties ?? []) as InternalProperty[]).find(
    ({ name }) => name === '[[FunctionLocation]]',
  );
  const { scriptId, lineNumber, columnNumber } = found?.value?.value ?? {};
  return scriptId === undefined
    ? null
    : { scriptId: Number(scriptId), line: lineNumber ?? 0, column: columnNumber ?? 0 };
}
