// Runs a fuzzer as a program of its own, so that a hang or an exhausted memory is seen from outside. For longer:
// `FUZZ_SECONDS=3600 FUZZ_SEED=1000 npx vitest run test/fuzz`.
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { build } from 'esbuild';
import type { FuzzResult } from './cases.ts';

export const seconds = Number(process.env.FUZZ_SECONDS ?? (process.env.OBJGRAPH_ALL ? 4 : 2));
export const seed = Number(process.env.FUZZ_SEED ?? 1);
/** Milliseconds. */
const longestSilence = 30_000;
const results = resolve(import.meta.dirname, '../../test-results');

/**
 * Runs cases for some seconds, and as many as `fewest` however long they take.
 * @throws Error with the seed when the program crashes, or says nothing for too long
 */
export async function fuzz(name: string, files: string[], fewest: number): Promise<FuzzResult> {
  mkdirSync(results, { recursive: true });
  // Inside the package, so that it finds our built workers; and what it writes stays in there.
  const folder = mkdtempSync(join(results, 'fuzz-'));
  try {
    const program = join(folder, 'program.mjs');
    await build({
      entryPoints: [join(import.meta.dirname, name)],
      bundle: true,
      platform: 'node',
      format: 'esm',
      packages: 'external',
      outfile: program,
      logLevel: 'error',
    });
    return await run(program, files, fewest, folder);
  } finally {
    rmSync(folder, { recursive: true, maxRetries: 5 });
  }
}

async function run(program: string, files: string[], fewest: number, folder: string): Promise<FuzzResult> {
  const child = spawn(
    process.execPath,
    ['--max-old-space-size=512', program, String(seconds), String(seed), String(fewest), ...files],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...process.env, TMPDIR: folder, XDG_STATE_HOME: folder },
    },
  );
  const ended = new Promise((resolve) => child.once('exit', (status, signal) => resolve(signal ?? status)));
  let last = '';
  let isSilent = false;
  const kill = (): void => void (isSilent = child.kill('SIGKILL'));
  let silence = setTimeout(kill, longestSilence);
  for await (const line of createInterface({ input: child.stdout })) {
    last = line;
    clearTimeout(silence);
    silence = setTimeout(kill, longestSilence);
  }
  clearTimeout(silence);
  if (last.startsWith('{')) return JSON.parse(last) as FuzzResult;
  // A SIGKILL that is not ours is the system's, which had no memory left: not the fault of a case.
  const how = isSilent ? `said nothing for ${longestSilence / 1000} s` : `ended (${String(await ended)})`;
  throw new Error(`The fuzzer ${how} with seed ${last}; to see it again: FUZZ_SEED=${last}`);
}
