// `--source-maps DIR|GLOB|page`, which every command takes: where to look for maps that are in no file which a script names.
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setMapFolders } from '../source-maps/settings.ts';
import { UsageError } from './run.ts';

/** Not a folder: a page fetches its maps from its own origin. A folder of that name is `./page`. */
const fromPage = 'page';

/**
 * Takes `--source-maps DIR|GLOB|page` out of a command line, as often as it is there.
 * @returns the other arguments
 * @throws UsageError when a folder is missing, or a pattern matches no file
 */
export function takeMapFolders(args: readonly string[]): string[] {
  const others: string[] = [];
  const folders: string[] = [];
  let page = false;
  for (let i = 0; i < args.length; i++) {
    if (args[i] === '--') {
      others.push(...args.slice(i));
      break;
    }
    const [, name, value] = /^(--source-maps)(?:=(.*))?$/s.exec(args[i]) ?? [];
    if (name === undefined) {
      others.push(args[i]);
      continue;
    }
    const folder = value ?? args[++i];
    if (folder === undefined || folder === '')
      throw new UsageError('--source-maps needs a folder, a file or a pattern, or page');
    if (folder === fromPage) page = true;
    else folders.push(...placesOf(folder));
  }
  setMapFolders(folders, page);
  return others;
}

/** A folder or file as it is; of a pattern, the files that it matches. */
function placesOf(text: string): string[] {
  if (existsSync(text)) {
    if (!mayHaveMaps(text)) throw new UsageError(`--source-maps: ${text} is neither a folder nor a file`);
    return [text];
  }
  if (!/[*?{]/.test(text)) throw new UsageError(`--source-maps: ${text} does not exist`);
  // The part before the first wildcard is a folder.
  const base = /^(?:[^*?{]*[\\/])?/.exec(text)![0];
  const pattern = globPattern(text.slice(base.length));
  const found = namesIn(base || '.')
    .filter((name) => pattern.test(name))
    .map((name) => join(base, name))
    .filter(mayHaveMaps);
  if (found.length === 0) throw new UsageError(`--source-maps: no file matches ${text}`);
  return found;
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder, { recursive: true, encoding: 'utf8' });
  } catch {
    return [];
  }
}

/** A folder or a file, and no pipe, device or link that leads nowhere. */
function mayHaveMaps(path: string): boolean {
  try {
    const stats = statSync(path);
    return stats.isFile() || stats.isDirectory();
  } catch {
    return false;
  }
}

const wildcards: Record<string, string> = {
  '**/': '(?:.*[\\/])?',
  '**': '.*',
  '*': '[^\\/]*',
  '?': '[^\\/]',
};

const globPattern = (glob: string) => new RegExp(`^${globSource(glob)}$`);

/** `**` is any folders, `*` and `?` are characters within a name, `{a,b}` is one of several. */
function globSource(glob: string): string {
  const parts = glob.match(/\{[^{}]*\}|\*\*\/|\*\*|[*?]|[^*?{}]+|[{}]/g) ?? [];
  return parts
    .map((part) => {
      if (part.length > 1 && part.startsWith('{'))
        return `(?:${part.slice(1, -1).split(',').map(globSource).join('|')})`;
      return wildcards[part] ?? part.replace(/[.+^$()|[\]{}\\]/g, '\\$&');
    })
    .join('');
}
