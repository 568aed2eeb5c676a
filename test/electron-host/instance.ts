// The single instance: a file with its process id.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isRunning } from '../../main/documents/temporary.ts';

/** False when another process has it. */
export function takeInstance(folder: string): boolean {
  mkdirSync(folder, { recursive: true });
  const lock = join(folder, 'instance.lock');
  for (;;) {
    try {
      writeFileSync(lock, String(process.pid), { flag: 'wx' });
      process.once('exit', () => rmSync(lock, { force: true }));
      return true;
    } catch {
      const owner = Number(readFileSync(lock, 'utf8'));
      if (owner > 0 && isRunning(owner)) return false;
      rmSync(lock, { force: true });
    }
  }
}
