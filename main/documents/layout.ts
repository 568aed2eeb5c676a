// Layouts in worker threads: one warm worker is kept; a layout that is given up costs its worker and nothing else.
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { startInBackground } from '../background.ts';
import { CodedError, sentError, type ErrorCode } from '../../shared/errors.ts';
import { PendingCalls } from '../../shared/pending-calls.ts';
import type { PackedScene } from '../../shared/scene/packed-scene.ts';
import { debugTime } from '../debug.ts';
import type { Crop } from '../export/crop-svg.ts';
import type { TextFormat } from '../export/formats.ts';
import { distFolder } from '../package.ts';
import type {
  Answered,
  Asked,
  LayoutAnswer,
  LayoutTask,
  TextAnswer,
  TextTask,
} from '../workers/layout-worker.ts';

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

let spare: LayoutThread | null = null;

/** Starts a worker before it is needed: loading Graphviz takes longer than most layouts. */
export function warmLayout(): void {
  spare ??= new LayoutThread();
}

/**
 * Lays a graph out, several at a time if asked so.
 * @throws LayoutError when Graphviz refuses the graph; the signal's reason when it was aborted
 */
export async function layOut(task: LayoutTask, signal: AbortSignal): Promise<Layout> {
  const { scene, warnings, dot } = await perform<LayoutAnswer>(task, signal);
  return { scene, warnings, dot };
}

/** A graph as a file of any format. */
export interface ExportTask extends LayoutTask {
  format: string;
  scale: number;
  crop?: Crop;
}

/**
 * Draws a graph into a file: a layout thread writes its text, and another process makes of it what is no text.
 * @throws LayoutError when the format cannot be written here, in words; the signal's reason when it was aborted
 */
export async function exportGraph(
  task: ExportTask,
  signal: AbortSignal,
): Promise<{ data: Uint8Array; warnings: string[] }> {
  const { renderDot } = await import('../export/render.ts');
  const draw = async (format: TextFormat) => {
    const { data: text, warnings } = await perform<TextAnswer>({ ...task, format }, signal);
    return { text, warnings };
  };
  try {
    const { data, warnings } = await renderDot(task.dot, task, draw, signal);
    return { data: typeof data === 'string' ? new TextEncoder().encode(data) : data, warnings };
  } catch (error) {
    if (error instanceof LayoutError || signal.aborted) throw error;
    const { code, message } = sentError(error);
    throw new LayoutError(code, message, false);
  }
}

async function perform<A extends Answer>(
  task: LayoutTask | TextTask,
  signal: AbortSignal,
): Promise<Extract<A, { ok: true }>> {
  signal.throwIfAborted();
  const thread = spare ?? new LayoutThread();
  spare = null;
  try {
    const step = `${'format' in task ? task.format : 'layout'} by ${task.engine} of ${task.dot.length} characters`;
    const answer = await debugTime('layout thread', step, () => thread.ask(task, signal));
    keep(thread);
    if (!answer.ok) {
      const isRefused = !('isRefused' in answer) || answer.isRefused;
      throw new LayoutError(answer.error.code, answer.error.message, isRefused);
    }
    // The worker answers each kind of task with its own kind of answer.
    return answer as Extract<A, { ok: true }>;
  } catch (error) {
    if (!(error instanceof LayoutError)) thread.end();
    throw error;
  }
}

type Answer = LayoutAnswer | TextAnswer;

function keep(thread: LayoutThread): void {
  if (spare) return thread.end();
  thread.rest();
  spare = thread;
}

/** Lays out one graph at a time. A thread that ended by itself is not kept. */
class LayoutThread {
  readonly #worker = new Worker(join(distFolder, 'layout-worker.js'), {
    // Graphviz follows a chain of nodes by recursion: the usual 4 MB end with some 50,000 of them.
    resourceLimits: { stackSizeMb: 64 },
    stdout: true,
    stderr: true,
  });
  readonly #calls = new PendingCalls<Answer>();

  constructor() {
    this.#worker.unref();
    this.#worker.on('message', ({ id, answer }: Answered) => this.#calls.resolve(id, answer));
    // One that fails while nothing waits for it must not end the process.
    this.#worker.on('error', ({ message }) =>
      this.#ended(new LayoutError('failed', `the layout failed (${message}); try it again`)),
    );
    this.#worker.on('exit', () =>
      this.#ended(new LayoutError('lost', 'the layout ended without an answer; try it again')),
    );
  }

  /** @throws LayoutError when the thread ends; the signal's reason when it was aborted, which leaves the thread at work */
  async ask(task: LayoutTask | TextTask, signal: AbortSignal): Promise<Answer> {
    this.#worker.ref();
    const aborted = () => this.#calls.end(signal.reason as Error);
    signal.addEventListener('abort', aborted);
    try {
      return await this.#calls.call((id) => this.#worker.postMessage({ id, task } satisfies Asked));
    } finally {
      signal.removeEventListener('abort', aborted);
    }
  }

  /** Does not keep the process running any more. */
  rest(): void {
    this.#worker.unref();
  }

  end(): void {
    startInBackground(this.#worker.terminate());
  }

  #ended(reason: LayoutError): void {
    if (spare === this) spare = null;
    this.#calls.end(reason);
  }
}
