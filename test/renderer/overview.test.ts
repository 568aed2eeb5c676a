// A large graph seen as a whole: its nodes stay visible, in the minimap too, and its edges thin and fade where they are dense.
import { describe, expect, it } from 'vitest';
import { fitted, toScreen } from '../../renderer/graph/camera.ts';
import { edgeFading } from '../../renderer/graph/paint.ts';
import type { Scene } from '../../shared/scene/scene.ts';
import { randomFrom } from './random.ts';
import { layOut } from './fake-host.ts';
import { onePage } from './one-page.ts';

const page = onePage();

/** Filled boxes in a grid, and edges between any two of them. */
async function grid(nodes: number, edges: number, distance: number): Promise<Scene> {
  const side = Math.ceil(Math.sqrt(nodes));
  const random = randomFrom(nodes + edges);
  const any = () => `n${Math.floor(random() * nodes)}`;
  const statements = [
    ...Array.from(
      { length: nodes },
      (_, i) => `n${i} [pos="${(i % side) * distance},${Math.floor(i / side) * distance}"];`,
    ),
    ...Array.from({ length: edges }, () => `${any()} -> ${any()};`),
  ];
  const dot = `digraph { splines=line; node [shape=box style=filled fillcolor="#ff00ff" color="#ff00ff" label=""] ${statements.join('\n')} }`;
  return layOut(dot, 'nop2' as 'neato');
}

/** Of a canvas: at these points of the scene, the share of them where something of the colour of nodes is within two pixels. */
async function shareSeen(
  selector: string,
  scene: Scene,
  places: { x: number; y: number }[],
): Promise<number> {
  const found = await page.window.page
    .locator(selector)
    .first()
    .evaluate((element, places) => {
      const canvas = element as HTMLCanvasElement;
      const copy = new OffscreenCanvas(canvas.width, canvas.height).getContext('2d', {
        willReadFrequently: true,
      })!;
      copy.drawImage(canvas, 0, 0);
      const { data } = copy.getImageData(0, 0, canvas.width, canvas.height);
      const isNode = (x: number, y: number) => {
        const at = 4 * (y * canvas.width + x);
        return data[at + 3] > 60 && data[at] > data[at + 1] + 20 && data[at + 2] > data[at + 1] + 20;
      };
      return places.filter(({ x, y }) => {
        for (let dx = -2; dx <= 2; dx++)
          for (let dy = -2; dy <= 2; dy++) if (isNode(Math.round(x) + dx, Math.round(y) + dy)) return true;
        return false;
      }).length;
    }, places);
  return found / scene.nodes.length;
}

const middles = ({ nodes }: Scene) =>
  nodes.map(({ bounds: [left, top, right, bottom] }) => ({ x: (left + right) / 2, y: (top + bottom) / 2 }));

it('shows every node, however small', async () => {
  const scene = await grid(2500, 0, 1500);
  await page.open({ scene }, { colorScheme: 'light' });
  const { zoom, x, y } = await page.window.shown();
  // A node is less than half a pixel wide.
  expect(zoom * 54).toBeLessThan(0.8);
  await expect
    .poll(() =>
      shareSeen(
        '.view canvas',
        scene,
        middles(scene).map((at) => ({ x: at.x * zoom + x, y: at.y * zoom + y })),
      ),
    )
    .toBe(1);
});

it('shows every node in the minimap as well', async () => {
  const scene = await grid(400, 0, 1500);
  await page.open({ scene }, { colorScheme: 'light' });
  await page.pressed('1');
  const map = page.window.page.locator('.minimap canvas');
  await expect.poll(() => map.getAttribute('data-drawn')).toBe('1');
  const size = await map.evaluate((canvas: HTMLCanvasElement) => [canvas.width, canvas.height]);
  const camera = fitted(scene.bounds, { width: size[0], height: size[1] });
  const shown = middles(scene).map((at) => toScreen(camera, at));
  expect(await shareSeen('.minimap canvas', scene, shown)).toBe(1);
});

describe('edges', () => {
  const viewport = { width: 1000, height: 700 };
  const all = ({ edges }: Scene) => edges.map((_, i) => i);

  it('fade the more, the more of the window they would cover, and never to nothing', async () => {
    const faded = await Promise.all(
      [50, 1000, 4000, 16_000].map(async (count) => {
        const scene = await grid(400, count, 400);
        return edgeFading(scene, all(scene), 0.08, viewport);
      }),
    );
    expect(faded[0]).toBe(1);
    expect(faded.toSorted((a, b) => b - a)).toEqual(faded);
    expect(new Set(faded).size).toBe(4);
    expect(faded[3]).toBeGreaterThan(0.1);
  });

  it('are whole again where labels can be read', async () => {
    const scene = await grid(400, 16_000, 400);
    expect(edgeFading(scene, all(scene), 0.08, viewport)).toBeLessThan(0.2);
    expect(edgeFading(scene, all(scene), 0.5, viewport)).toBe(1);
  });

  it('of a dense graph are no black clot: nodes are seen through them', async () => {
    const scene = await grid(400, 6000, 400);
    await page.open({ scene }, { colorScheme: 'light' });
    const { zoom, x, y } = await page.window.shown();
    const shown = middles(scene).map((at) => ({ x: at.x * zoom + x, y: at.y * zoom + y }));
    await expect.poll(() => shareSeen('.view canvas', scene, shown)).toBeGreaterThan(0.98);
    const black = await page.window.canvas.evaluate((canvas: HTMLCanvasElement) => {
      const copy = new OffscreenCanvas(canvas.width, canvas.height).getContext('2d', {
        willReadFrequently: true,
      })!;
      copy.drawImage(canvas, 0, 0);
      const { data } = copy.getImageData(0, 0, canvas.width, canvas.height);
      let dark = 0;
      for (let i = 0; i < data.length; i += 4) if (data[i] < 40 && data[i + 1] < 40) dark++;
      return dark / (data.length / 4);
    });
    expect(black).toBeLessThan(0.03);
  });
});
