// The page in a real Chromium, with a fake host behind it: what hands do to the picture.
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { BrowserContextOptions } from 'playwright-core';
import type { DocumentState } from '../../shared/protocol.ts';
import type { Scene } from '../../shared/scene/scene.ts';
import { FakeHost, layOut, type FakeWindow } from './fake-host.ts';

let host: FakeHost;
let window: FakeWindow;
let scene: Scene;

beforeAll(async () => {
  host = await FakeHost.start();
  scene = await layOut(`digraph {
    a [label="Array\\n3 items" tooltip="<b>24 bytes</b>\\n@1"]; b [URL="https://example.org/\\N"]; far [label="the last one"];
    a -> b [label="[0]" edgetooltip="first item"]; a -> c -> d -> e -> f -> far; a -> far
  }`);
});
afterAll(() => host.stop());
afterEach(async () => {
  expect(window.complaints).toEqual([]);
  await window.close();
});

const open = async (state: Partial<DocumentState> = {}, options: BrowserContextOptions = {}) => {
  window = await host.open({ scene, ...state }, options);
  return window;
};
const middleOf = (name: string) => {
  const [left, top, right, bottom] = scene.nodes.find((node) => node.name === name)!.bounds;
  return { x: (left + right) / 2, y: (top + bottom) / 2 };
};
const locateNode = async (name: string) => {
  const { x, y } = middleOf(name);
  return window.locate(x, y);
};
const centreOfView = async () => {
  const box = (await window.page.locator('.view').boundingBox())!;
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
};
/** Until the camera rests: two looks in a row are the same. */
const rest = async () => {
  let last = '';
  for (;;) {
    const { zoom, x, y } = await window.shown();
    const now = `${zoom} ${x} ${y}`;
    if (now === last) return;
    last = now;
    await window.page.waitForTimeout(120);
  }
};
const pressed = async (key: string) => {
  await window.page.keyboard.press(key);
  await rest();
  return window.shown();
};

describe('when it opens', () => {
  it('shows the document, all of it, in the middle', async () => {
    await open({ title: 'leak.dot' });
    expect(await window.page.title()).toBe('leak.dot');
    const shown = await window.shown();
    expect(shown).toMatchObject({ status: 'ready', nodes: '7', edges: '7', revision: '1' });
    const box = (await window.page.locator('.view').boundingBox())!;
    for (const name of ['a', 'far']) {
      const at = await locateNode(name);
      expect(at.y).toBeGreaterThan(box.y);
      expect(at.y).toBeLessThan(box.y + box.height);
    }
    expect(shown.zoom).toBeLessThanOrEqual(1.5);
  });

  it('says what can be opened when nothing is, and opens a file that is dropped', async () => {
    await open({ scene: null, path: null });
    expect((await window.shown()).status).toBe('empty');
    expect(await window.page.getByRole('heading').innerText()).toBe('No graph is open');
    await window.page.evaluate(() => {
      const data = new DataTransfer();
      data.items.add(new File(['digraph { é }'], 'dropped.dot'));
      document.body.dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true }));
    });
    await expect
      .poll(() => window.requests())
      .toMatchObject([
        { method: 'document.openText', params: { name: 'dropped.dot', text: 'digraph { é }' } },
      ]);
  });

  it('reads a dropped file that is not UTF-8 as Latin-1', async () => {
    await open({ scene: null, path: null });
    await window.page.evaluate(() => {
      const data = new DataTransfer();
      data.items.add(new File([new Uint8Array([0xe9])], 'latin.dot'));
      document.body.dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true }));
    });
    await expect.poll(() => window.requests()).toMatchObject([{ params: { text: 'é' } }]);
  });
});

