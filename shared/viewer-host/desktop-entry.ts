// Desktop entries of the app: a package writes one, and so do the programs that integrate an AppImage, each under a name of its
// own. https://specifications.freedesktop.org/desktop-entry-spec
import { readdirSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { protocolKey } from './protocol.ts';

export interface DesktopEntry {
  /** The program that it starts, by its full path. */
  command: string;
  /** As the entry names it; null when it does not. */
  protocol: number | null;
  version: string;
}

/** `objgraph.desktop`, `appimagekit_0123abcd-objgraph.desktop`, `objgraph-0.1.0.desktop` */
const entryName = /^(?:[\w-]+-)?objgraph(?:[-_.][\w.-]*)?\.desktop$/i;
const longestEntry = 64 * 1024;

/** The app's entries, those of the user first. */
export function findDesktopEntries(env: NodeJS.ProcessEnv): DesktopEntry[] {
  return applicationFolders(env).flatMap((folder) =>
    namesIn(folder)
      .filter((name) => entryName.test(name))
      .sort()
      .flatMap((name) => readEntry(join(folder, name)) ?? []),
  );
}

function applicationFolders({ XDG_DATA_HOME, XDG_DATA_DIRS, HOME }: NodeJS.ProcessEnv): string[] {
  const own =
    XDG_DATA_HOME && isAbsolute(XDG_DATA_HOME) ? XDG_DATA_HOME : join(HOME || homedir(), '.local', 'share');
  const others = (XDG_DATA_DIRS || '/usr/local/share:/usr/share').split(':').filter(isAbsolute);
  return [own, ...others].map((folder) => join(folder, 'applications'));
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function readEntry(file: string): DesktopEntry | null {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    return null;
  }
  return text.length > longestEntry ? null : parseDesktopEntry(text);
}

/** @returns null for an entry that is not the app's own: another program may be called like it */
export function parseDesktopEntry(text: string): DesktopEntry | null {
  const group = /^\[Desktop Entry\]\s*$([\s\S]*?)(?=^\[|$(?![\s\S]))/m.exec(text)?.[1] ?? '';
  const keys = new Map(
    [...group.matchAll(/^([\w-]+)[ \t]*=[ \t]*(.*?)\s*$/gm)].map(([, key, value]) => [key, value]),
  );
  if (keys.get('StartupWMClass') !== 'objgraph' || keys.get('Type') !== 'Application') return null;
  if (keys.get('Hidden') === 'true') return null;
  const command = programOf(keys.get('Exec') ?? '');
  if (command === null) return null;
  const protocol = /^\d{1,9}$/.exec(keys.get(protocolKey) ?? '');
  return {
    command,
    protocol: protocol && Number(protocol[0]),
    version: keys.get('X-AppImage-Version') ?? keys.get('X-Objgraph-Version') ?? '',
  };
}

/**
 * The program of an Exec line, which may be quoted. `env NAME=VALUE … PROGRAM` is looked through: programs that integrate
 * AppImages write so.
 */
function programOf(exec: string): string | null {
  // Two escapes: that of a value, then that of a quoted argument.
  const value = exec.replace(/\\(.)/g, (_whole, letter: string) =>
    letter === 's' ? ' ' : letter === '\\' ? '\\' : `\\${letter}`,
  );
  const words = [...value.matchAll(/"((?:[^"\\]|\\.)*)"|(\S+)/g)].map(
    ([, quoted, plain]) => plain ?? quoted.replace(/\\(.)/g, '$1'),
  );
  let at = 0;
  if (words[0] === 'env' || words[0] === '/usr/bin/env') {
    at = 1;
    while (/^\w+=/.test(words[at] ?? '')) at++;
  }
  const program = words[at] ?? '';
  return isAbsolute(program) ? program : null;
}
