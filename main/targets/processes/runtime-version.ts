// The version of a runtime: what its open inspector says, else what its program's file says, which is read and never run.
import { versionInProgram } from '../program-file.ts';
import type { LocalProcess } from './local-process.ts';

const patience = 2000;

/** Null for other runtimes than Node and Deno, and for a file that does not say. @throws the signal's reason */
export async function versionOf(process: LocalProcess, signal: AbortSignal): Promise<string | null> {
  const { runtime } = process;
  return runtime === 'node' || runtime === 'deno' ? versionInProgram(runtime, process, signal) : null;
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
