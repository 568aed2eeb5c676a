// A picture of a heap that grows: what the page asks of main, and what it shows of the answers.
import { describe, expect, it } from 'vitest';
import type { Scene } from '../../shared/scene/scene.ts';
import { layOutHeap } from './fake-host.ts';
import { heapPage } from './heap/heap-page.ts';

const heap = heapPage();
const small = `digraph { o5 [label="Map"]; o7 [label="User"]; o9 [label="User"];
  too_many_o5 [label="12 more references"]; o5 -> o7; o5 -> o9; o5 -> too_many_o5 }`;
const grown = small.replace('too_many_o5 [label="12 more references"];', '').replace('too_many_o5', 'o11');

/** A window without tables, unless `tables` are wanted. */
async function open({ dot = small, grows = true, tables = false } = {}): Promise<Scene> {
  const scene = await layOutHeap(dot);
  await heap.open({ document: { scene, grows }, ...(!tables && { heap: null }) });
  return scene;
}
const at = async ({ nodes }: Scene, name: string) => {
  const [left, top, right, bottom] = nodes.find((node) => node.name === name)!.bounds;
  return heap.window.locate((left + right) / 2, (top + bottom) / 2);
};
const click = async (scene: Scene, name: string, button: 'left' | 'right' = 'left') => {
  const { x, y } = await at(scene, name);
  await heap.page.mouse.click(x, y, { button });
};
const answer = (result: unknown) =>
  heap.page.evaluate((told) => (self.fakeHost.answers['heap.grow'] = told), result);
const growths = async () =>
  (await heap.window.requests()).flatMap(({ method, params }) =>
    method === 'heap.grow' ? [(params as { growth: unknown }).growth] : [],
  );
const said = () => heap.page.getByRole('log').innerText();

/** A Map of many users, which fits into no window at a size that can be read. */
const wide = `digraph { node [shape=box]; o5 [label="Map\\n40 items"; fontcolor=red];
  ${Array.from({ length: 40 }, (_, i) => `o${i + 7} [label="User\\nuser number ${i}"]; o5 -> o${i + 7} [label="key ${i}"];`).join('\n')} }`;

describe('a large picture of objects', () => {
  it('begins with the object that it is of, and can be read at once', async () => {
    const scene = await open({ dot: wide });
    const isInView = async () => {
      const { x, y } = await at(scene, 'o5');
      const view = (await heap.page.locator('.view').boundingBox())!;
      return x > view.x && x < view.x + view.width && y > view.y && y < view.y + view.height;
    };
    expect(Number((await heap.window.shown()).zoom)).toBe(0.75);
    expect(await isInView()).toBe(true);
    await heap.page.setViewportSize({ width: 700, height: 500 });
    await expect.poll(isInView).toBe(true);
    expect(Number((await heap.window.shown()).zoom)).toBe(0.75);
    await heap.page.keyboard.press('w');
    await heap.window.rest();
    expect(Number((await heap.window.shown()).zoom)).toBeLessThan(0.3);
  });

  it('is shown as a whole where it is a graph of a file, as in xdot', async () => {
    await open({ dot: wide, grows: false });
    expect(Number((await heap.window.shown()).zoom)).toBeLessThan(0.3);
  });
});

