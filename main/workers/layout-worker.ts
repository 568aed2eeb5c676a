// The thread that owns Graphviz: text in, a Scene out. It is terminated when a layout takes too long (see documents/layout.ts).
import { parentPort, threadId } from 'node:worker_threads';
import { startInBackground } from '../background.ts';
import { setThread } from '../debug.ts';
import type { NodeRef } from '../../shared/scene/scene.ts';
import { messageOf, sentError, type ErrorMessage } from '../../shared/errors.ts';
import type { Engine } from '../../shared/protocol.ts';
import { packScene, type PackedScene } from '../../shared/scene/packed-scene.ts';
import type { Crop } from '../export/crop-svg.ts';
import type { GraphImage } from '../export/images.ts';
import type { TextFormat } from '../export/formats.ts';
import { GraphvizError, warmGraphviz } from './graphviz.ts';
import { loadGraphviz } from './graphviz-instance.ts';
import { previewOf } from './preview.ts';
import { layOutScene } from './lay-out-scene.ts';

/** To the worker: one graph at a time. */
export interface LayoutTask {
  dot: string;
  engine: Engine;
  positioned: boolean;
  images: GraphImage[];
  /** Draws a preview of a large graph instead, by sfdp. */
  preview?: boolean;
  /** What the nodes of a heap's picture are of, by their names. */
  refs?: Record<string, NodeRef>;
}

/** The same as text instead of a scene. */
export interface TextTask extends LayoutTask {
  format: TextFormat;
  crop?: Crop;
}

/** From the worker, one for each task. */
export type LayoutAnswer =
  /** `dot` is what was drawn, with its positions, where that is a preview. */
  | { ok: true; scene: PackedScene; warnings: string[]; dot: string | null }
  | { ok: false; error: ErrorMessage };
export type TextAnswer =
  | { ok: true; data: Uint8Array; warnings: string[] }
  /** `isRefused`: the graph itself is refused, whatever is made of it. */
  | { ok: false; error: ErrorMessage; isRefused: boolean };

/** A task and its answer, paired by number. */
export interface Asked {
  id: number;
  task: LayoutTask | TextTask;
}
export interface Answered {
  id: number;
  answer: LayoutAnswer | TextAnswer;
}

setThread(threadId);
const loaded = loadGraphviz();
let asked = false;
// A graph that waits already comes before the one that only warms up.
startInBackground(
  loaded.then(
    () => (asked ? undefined : warmGraphviz()),
    // The answer to each task has the error.
    () => {},
  ),
);

parentPort?.on('message', (message: Asked) => {
  asked = true;
  startInBackground(perform(message));
});

async function perform({ id, task }: Asked): Promise<void> {
  const failure = await loaded.then(() => null, messageOf);
  const answer =
    failure !== null ? withoutGraphviz(failure) : await ('format' in task ? writeText(task) : layOut(task));
  parentPort?.postMessage({ id, answer } satisfies Answered);
}

/** An installation that lost a file of it. */
function withoutGraphviz(failure: string): TextAnswer {
  const message = `Graphviz could not be loaded (${failure}): install objgraph again`;
  return { ok: false, error: { code: 'failed', message }, isRefused: false };
}

async function layOut(task: LayoutTask): Promise<LayoutAnswer> {
  try {
    const preview = task.preview ? await previewOf(task.dot) : null;
    if (task.preview && preview === null)
      return { ok: false, error: { code: 'failed', message: 'the graph is too small for a preview' } };
    const { scene, warnings } = await layOutScene(
      preview === null ? task : { ...task, ...preview, positioned: true },
    );
    if (task.images.length > 0)
      scene.images = Object.fromEntries(task.images.map(({ name, data }) => [name, data]));
    return { ok: true, scene: packScene(scene), warnings, dot: preview && preview.dot };
  } catch (error) {
    if (error instanceof GraphvizError) return { ok: false, error: sentError(error) };
    const message = `Graphviz's drawing could not be read (${String(error)})`;
    return { ok: false, error: { code: 'failed', message } };
  }
}

async function writeText(task: TextTask): Promise<TextAnswer> {
  try {
    const { drawText } = await import('../export/draw-text.ts');
    const { text, warnings } = await drawText(task.dot, task.format, task);
    return { ok: true, data: new TextEncoder().encode(text), warnings };
  } catch (error) {
    return { ok: false, error: sentError(error), isRefused: error instanceof GraphvizError };
  }
}
