// `objgraph demo`: runs the example program, a server that leaks, in a process of its own.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { distFolder } from './package.ts';

/** @throws Error when the example fails */
export async function runDemo(): Promise<void> {
  const [status] = (await once(
    spawn(process.execPath, [join(distFolder, 'demo', 'leak.mjs')], { stdio: 'inherit' }),
    'exit',
  )) as [number | null];
  if (status !== 0) throw new Error(`the example program ended with status ${status}`);
}
