// The folder for temporary files, and folders in it that only their user can read. Where nothing can be written, the error says so.
import { mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

/** Absolute: TMPDIR may name it relative to a working folder that our other processes do not share. */
export const temporaryFolder = (): string => resolve(tmpdir());

/** Makes a folder of its own (0700). @throws Error in words */
export function makeTemporaryFolder(prefix: string): string {
  try {
    return mkdtempSync(join(temporaryFolder(), prefix));
  } catch (error) {
    throw temporaryProblem(error);
  }
}

/** The names of what is in the temporary folder; none where it cannot be read. */
export function temporaryNames(): string[] {
  try {
    return readdirSync(temporaryFolder());
  } catch {
    return [];
  }
}

const reasons: Record<string, string> = {
  ENOENT: 'it does not exist',
  ENOTDIR: 'it is not a folder',
  EACCES: 'you may not write to it',
  EROFS: 'its disk is read-only',
  ENOSPC: 'its disk is full',
  EDQUOT: 'your share of its disk is used up',
};

/** Why nothing could be written to the temporary folder, for its user. */
export function temporaryProblem(error: unknown): Error {
  const { code = String(error) } = error as NodeJS.ErrnoException;
  const reason = reasons[code] ?? `it cannot be written to (${code})`;
  return new Error(
    `The temporary folder ${temporaryFolder()} cannot be used: ${reason}. Set TMPDIR to another one`,
    {
      cause: error,
    },
  );
}