describe('keys', () => {
  it('scroll by 100 pixels', async () => {
    await open();
    const { x, y } = await window.shown();
    expect(await pressed('ArrowRight')).toMatchObject({ x: x - 100, y });
    expect(await pressed('ArrowDown')).toMatchObject({ x: x - 100, y: y - 100 });
    expect(await pressed('ArrowLeft')).toMatchObject({ x, y: y - 100 });
    expect(await pressed('ArrowUp')).toMatchObject({ x, y });
  });

  it.each([
    ['+', 1.25],
    ['=', 1.25],
    ['PageUp', 1.25],
    ['-', 1 / 1.25],
    ['PageDown', 1 / 1.25],
  ])('%s zooms by %d about the middle', async (key, factor) => {
    await open();
    const before = await window.shown();
    const after = await pressed(key);
    expect(after.zoom).toBeCloseTo(before.zoom * factor, 6);
    const box = (await window.page.locator('.view').boundingBox())!;
    const middle = (shown: { x: number; zoom: number }) => (box.width / 2 - shown.x) / shown.zoom;
    expect(middle(after)).toBeCloseTo(middle(before), 6);
  });

  it('1 shows the actual size and w fits it to the window again', async () => {
    await open();
    const fitted = (await window.shown()).zoom;
    expect((await pressed('1')).zoom).toBeCloseTo(1, 9);
    expect((await pressed('w')).zoom).toBeCloseTo(fitted, 6);
  });

  it('r reloads and q closes', async () => {
    await open();
    await window.page.keyboard.press('r');
    await window.page.keyboard.press('q');
    await expect
      .poll(async () => (await window.requests()).map(({ method }) => method))
      .toEqual(['document.reload', 'window.close']);
  });

  it('walk along edges with Shift, and say where they are', async () => {
    await open();
    await pressed('+');
    await window.page.locator('.view').focus();
    const visited: string[] = [];
    for (const key of ['Shift+ArrowUp', 'Shift+ArrowDown', 'Shift+ArrowDown', 'Shift+ArrowUp']) {
      visited.push((await pressed(key)).selected);
    }
    expect(visited.every(Boolean)).toBe(true);
    expect(new Set(visited).size).toBeGreaterThan(1);
    expect(visited[3]).toBe(visited[1]);
    expect(await window.page.locator('[aria-live]').innerText()).toMatch(/: \d edges? in, \d out$/);
  });

  it('? lists them, and Esc puts the list away', async () => {
    await open();
    await window.page.keyboard.press('?');
    expect(await window.page.getByRole('dialog').innerText()).toContain('Fit to the window');
    await window.page.keyboard.press('Escape');
    await expect.poll(() => window.page.getByRole('dialog').count()).toBe(0);
  });

  it('typed into a field are letters', async () => {
    await open();
    await window.page.keyboard.press('o');
    await window.page.getByRole('searchbox').fill('');
    await window.page.getByRole('searchbox').pressSequentially('qr1w');
    expect(await window.requests()).toEqual([]);
    expect(await window.page.getByText('No node has “qr1w”').count()).toBe(1);
  });
});

