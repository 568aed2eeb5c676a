// Layouts in worker threads: one warm worker is kept; a layout that is given up costs its worker and nothing else.
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { startInBackground } from '../background.ts';
import { CodedError, type ErrorCode } from '../../shared/errors.ts';
import type { PackedScene } from '../../shared/scene/packed-scene.ts';
import { debugTime } from '../debug.ts';
import { distFolder } from '../package.ts';
import type { ExportAnswer, ExportTask, LayoutAnswer, LayoutTask } from '../workers/layout-worker.ts';

export interface Layout {
  scene: PackedScene;
  warnings: string[];
  /** What a preview was drawn of, with its positions; null for a layout. */
  dot: string | null;
}

/** Graphviz's refusal, in its own words; see graphvizProblem for where. */
export class LayoutError extends CodedError {
  /** @param isRefused whether the graph itself is refused, and not what was to be made of it */
  constructor(
    code: ErrorCode,
    message: string,
    readonly isRefused = true,
  ) {
    super(code, message);
  }
}

let spare: Worker | null = null;

/** Starts a worker before it is needed: loading Graphviz takes longer than most layouts. */
export function warmLayout(): void {
  spare ??= startWorker();
}

/**
 * Lays a graph out, several at a time if asked so.
 * @throws LayoutError when Graphviz refuses the graph; the signal's reason when it was aborted
 */
export async function layOut(task: LayoutTask, signal: AbortSignal): Promise<Layout> {
  const { scene, warnings, dot } = await perform<LayoutAnswer>(task, signal);
  return { scene, warnings, dot };
}

/**
 * Draws a graph into a file.
 * @throws LayoutError when the format cannot be written here, in words
 */
export async function exportGraph(
  task: ExportTask,
  signal: AbortSignal,
): Promise<{ data: Uint8Array; warnings: string[] }> {
  const { data, warnings } = await perform<ExportAnswer>(task, signal);
  return { data, warnings };
}

async function perform<A extends Answer>(
  task: LayoutTask | ExportTask,
  signal: AbortSignal,
): Promise<Extract<A, { ok: true }>> {
  signal.throwIfAborted();
  const worker = spare ?? startWorker();
  spare = null;
  try {
    const step = `${'format' in task ? task.format : 'layout'} by ${task.engine} of ${task.dot.length} characters`;
    const answer = await debugTime('layout thread', step, () => ask(worker, task, signal));
    keep(worker);
    if (!answer.ok) {
      const isRefused = !('isRefused' in answer) || answer.isRefused;
      throw new LayoutError(answer.error.code, answer.error.message, isRefused);
    }
    // The worker answers each kind of task with its own kind of answer.
    return answer as Extract<A, { ok: true }>;
  } catch (error) {
    if (!(error instanceof LayoutError)) startInBackground(worker.terminate());
    throw error;
  }
}

type Answer = LayoutAnswer | ExportAnswer;

function startWorker(): Worker {
  const worker = new Worker(join(distFolder, 'layout-worker.js'), {
    // Graphviz follows a chain of nodes by recursion: the usual 4 MB end with some 50,000 of them.
    resourceLimits: { stackSizeMb: 64 },
    stdout: true,
    stderr: true,
  });
  worker.unref();
  // One that fails while nobody waits for it must not end the process; `ask` reports those that matter.
  const gone = () => {
    if (spare === worker) spare = null;
  };
  worker.on('error', gone).on('exit', gone);
  return worker;
}

function keep(worker: Worker): void {
  if (spare) return startInBackground(worker.terminate());
  worker.unref();
  spare = worker;
}

function ask(worker: Worker, task: LayoutTask | ExportTask, signal: AbortSignal): Promise<Answer> {
  worker.ref();
  return new Promise((resolve, reject) => {
    const settle = (then: () => void) => {
      worker.off('message', answered).off('error', failed).off('exit', ended);
      signal.removeEventListener('abort', aborted);
      then();
    };
    const answered = (answer: Answer) => settle(() => resolve(answer));
    const failed = (error: Error) =>
      settle(() => reject(new LayoutError('failed', `the layout failed (${error.message}); try it again`)));
    const ended = () =>
      settle(() => reject(new LayoutError('lost', 'the layout ended without an answer; try it again')));
    const aborted = () => settle(() => reject(signal.reason as Error));
    worker.on('message', answered).on('error', failed).on('exit', ended);
    signal.addEventListener('abort', aborted);
    worker.postMessage(task);
  });
}
