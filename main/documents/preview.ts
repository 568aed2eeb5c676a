// While `dot` lays out a large graph for the first time, its window shows the graph laid out by sfdp: within seconds, in a layout
// thread of its own.
import { startInBackground } from '../background.ts';
import type { LayoutTask } from '../workers/layout-worker.ts';
import { layOut, type Layout } from './layout.ts';

export const previewNote =
  'This is a preview by sfdp, which places nodes without regard to direction: the layout by dot was cancelled';

/** Milliseconds in which most layouts are done: what comes after them needs no preview. */
const delay = 150;
/** Characters of a text that cannot have so many nodes. */
const leastCharacters = 10_000;

/**
 * Starts a preview; a graph that is too small for one, or that sfdp refuses, has none.
 * @param show gets it, with the task that draws the same picture again; not called after `signal` was aborted
 */
export function startPreview(
  task: LayoutTask,
  signal: AbortSignal,
  show: (shown: Layout, drawn: LayoutTask) => void,
): void {
  if (task.dot.length < leastCharacters) return;
  const timer = setTimeout(() => {
    const shown = layOut({ ...task, preview: true }, signal).then((layout) => {
      if (signal.aborted || layout.dot === null) return;
      show(layout, { ...task, dot: layout.dot, positioned: true });
    });
    // The layout itself reports what is wrong with the graph.
    startInBackground(shown.catch(() => {}));
  }, delay);
  signal.addEventListener('abort', () => clearTimeout(timer), { once: true });
}