describe('the mouse', () => {
  it('zooms by 1.25 a notch of the wheel, at the pointer', async () => {
    await open();
    const { zoom } = await window.shown();
    const { x, y } = await locateNode('b');
    await window.page.mouse.move(x, y);
    await window.page.mouse.wheel(0, -100);
    await rest();
    expect((await window.shown()).zoom).toBeCloseTo(zoom * 1.25, 6);
    const after = await locateNode('b');
    // To the pixel: that is what a pointer's place is known to.
    expect(after.x).toBeCloseTo(x, 0);
    expect(after.y).toBeCloseTo(y, 0);
    await window.page.mouse.wheel(0, 100);
    await rest();
    expect((await window.shown()).zoom).toBeCloseTo(zoom, 6);
  });

  it('zooms smoothly by small deltas', async () => {
    await open();
    const { zoom } = await window.shown();
    const { x, y } = await centreOfView();
    await window.page.mouse.move(x, y);
    await window.page.mouse.wheel(0, -10);
    await rest();
    expect((await window.shown()).zoom).toBeCloseTo(zoom * 1.25 ** 0.1, 6);
  });

  it('drags the picture along', async () => {
    await open({}, { reducedMotion: 'reduce' });
    const before = await window.shown();
    await window.page.mouse.move(100, 200);
    await window.page.mouse.down();
    await window.page.mouse.move(160, 240, { steps: 5 });
    await window.page.mouse.up();
    await rest();
    expect(await window.shown()).toMatchObject({ x: before.x + 60, y: before.y + 40, zoom: before.zoom });
  });

  it('throws the picture: it glides on after a quick drag, until Esc', async () => {
    await open();
    await window.page.mouse.move(100, 200);
    await window.page.mouse.down();
    for (let i = 1; i <= 8; i++) {
      await window.page.mouse.move(100 + i * 30, 200);
      await window.page.waitForTimeout(16);
    }
    await window.page.mouse.up();
    const released = await window.shown();
    await window.page.waitForTimeout(60);
    await window.page.keyboard.press('Escape');
    await window.settle();
    const stopped = await window.shown();
    expect(stopped.x).toBeGreaterThan(released.x);
    await window.page.waitForTimeout(200);
    expect((await window.shown()).x).toBe(stopped.x);
  });

  it('zooms with Ctrl and a drag upwards, 1.005 a pixel', async () => {
    await open();
    const { zoom } = await window.shown();
    await window.page.keyboard.down('Control');
    await window.page.mouse.move(100, 300);
    await window.page.mouse.down();
    await window.page.mouse.move(100, 200, { steps: 4 });
    await window.page.mouse.up();
    await window.page.keyboard.up('Control');
    await rest();
    const factor = (await window.shown()).zoom / zoom;
    expect(factor).toBeCloseTo(1.005 ** 100, 6);
  });

  it('draws a rubber band with Shift and zooms to it', async () => {
    await open();
    const { zoom } = await window.shown();
    const { x, y } = await locateNode('c');
    await window.page.keyboard.down('Shift');
    await window.page.mouse.move(x - 50, y - 40);
    await window.page.mouse.down();
    await window.page.mouse.move(x + 50, y + 40, { steps: 4 });
    await window.page.mouse.up();
    await window.page.keyboard.up('Shift');
    await rest();
    expect((await window.shown()).zoom).toBeGreaterThan(zoom * 4);
    const centre = await centreOfView();
    const node = await locateNode('c');
    expect(Math.hypot(node.x - centre.x, node.y - centre.y)).toBeLessThan(10);
  });

  it('centres a node that is clicked; Back and Forward replay it', async () => {
    await open();
    await pressed('+');
    const before = await window.shown();
    const { x, y } = await locateNode('c');
    await window.page.mouse.click(x, y);
    await rest();
    const [node, centre] = [await locateNode('c'), await centreOfView()];
    expect(node.x).toBeCloseTo(centre.x, 3);
    expect(node.y).toBeCloseTo(centre.y, 3);
    const after = await window.shown();
    expect(after.zoom).toBeCloseTo(before.zoom, 6);
    await window.page.getByRole('button', { name: 'Back' }).click();
    await rest();
    expect((await window.shown()).y).toBeCloseTo(before.y, 3);
    await pressed('Alt+ArrowRight');
    expect((await window.shown()).y).toBeCloseTo(after.y, 3);
  });

  it('takes a double click for two clicks: it zooms nothing', async () => {
    await open();
    await pressed('+');
    const before = await window.shown();
    const { x, y } = await locateNode('c');
    await window.page.mouse.dblclick(x, y);
    await rest();
    expect((await window.shown()).zoom).toBeCloseTo(before.zoom, 6);
    expect((await locateNode('c')).y).toBeCloseTo((await centreOfView()).y, 3);
  });

  it('jumps from an edge to its source, with Ctrl to its destination', async () => {
    await open();
    const [a, b] = [middleOf('a'), middleOf('b')];
    const onEdge = await window.locate((a.x + b.x) / 2, (a.y + b.y) / 2);
    await window.page.mouse.move(onEdge.x, onEdge.y);
    await expect.poll(async () => (await window.shown()).hovered).toBe('a->b');
    await window.page.mouse.click(onEdge.x, onEdge.y);
    await rest();
    const centre = await centreOfView();
    expect((await locateNode('a')).y).toBeCloseTo(centre.y, 3);
    const again = await window.locate((a.x + b.x) / 2, (a.y + b.y) / 2);
    await window.page.keyboard.down('Control');
    await window.page.mouse.click(again.x, again.y);
    await window.page.keyboard.up('Control');
    await rest();
    expect((await locateNode('b')).y).toBeCloseTo(centre.y, 3);
  });

  it('opens the link of a node through the host', async () => {
    await open();
    const { x, y } = await locateNode('b');
    await window.page.mouse.click(x, y);
    await expect
      .poll(() => window.requests())
      .toMatchObject([{ method: 'link.open', params: { url: 'https://example.org/b' } }]);
  });

  it('shows a tooltip as plain text, inside the window', async () => {
    await open();
    const { x, y } = await locateNode('a');
    await window.page.mouse.move(x, y);
    const tooltip = window.page.getByRole('tooltip');
    await expect.poll(() => tooltip.count()).toBe(1);
    expect(await tooltip.textContent()).toContain('<b>24 bytes</b>\n@1');
    await window.page.mouse.move(5, 300);
    await expect.poll(() => tooltip.count()).toBe(0);
  });
});

