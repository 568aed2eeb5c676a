// What a mouse and fingers do to the picture.
import { describe, expect, it } from 'vitest';
import { layOut } from './fake-host.ts';
import { onePage } from './one-page.ts';

const page = onePage();

describe('the mouse', () => {
  it('shows what the ends and the label of an edge say themselves', async () => {
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

  it('selects a node that is clicked and leaves the picture where it is', async () => {
    await page.open();
    await page.pressed('+');
    const before = await page.window.shown();
    const { x, y } = await page.locateNode('c');
    await page.window.page.mouse.click(x, y);
    await page.rest();
    const { zoom, x: left, y: top, selected } = await page.window.shown();
    expect([zoom, left, top, selected]).toEqual([before.zoom, before.x, before.y, 'c']);
  });

  it('centres a clicked node whose middle is out of sight', async () => {
    await page.open();
    const { bounds } = page.scene.nodes.find(({ name }) => name === 'c')!;
    await page.pressed('1');
    const { x, y } = await page.locateNode('c');
    const view = (await page.window.page.locator('.view').boundingBox())!;
    // Its upper half stays in the window.
    await page.window.page.mouse.move(view.x + 20, view.y + 20);
    await page.window.page.mouse.down();
    await page.window.page.mouse.move(view.x + 20, view.y + 20 + (view.y + view.height - y) + 6, {
      steps: 8,
    });
    await page.window.page.waitForTimeout(300);
    await page.window.page.mouse.up();
    await page.rest();
    const moved = await page.locateNode('c');
    expect(moved.y).toBeGreaterThan(view.y + view.height);
    await page.window.page.mouse.click(x, moved.y - (bounds[3] - bounds[1]) / 2 + 4);
    await page.rest();
    expect((await page.locateNode('c')).y).toBeCloseTo((await page.centreOfView()).y, 3);
  });

  it('centres a node that is clicked twice, without a zoom; Back and Forward replay it', async () => {
    await page.open();
    await page.pressed('+');
    const before = await page.window.shown();
    const { x, y } = await page.locateNode('c');
    await page.window.page.mouse.dblclick(x, y);
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

  it('selects an edge; a double click jumps to its source, Ctrl and a click to its destination', async () => {
    await page.open();
    const [a, b] = [page.middleOf('a'), page.middleOf('b')];
    const onEdge = await page.window.locate((a.x + b.x) / 2, (a.y + b.y) / 2);
    const before = await page.window.shown();
    await page.window.page.mouse.click(onEdge.x, onEdge.y);
    await page.rest();
    expect(await page.window.shown()).toMatchObject({ selected: 'a->b', x: before.x, y: before.y });
    await page.window.page.mouse.dblclick(onEdge.x, onEdge.y);
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

  it('asks before a link that main has a question about, and opens it as its user answers', async () => {
    await page.open();
    const { page: tab } = page.window;
    await tab.evaluate(() => {
      window.fakeHost.handlers['link.open'] = ({ answer }: { answer?: string }) => ({
        question: answer ? null : 'This link starts a program:\nvscode://x',
        scheme: answer ? null : 'vscode',
        document: null,
      });
    });
    const { x, y } = await page.locateNode('b');
    const answers = async () =>
      (await page.window.requests()).map(({ params }) => (params as { answer?: string }).answer ?? null);
    for (const [button, answered] of [
      ['Cancel', [null]],
      ['Open', [null, null, 'once']],
      ['Always open vscode: links', [null, null, 'once', null, 'always']],
    ] as const) {
      await tab.mouse.click(x, y);
      const dialog = tab.getByRole('dialog');
      await expect.poll(() => dialog.innerText()).toContain('vscode://x');
      await dialog.getByRole('button', { name: button, exact: true }).click();
      await expect.poll(() => dialog.count()).toBe(0);
      await expect.poll(answers).toEqual(answered);
    }
    await page.window.expectDeclared();
  });

  it('goes back from the graph of a link to the one before, where it was looked at', async () => {
    await page.open();
    const { page: tab } = page.window;
    await tab.evaluate(() => {
      window.fakeHost.answers['link.open'] = { question: null, scheme: null, document: '/tmp/b.dot' };
    });
    await tab.keyboard.press('+');
    await page.rest();
    const before = await page.window.shown();
    const { x, y } = await page.locateNode('b');
    await tab.mouse.click(x, y);
    await expect.poll(async () => (await page.window.requests()).length).toBe(1);
    const scene = await layOut('digraph { other -> one }');
    await page.window.change({ scene, revision: 2, title: 'b.dot', path: '/tmp/b.dot' });
    await tab.keyboard.press('Alt+ArrowLeft');
    await expect
      .poll(async () => (await page.window.requests()).at(-1))
      .toMatchObject({ method: 'document.open', params: { path: '/tmp/graph.dot' } });
    await page.window.change({ scene: await layOut('digraph { a -> b }'), revision: 3 });
    const { zoom, x: left, y: top } = await page.window.shown();
    expect([zoom, left, top]).toEqual([before.zoom, before.x, before.y]);
    await tab.keyboard.press('Alt+ArrowRight');
    await expect
      .poll(async () => (await page.window.requests()).at(-1))
      .toMatchObject({ method: 'document.open', params: { path: '/tmp/b.dot' } });
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

  it('shows what a cluster says, and opens its link, where nothing lies on it', async () => {
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

  it('tap a node to select it', async () => {
    await page.open({}, { hasTouch: true });
    const before = await page.locateNode('c');
    await page.window.page.touchscreen.tap(before.x, before.y);
    await expect.poll(async () => (await page.window.shown()).selected).toBe('c');
    await page.rest();
    expect(await page.locateNode('c')).toEqual(before);
  });
});
