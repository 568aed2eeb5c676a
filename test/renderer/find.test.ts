// Finding text in the picture.
import { describe, expect, it } from 'vitest';
import type { Scene } from '../../shared/scene/scene.ts';
import { layOut } from './fake-host.ts';
import { onePage } from './one-page.ts';

const page = onePage();
const field = () => page.window.page.getByRole('searchbox', { name: 'Find' });
const told = () => page.window.page.getByRole('search').getByRole('status').first().innerText();
const data = (name: string) => page.window.canvas.getAttribute(`data-${name}`);

const library = `digraph { a [label="Array\\n3 items"]; b [label=Map]; map; c [label="(["]
  subgraph cluster_maps { label="all maps"; b }
  a -> b [label=maps taillabel=first]; a -> map; a -> c }`;

describe('find', () => {
  it.each(['f', 'Control+f', '/'])('%s opens it, Esc closes it and gives the keys back', async (key) => {
    await page.open();
    await page.window.page.keyboard.press(key);
    await page.window.page.keyboard.type('q');
    expect(await field().inputValue()).toBe('q');
    expect(await page.window.requests()).toEqual([]);
    await page.window.page.keyboard.press('Escape');
    await expect.poll(() => field().count()).toBe(0);
    await page.window.page.keyboard.press('r');
    await expect.poll(() => page.window.requests()).toMatchObject([{ method: 'document.reload' }]);
  });

  it.each([
    ['map', 4, 'labels, names, edges and clusters, small letters for both'],
    ['Map', 1, 'capitals for themselves'],
    ['^(Map|map)$', 2, 'regular expressions'],
    ['array\\s3', 1, 'lines of one label'],
    ['first', 1, 'the label at an end of an edge'],
  ])('%s finds %i: %s', async (query, count) => {
    await page.open({ scene: await layOut(library) });
    await page.window.page.keyboard.press('f');
    await field().fill(query);
    await expect.poll(told).toBe(`${count} found`);
    expect(Number(await data('found'))).toBe(count);
  });

  it('takes what is no regular expression as it is written, and says so', async () => {
    await page.open({ scene: await layOut(library) });
    await page.window.page.keyboard.press('f');
    await field().fill('([');
    await expect.poll(told).toBe('1 found');
    expect(await page.window.page.getByText('not a regular expression').count()).toBe(1);
    await field().fill('nowhere');
    await expect.poll(told).toBe('Not found');
    expect(await page.window.page.getByText('not a regular expression').count()).toBe(0);
    expect(await page.window.page.getByRole('button', { name: 'Next' }).isDisabled()).toBe(true);
  });

  it.each([
    ['items', 1],
    ['a', 7],
    ['^map$', 2],
    ['\\bmap\\b', 2],
  ])('%s marks the words themselves: %i', async (query, marks) => {
    await page.open({ scene: await layOut(library) });
    await page.window.page.keyboard.press('f');
    await field().fill(query);
    await expect.poll(async () => Number(await data('marks'))).toBe(marks);
  });

  it('goes on to edges and clusters, and near enough to read small print', async () => {
    const nodes = Array.from({ length: 60 }, (_, i) => `r${i}`).join(' -> ');
    const scene = await layOut(`digraph { ${nodes}; subgraph cluster_c { label="maps of it"; r5 }
      small [label="a map" fontsize=6]; small -> r7 [label="mapped"] }`);
    await page.open({ scene });
    await page.window.page.keyboard.press('f');
    await field().fill('map');
    await expect.poll(told).toBe('3 found');
    const seen: string[] = [];
    for (let i = 0; i < 3; i++) {
      await page.pressed('Enter');
      seen.push((await page.window.shown()).selected);
      // Letters at least 6 pixels high: the print is 6, 14 and 14 points.
      const size = i === 0 ? 6 : 14;
      expect((await page.window.shown()).zoom * size).toBeGreaterThanOrEqual(6);
    }
    expect(seen).toEqual(['small', 'small->r7', 'cluster_c']);
  });

  it('goes round with Enter and Shift-Enter, flying to each', async () => {
    await page.open({ scene: await layOut(library) });
    await page.pressed('+');
    await page.window.page.keyboard.press('f');
    await field().fill('map');
    await expect.poll(told).toBe('4 found');
    const places: string[] = [];
    for (const key of ['Enter', 'Enter', 'Enter', 'Enter', 'Enter', 'Shift+Enter', 'Shift+Enter']) {
      await page.pressed(key);
      places.push(await told());
    }
    expect(places.map((place) => place[0]).join('')).toBe('1234143');
    await page.window.page.getByRole('button', { name: 'Next' }).click();
    await page.window.page.getByRole('button', { name: 'Next' }).click();
    await page.rest();
    expect((await page.window.shown()).selected).toBe('b');
    await page.window.page.keyboard.press('Escape');
    expect(await page.window.page.getByRole('button', { name: 'Back' }).isEnabled()).toBe(true);
  });

  it('marks all in the picture, and follows a new picture', async () => {
    await page.open({ scene: await layOut(library) }, { colorScheme: 'light' });
    const before = await page.window.canvas.screenshot();
    await page.window.page.keyboard.press('f');
    await field().fill('items');
    await expect.poll(told).toBe('1 found');
    await page.window.settle();
    expect((await page.window.canvas.screenshot()).equals(before)).toBe(false);
    await page.window.change({ scene: await layOut('graph { "2 items"; "4 items" }'), revision: 2 });
    await expect.poll(told).toBe('2 found');
  });

  it('searches 20,000 nodes in turns with the window', async () => {
    await page.open({ scene: grid(20_000) });
    await page.window.page.keyboard.press('f');
    const turns = await page.window.page.evaluate(async () => {
      const input = document.querySelector<HTMLInputElement>('input[aria-label=Find]')!;
      const picture = document.querySelector('canvas')!;
      // A clock that only goes on while it is looked at: how fast and how busy the machine is does not matter.
      let clock = performance.now();
      performance.now = () => (clock += 0.05);
      input.value = '9$';
      input.dispatchEvent(new Event('input'));
      let turns = 0;
      for (; picture.dataset.found === '0'; turns++) await new Promise((done) => setTimeout(done));
      return turns;
    });
    expect(Number(await data('found'))).toBe(2000);
    // A turn of the search is 6 ms, which is 120 nodes.
    expect(turns).toBeGreaterThan(20);
  });

  it('goes to what it finds when Enter was pressed while it still searched', async () => {
    await page.open({ scene: grid(20_000) });
    await page.window.page.keyboard.press('f');
    const early = await page.window.page.evaluate(async () => {
      const input = document.querySelector<HTMLInputElement>('input[aria-label=Find]')!;
      const picture = document.querySelector('canvas')!;
      let clock = performance.now();
      performance.now = () => (clock += 0.05);
      input.value = 'object 15432';
      input.dispatchEvent(new Event('input'));
      await new Promise((done) => setTimeout(done));
      input.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }));
      return picture.dataset.found;
    });
    expect(early).toBe('0');
    await expect.poll(told).toBe('1 of 1');
    await page.rest();
    expect((await page.window.shown()).selected).toBe('n15432');
  });
});

/** Many nodes in rows, without a layout. */
function grid(count: number): Scene {
  const stroke = { color: '#000000', width: 1, dash: null };
  const nodes = Array.from({ length: count }, (_, i) => {
    const [x, y] = [(i % 200) * 60, Math.floor(i / 200) * 40];
    const bounds: Scene['bounds'] = [x, y, x + 50, y + 30];
    const points = [x, y, x + 50, y, x + 50, y + 30, x, y + 30];
    const shapes: Scene['shapes'] = [{ kind: 'polygon', points, fill: null, stroke }];
    return { name: `n${i}`, label: `object ${i}`, tooltip: null, url: null, bounds, shapes };
  });
  const bounds: Scene['bounds'] = [0, 0, 12_000, (count / 200) * 40];
  const page = {
    outputOrder: 'breadthfirst' as const,
    directed: true,
    shapes: [],
    background: null,
    clusters: [],
    edges: [],
  };
  return { name: 'grid', bounds, nodes, ...page };
}
