// The scripts of this thread, by V8's number of each: its address, and what it says of a source map. V8 lists all of them at once,
// hashing the text of each, which takes longer than a small picture: so it is asked again only for a script that came later.
import type { Inspector } from './inspector.ts';
import { beginQuestion, endQuestion } from './session.ts';

export interface ThreadScript {
  /** A path or URL; empty for code that was made of a string. */
  url: string;
  /** Empty where the script names no map. */
  sourceMapUrl: string;
  /** The address is the script's own claim (`//# sourceURL`). */
  isRenamed: boolean;
}

/** Scripts keep their numbers and texts. As texts: objects that the library keeps would be counted with the program's. */
const urls = new Map<number, string>();
const mapUrls = new Map<number, string>();
const renamed = new Set<number>();
/** What V8 does not list. */
const unlisted = new Set<number>();

/** The script of a number; null where V8 does not list it, or there is no inspector. */
export function threadScript(id: number): ThreadScript | null {
  if (!urls.has(id) && !unlisted.has(id)) {
    askForScripts();
    if (!urls.has(id)) unlisted.add(id);
  }
  const url = urls.get(id);
  if (url === undefined) return null;
  return { url, sourceMapUrl: mapUrls.get(id) ?? '', isRenamed: renamed.has(id) };
}

/** The numbers of those that are known now. */
export function threadScriptIds(): number[] {
  return [...urls.keys()];
}

interface ParsedScript {
  params: { scriptId: string; url: string; sourceMapURL?: string; hasSourceURL?: boolean };
}

function note({ params: { scriptId, url, sourceMapURL = '', hasSourceURL } }: ParsedScript): void {
  const id = Number(scriptId);
  urls.set(id, url);
  if (sourceMapURL !== '') mapUrls.set(id, sourceMapURL);
  if (hasSourceURL === true) renamed.add(id);
}

/** Asks V8 for those that came later, as a question of its own. */
export function askForScripts(): void {
  const inspector = beginQuestion();
  try {
    listScripts(inspector);
  } finally {
    endQuestion(inspector);
  }
}

/** Asks V8 for those that came later. */
export function listScripts(inspector: Inspector | null): void {
  if (!inspector) return;
  inspector.session.on('Debugger.scriptParsed', note as (message: object) => void);
  try {
    inspector.post('Debugger.enable');
    inspector.post('Debugger.disable');
  } catch {
    // A process that allows no debugger shows what runs.
  } finally {
    inspector.session.off('Debugger.scriptParsed', note as (message: object) => void);
  }
}
