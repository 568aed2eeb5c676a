// The source map of one script: from a place in the generated code to the author's file, line and name. It gives no answer rather
// than a wrong one: a map that does not fit the code is not used.
// Format: https://tc39.es/ecma426/; read by @jridgewell/trace-mapping, but for mappings, of which it decodes all or none.
import {
  decodedMap,
  encodedMappings,
  FlattenMap,
  sourceContentFor,
  TraceMap,
} from '@jridgewell/trace-mapping';
import type { GeneratedPlace, OriginalPlace } from '../heap/original-place.ts';
import { enclosingClass } from './enclosing-class.ts';
import { Mappings } from './mappings.ts';
import {
  ScopesError,
  type IsHeader,
  type MapScopes,
  type ScopeReader,
  type ScriptScopes,
} from './scope-reader.ts';

/** A map that cannot be used; the message is one sentence. */
export class MapError extends Error {}

/** Of names in the wild; a longer one is no name. */
const longestName = 200;
const identifier = /^[\p{ID_Start}$_#][\p{ID_Continue}$\u200c\u200d]*$/u;
const identifierPart = /[\p{ID_Continue}$#]/u;

export class ScriptMap {
  readonly #map: TraceMap;
  readonly #mappings: Mappings;
  readonly #lines: string[] | null;
  readonly #code: string | null;
  /** Where the lines of the code begin; made when it is first asked for. */
  #codeStarts: number[] | null = null;
  #scopes: ScriptScopes | null | undefined;
  /** What the map itself says of scopes; null where it does not. */
  readonly #mappedScopes: MapScopes | null = null;
  /** What of the map is not used, and why; null where all is. */
  readonly problem: string | null = null;
  /** Per place and variables: a function that runs often makes many scopes, all with one answer. */
  readonly #variables = new Map<string, ReadonlyMap<string, string>>();
  /** Per source, where its lines begin. */
  readonly #starts = new Map<number, number[]>();
  /** Per source, its path; null where it has none. */
  readonly #paths: (string | null)[];
  /** Per name of the map, whether code can have it: asked when it is first met. */
  readonly #isName: (boolean | undefined)[] = [];

  /**
   * @param text the map, as JSON
   * @param url the file or URL of the map: its sources are relative to it
   * @param code the generated code, if it is at hand
   * @param scopes reads scopes; without it, variables keep the names of the code that ran
   * @throws MapError
   */
  constructor(
    text: string,
    url: string,
    code: string | null,
    private readonly scopes: ScopeReader | null = null,
  ) {
    let json: unknown;
    try {
      // Some servers put a line in front of JSON that no script can read.
      json = JSON.parse(text.replace(/^\)\]\}'[^\n]*\n/, ''));
      refuseEndless(json);
      this.#map = new FlattenMap(json as never, url);
      this.#mappings = mappingsOf(this.#map);
    } catch (error) {
      throw error instanceof MapError ? error : new MapError('is no source map');
    }
    if (!Array.isArray(this.#map.names) || !Array.isArray(this.#map.resolvedSources))
      throw new MapError('is no source map');
    this.#paths = (this.#map.resolvedSources as unknown[]).map((source) =>
      typeof source === 'string' && source !== '' ? readablePath(source) : null,
    );
    try {
      this.#mappedScopes = scopes?.ofMap(json as object) ?? null;
    } catch (error) {
      if (!(error instanceof ScopesError)) throw error;
      this.problem = error.message;
    }
    this.#code = code;
    this.#lines = code === null ? null : code.split(/\r\n|[\n\r\u2028\u2029]/);
    if (!this.#fits()) throw new MapError('is of another version of the code');
  }

  /** @returns null where the map has nothing for it */
  original(place: GeneratedPlace): OriginalPlace | null {
    const segment = this.#mappings.find(place.line, place.column);
    if (segment === null || segment.length === 1 || !this.#leadsTo(segment[0], place)) return null;
    const [, sourceIndex, line, column] = segment;
    const script = this.#paths[sourceIndex] ?? null;
    if (script === null) return null;
    const content = sourceContentFor(this.#map, this.#map.sources[sourceIndex] ?? '');
    const known = typeof content === 'string' ? content : null;
    if (known !== null && !this.#hasPlace(sourceIndex, known, line, column)) return null;
    return {
      script,
      line: line + 1,
      column: column + 1,
      name: this.#name(place, known, line, column),
    };
  }

  /** See `Places`. */
  variables(line: number, column: number, names: readonly string[]): ReadonlyMap<string, string> {
    const key = `${line}:${column} ${names.join()}`;
    const known = this.#variables.get(key);
    if (known) return known;
    const found = new Map<string, string>();
    this.#variables.set(key, found);
    if (this.#code === null || this.scopes === null) return found;
    const mapped = this.#mappedScopes?.variables({ line, column }, names, this.#isHeaderOf({ line, column }));
    if (mapped && mapped.size > 0) {
      for (const [name, original] of mapped) if (isName(original)) found.set(name, original);
      return found;
    }
    if (this.#scopes === undefined) this.#scopes = this.scopes?.ofCode(this.#code) ?? null;
    const starts = (this.#codeStarts ??= codeLineStarts(this.#code));
    const declared = this.#scopes?.declarations(starts[line] + column, names);
    declared?.forEach((position, i) => {
      if (position < 0) return;
      const at = starts.findLastIndex((start) => start <= position);
      const name = this.#nameAt(at, position - starts[at]);
      if (name !== null) found.set(names[i], name);
    });
    return found;
  }

  /** The name of the segment that begins at a place of the code. */
  #nameAt(line: number, column: number): string | null {
    const segment = this.#mappings.find(line, column);
    if (segment?.length !== 5 || segment[0] !== column) return null;
    const name: unknown = this.#map.names[segment[4]];
    return typeof name === 'string' && (this.#isName[segment[4]] ??= isName(name)) ? name : null;
  }

  /** The text of one of its sources, by the path that `original` gives; null where the map does not have it. */
  sourceText(script: string): string | null {
    const index = this.#paths.indexOf(script);
    const text = index < 0 ? null : sourceContentFor(this.#map, this.#map.sources[index] ?? '');
    return typeof text === 'string' ? text : null;
  }

  #hasPlace(source: number, text: string, line: number, column: number): boolean {
    let starts = this.#starts.get(source);
    if (!starts) this.#starts.set(source, (starts = lineStarts(text)));
    return line + 1 < starts.length && starts[line] + column < starts[line + 1];
  }

  /** The nearest segment may be that of other code before it: helpers of bundlers have none. */
  #leadsTo(start: number, { kind, line, column }: GeneratedPlace): boolean {
    if (kind === 'class') return true;
    const between = this.#lines?.[line]?.slice(start, column);
    if (between === undefined) return true;
    return between.length < furthest.function && !/[;}]/.test(between);
  }

  /** The author's name. Bundlers record it at the position of the name: before the place that V8 knows. */
  #name(place: GeneratedPlace, content: string | null, line: number, column: number): string | null {
    const kind = this.#isClass(place) ? 'class' : place.kind;
    const noted = this.#notedName({ ...place, kind });
    if (kind !== 'class' || content === null) return noted;
    // A bundler that takes a class apart gives it a second name, `_Cart`, which its author never wrote.
    if (noted !== null && (!mayBeSecondName.test(noted) || hasWord(content, noted))) return noted;
    const name = enclosingClass(content, line, column);
    return name !== null && isName(name) ? name : noted;
  }

  /** On a stack, and among functions, a class is at its constructor, which is called by the name of the class. */
  #isClass({ kind, line, column }: GeneratedPlace): boolean {
    if (kind !== 'function') return kind === 'class';
    const code = this.#lines?.[line];
    if (code === undefined) return false;
    return (
      /^(?:class|constructor)(?![\w$])/.test(code.slice(column, column + 12)) ||
      (code[column] === '(' &&
        /(?<![\w$.])constructor\s*$/.test(code.slice(Math.max(0, column - 20), column)))
    );
  }

  #notedName({ kind, name, line, column }: GeneratedPlace): string | null {
    if (kind === 'function') {
      const mapped = this.#mappedScopes?.functionName(this.#isHeaderOf({ line, column }));
      if (mapped && isName(mapped)) return mapped;
    }
    if (name === '' || kind === 'call') return null;
    const code = this.#lines?.[line];
    const starts =
      code === undefined ? guessedStarts(kind, name, column) : declarations(code, kind, name, column);
    for (const start of starts) {
      const found = this.#nameAt(line, start);
      if (found !== null && found !== 'constructor') return found;
    }
    return null;
  }

  /** V8 has a function at its parenthesis or at its first word; a map may begin it at either. */
  #isHeaderOf({ line, column }: { line: number; column: number }): IsHeader {
    return (start) => {
      if (start.line !== line) return false;
      if (start.column === column) return true;
      const [from, to] = start.column < column ? [start.column, column] : [column, start.column];
      if (to - from > furthest.function) return false;
      return isHeader.test(this.#lines?.[line]?.slice(from, to) ?? ';');
    };
  }

  /** Segments begin where words begin. In a map of other code, many begin within one, or behind the end. */
  #fits(): boolean {
    if (this.#lines === null) return true;
    let looked = 0;
    let wrong = 0;
    for (const { line, column } of this.#mappings.places(mostCompared)) {
      const code = this.#lines[line];
      looked++;
      if (code === undefined || column > code.length) wrong++;
      else if (column > 0 && isPart(code[column - 1]) && isPart(code[column] ?? ' ')) wrong++;
    }
    return wrong <= looked * 0.05;
  }
}

/** Segments by which a map is compared with the code. */
const mostCompared = 160_000;
/** Those of bundles of 100 MB have less. Reading, which cannot be cancelled, takes seconds for as much. */
const mostLines = 4e6;
const mostMappings = 64e6;
/** What has to be decoded as a whole takes twenty times as much memory. */
const mostDecoded = 8e6;

/** @throws MapError */
function mappingsOf(map: TraceMap): Mappings {
  const mappings = new Mappings(encodedMappings(map));
  if (mappings.isSorted) return mappings;
  if (encodedMappings(map).length > mostDecoded)
    throw new MapError('has too many places that are in no order');
  return new Mappings(encodedMappings(new TraceMap(decodedMap(map))));
}

/** @throws MapError for mappings that would take minutes, in a map or in all of its sections */
function refuseEndless(json: unknown): void {
  let [lines, length] = [0, 0];
  const open = [json];
  for (let map; (map = open.pop()) !== undefined;) {
    const { mappings, sections } = Object(map) as Record<string, unknown>;
    if (Array.isArray(sections))
      for (const section of sections as unknown[]) open.push((Object(section) as { map?: unknown }).map);
    if (typeof mappings !== 'string') continue;
    length += mappings.length;
    for (let at = mappings.indexOf(';'); at >= 0 && lines <= mostLines; at = mappings.indexOf(';', at + 1))
      lines++;
  }
  const mostOfAll =
    (Object(json) as { sections?: unknown }).sections === undefined ? mostMappings : mostDecoded;
  if (lines > mostLines || length > mostOfAll) throw new MapError('has more places than any bundle');
}

/** What is before the parenthesis of a function. */
const isHeader = /^(?:(?:async|static|get|set)\s+)*(?:function\b\s*)?\*?\s*[\w$#]*\s*$/;

/** What bundlers and compilers make of the name of a class that they take apart. */
const mayBeSecondName = /^_|_\d+$/;

const isName = (text: string) => text.length <= longestName && identifier.test(text);
const isPart = (character: string) => identifierPart.test(character);

function hasWord(text: string, word: string): boolean {
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1))
    if (!isPart(text[at - 1] ?? ' ') && !isPart(text[at + word.length] ?? ' ')) return true;
  return false;
}

/** Where each line of the code begins, as V8 counts lines. */
const codeLineStarts = (code: string): number[] => [
  0,
  ...Array.from(code.matchAll(/\r\n|[\n\r\u2028\u2029]/g), ({ index, 0: end }) => index + end.length),
];

/** Where each line of a text begins, and where the text ends. */
function lineStarts(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return [...starts, text.length + 1];
}

/** Without the code: right in front of the place, `name(` and `name=(`, `class name` and `name=class`. */
function guessedStarts(kind: 'class' | 'function', name: string, column: number): number[] {
  const { length } = name;
  return (
    kind === 'class' ? [column + 6, column - length - 1] : [column - length, column - length - 1]
  ).filter((start) => start >= 0);
}

/** How far before a place its name is looked for: lines of bundles are as long as the bundle. */
const furthest = { class: 20_000, function: 300 };

/** Where the name of what is at a column is declared, the nearest before it first. */
function declarations(code: string, kind: 'class' | 'function', name: string, column: number): number[] {
  if (kind === 'function') return functionNameAt(code, name, column);
  // Old code has functions for classes.
  const asFunction = functionNameAt(code, name, column);
  return asFunction.length > 0 ? asFunction : classNameBefore(code, name, column);
}

/** Right in front of the place: `function name(`, `name=function(`, `name=(`. */
function functionNameAt(code: string, name: string, column: number): number[] {
  // On a stack, V8 has the word `function`; in a snapshot, the parenthesis.
  const ahead = /^(?:async\s+)?function(?![\w$])\s*\*?\s*/.exec(code.slice(column, column + 40));
  if (ahead && isPart(code[column + ahead[0].length] ?? ' ')) return [column + ahead[0].length];
  if (code.startsWith(name, column) && !isPart(code[column + name.length] ?? ' ')) return [column];
  const offset = Math.max(0, column - furthest.function);
  const escaped = name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const pattern = new RegExp(
    `(?<![\\w$])(${escaped})(?:\\s*[=:]\\s*)?(?:async\\s*)?(?:function\\s*\\*?\\s*)?$`,
    'd',
  );
  const start = pattern.exec(code.slice(offset, column))?.indices?.[1]?.[0];
  return start === undefined ? [] : [offset + start];
}

const isClassValue = /\s*[=:]\s*class(?![\w$])/y;
const endsWithClass = /(?<![\w$.])class\s+$/;

/** Only the nearest, `name=class` or `class name`: one further away is another class of that name. Lines are as long as a bundle. */
function classNameBefore(code: string, name: string, column: number): number[] {
  const offset = Math.max(0, column - furthest.class);
  const before = code.slice(offset, column + 'class '.length + name.length + 1);
  const place = column - offset;
  for (let at = before.lastIndexOf(name); at >= 0; at = at === 0 ? -1 : before.lastIndexOf(name, at - 1)) {
    isClassValue.lastIndex = at + name.length;
    if (at <= place && !/[\w$.]/.test(before[at - 1] ?? '') && isClassValue.test(before))
      return [offset + at];
    const word = endsWithClass.exec(before.slice(Math.max(0, at - 'class '.length - 10), at));
    const isWhole = word !== null && !/[\w$]/.test(before[at + name.length] ?? '');
    if (isWhole && at - word[0].length <= place) return [offset + at];
  }
  return [];
}

/** `webpack://app/./src/cart.ts` is `webpack://app/src/cart.ts`. */
function readablePath(source: string): string {
  const clean = source.replace(/[\p{Cc}]/gu, '').replace(/^(webpack:\/\/[^/]*\/)\.\//, '$1');
  return clean.replace(/^(webpack:\/\/.*)\?[\w]{4,8}$/, '$1');
}