describe('a picture that grows', () => {
  it('adds what a box counts when it is clicked, and keeps its object under the eye', async () => {
    const scene = await open();
    await answer({ added: 12, limit: null });
    const { x, y } = await at(scene, 'o5');
    const { zoom } = await heap.window.shown();
    await click(scene, 'too_many_o5');
    await expect.poll(growths).toEqual([{ kind: 'more', box: 'too_many_o5' }]);
    await expect.poll(said).toBe('12 added');
    expect((await heap.window.shown()).selected).toBe('o5');

    const after = await layOutHeap(grown);
    await heap.window.change({ scene: after, revision: 2, path: null, title: 'leak.heapsnapshot' });
    await heap.window.rest();
    const now = await at(after, 'o5');
    expect([now.x, now.y]).toEqual([expect.closeTo(x, 0), expect.closeTo(y, 0)]);
    expect((await heap.window.shown()).zoom).toBe(zoom);
  });

  it('asks once for two quick clicks on a box', async () => {
    const scene = await open();
    await answer({ added: 10, limit: null });
    const { x, y } = await at(scene, 'too_many_o5');
    await heap.page.mouse.dblclick(x, y);
    await expect.poll(said).toBe('10 added');
    expect(await growths()).toHaveLength(1);
  });

  it.each([
    ['.', { kind: 'references', id: 7 }],
    [',', { kind: 'referrers', id: 7 }],
    ['>', { kind: 'deeper', direction: 'references' }],
    ['<', { kind: 'deeper', direction: 'referrers' }],
    ['Enter', { kind: 'references', id: 7 }],
  ])('%s asks for %j', async (key, growth) => {
    const scene = await open();
    await answer({ added: 1, limit: null });
    await click(scene, 'o7');
    await heap.window.rest();
    await heap.page.keyboard.press(key);
    await expect.poll(growths).toEqual([growth]);
  });

  it('expands an object that is clicked twice, in the direction in which nothing of it is drawn', async () => {
    const scene = await open({ dot: 'digraph { o1 -> o5; o3 -> o5 }' });
    await answer({ added: 1, limit: null });
    const { x, y } = await at(scene, 'o1');
    await heap.page.mouse.dblclick(x, y);
    await expect.poll(growths).toEqual([{ kind: 'referrers', id: 1 }]);
  });

  it('offers it in the menus, and in the list of keys', async () => {
    const scene = await open();
    await answer({ added: 1, limit: null });
    const titles = () => heap.page.getByRole('menuitem').locator('span:first-child').allInnerTexts();
    await click(scene, 'o9', 'right');
    await expect.poll(titles).toContain('Expand references');
    expect(await titles()).toEqual(
      expect.arrayContaining(['Expand back references', 'Expand all by one level: references']),
    );
    expect(await titles()).not.toContain('Show more of them');
    await heap.page.keyboard.press('Escape');
    await click(scene, 'too_many_o5', 'right');
    await expect.poll(titles).toContain('Show more of them');
    await heap.page.getByRole('menuitem', { name: 'Show more of them' }).click();
    await expect.poll(growths).toEqual([{ kind: 'more', box: 'too_many_o5' }]);
    await heap.page.keyboard.press('?');
    expect(await heap.page.getByRole('dialog').innerText()).toContain('Expand all by one level');
  });

  it.each([
    [{ added: 0, limit: null }, 'Nothing more to add: all of it is in the picture'],
    [
      { added: 4, limit: 300 },
      '4 added. The picture has 300 objects, the most it may have: undo some of it first',
    ],
    [{ added: 0, limit: 300 }, 'The picture has 300 objects, the most it may have: undo some of it first'],
  ])('shows %j', async (result, words) => {
    await open();
    await answer(result);
    await heap.page.keyboard.press('>');
    await expect.poll(said).toBe(words);
  });

  it('can be given up while the snapshot is read', async () => {
    await open();
    await heap.page.evaluate(() => {
      let giveUp = (_reason: Error) => {};
      const { handlers } = self.fakeHost;
      handlers['heap.grow'] = () => new Promise((_, reject) => (giveUp = reject));
      handlers['heap.cancelGrowth'] = () => {
        giveUp(new Error('The picture stays as it was'));
        return null;
      };
    });
    await heap.page.keyboard.press('>');
    const busy = heap.page.getByRole('status', { name: 'Growing the picture' });
    await heap.page.keyboard.press('<');
    await expect.poll(said).toBe('The picture is growing already');
    await busy.getByRole('button', { name: 'Cancel' }).click();
    await expect.poll(said).toBe('The picture stays as it was');
    await expect.poll(() => busy.count()).toBe(0);
    expect(await growths()).toHaveLength(1);
  });

  it('says why it could not grow', async () => {
    await open();
    await heap.window.refuse('heap.grow', 'graph.heapsnapshot ends in the middle');
    await heap.page.keyboard.press('>');
    await heap.page.getByText('graph.heapsnapshot ends in the middle').waitFor();
  });

  it('selects an object in the tables beside it', async () => {
    const scene = await open({ tables: true });
    await click(scene, 'o9');
    const panel = heap.page.getByRole('region', { name: 'Selected object' });
    await expect.poll(() => panel.innerText()).toContain('@9');
    expect(await growths()).toEqual([]);
  });
});

describe('a picture that does not grow', () => {
  it('centres what is clicked, and says why', async () => {
    const scene = await open({ grows: false });
    const { x, y } = await at(scene, 'too_many_o5');
    await heap.page.mouse.dblclick(x, y);
    await heap.page.keyboard.press('.');
    await expect.poll(said).toBe('Only a picture of a heap that is open grows');
    expect(await growths()).toEqual([]);
  });
});
