// A file as the text that DevTools' tokenizer takes.
import { openSync, readSync, statSync } from 'node:fs';

/** Text that is read as it is cut out: V8's own strings end at 512 MiB. Snapshots are plain ASCII. */
export function textOf(path) {
  const descriptor = openSync(path, 'r');
  const cut = (from, to) => {
    const bytes = Buffer.allocUnsafe(to - from);
    return bytes.latin1Slice(0, readSync(descriptor, bytes, 0, bytes.length, from));
  };
  const { size } = statSync(path);
  return { length: size, slice: (from, to) => cut(from, Math.min(to, size)) };
}
