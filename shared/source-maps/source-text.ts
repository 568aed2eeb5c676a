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

/** Of a regular file; null for everything else, and for what cannot be looked at: links that go in a circle, a closed folder. */
export function sizeOfFile(file: string): number | null {
  try {
    const stats = statSync(file);
    return stats.isFile() ? stats.size : null;
  } catch {
    return null;
  }
}

/** Null for what is no file, empty (as those of /proc are), too large, or cannot be read. */
export function readText(file: string): string | null {
  const size = sizeOfFile(file) ?? 0;
  try {
    return size > 0 && size <= largestText ? readFileSync(file, 'utf8') : null;
  } catch {
    return null;
  }
}
