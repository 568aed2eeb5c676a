// Our layout thread, warm, beside the system's `dot` as xdot starts it; and what is under the pointer.
import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { build } from 'esbuild';
import { root } from '../../../build/scripts/desktop.mjs';
import { median } from './figures.mjs';
import { placed, treeLike } from './graphs.mjs';

class LayoutThread {
  #worker = new Worker(join(root, 'dist/layout-worker.js'), { stdout: true, stderr: true });

  async layOut(dot, positioned = false) {
    this.#worker.postMessage({ id: 1, task: { dot, engine: 'dot', positioned, images: [] } });
    const [{ answer }] = await once(this.#worker, 'message');
    if (!answer.ok) throw new Error(answer.error.message);
    return answer.scene;
  }

  end = () => this.#worker.terminate();
}

export async function measureLayout({ sizes, rounds, log }) {
  const thread = new LayoutThread();
  try {
    const results = [];
    for (const nodes of sizes) {
      const dot = treeLike(nodes);
      // V8 makes WebAssembly faster as it runs.
      for (let i = 0; i < 2; i++) await thread.layOut(dot);
      const runs = { ours: [], dot: [] };
      for (let round = 0; round < rounds; round++) {
        let start = performance.now();
        await thread.layOut(dot);
        runs.ours.push(performance.now() - start);
        start = performance.now();
        const { status, stderr } = spawnSync('dot', ['-Txdot'], { input: dot, maxBuffer: 2 ** 28 });
        if (status !== 0) throw new Error(`dot: ${stderr}`);
        runs.dot.push(performance.now() - start);
        log(`layout, ${nodes} nodes, round ${round + 1}`, runs.ours.at(-1), runs.dot.at(-1));
      }
      results.push({ nodes, ours: Math.round(median(runs.ours)), dot: Math.round(median(runs.dot)) });
    }
    return results;
  } finally {
    await thread.end();
  }
}

/** The renderer's own code, in Node, whose V8 is Chromium's. */
async function loadRenderer() {
  const { outputFiles } = await build({
    stdin: {
      contents: `export { HitTest } from './renderer/graph/hit-test.ts';
        export { unpackScene } from './shared/scene/packed-scene.ts';`,
      resolveDir: root,
    },
    bundle: true,
    format: 'esm',
    write: false,
  });
  return import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString('base64')}`);
}

/** Microseconds of one question, at points all over the picture; `reach` is 10 pixels of a picture that fits the window. */
export async function measureHits({ sizes, log }) {
  const { HitTest, unpackScene } = await loadRenderer();
  const thread = new LayoutThread();
  try {
    const results = [];
    for (const nodes of sizes) {
      const scene = unpackScene(await thread.layOut(placed(nodes), true));
      const began = performance.now();
      const hitTest = new HitTest(scene);
      const built = Math.round(performance.now() - began);
      const [left, top, right, bottom] = scene.bounds;
      const reach = 10 / Math.min(1, 1200 / (right - left), 850 / (bottom - top));
      const side = 100;
      const times = [];
      for (let round = 0; round < 2; round++)
        for (let i = 0; i < side * side; i++) {
          const x = left + ((i % side) / side) * (right - left);
          const y = top + (Math.floor(i / side) / side) * (bottom - top);
          const start = performance.now();
          hitTest.at({ x, y }, reach);
          // The first round makes it warm.
          if (round === 1) times.push(1000 * (performance.now() - start));
        }
      const sorted = times.toSorted((a, b) => a - b);
      const at = (share) => Math.round(10 * sorted[Math.floor(share * sorted.length)]) / 10;
      results.push({ nodes, built, median: at(0.5), of100: at(0.99) });
      log(`hit test, ${nodes} nodes`, results.at(-1));
    }
    return results;
  } finally {
    await thread.end();
  }
}
