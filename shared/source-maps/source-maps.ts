// Finds the source map of each script of a heap, when a place of it is first shown: named by the script, inline in it, beside
// it, or in a folder that the user names. Files only: nothing is fetched from a network.
import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { GeneratedPlace, OriginalPlace, Places } from '../heap/original-place.ts';
import type { ScopeReader } from './scope-reader.ts';
import { MapError, ScriptMap } from './script-map.ts';
import { filePath, largestText as largest, readText, sizeOfFile } from './source-text.ts';

/** What an inspector, or the file beside a snapshot, knows of a script. */
export interface ScriptRecord {
  id: number;
  url: string;
  /** As the script names it: an address relative to its own, or `data:` with the map. */
  sourceMapUrl: string;
}

/** A map as text, and where it is from. */
interface FoundMap {
  text: string;
  url: string;
  /** What messages call it. */
  name: string;
  code: string | null;
}

/** Files that V8 never runs as they are written: without a map, lines are those of generated code. */
const transpiled = /\.(?:tsx|jsx|mts|cts|ts)(?:\?.*)?$/;

export class SourceMaps implements Places {
  readonly #maps = new Map<number, ScriptMap | null>();
  readonly #known = new Map<string, OriginalPlace | null>();
  readonly #warned = new Set<string>();
  readonly #code = new Map<number, string | null>();
  #inFolders: Map<string, string[]> | null = null;
  #scripts: ReadonlyMap<number, string> | null = null;

  /**
   * @param findScripts finds the file or URL of each script, by its id
   * @param records what is known besides
   * @param folders where to look for maps that no script names
   * @param report called with a sentence, once for a map that cannot be used
   * @param noticeRead called with each map that is read
   * @param readScopes reads the scopes of code; without it, variables keep the names of the code that ran
   */
  constructor(
    private readonly findScripts: () => ReadonlyMap<number, string>,
    private readonly records: readonly ScriptRecord[],
    private readonly folders: readonly string[],
    private readonly report: (sentence: string) => void,
    private readonly noticeRead: (sentence: () => string) => void = () => {},
    private readonly readScopes: ScopeReader | null = null,
  ) {}

  private get scripts(): ReadonlyMap<number, string> {
    return (this.#scripts ??= this.findScripts());
  }

  private warn(sentence: string): void {
    if (this.#warned.has(sentence)) return;
    this.#warned.add(sentence);
    this.report(sentence);
  }

  original(place: GeneratedPlace): OriginalPlace | null {
    const key = `${place.kind} ${place.name} ${place.scriptId} ${place.line} ${place.column}`;
    let known = this.#known.get(key);
    if (known === undefined) this.#known.set(key, (known = this.#find(place)));
    return known;
  }

  variables(
    { scriptId, line, column }: Pick<GeneratedPlace, 'scriptId' | 'line' | 'column'>,
    names: readonly string[],
  ): ReadonlyMap<string, string> {
    const map = this.readScopes && this.scripts.has(scriptId) ? this.#mapOf(scriptId) : null;
    return map?.variables(line, column, names) ?? new Map<string, string>();
  }

  /** The author's text of a file, where a map that was read has it. */
  sourceText(script: string): string | null {
    for (const map of this.#maps.values()) {
      const text = map?.sourceText(script) ?? null;
      if (text !== null) return text;
    }
    return null;
  }

  #find(place: GeneratedPlace): OriginalPlace | null {
    if (!this.scripts.has(place.scriptId)) return null;
    const script = this.scripts.get(place.scriptId)!;
    const map = this.#mapOf(place.scriptId);
    const original = map?.original(place) ?? null;
    // Without an answer the place is one of the code that ran. That is no place in a file that was translated in memory.
    if (original !== null || (map === null && this.#isPlaceOfFile(place)) || !transpiled.test(script))
      return original;
    return { script, line: null, column: null, name: null };
  }

  /** What Node runs by removing types keeps its places: they can be seen in the file. */
  #isPlaceOfFile({ scriptId, kind, line, column }: GeneratedPlace): boolean {
    const script = this.scripts.get(scriptId);
    if (script === undefined || !transpiled.test(script)) return true;
    const code = this.#codeOf(scriptId)?.split('\n')[line]?.slice(column);
    if (code === undefined) return false;
    if (kind === 'call') return /^(?:new\b|[\p{ID_Start}$_(])/u.test(code);
    return kind === 'class' ? /^(?:\(|class\b)/.test(code) : /^(?:\(|[\p{ID_Start}$_])/u.test(code);
  }

  #codeOf(id: number): string | null {
    let code = this.#code.get(id);
    if (code === undefined) {
      const file = filePath(this.scripts.get(id) ?? '');
      this.#code.set(id, (code = file === null ? null : readText(file)));
    }
    return code;
  }

  #mapOf(id: number): ScriptMap | null {
    let map = this.#maps.get(id);
    if (map !== undefined) return map;
    map = null;
    const script = this.scripts.get(id);
    const found = script === undefined ? null : this.#lookFor(id, script);
    if (found && script !== undefined) {
      try {
        map = new ScriptMap(found.text, found.url, found.code, this.readScopes);
        if (map.problem !== null)
          this.warn(`${found.name} ${map.problem}: of ${basename(script)}, names are those of its mappings`);
        this.noticeRead(() => `${found.name} is read for ${basename(script)}`);
      } catch (error) {
        if (!(error instanceof MapError)) throw error;
        this.warn(
          `${found.name} ${error.message}: places of ${basename(script)} are those of the generated code`,
        );
      }
    }
    this.#maps.set(id, map);
    return map;
  }

  #lookFor(id: number, script: string): FoundMap | null {
    if (/^(?:node|ext|deno|electron|chrome|chrome-extension|devtools|extensions):/.test(script)) return null;
    const record = this.records.find((each) => each.id === id && isSameScript(each.url, script));
    const code = this.#codeOf(id);
    // A transpiled file is not the code that ran: its own text must not be compared with the map.
    const generated = transpiled.test(script) ? null : code;
    const named = record?.sourceMapUrl ?? (generated === null ? null : sourceMapUrlIn(generated));
    const scriptUrl = filePath(script) === null ? script : pathToFileURL(filePath(script)!).href;
    if (named?.startsWith('data:')) {
      const text = inlineMap(named);
      return text === null
        ? null
        : { text, url: scriptUrl, name: `the map in ${basename(script)}`, code: generated };
    }
    return (
      this.#mapFile(named === null ? null : resolved(named, scriptUrl), generated) ??
      this.#mapFile(filePath(`${scriptUrl}.map`), generated) ??
      this.#mapInFolders(script, generated)
    );
  }

  #mapFile(file: string | null, code: string | null): FoundMap | null {
    if (file === null) return null;
    const size = sizeOfFile(file);
    if (size === null) return null;
    if (size > largest) {
      this.warn(`${file} is larger than 100 MB: places are those of the generated code`);
      return null;
    }
    const text = readText(file);
    return text === null ? null : { text, url: pathToFileURL(file).href, name: basename(file), code };
  }

  /** Hidden maps have the name of their script. */
  #mapInFolders(script: string, code: string | null): FoundMap | null {
    if (this.folders.length === 0) return null;
    this.#inFolders ??= listMaps(this.folders, (sentence) => this.warn(sentence));
    const name = `${basename(script.replace(/[?#].*$/s, ''))}.map`;
    const files = this.#inFolders.get(name) ?? [];
    const [best, next] = files
      .map((file) => ({ file, common: commonEnd(file, `${script}.map`) }))
      .sort((a, b) => b.common - a.common);
    if (best === undefined) return null;
    if (next?.common === best.common) {
      this.warn(`${best.file} and ${next.file} may both be the map of ${script}: neither is used`);
      return null;
    }
    // The code may lie beside its map, where the script's own address is that of a server.
    return this.#mapFile(best.file, code ?? readText(best.file.replace(/\.map$/, '')));
  }
}

