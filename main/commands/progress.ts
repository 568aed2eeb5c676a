// How far a command is: one line on standard error that is replaced, where a person sits in front of it.
import type { Progress } from '../targets/target.ts';
import { clearStatus, showStatus } from '../terminal.ts';
import { formatSize } from './text-table.ts';

const interval = 100;

/** `done` removes the line. */
export function showProgress(): { progress: Progress; done: () => void } {
  let last = 0;
  let lastTask = '';
  return {
    progress(task, done, total) {
      if (task === lastTask && Date.now() - last < interval) return;
      last = Date.now();
      lastTask = task;
      const state =
        total === null ? (done > 0 ? formatSize(done) : '…') : `${Math.floor((100 * done) / total)} %`;
      showStatus(`${task} ${state}`);
    },
    done: clearStatus,
  };
}
