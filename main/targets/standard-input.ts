// A snapshot on standard input, gzipped or not: `curl … | objgraph types -`.
import { readPipe } from './pipe.ts';
import { TargetError, type ReadContext, type Target, type TargetKind } from './target.ts';

export const standardInput: TargetKind = {
  recognise: (text) => text === '-',
  open: () => new StandardInput(),
};

class StandardInput implements Target {
  readonly name = 'standard input';
  readonly isLive = false;

  async read(take: (chunk: Uint8Array) => void, context: ReadContext): Promise<void> {
    if (process.stdin.isTTY)
      throw new TargetError('standard input is this terminal: send a snapshot into it, or name a file');
    await readPipe(process.stdin, this.name, take, context);
  }
}
