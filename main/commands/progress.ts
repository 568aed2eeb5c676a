// How far a command is: one line on standard error that is written over, where a person sits in front of it.
import type { Progress } from '../targets/target.ts';
import { formatSize } from './text-table.ts';

const interval = 100;

/** Says nothing where standard error is no terminal. `done` removes the line. */
export function showProgress(stream: NodeJS.WriteStream = process.stderr): {
  progress: Progress;
  done: () => void;
} {
  if (!stream.isTTY) return { progress: () => {}, done: () => {} };
  let last = 0;
  let lastTask = '';
  let shown = false;
  return {
    progress(task, done, total) {
      if (task === lastTask && Date.now() - last < interval) return;
      last = Date.now();
      lastTask = task;
      shown = true;
      const state =
        total === null ? (done > 0 ? formatSize(done) : '…') : `${Math.floor((100 * done) / total)} %`;
      // Some terminals do not know how wide they are.
      stream.write(`\r${`${task} ${state}`.slice(0, (stream.columns || 80) - 1)}\x1b[K`);
    },
    done() {
      if (shown) clearLine(stream);
    },
  };
}

/** Makes room for what is to stay on the screen, where the line of the progress may be. */
export function clearLine(stream: NodeJS.WriteStream = process.stderr): void {
  if (stream.isTTY) stream.write('\r\x1b[K');
}
