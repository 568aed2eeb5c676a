// `--source-maps DIR|GLOB`, which every command takes: where to look for maps that no script names.
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setMapFolders } from '../source-maps/settings.ts';
import { UsageError } from './run.ts';

/**
 * Takes `--source-maps DIR|GLOB` out of a command line, as often as it is there.
 * @returns the other arguments
 * @throws UsageError when a folder is missing, or a pattern matches no file
 */
export function takeMapFolders(args: readonly string[]): string[] {
  const others: string[] = [];
  const folders: string[] = [];
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
      throw new UsageError('--source-maps needs a folder, a file or a pattern');
    folders.push(...placesOf(folder));
  }
  setMapFolders(folders);
  return others;
}

/** A folder or file as it is; of a pattern, the files that it matches. */
function placesOf(text: string): string[] {
  if (existsSync(text)) return [text];
  if (!/[*?{]/.test(text)) throw new UsageError(`--source-maps: ${text} does not exist`);
  // The part before the first wildcard is a folder.
  const base = /^(?:[^*?{]*[\\/])?/.exec(text)![0];
  const isFolder = statSync(base || '.', { throwIfNoEntry: false })?.isDirectory() ?? false;
  const pattern = globPattern(text.slice(base.length));
  const found = isFolder
    ? readdirSync(base || '.', { recursive: true, encoding: 'utf8' }).filter((name) => pattern.test(name))
    : [];
  if (found.length === 0) throw new UsageError(`--source-maps: no file matches ${text}`);
  return found.map((name) => join(base, name));
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
