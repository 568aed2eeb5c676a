// The version of a runtime: what its open inspector says, else what its program answers to --version.
import { execFile } from 'node:child_process';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { LocalProcess } from './local-process.ts';

const patience = 2000;

/** By program and the time when it was written: the list is asked for again and again. */
const known = new Map<string, Promise<string | null>>();

/** Null for a program that does not say it, or that is not asked because it might open a window. */
export async function versionOf({ runtime, program, root }: LocalProcess): Promise<string | null> {
  if (runtime !== 'node' && runtime !== 'deno') return null;
  const path = root === '/' ? program : join(root, program);
  const file = await stat(path).catch(() => null);
  if (!file) return null;
  const key = `${file.dev} ${file.ino} ${file.mtimeMs} ${program}`;
  let version = known.get(key);
  if (!version) known.set(key, (version = askProgram(path)));
  return version;
}

/** Node says `v24.1.0`, Deno `deno 2.9.5 (stable, …)` first. */
async function askProgram(path: string): Promise<string | null> {
  try {
    const env = { ...process.env, NODE_OPTIONS: '' };
    const { stdout } = await promisify(execFile)(path, ['--version'], { timeout: patience, env });
    return /\d+\.\d+\.\d+\S*/.exec(stdout)?.[0] ?? null;
  } catch {
    return null;
  }
}

/** Of `/json/version`: `node.js/v24.1.0`, `Chrome/156.0.1.2`; null when it is none. */
export async function versionBehind(place: string, signal: AbortSignal): Promise<string | null> {
  try {
    const patient = AbortSignal.any([signal, AbortSignal.timeout(patience)]);
    const answer = await fetch(`http://${place}/json/version`, { signal: patient, redirect: 'error' });
    const { Browser } = (await answer.json()) as { Browser?: unknown };
    return /\/v?(\d+[\d.]*\S*)/.exec(String(Browser))?.[1] ?? null;
  } catch {
    signal.throwIfAborted();
    return null;
  }
}
