// A snapshot that comes through a pipe, which may be slow, or not come at all: waiting for it can be cancelled.
import { constants, openSync } from 'node:fs';
import { Socket } from 'node:net';
import { addAbortSignal, type Readable } from 'node:stream';
import { gunzipped } from './gunzip.ts';
import type { ReadContext } from './target.ts';

/**
 * A named pipe, which need not have a writer yet. To open it in the usual way would wait for one, in a thread that nothing
 * ends.
 */
export function openNamedPipe(path: string): Readable {
  const fd = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  return new Socket({ fd, readable: true, writable: false });
}

/** Reads a pipe to its end, gzipped or not. @throws TargetError; the signal's reason */
export async function readPipe(
  pipe: Readable,
  name: string,
  take: (chunk: Uint8Array) => void,
  { signal, progress }: ReadContext,
): Promise<void> {
  let done = 0;
  progress(`waiting for ${name}`, 0, null);
  try {
    for await (const chunk of gunzipped(addAbortSignal(signal, pipe) as AsyncIterable<Buffer>, name)) {
      signal.throwIfAborted();
      take(chunk);
      progress(`reading ${name}`, (done += chunk.length), null);
    }
  } catch (error) {
    throw signal.aborted ? (signal.reason as Error) : error;
  }
}
