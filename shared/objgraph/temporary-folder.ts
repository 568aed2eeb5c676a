// The folder for temporary files, and why nothing can be written to it.
import { statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { resolve } from 'node:path';

/** Absolute: TMPDIR may name it relative to a working folder that our other processes do not share. */
export const temporaryFolder = (): string => resolve(tmpdir());

const reasons: Record<string, string> = {
  ENOTDIR: 'it is not a folder',
  EACCES: 'you may not write to it',
  EROFS: 'its disk is read-only',
  ENOSPC: 'its disk is full',
  EDQUOT: 'your share of its disk is used up',
};

/** The end of a sentence for its user. @param error of the system, for a file or folder that was to be made in it */
export function whyNotWritable(error: unknown): string {
  const { code = String(error) } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT' && !exists(temporaryFolder())) return 'it does not exist';
  return reasons[code] ?? `it cannot be written to (${code})`;
}

function exists(path: string): boolean {
  try {
    return statSync(path, { throwIfNoEntry: false }) !== undefined;
  } catch {
    // There is something that may not be looked at.
    return true;
  }
}
