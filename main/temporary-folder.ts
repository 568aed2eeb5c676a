// The folder for temporary files, and folders in it that only their user can read. Where nothing can be written, the error says so.
import { mkdtempSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder, whyNotWritable } from '../shared/objgraph/temporary-folder.ts';

export { temporaryFolder };

/** Makes a folder of its own (0700). @throws Error in words */
export function makeTemporaryFolder(prefix: string, parent = temporaryFolder()): string {
  try {
    return mkdtempSync(join(parent, prefix));
  } catch (error) {
    throw temporaryProblem(error);
  }
}

/** The names of what is in a temporary folder; none where it cannot be read. */
export function temporaryNames(folder = temporaryFolder()): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/** Why nothing could be written to the temporary folder, for its user. */
export function temporaryProblem(error: unknown): Error {
  const reason = whyNotWritable(error);
  return new Error(
    `The temporary folder ${temporaryFolder()} cannot be used: ${reason}. Set TMPDIR to another one`,
    {
      cause: error,
    },
  );
}
