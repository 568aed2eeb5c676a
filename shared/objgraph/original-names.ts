// Names and places as the author wrote them, in this process: of scripts that V8 knows to have a source map (bundles, tsx, ts-node,
// Vitest). Nothing is looked for where V8 knows of none, so that other programs pay nothing.
import type { HeapGraph } from '../heap/heap-graph.ts';
import { scriptNames } from '../heap/scripts.ts';
import { readScriptsFile } from '../source-maps/scripts-file.ts';
import { SourceMaps, type ScriptRecord } from '../source-maps/source-maps.ts';
import { filePath } from '../source-maps/source-text.ts';
import type { GeneratedPlace, OriginalPlace, Places } from '../heap/original-place.ts';
import { functionPlace } from './function-place.ts';
import type { Inspector } from './inspector.ts';
import { beginQuestion, endQuestion } from './session.ts';
import { isOwnScript } from './own-scripts.ts';
import { listScripts, threadScript, threadScriptIds, type ThreadScript } from './thread-scripts.ts';

/** The scripts of this thread that have a source map, among those that are known. */
function scriptsWithMaps(): ScriptRecord[] {
  const records: ScriptRecord[] = [];
  for (const id of threadScriptIds()) {
    const script = threadScript(id);
    if (script !== null && hasMap(script))
      records.push({ id, url: script.url, sourceMapUrl: script.sourceMapUrl });
  }
  return records;
}

const hasMap = ({ url, sourceMapUrl }: ThreadScript): boolean =>
  sourceMapUrl !== '' && url !== '' && !isOwnScript(url);

/** A map that cannot be used is ignored without a report: the place is that of the code that runs. @param scripts their addresses by number */
const mapsOf = (
  records: readonly ScriptRecord[],
  scripts: ReadonlyMap<number, string> = new Map(records.map(({ id, url }) => [id, url])),
): SourceMaps =>
  new SourceMaps(
    () => scripts,
    records,
    [],
    () => {},
  );

/** From now on, the places of a snapshot of this process are the authors', where a source map has them. */
export function placeByMaps(heap: HeapGraph): void {
  heap.places = new OwnPlaces(heap);
}

/** Nothing is asked before a place is: most questions name a few objects, or none. */
class OwnPlaces implements Places {
  private maps: SourceMaps | null = null;
  private mapped: ReadonlySet<number> = new Set();

  constructor(private readonly heap: HeapGraph) {}

  original(place: GeneratedPlace): OriginalPlace | null {
    // Nothing is looked for where the script has no map: no file of a program without maps is read.
    const script = threadScript(place.scriptId);
    if (script === null || !hasMap(script)) return null;
    // Those of before do not have a script that came later.
    if (!this.mapped.has(place.scriptId)) this.maps = null;
    return (this.maps ??= this.read()).original(place);
  }

  private read(): SourceMaps {
    const records = scriptsWithMaps();
    this.mapped = new Set(records.map(({ id }) => id));
    const scripts = new Map([...scriptNames(this.heap)].filter(([id]) => this.mapped.has(id)));
    return mapsOf(records, scripts);
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
    listScripts(this.inspector);
    const records = scriptsWithMaps();
    const scripts = new Map(records.map(({ id, url }) => [id, url]));
    this.scripts = scripts;
    return mapsOf(records, scripts);
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
    listScripts(inspector);
    const records = scriptsWithMaps();
    for (const { id, url } of records) this.#ids.set(filePath(url) ?? url, id);
    this.#maps = mapsOf(records);
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
