// Files of source code, by the path or URL that a heap has of them.
import { readFileSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Larger files are neither code nor maps that people make. */
export const largestText = 100e6;

/** A file of this machine; null for other addresses. */
export function filePath(address: string): string | null {
  try {
    if (address.startsWith('file:')) return new URL(address).host === '' ? fileURLToPath(address) : null;
  } catch {
    return null;
  }
  return /^(?:\/(?!\/)|[A-Za-z]:[\\/])/.test(address) ? address : null;
}

/** Null for what is no file, empty (as those of /proc are), too large, or cannot be read. */
export function readText(file: string): string | null {
  try {
    const stats = statSync(file);
    return stats.isFile() && stats.size > 0 && stats.size <= largestText ? readFileSync(file, 'utf8') : null;
  } catch {
    return null;
  }
}
