// The thread that owns Graphviz: text in, a Scene out. Whoever waits too long terminates it (see documents/layout.ts).
import { parentPort } from 'node:worker_threads';
import { readGraphvizJson } from '../../shared/dot/read.ts';
import { imagesInSvg, type PlacedImages } from '../../shared/dot/placed-images.ts';
import type { Engine } from '../../shared/protocol.ts';
import type { Scene } from '../../shared/scene/scene.ts';
import type { GraphImage } from '../documents/images.ts';
import { GraphvizError, runGraphviz, warmGraphviz } from './graphviz.ts';

/** To the worker: one graph at a time. */
export interface LayoutTask {
  dot: string;
  engine: Engine;
  positioned: boolean;
  images: GraphImage[];
}

/** From the worker, one for each task. */
export type LayoutAnswer = { ok: true; scene: Scene; warnings: string[] } | { ok: false; error: string };

const warm = warmGraphviz();

parentPort?.on('message', async (task: LayoutTask) => {
  await warm;
  parentPort?.postMessage(await answer(task));
});

async function answer(task: LayoutTask): Promise<LayoutAnswer> {
  try {
    const { output, warnings } = await runGraphviz({ ...task, format: 'json' });
    const scene = readGraphvizJson(JSON.parse(output), await placesOfImages(task));
    if (task.images.length > 0)
      scene.images = Object.fromEntries(task.images.map(({ name, data }) => [name, data]));
    return { ok: true, scene, warnings };
  } catch (error) {
    if (error instanceof GraphvizError) return { ok: false, error: error.message };
    return { ok: false, error: `Graphviz's drawing could not be read (${String(error)})` };
  }
}

async function placesOfImages(task: LayoutTask): Promise<PlacedImages | null> {
  return task.images.length > 0 ? imagesInSvg((await runGraphviz({ ...task, format: 'svg' })).output) : null;
}
