// What a mouse and fingers do to the picture.
import { describe, expect, it } from 'vitest';
import { layOut } from './fake-host.ts';
import { onePage } from './one-page.ts';

const page = onePage();

describe('the mouse', () => {
  it('hears from the ends and the label of an edge what they say themselves', async () => {
    const scene =
      await layOut(`digraph { ranksep=2; a -> b [edgetooltip="the edge" label=l labeltooltip="the label"
      headtooltip="the head" tailURL="https://tail.org" arrowtail=dot dir=both edgeURL="https://edge.org"] }`);
    await page.open({ scene });
    const [edge] = scene.edges;
    const line = edge.shapes.find((shape) => shape.kind === 'bezier')!;
    if (line.kind !== 'bezier') throw new Error('a line');
    const [x, top] = line.points;
    const bottom = line.points.at(-1)!;
    const told = async (y: number, x0 = x) => {
      const at = await page.window.locate(x0, y);
      await page.window.page.mouse.move(at.x, at.y, { steps: 3 });
      await page.window.settle();
      return page.window.page.getByRole('tooltip').allInnerTexts();
    };
    const label = edge.shapes.find((shape) => shape.kind === 'text')!;
    if (label.kind !== 'text') throw new Error('a label');
    expect(await told(bottom + 4)).toEqual(['the head']);
    expect(await told((top + bottom) / 2 + 30)).toEqual(['the edge']);
    expect(await told(label.y - 4, label.x)).toEqual(['the label']);
    for (const [y, url] of [
      [top - 4, 'https://tail.org'],
      [(top + bottom) / 2 + 30, 'https://edge.org'],
    ] as const) {
      const at = await page.window.locate(x, y);
      await page.window.page.mouse.click(at.x, at.y);
      await expect.poll(async () => (await page.window.requests()).at(-1)?.params).toEqual({ url });
    }
  });

  it('zooms by 1.25 a notch of the wheel, at the pointer', async () => {
    await page.open();
    const { zoom } = await page.window.shown();
    const { x, y } = await page.locateNode('b');
    await page.window.page.mouse.move(x, y);
    await page.window.page.mouse.wheel(0, -100);
    await page.rest();
    expect((await page.window.shown()).zoom).toBeCloseTo(zoom * 1.25, 6);
    const after = await page.locateNode('b');
    // To the pixel: that is what a pointer's place is known to.
    expect(after.x).toBeCloseTo(x, 0);
    expect(after.y).toBeCloseTo(y, 0);
    await page.window.page.mouse.wheel(0, 100);
    await page.rest();
    expect((await page.window.shown()).zoom).toBeCloseTo(zoom, 6);
  });

  it('zooms smoothly by small deltas', async () => {
    await page.open();
    const { zoom } = await page.window.shown();
    const { x, y } = await page.centreOfView();
    await page.window.page.mouse.move(x, y);
    await page.window.page.mouse.wheel(0, -10);
    await page.rest();
    expect((await page.window.shown()).zoom).toBeCloseTo(zoom * 1.25 ** 0.1, 6);
  });

  it('drags the picture along', async () => {
    await page.open({}, { reducedMotion: 'reduce' });
    const before = await page.window.shown();
    await page.window.page.mouse.move(100, 200);
    await page.window.page.mouse.down();
    await page.window.page.mouse.move(160, 240, { steps: 5 });
    await page.window.page.mouse.up();
    await page.rest();
    expect(await page.window.shown()).toMatchObject({
      x: before.x + 60,
      y: before.y + 40,
      zoom: before.zoom,
    });
  });

  it('drags with the middle button too, which clicks on nothing', async () => {
    // Without inertia it stays where the hand leaves it.
    await page.open({}, { reducedMotion: 'reduce' });
    const before = await page.window.shown();
    const { x, y } = await page.locateNode('a');
    const { mouse } = page.window.page;
    await mouse.click(x, y, { button: 'middle' });
    await page.window.settle();
    expect((await page.window.shown()).selected).toBe('');
    await mouse.move(x, y);
    await mouse.down({ button: 'middle' });
    for (let i = 1; i <= 6; i++) await mouse.move(x + i * 10, y);
    await mouse.up({ button: 'middle' });
    await page.rest();
    expect(await page.window.shown()).toMatchObject({ x: before.x + 60, y: before.y });
    const { zoom } = await page.window.shown();
    await page.window.page.keyboard.down('Control');
    await mouse.down({ button: 'middle' });
    await mouse.move(x, y - 100, { steps: 4 });
    await mouse.up({ button: 'middle' });
    await page.window.page.keyboard.up('Control');
    await page.rest();
    expect((await page.window.shown()).zoom).toBeGreaterThan(zoom * 1.5);
  });

  it('throws the picture: it glides on after a quick drag, until Esc', async () => {
    await page.open();
    const before = await page.window.shown();
    // From inside, a move a frame: over the wire, a busy machine may rest before it lets go.
    await page.window.page.evaluate(async () => {
      const send = (type: string, clientX: number) =>
        document
          .querySelector('.view')!
          .dispatchEvent(new MouseEvent(type, { clientX, clientY: 200, bubbles: true, cancelable: true }));
      send('mousedown', 100);
      for (let i = 1; i <= 8; i++) {
        await new Promise(requestAnimationFrame);
        send('mousemove', 100 + i * 30);
      }
      send('mouseup', 100 + 8 * 30);
    });
    // Farther than the hand went.
    await expect.poll(async () => (await page.window.shown()).x).toBeGreaterThan(before.x + 8 * 30 + 1);
    await page.window.page.keyboard.press('Escape');
    await page.window.settle();
    const stopped = await page.window.shown();
    await page.window.page.waitForTimeout(200);
    expect((await page.window.shown()).x).toBe(stopped.x);
  });

  it('zooms with Ctrl and a drag upwards, 1.005 a pixel', async () => {
    await page.open();
    const { zoom } = await page.window.shown();
    await page.window.page.keyboard.down('Control');
    await page.window.page.mouse.move(100, 300);
    await page.window.page.mouse.down();
    await page.window.page.mouse.move(100, 200, { steps: 4 });
    await page.window.page.mouse.up();
    await page.window.page.keyboard.up('Control');
    await page.rest();
    const factor = (await page.window.shown()).zoom / zoom;
    expect(factor).toBeCloseTo(1.005 ** 100, 6);
  });

  it('draws a rubber band with Shift and zooms to it', async () => {
    await page.open();
    const { zoom } = await page.window.shown();
    const { x, y } = await page.locateNode('c');
    await page.window.page.keyboard.down('Shift');
    await page.window.page.mouse.move(x - 50, y - 40);
    await page.window.page.mouse.down();
    await page.window.page.mouse.move(x + 50, y + 40, { steps: 4 });
    await page.window.page.mouse.up();
    await page.window.page.keyboard.up('Shift');
    await page.rest();
    expect((await page.window.shown()).zoom).toBeGreaterThan(zoom * 4);
    const centre = await page.centreOfView();
    const node = await page.locateNode('c');
    expect(Math.hypot(node.x - centre.x, node.y - centre.y)).toBeLessThan(10);
  });

  it('centres a node that is clicked; Back and Forward replay it', async () => {
    await page.open();
    await page.pressed('+');
    const before = await page.window.shown();
    const { x, y } = await page.locateNode('c');
    await page.window.page.mouse.click(x, y);
    await page.rest();
    const [node, centre] = [await page.locateNode('c'), await page.centreOfView()];
    expect(node.x).toBeCloseTo(centre.x, 3);
    expect(node.y).toBeCloseTo(centre.y, 3);
    const after = await page.window.shown();
    expect(after.zoom).toBeCloseTo(before.zoom, 6);
    await page.window.page.getByRole('button', { name: 'Back' }).click();
    await page.rest();
    expect((await page.window.shown()).y).toBeCloseTo(before.y, 3);
    await page.pressed('Alt+ArrowRight');
    expect((await page.window.shown()).y).toBeCloseTo(after.y, 3);
  });

  it('takes a double click for two clicks: it zooms nothing', async () => {
    await page.open();
    await page.pressed('+');
    const before = await page.window.shown();
    const { x, y } = await page.locateNode('c');
    const { mouse } = page.window.page;
    await mouse.move(x, y);
    // All at once: between two clicks that are waited for, a busy machine moves the node away.
    const second = { clickCount: 2 };
    await Promise.all([mouse.down(), mouse.up(), mouse.down(second), mouse.up(second)]);
    await page.rest();
    expect((await page.window.shown()).zoom).toBeCloseTo(before.zoom, 6);
    expect((await page.locateNode('c')).y).toBeCloseTo((await page.centreOfView()).y, 3);
  });

  it('jumps from an edge to its source, with Ctrl to its destination', async () => {
    await page.open();
    const [a, b] = [page.middleOf('a'), page.middleOf('b')];
    const onEdge = await page.window.locate((a.x + b.x) / 2, (a.y + b.y) / 2);
    await page.window.page.mouse.move(onEdge.x, onEdge.y);
    await expect.poll(async () => (await page.window.shown()).hovered).toBe('a->b');
    await page.window.page.mouse.click(onEdge.x, onEdge.y);
    await page.rest();
    const centre = await page.centreOfView();
    expect((await page.locateNode('a')).y).toBeCloseTo(centre.y, 3);
    const again = await page.window.locate((a.x + b.x) / 2, (a.y + b.y) / 2);
    await page.window.page.keyboard.down('Control');
    await page.window.page.mouse.click(again.x, again.y);
    await page.window.page.keyboard.up('Control');
    await page.rest();
    expect((await page.locateNode('b')).y).toBeCloseTo(centre.y, 3);
  });

  it('opens the link of a node through the host', async () => {
    await page.open();
    const { x, y } = await page.locateNode('b');
    await page.window.page.mouse.click(x, y);
    await expect
      .poll(() => page.window.requests())
      .toMatchObject([{ method: 'link.open', params: { url: 'https://example.org/b' } }]);
  });

  it('shows a tooltip as plain text, inside the window', async () => {
    await page.open();
    const { x, y } = await page.locateNode('a');
    await page.window.page.mouse.move(x, y);
    const tooltip = page.window.page.getByRole('tooltip');
    await expect.poll(() => tooltip.count()).toBe(1);
    expect(await tooltip.textContent()).toContain('<b>24 bytes</b>\n@1');
    await page.window.page.mouse.move(5, 300);
    await expect.poll(() => tooltip.count()).toBe(0);
  });

  it('hears from a cluster what it says, and opens its link, where nothing lies on it', async () => {
    const scene = await layOut(`digraph {
      subgraph cluster_said { label=said tooltip="the \\G" URL="https://cluster.org" margin=40; a [tooltip="a node"] }
      subgraph cluster_mute { label=mute margin=40; b }
    }`);
    await page.open({ scene });
    const tooltips = async (x: number, y: number) => {
      const at = await page.window.locate(x, y);
      await page.window.page.mouse.move(at.x, at.y, { steps: 3 });
      await page.window.settle();
      return page.window.page.getByRole('tooltip').allInnerTexts();
    };
    const [said, mute] = scene.clusters.map(({ bounds: [left, , , bottom] }) => [left + 12, bottom - 12]);
    expect(await tooltips(said[0], said[1])).toEqual(['the cluster_said']);
    const [left, top, right, bottom] = scene.nodes[0].bounds;
    expect(await tooltips((left + right) / 2, (top + bottom) / 2)).toEqual(['a node']);
    expect(await tooltips(mute[0], mute[1])).toEqual([]);
    const at = await page.window.locate(said[0], said[1]);
    await page.window.page.mouse.click(at.x, at.y);
    await expect
      .poll(() => page.window.requests())
      .toMatchObject([{ method: 'link.open', params: { url: 'https://cluster.org' } }]);
    expect((await page.window.shown()).selected).toBe('cluster_said');
  });
});

describe('fingers', () => {
  it('pinch', async () => {
    await page.open({}, { hasTouch: true });
    const { zoom } = await page.window.shown();
    const { x, y } = await page.centreOfView();
    const client = await page.window.page.context().newCDPSession(page.window.page);
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
    await page.rest();
    expect((await page.window.shown()).zoom / zoom).toBeCloseTo(2, 1);
  });

  it('tap a node to centre it', async () => {
    await page.open({}, { hasTouch: true });
    const { x, y } = await page.locateNode('c');
    await page.window.page.touchscreen.tap(x, y);
    await expect.poll(async () => (await page.window.shown()).selected).toBe('c');
    await page.rest();
    expect((await page.locateNode('c')).y).toBeCloseTo((await page.centreOfView()).y, 3);
  });
});
