// Which scripts are the library's own: its one file, in both of the forms that it is published in.
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const folder = dirname(fileURLToPath(import.meta.url));
const files = new Set([join(folder, 'index.js'), join(folder, 'index.cjs')]);

/** Whether a script (a path or a file URL) belongs to the library. */
export function isOwnScript(script: string): boolean {
  return files.has(script.startsWith('file:') ? fileURLToPath(script) : script);
}

/** The library's file; null where a program was bundled with it: then the functions of both have one script. */
export function ownFile(): string | null {
  try {
    const { name } = JSON.parse(readFileSync(join(folder, '../package.json'), 'utf8')) as { name?: unknown };
    return name === 'objgraph' ? fileURLToPath(import.meta.url) : null;
  } catch {
    return null;
  }
}
