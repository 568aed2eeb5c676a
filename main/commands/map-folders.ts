// `--source-maps DIR`, which every command takes: where to look for maps that no script names.
import { existsSync } from 'node:fs';
import { setMapFolders } from '../source-maps/settings.ts';
import { UsageError } from './run.ts';

/**
 * Takes `--source-maps DIR` out of a command line, as often as it is there.
 * @returns the other arguments
 * @throws UsageError when a folder is missing
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
    if (folder === undefined || folder === '') throw new UsageError('--source-maps needs a folder or a file');
    if (!existsSync(folder)) throw new UsageError(`--source-maps: ${folder} does not exist`);
    folders.push(folder);
  }
  setMapFolders(folders);
  return others;
}
