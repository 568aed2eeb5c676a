// Exploring: what the page asks of main, and how it goes from one picture to the next.
import { describe, expect, it } from 'vitest';
import type { ExplorationState } from '../../shared/protocol/picture.ts';
import { layOut } from './fake-host.ts';
import { onePage } from './one-page.ts';

const page = onePage();
const items = () => page.window.page.getByRole('menuitem');
const titles = async () => {
  const all = await items().locator('span:first-child').allInnerTexts();
  return all.map((title) => title.trim());
};
const shown = (name: string) => page.window.canvas.getAttribute(`data-${name}`);
const asked = () => page.window.requests();

const press = (key: string) => page.window.page.keyboard.press(key);
const click = async (name: string, button: 'left' | 'right' = 'left', modifiers: 'Control'[] = []) => {
  await page.rest();
  const { x, y } = await page.locateNode(name);
  for (const key of modifiers) await page.window.page.keyboard.down(key);
  await page.window.page.mouse.click(x, y, { button });
  for (const key of modifiers) await page.window.page.keyboard.up(key);
};

const explored = (state: Partial<ExplorationState>): ExplorationState => ({
  ...{ canUndo: true, canRedo: false, nodes: 8, hidden: 1, steps: null, expandable: [] },
  ...state,
});

describe('the keys of exploring', () => {
  it.each([
    ['h', { kind: 'hide', nodes: ['c'], clusters: [] }],
    ['Delete', { kind: 'hide', nodes: ['c'], clusters: [] }],
    ['k', { kind: 'keep', nodes: ['c'] }],
    ['c', { kind: 'collapse', node: 'c' }],
    ['n', { kind: 'near', nodes: ['c'], steps: 2 }],
    ['Shift+U', { kind: 'keep', nodes: ['c', 'a'] }],
    ['Shift+D', { kind: 'keep', nodes: ['c', 'd', 'e', 'f', 'far'] }],
  ])('%s asks for %j', async (key, operation) => {
    await page.open();
    await click('c');
    await press(key);
    await expect
      .poll(asked)
      .toEqual([expect.objectContaining({ method: 'picture.explore', params: { operation } })]);
  });

  it('say what is missing where they can do nothing', async () => {
    await page.open();
    await press('h');
    await expect
      .poll(() => page.window.page.getByRole('log').innerText())
      .toBe('Select a node or a cluster first');
    await press('Control+z');
    await expect.poll(() => page.window.page.getByRole('log').innerText()).toBe('Nothing to undo');
    expect(await asked()).toEqual([]);
  });

  it('undo, do again, and show everything', async () => {
    await page.open({ exploration: explored({ canRedo: true }) });
    for (const key of ['Control+z', 'Control+Shift+Z', 'Control+y', 'Shift+X']) await press(key);
    await expect
      .poll(async () => (await asked()).map(({ method }) => method))
      .toEqual(['picture.undo', 'picture.redo', 'picture.redo', 'picture.showAll']);
  });

  it('change how many steps are shown', async () => {
    await page.open({ exploration: explored({ steps: 2 }) });
    expect(await page.window.page.getByRole('region', { name: 'What is shown' }).innerText()).toMatch(
      /7 of 8 nodes\s+2 steps/,
    );
    await press(']');
    await page.window.page.getByRole('button', { name: 'One step less' }).click();
    await expect
      .poll(async () => (await asked()).map(({ params }) => params))
      .toEqual([{ steps: 3 }, { steps: 1 }]);
  });
});

describe('following', () => {
  it('all upstream and downstream', async () => {
    await page.open();
    await click('d');
    await press('u');
    await expect.poll(() => shown('followed')).toBe('3');
    expect(await page.window.page.getByRole('log').innerText()).toBe('2 nodes lead to it');
    await press('d');
    await expect.poll(() => shown('followed')).toBe('4');
    await page.rest();
    // First the way, then the selection.
    await press('Escape');
    await expect.poll(() => shown('followed')).toBe('0');
    expect(await shown('selected')).toBe('d');
    await press('Escape');
    await expect.poll(() => shown('selected')).toBe('');
  });

  it('the shortest path between two nodes, chosen with Ctrl', async () => {
    await page.open();
    await click('f', 'left', ['Control']);
    await click('a', 'left', ['Control']);
    expect(await shown('all-selected')).toBe('f a');
    await press('j');
    await expect.poll(() => shown('followed')).toBe('5');
    await expect
      .poll(() => page.window.page.getByRole('log').innerText())
      .toBe('4 edges between them, against the edges');
    await press('Shift+J');
    await expect
      .poll(asked)
      .toMatchObject([{ params: { operation: { kind: 'keep', nodes: ['f', 'e', 'd', 'c', 'a'] } } }]);
    await click('a', 'left', ['Control']);
    expect(await shown('all-selected')).toBe('f');
  });

  it('from nodes that the keyboard keeps with Ctrl-Space', async () => {
    await page.open();
    await click('a');
    await press('Control+ ');
    await page.pressed('Shift+ArrowDown');
    const [first, second] = (await shown('all-selected'))!.split(' ');
    expect(first).toBe('a');
    expect(second).toBe((await page.window.shown()).selected);
    expect(await page.window.page.locator('[aria-live]').innerText()).toMatch(/; 2 are selected$/);
  });
});

