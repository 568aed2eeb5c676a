// How a picture and its window look in the cases that users have reported.
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readFile } from 'node:fs/promises';
import { layOutScene } from '../../main/workers/lay-out-scene.ts';
import type { Scene } from '../../shared/scene/scene.ts';
import { layOut } from './fake-host.ts';
import { onePage } from './one-page.ts';

const page = onePage();

/** The colour of a canvas (0 picture, 1 overlay) at points of the scene, as `r,g,b,a`. */
async function coloursAt(points: { x: number; y: number }[], layer: 0 | 1): Promise<string[]> {
  const { zoom, x: left, y: top } = await page.window.shown();
  const places = points.map(({ x, y }) => [x * zoom + left, y * zoom + top] as const);
  return page.window.page
    .locator('canvas')
    .nth(layer)
    .evaluate((element, places) => {
      const canvas = element as HTMLCanvasElement;
      const ratio = canvas.width / canvas.clientWidth;
      const copy = Object.assign(document.createElement('canvas'), {
        width: canvas.width,
        height: canvas.height,
      });
      const context = copy.getContext('2d', { willReadFrequently: true })!;
      context.drawImage(canvas, 0, 0);
      return places.map(([x, y]) =>
        [...context.getImageData(Math.round(x * ratio), Math.round(y * ratio), 1, 1).data].join(),
      );
    }, places);
}

const textOf = (scene: Scene) => {
  const text = [...scene.nodes, ...scene.edges]
    .flatMap(({ shapes }) => shapes)
    .find(({ kind }) => kind === 'text');
  if (text?.kind !== 'text') throw new Error('a text');
  return text;
};

it('a highlighted edge is whole where its own label lies on it', async () => {
  const scene = await layOut('digraph { ranksep=3; a -> b [label=mmmm arrowhead=none] }');
  const line = scene.edges[0].shapes.find(({ kind }) => kind === 'bezier')!;
  if (line.kind !== 'bezier') throw new Error('a line');
  const x = line.points[0];
  const ys = [line.points[1], line.points.at(-1)!];
  const text = textOf({ ...scene, nodes: [] });
  // A wide space between letters: only the rim of paper could cut the line there.
  Object.assign(text, { x, text: 'm               m' });
  await page.open({ scene }, { colorScheme: 'light' });
  const at = await page.window.locate(x, ys[0] + 6);
  await page.window.page.mouse.move(at.x, at.y, { steps: 3 });
  await expect.poll(async () => (await page.window.shown()).hovered).toBe('a->b');
  await page.window.settle();
  const points = Array.from({ length: 40 }, (_, i) => ({ x, y: ys[0] + ((i + 0.5) / 40) * (ys[1] - ys[0]) }));
  for (const color of await coloursAt(points, 1)) {
    const [r, g, b] = color.split(',').map(Number);
    expect([r > 180, g < 90, b < 90], color).toEqual([true, true, true]);
  }
});

it.each([
  [200_000, /^0\.[45]%$/],
  [40_000, /^2%$/],
])('the zoom of a picture %i wide is not 0%%', async (width, percent) => {
  const scene = { ...page.scene, bounds: [0, 0, width, 1000] as Scene['bounds'] };
  await page.open({ scene });
  await expect.poll(() => page.window.page.locator('.percent').innerText()).toMatch(percent);
});

it('labels too small to read are grey lines where they stand, of their length', async () => {
  const scene = await layOut('digraph { a [shape=plaintext label="mmmmmmmmmmmmmmmmmmmmmm"]; b; a -> b }');
  await page.open({ scene: { ...scene, bounds: [-2500, -2500, 2500, 2500] } }, { colorScheme: 'light' });
  const { zoom } = await page.window.shown();
  expect(zoom * 14).toBeLessThan(4);
  expect(zoom * 14).toBeGreaterThan(1.2);
  const { x, y, width } = textOf(scene);
  const [inside, outside] = await coloursAt(
    [
      { x: x - width / 4, y: y - 4 },
      { x: x - width, y: y - 4 },
    ],
    0,
  );
  const [ink] = inside.split(',').map(Number);
  expect(ink).toBeLessThan(240);
  expect(ink).toBeGreaterThan(60);
  expect(outside).toBe('255,255,255,255');
});

