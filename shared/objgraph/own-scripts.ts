// Which scripts are the library's own: its one file, in both of the forms that it is published in.
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const folder = dirname(fileURLToPath(import.meta.url));
const files = new Set([join(folder, 'index.js'), join(folder, 'index.cjs')]);

/** Whether a script (a path or a file URL) belongs to the library. */
export function isOwnScript(script: string): boolean {
  return files.has(script.startsWith('file:') ? fileURLToPath(script) : script);
}