describe('the menu', () => {
  it('has what can be done with a node, and the keys for it', async () => {
    await page.open();
    await click('c', 'right');
    expect(await titles()).toEqual([
      ...['Copy label', 'Copy name', 'Centre', 'Hide', 'Collapse descendants'],
      ...['Show only what is within 2 steps', 'Show only what is selected'],
      ...['Highlight ancestors', 'Highlight descendants'],
      ...['Show only what leads to it', 'Show only what it leads to'],
    ]);
    expect(
      await items()
        .filter({ hasText: /^Hide\s*H$/ })
        .count(),
    ).toBe(1);
    await items().filter({ hasText: 'Collapse descendants' }).click();
    await expect.poll(asked).toMatchObject([{ params: { operation: { kind: 'collapse', node: 'c' } } }]);
  });

  it('keeps a selection of several, and offers the path between two', async () => {
    await page.open();
    await click('a', 'left', ['Control']);
    await click('d', 'left', ['Control']);
    await click('a', 'right');
    expect(await titles()).toContain('Show only the shortest path');
    await items().filter({ hasText: /^Hide/ }).first().click();
    await expect.poll(asked).toMatchObject([{ params: { operation: { kind: 'hide', nodes: ['a', 'd'] } } }]);
  });

  it('folds a cluster, and expands what stands for it', async () => {
    const clusters = await layOut('digraph { subgraph cluster_p { label=Part; x -> y } y -> z }');
    await page.open({ scene: clusters });
    const [left, top] = clusters.clusters[0].bounds;
    const corner = await page.window.locate(left + 3, top + 3);
    await page.window.page.mouse.click(corner.x, corner.y, { button: 'right' });
    expect(await titles()).toEqual(['Copy label', 'Copy name', 'Centre', 'Hide', 'Collapse to one node']);
    await items().filter({ hasText: 'Collapse' }).click();
    await expect
      .poll(asked)
      .toMatchObject([{ params: { operation: { kind: 'fold', cluster: 'cluster_p' } } }]);

    const folded = await layOut('digraph { cluster_p [label="Part\\n2 nodes"]; cluster_p -> z }');
    const expandable: ExplorationState['expandable'] = [{ name: 'cluster_p', what: 'cluster', count: 2 }];
    await page.window.change({ scene: folded, revision: 2, exploration: explored({ expandable }) });
    await expect.poll(() => shown('moving')).toBe('false');
    // What is selected is the same thing in another shape.
    expect(await shown('selected')).toBe('cluster_p');
    await press('x');
    await expect
      .poll(async () => (await asked()).at(-1))
      .toMatchObject({ method: 'picture.expand', params: { node: 'cluster_p' } });
  });

  it('on the paper has what concerns the whole', async () => {
    await page.open({ exploration: explored({}) });
    await page.window.page.mouse.click(12, 400, { button: 'right' });
    expect(await titles()).toEqual(['Fit to the window', 'Actual size', 'Find', 'Undo', 'Show everything']);
  });
});

describe('from one part of a graph to another', () => {
  const without = () =>
    layOut('digraph { a [label="Array\\n3 items"]; far [label="the last one"]; a -> c -> d; a -> far }');

  it.each(['no-preference', 'reduce'] as const)(
    'keeps under the eye what is selected (motion: %s)',
    async (reducedMotion) => {
      await page.open({}, { reducedMotion });
      await click('d');
      // Centred, the picture is fitted no longer.
      await press('Enter');
      await page.rest();
      const before = await page.locateNode('d');
      await press('h');
      const next = await without();
      await page.window.change({ scene: next, revision: 2, exploration: explored({}) });
      await expect.poll(() => shown('moving')).toBe('false');
      await page.rest();
      const [left, top, right, bottom] = next.nodes.find(({ name }) => name === 'd')!.bounds;
      const after = await page.window.locate((left + right) / 2, (top + bottom) / 2);
      expect(after.x).toBeCloseTo(before.x, 0);
      expect(after.y).toBeCloseTo(before.y, 0);
      expect(await shown('selected')).toBe('d');
    },
  );

  it('moves there, unless the user wants no motion', async () => {
    for (const [reducedMotion, moves] of [
      ['no-preference', true],
      ['reduce', false],
    ] as const) {
      await page.open({}, { reducedMotion });
      await click('d');
      await page.rest();
      await page.window.page.evaluate(() => {
        const canvas = document.querySelector('canvas')!;
        const note = () => {
          if (canvas.dataset.moving === 'true') canvas.dataset.hasMoved = 'yes';
        };
        new MutationObserver(note).observe(canvas, { attributeFilter: ['data-moving'] });
      });
      await press('h');
      await page.window.change({ scene: await without(), revision: 2, exploration: explored({}) });
      await expect.poll(() => shown('moving')).toBe('false');
      expect((await shown('has-moved')) === 'yes').toBe(moves);
      if (moves) await page.window.close();
    }
  });

  it('fits the new part when the old one was fitted', async () => {
    await page.open();
    const before = await page.window.shown();
    await click('far', 'right');
    await items()
      .filter({ hasText: /^Hide\s*H$/ })
      .click();
    await page.window.change({
      scene: await layOut('digraph { a -> b -> c -> d -> e -> f -> g -> h -> i -> j -> k }'),
      revision: 2,
      exploration: explored({}),
    });
    await page.rest();
    expect((await page.window.shown()).zoom).toBeLessThan(before.zoom);
  });

  it('expands a node by the badge that counts what it hides', async () => {
    const expandable: ExplorationState['expandable'] = [{ name: 'b', what: 'descendants', count: 12 }];
    await page.open({ exploration: explored({ expandable }) });
    const [, , right, bottom] = page.scene.nodes.find(({ name }) => name === 'b')!.bounds;
    const { x, y } = await page.window.locate(right, bottom);
    await page.window.page.mouse.click(x + 8, y + 4);
    await expect.poll(asked).toMatchObject([{ method: 'picture.expand', params: { node: 'b' } }]);
  });
});