describe('fingers', () => {
  it('pinch', async () => {
    await open({}, { hasTouch: true });
    const { zoom } = await window.shown();
    const { x, y } = await centreOfView();
    const client = await window.page.context().newCDPSession(window.page);
    const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', apart: number) =>
      client.send('Input.dispatchTouchEvent', {
        type,
        touchPoints:
          type === 'touchEnd'
            ? []
            : [
                { x: x - apart, y, id: 0 },
                { x: x + apart, y, id: 1 },
              ],
      });
    await touch('touchStart', 50);
    for (const apart of [60, 70, 80, 90, 100]) await touch('touchMove', apart);
    await touch('touchEnd', 0);
    await rest();
    expect((await window.shown()).zoom / zoom).toBeCloseTo(2, 1);
  });

  it('tap a node to centre it', async () => {
    await open({}, { hasTouch: true });
    const { x, y } = await locateNode('c');
    await window.page.touchscreen.tap(x, y);
    await expect.poll(async () => (await window.shown()).selected).toBe('c');
    await rest();
    expect((await locateNode('c')).y).toBeCloseTo((await centreOfView()).y, 3);
  });
});

describe('when the document changes', () => {
  it('keeps zoom, position and selection on reload', async () => {
    await open();
    await pressed('+');
    await window.page.mouse.click(...(Object.values(await locateNode('d')) as [number, number]));
    await rest();
    const before = await window.shown();
    await window.change({ scene: await layOut('digraph { z -> d; d -> y }'), revision: 2 });
    const after = await window.shown();
    expect(after).toMatchObject({
      revision: '2',
      nodes: '3',
      selected: 'd',
      zoom: before.zoom,
      x: before.x,
      y: before.y,
    });
  });

  it('fits the picture again when nothing of it is where the user looks', async () => {
    await open();
    for (let i = 0; i < 30; i++) await window.page.keyboard.press('ArrowRight');
    await window.change({ scene: await layOut('digraph { a }'), revision: 2 });
    const at = await window.locate(27, 18);
    const centre = await centreOfView();
    expect(at.x).toBeCloseTo(centre.x, 3);
    expect(at.y).toBeCloseTo(centre.y, 3);
  });

  it('fits another document', async () => {
    await open();
    await pressed('+');
    const other = await layOut(
      'digraph { rankdir=LR; a -> b -> c -> d -> e -> f -> g -> h -> i -> j -> k -> l -> m -> n -> o }',
    );
    await window.change({ scene: other, revision: 2, path: '/tmp/other.dot' });
    const { zoom, x } = await window.shown();
    expect(x).toBeCloseTo(12, 6);
    expect(zoom).toBeCloseTo((1000 - 24) / other.bounds[2], 6);
  });

  it('tells a problem with its place beside the picture, until it is put away', async () => {
    await open();
    const problem = { message: 'syntax error near ->', file: '/tmp/leak.dot', line: 12, source: 'a -> -> b' };
    await window.change({ scene, problem });
    const alert = window.page.getByRole('alert');
    const told = await alert.innerText();
    for (const part of ['syntax error near ->', '/tmp/leak.dot, line 12', 'a -> -> b', 'last good one']) {
      expect(told).toContain(part);
    }
    expect(await window.shown()).toMatchObject({ status: 'problem', nodes: '7' });
    await alert.getByRole('button', { name: 'Close' }).click();
    expect(await alert.count()).toBe(0);
    await window.change({ scene, problem: { ...problem, line: 13 } });
    expect(await alert.count()).toBe(1);
    await window.change({ scene });
    expect(await alert.count()).toBe(0);
  });

  it('shows how long a layout takes, lets it be cancelled, and after a while offers a faster one', async () => {
    await open();
    await window.change({ scene, busySince: Date.now() - 3000 });
    const busy = window.page.getByRole('status');
    await expect.poll(() => busy.innerText()).toMatch(/Laying out with dot\s*3 s/);
    expect(await busy.innerText()).not.toContain('sfdp');
    await window.change({ scene, busySince: Date.now() - 9000 });
    await expect.poll(() => busy.innerText()).toContain('Try sfdp instead');
    await busy.getByRole('button', { name: 'Cancel' }).click();
    await busy.getByRole('button', { name: 'Try sfdp' }).click();
    expect(await window.requests()).toMatchObject([
      { method: 'document.cancel' },
      { method: 'document.engine', params: { engine: 'sfdp' } },
    ]);
    await window.change({ scene });
    expect(await busy.count()).toBe(0);
  });

  it('keeps warnings quiet: a count that opens', async () => {
    await open({ warnings: ['no such colour: blurple', 'node a is unplaced'] });
    expect(await window.page.getByRole('alert').count()).toBe(0);
    await window.page.getByText('2 warnings').click();
    expect(await window.page.getByText('no such colour: blurple').isVisible()).toBe(true);
  });

  it('says what a request failed of', async () => {
    await open();
    await window.refuse('document.reload', 'leak.dot is gone');
    await window.page.keyboard.press('r');
    await expect.poll(() => window.page.getByRole('alert').innerText()).toContain('leak.dot is gone');
  });
});