/** Of a CommonJS module, a snapshot has the path and an inspector the URL. */
const isSameScript = (url: string, script: string) =>
  url === script || (filePath(url) !== null && filePath(url) === filePath(script));

/** The address at the end of a script; the last counts. */
export function sourceMapUrlIn(code: string): string | null {
  const at = code.lastIndexOf('sourceMappingURL=');
  if (at < 4) return null;
  const match = /^sourceMappingURL=([^\s'"`]+)[ \t]*(?:\*\/)?\s*(?:$|\n)/.exec(code.slice(at));
  return match && /(?:\/\/|\/\*)[#@][ \t]+$/.test(code.slice(Math.max(0, at - 8), at)) ? match[1] : null;
}

function inlineMap(url: string): string | null {
  const match = /^data:application\/json[^,]*,/.exec(url);
  if (!match || url.length > largest) return null;
  const data = url.slice(match[0].length);
  try {
    return match[0].includes(';base64') ? Buffer.from(data, 'base64').toString() : decodeURIComponent(data);
  } catch {
    return null;
  }
}

function resolved(address: string, base: string): string | null {
  try {
    return filePath(new URL(address, base).href);
  } catch {
    return null;
  }
}

function listMaps(folders: readonly string[], warn: (sentence: string) => void): Map<string, string[]> {
  const maps = new Map<string, string[]>();
  for (const folder of folders) {
    const files = sizeOfFile(folder) === null ? filesIn(folder, warn) : [folder];
    for (const file of files) {
      if (!file.endsWith('.map')) continue;
      const alike = maps.get(basename(file));
      if (alike) alike.push(file);
      else maps.set(basename(file), [file]);
    }
  }
  return maps;
}

function filesIn(folder: string, warn: (sentence: string) => void): string[] {
  try {
    return readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    warn(`${folder} cannot be searched for source maps (${code ?? String(error)})`);
    return [];
  }
}

/** How many folders and names two paths have in common, from the end. */
function commonEnd(a: string, b: string): number {
  const [left, right] = [a.split(/[\\/]/).reverse(), b.split(/[\\/]/).reverse()];
  let count = 0;
  while (count < left.length && count < right.length && left[count] === right[count]) count++;
  return count;
}