it('a gradient behind a graph that is laid out already is the gradient of the whole page', async () => {
  const dot = await readFile(resolve(import.meta.dirname, '../fixtures/dot/tools/styles.xdot'), 'utf8');
  const { scene } = await layOutScene({ dot, engine: 'dot', positioned: true });
  expect(scene.background).toMatchObject({ kind: 'linear', stops: expect.any(Array) });
  await page.open({ scene });
  const [left, top, right, bottom] = scene.bounds;
  const rows = [top + 1, (top + bottom) / 2, bottom - 1].map((y) =>
    [left - 20, left + 1, right - 1, right + 20].map((x) => ({ x, y })),
  );
  // From white at the top to light blue at the foot, also beside the sheet.
  const expected = [
    [255, 255, 255],
    [214, 235, 243],
    [173, 216, 230],
  ];
  const farthest = async () => {
    const colours = await Promise.all(rows.map((row) => coloursAt(row, 0)));
    const distances = colours.flatMap((row, i) =>
      row.flatMap((color) =>
        color.split(',').map((value, c) => Math.abs(Number(value) - (expected[i][c] ?? 255))),
      ),
    );
    return Math.max(...distances);
  };
  await expect.poll(farthest).toBeLessThanOrEqual(2);
});

it('text has a line above it where its author wants one', async () => {
  const inkAbove = async (label: string) => {
    const scene = await layOut(`digraph { a [shape=plain fontsize=40 label=<${label}>] }`);
    await page.open({ scene }, { colorScheme: 'light' });
    await page.pressed('1');
    const { y, width } = textOf(scene);
    const [left, , right] = scene.nodes[0].bounds;
    const x = (left + right) / 2;
    // Small letters do not reach so high.
    const heights = [0.8, 0.82, 0.84, 0.86, 0.88, 0.9];
    const inked = await Promise.all(
      [-0.3, -0.1, 0.1, 0.3].map(async (part) => {
        const points = heights.map((height) => ({ x: x + part * width, y: y - 40 * height }));
        const colours = await coloursAt(points, 0);
        return colours.some((color) => Number(color.split(',')[0]) < 128);
      }),
    );
    await page.window.close();
    return inked.filter(Boolean).length;
  };
  expect(await inkAbove('mmmmmm')).toBe(0);
  expect(await inkAbove('<O>mmmmmm</O>')).toBe(4);
  await page.open();
});

it('Ctrl-S exports with Caps Lock, too', async () => {
  await page.open();
  await page.window.page.evaluate(() =>
    document.body.dispatchEvent(
      new KeyboardEvent('keydown', { key: 'S', ctrlKey: true, shiftKey: false, bubbles: true }),
    ),
  );
  await expect.poll(() => page.window.page.getByRole('dialog', { name: 'Export' }).count()).toBe(1);
});

describe('every action of the toolbar can be reached', () => {
  const actions = [
    ...['Open a file', 'Reload', 'Export', 'Print', 'Zoom in', 'Zoom out', 'Fit to the window'],
    ...['Find', 'Outline', 'Keyboard and mouse'],
  ];
  it.each([
    [512, 512],
    [600, 400],
    [720, 900],
    [960, 1040],
  ])('%i by %i', async (width, height) => {
    await page.open(
      { graphs: ['one', 'two', 'three'], layers: ['x', 'y'], warnings: ['a warning'] },
      { viewport: { width, height } },
    );
    const { page: tab } = page.window;
    const toolbar = tab.getByRole('toolbar', { name: 'Graph' });
    let end = 0;
    for (const control of await toolbar.locator('button:visible, select:visible, summary:visible').all()) {
      const box = (await control.boundingBox())!;
      // Nor does one lie on the one before it.
      expect(box.x).toBeGreaterThanOrEqual(end);
      end = box.x + box.width;
      expect(end).toBeLessThanOrEqual(width);
    }
    for (const name of ['Graph of the file', 'Layer', 'Layout'])
      expect(await toolbar.getByRole('combobox', { name }).isVisible()).toBe(true);
    const more = toolbar.getByRole('button', { name: 'More actions' });
    const folded: string[] = [];
    if ((await more.count()) > 0) {
      await more.click();
      const items = tab.getByRole('menuitem');
      for (const item of await items.all()) {
        const box = (await item.boundingBox())!;
        expect(box.x + box.width).toBeLessThanOrEqual(width);
        expect(box.y + box.height).toBeLessThanOrEqual(height);
        folded.push(await item.innerText());
      }
      await tab.keyboard.press('Escape');
    }
    for (const action of actions) {
      const isButton = (await toolbar.getByRole('button', { name: action }).count()) > 0;
      expect(isButton || folded.some((text) => text.startsWith(action)), action).toBe(true);
    }
  });
});
