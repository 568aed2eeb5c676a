// The version of a runtime: what its open inspector says, else what its program's file says, which is read and never run.
import { getJson } from '../http-json.ts';
import { versionInProgram } from '../program-file.ts';
import { isFields } from '../reply.ts';
import type { LocalProcess } from './local-process.ts';

const timeout = 2000;

/** Null where the file of the program does not state it. @throws the signal's reason */
export async function versionOf(process: LocalProcess, signal: AbortSignal): Promise<string | null> {
  return versionInProgram(process.runtime, process, signal);
}

/** Of `/json/version`: `node.js/v24.1.0`, `Chrome/156.0.1.2`; null when it is none. */
export async function versionBehind(place: string, signal: AbortSignal): Promise<string | null> {
  try {
    const answer = await getJson(new URL(`http://${place}/json/version`), signal, { timeout });
    const product = isFields(answer) && typeof answer.Browser === 'string' ? answer.Browser : '';
    return /\/v?(\d{1,5}(\.\d{1,5}){1,3}(-[\w.]{1,30})?)/.exec(product)?.[1] ?? null;
  } catch {
    signal.throwIfAborted();
    return null;
  }
}
