// The snapshots that are measured, made once and kept in the system's folder for temporary files.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const folder = join(tmpdir(), 'objgraph-bench');
/** Node's options, so that it may use the machine's memory. */
export const memory = '--max-old-space-size=14000';

/** Node itself takes 3 MB of a snapshot; 516 users, with all that is theirs, fill one. */
export const usersOf = (megabytes) => Math.round(516 * (megabytes - 3));

/** A snapshot of this size; it is made if it is not there yet. */
export function snapshotOf(megabytes) {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `heap-${megabytes}.heapsnapshot`);
  if (!existsSync(file)) {
    const program = join(import.meta.dirname, 'programs/make-snapshot.mjs');
    execFileSync(process.execPath, [memory, program, usersOf(megabytes), `${file}.part`], {
      stdio: 'inherit',
    });
    renameSync(`${file}.part`, file);
  }
  return file;
}
