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

/** More than a process can write: larger snapshots have this heap several times. */
const largestMade = 1170;

/** Three snapshots of one process, the first of about this size, each of the others 2 % larger. */
export function momentsOf(megabytes) {
  mkdirSync(folder, { recursive: true });
  const files = [1, 2, 3].map((moment) => join(folder, `growth-${megabytes}-${moment}.heapsnapshot`));
  if (!files.every((file) => existsSync(file))) {
    const path = join(import.meta.dirname, 'programs/make-snapshot.mjs');
    // V8 finds the objects of a heap that it has numbered before: minutes.
    execFileSync(process.execPath, [memory, path, usersOf(megabytes), ...files], { stdio: 'inherit' });
  }
  return files;
}

/** A snapshot of this size; it is made if it is not there yet. */
export function snapshotOf(megabytes) {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `heap-${megabytes}.heapsnapshot`);
  if (!existsSync(file)) {
    const [program, ...args] =
      megabytes <= largestMade
        ? ['make-snapshot.mjs', usersOf(megabytes)]
        : ['repeat-snapshot.mjs', snapshotOf(largestMade), Math.ceil(megabytes / largestMade)];
    const path = join(import.meta.dirname, 'programs', program);
    execFileSync(process.execPath, [memory, path, ...args, `${file}.part`], { stdio: 'inherit' });
    renameSync(`${file}.part`, file);
  }
  return file;
}
