// Which scripts are the library's own: everything in the folder that it is installed in.
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

const folder = dirname(fileURLToPath(import.meta.url));

/** Whether a script (a path or a file URL) belongs to the library. */
export function isOwnScript(script: string): boolean {
  const path = script.startsWith('file://') ? fileURLToPath(script) : script;
  return path.startsWith(folder);
}
