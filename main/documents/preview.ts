// Before `dot` lays out a large graph for the first time, its window shows the graph laid out by sfdp: within seconds.
import { setTimeout as sleep } from 'node:timers/promises';
import type { LayoutTask } from '../workers/layout-worker.ts';
import { layOut, type Layout } from './layout.ts';

export const previewNote =
  'This is a preview by sfdp, which places nodes without regard to direction: the layout by dot was cancelled';

/** Characters of a text that cannot have so many nodes. */
const leastCharacters = 10_000;
/**
 * Milliseconds for which `dot` waits for the preview: beside it, and a browser that starts, both would be late. Most previews are
 * laid out by then; on the others `dot` does not depend.
 */
const headStart = 3000;
/** Milliseconds in which the window paints the preview: what starts then keeps a processor busy. */
const paintTime = 400;

/**
 * Shows a preview, and comes back when `dot` may start; a graph that is too small for a preview, or that sfdp refuses, has none.
 * @param show gets it, with the task that draws the same picture again; not called after `signal` was aborted
 */
export async function previewFirst(
  task: LayoutTask,
  signal: AbortSignal,
  show: (shown: Layout, drawn: LayoutTask) => void,
): Promise<void> {
  if (task.dot.length < leastCharacters) return;
  const waiting = new AbortController();
  const pause = (time: number) =>
    sleep(time, undefined, { signal: AbortSignal.any([signal, waiting.signal]) }).catch(() => {});
  const shown = layOut({ ...task, preview: true }, signal).then(
    (layout) => {
      if (signal.aborted || layout.dot === null) return;
      show(layout, { ...task, dot: layout.dot, positioned: true });
      return pause(paintTime);
    },
    // The layout itself reports what is wrong with the graph.
    () => {},
  );
  await Promise.race([shown, pause(headStart)]);
  waiting.abort();
}
