// The native modules that lie beside the archive of the desktop app, and their SHA-256. Electron checks the archive (its fuse
// EnableEmbeddedAsarIntegrityValidation) and nothing beside it: main/package.ts does, by this list, which is in the archive.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '..');

/** None on macOS, whose signing changes them, and covers them: the system loads no module of another signature. */
export function nativeModules(platform = process.platform) {
  if (platform === 'darwin') return {};
  const folder = 'node_modules/@resvg';
  const files = readdirSync(join(root, folder), { recursive: true }).filter((file) => file.endsWith('.node'));
  return Object.fromEntries(
    files.map((file) => [`${folder}/${file.replaceAll('\\', '/')}`, checksumOf(join(root, folder, file))]),
  );
}

const checksumOf = (file) => createHash('sha256').update(readFileSync(file)).digest('hex');