describe('the outline', () => {
  it('is there for screen readers before it is opened', async () => {
    await open();
    const options = window.page.locator('[role=option]');
    expect(await options.allTextContents()).toContain('Array 3 items');
    expect(await window.page.locator('aside').evaluate((aside) => aside.clientWidth)).toBeLessThan(2);
  });

  it('finds nodes, selects them and walks to their neighbours', async () => {
    await open();
    await window.page.keyboard.press('o');
    await window.page.getByRole('searchbox').fill('3 items');
    await window.page.getByRole('listbox').getByRole('option').click();
    await rest();
    expect((await window.shown()).selected).toBe('a');
    const edges = window.page.getByRole('region', { name: 'Edges of the selected node' });
    expect(await edges.getByRole('heading').innerText()).toBe('3 edges of Array 3 items');
    await edges.getByRole('button').filter({ hasText: '[0]' }).click();
    await rest();
    expect((await window.shown()).selected).toBe('b');
  });

  it('of many nodes holds only those in view', async () => {
    const nodes = Array.from({ length: 3000 }, (_, i) => `n${i};`).join('');
    await open({ scene: await layOut(`digraph { ${nodes} }`, 'osage') });
    await window.page.keyboard.press('o');
    const options = window.page.locator('[role=option]');
    expect(await options.count()).toBeLessThan(100);
    await window.page.getByRole('listbox').focus();
    await window.page.keyboard.press('End');
    await expect.poll(async () => (await window.shown()).selected).toBe('n2999');
    await expect
      .poll(() => window.page.locator('[role=option][aria-selected=true]').innerText())
      .toBe('n2999');
  });
});
