// A snapshot on standard input, gzipped or not: `curl … | objgraph types -`.
import { addAbortSignal } from 'node:stream';
import { gunzipped } from './gunzip.ts';
import { TargetError, type ReadContext, type Target, type TargetKind } from './target.ts';

export const standardInput: TargetKind = {
  recognise: (text) => text === '-',
  open: () => new StandardInput(),
};

class StandardInput implements Target {
  readonly name = 'standard input';
  readonly isLive = false;

  async read(take: (chunk: Uint8Array) => void, { signal, progress }: ReadContext): Promise<void> {
    if (process.stdin.isTTY)
      throw new TargetError('standard input is this terminal: send a snapshot into it, or name a file');
    let done = 0;
    // Whoever waits for a slow pipe can give up.
    const input = addAbortSignal(signal, process.stdin) as AsyncIterable<Buffer>;
    for await (const chunk of gunzipped(input, this.name)) {
      signal.throwIfAborted();
      take(chunk);
      progress('reading standard input', (done += chunk.length), null);
    }
  }
}
