// The page and its document: opening, reloading, problems, waiting.
import { describe, expect, it } from 'vitest';
import { layOut } from './fake-host.ts';
import { onePage } from './one-page.ts';

const page = onePage();

const answer = (method: string, result: unknown) =>
  page.window.page.evaluate(([method, result]) => (window.fakeHost.answers[method] = result), [
    method,
    result,
  ] as [string, unknown]);

/** Which files the page asked to open. */
const asked = async () =>
  (await page.window.requests()).map(({ method }) => method).filter((method) => method !== 'window.given');

/** Lets files fall on the window: names, and texts or bytes. */
const drop = (...files: [string, string | number[]][]) =>
  page.window.page.evaluate((files) => {
    const data = new DataTransfer();
    for (const [name, content] of files)
      data.items.add(new File([typeof content === 'string' ? content : new Uint8Array(content)], name));
    document.body.dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true }));
  }, files);

describe('when it opens', () => {
  it('shows the document, all of it, in the middle', async () => {
    await page.open({ title: 'leak.dot' });
    expect(await page.window.page.title()).toBe('leak.dot');
    const shown = await page.window.shown();
    expect(shown).toMatchObject({ status: 'ready', nodes: '7', edges: '7', revision: '1' });
    const box = (await page.window.page.locator('.view').boundingBox())!;
    for (const name of ['a', 'far']) {
      const at = await page.locateNode(name);
      expect(at.y).toBeGreaterThan(box.y);
      expect(at.y).toBeLessThan(box.y + box.height);
    }
    expect(shown.zoom).toBeLessThanOrEqual(1.5);
  });

  it('says what can be opened when nothing is, and opens a file that is dropped', async () => {
    await page.open({ scene: null, path: null });
    expect((await page.window.shown()).status).toBe('empty');
    expect(await page.window.page.getByRole('heading').innerText()).toBe('No graph is open');
    await drop(['dropped.dot', 'digraph { é }']);
    await expect.poll(asked).toEqual(['document.openText']);
    expect(await page.window.requests()).toMatchObject([
      { method: 'window.given', params: { index: 0 } },
      { params: { name: 'dropped.dot', text: 'digraph { é }' } },
    ]);
  });

  it('opens several that are dropped in several windows, by their paths where main knows them', async () => {
    await page.open({ scene: null, path: null });
    await drop(['a.dot', 'digraph { a }'], ['b.dot', 'digraph { b }']);
    await expect.poll(asked).toEqual(['document.openText', 'window.openText']);
    await answer('window.given', { path: '/tmp/given.dot' });
    await drop(['a.dot', 'digraph { a }'], ['b.dot', 'digraph { b }']);
    await expect.poll(asked).toHaveLength(4);
    expect((await page.window.requests()).slice(-3)).toMatchObject([
      { method: 'document.open', params: { path: '/tmp/given.dot' } },
      { method: 'window.given', params: { index: 1 } },
      { method: 'window.open', params: { path: '/tmp/given.dot' } },
    ]);
  });

  it('reads a dropped file that is not UTF-8 as Latin-1', async () => {
    await page.open({ scene: null, path: null });
    await drop(['latin.dot', [0xe9]]);
    await expect.poll(asked).toEqual(['document.openText']);
    expect((await page.window.requests()).at(-1)).toMatchObject({ params: { text: 'é' } });
  });
});

describe('recent files', () => {
  const files = [
    { path: '/work/leaks/today.dot', name: 'today.dot', folder: '/work/leaks' },
    { path: '/home/me/old.gv', name: 'old.gv', folder: '/home/me' },
  ];

  it('are offered while nothing is open, until they are cleared', async () => {
    await page.open({ scene: null, path: null }, {}, { 'recent.list': files });
    const list = page.window.page.getByRole('region', { name: 'Recent files' });
    await list.getByRole('button', { name: 'today.dot /work/leaks' }).click();
    expect(await page.window.requests()).toMatchObject([
      { method: 'document.open', params: { path: '/work/leaks/today.dot' } },
    ]);
    await list.getByRole('button', { name: 'Clear this list' }).click();
    await expect.poll(() => list.count()).toBe(0);
    expect((await page.window.requests()).at(-1)).toMatchObject({ method: 'recent.clear' });
  });

  it('are in a menu beside Open, walked by keys', async () => {
    await page.open();
    const find = () => page.window.page.getByRole('button', { name: 'Recent files' });
    expect(await find().isDisabled()).toBe(true);
    await page.window.close();
    await page.open({}, {}, { 'recent.list': files });
    const button = find();
    await button.click();
    const menu = page.window.page.getByRole('menu', { name: 'Recent files' });
    expect(await menu.getByRole('menuitem').allInnerTexts()).toEqual([
      'today.dot /work/leaks',
      'old.gv /home/me',
      'Clear this list',
    ]);
    await page.window.page.keyboard.press('ArrowDown');
    await page.window.page.keyboard.press('Enter');
    expect(await page.window.requests()).toMatchObject([
      { method: 'document.open', params: { path: '/home/me/old.gv' } },
    ]);
    expect(await menu.count()).toBe(0);
    await button.click();
    await page.window.page.keyboard.press('Escape');
    await expect.poll(() => menu.count()).toBe(0);
    expect(await button.evaluate((element) => element === document.activeElement)).toBe(true);
  });
});

describe('when the document changes', () => {
  it('keeps zoom, position and selection on reload', async () => {
    await page.open();
    await page.pressed('+');
    await page.window.page.mouse.click(...(Object.values(await page.locateNode('d')) as [number, number]));
    await page.rest();
    const before = await page.window.shown();
    await page.window.change({ scene: await layOut('digraph { z -> d; d -> y }'), revision: 2 });
    const after = await page.window.shown();
    expect(after).toMatchObject({
      revision: '2',
      nodes: '3',
      selected: 'd',
      zoom: before.zoom,
      x: before.x,
      y: before.y,
    });
  });

  it('keeps the picture when a change comes without one', async () => {
    await page.open();
    await page.window.change({ title: 'renamed.dot', warnings: ['a is odd'], revision: 1, scene: undefined });
    expect(await page.window.shown()).toMatchObject({ status: 'ready', nodes: '7', revision: '1' });
    expect(await page.window.page.title()).toBe('renamed.dot');
    expect(await page.window.page.getByText('1 warning').count()).toBe(1);
  });

  it('fits the picture again when nothing of it is where the user looks', async () => {
    await page.open();
    for (let i = 0; i < 30; i++) await page.window.page.keyboard.press('ArrowRight');
    await page.window.change({ scene: await layOut('digraph { a }'), revision: 2 });
    const at = await page.window.locate(27, 18);
    const centre = await page.centreOfView();
    expect(at.x).toBeCloseTo(centre.x, 3);
    expect(at.y).toBeCloseTo(centre.y, 3);
  });

  it('fits another document', async () => {
    await page.open();
    await page.pressed('+');
    const other = await layOut(
      'digraph { rankdir=LR; a -> b -> c -> d -> e -> f -> g -> h -> i -> j -> k -> l -> m -> n -> o }',
    );
    await page.window.change({ scene: other, revision: 2, path: '/tmp/other.dot' });
    const { zoom, x } = await page.window.shown();
    expect(x).toBeCloseTo(12, 6);
    expect(zoom).toBeCloseTo((1000 - 24) / other.bounds[2], 6);
  });

  it('shows a problem with its place beside the picture, until it is dismissed', async () => {
    await page.open();
    const problem = { message: 'syntax error near ->', file: '/tmp/leak.dot', line: 12, source: 'a -> -> b' };
    await page.window.change({ scene: page.scene, problem });
    const alert = page.window.page.getByRole('alert');
    const told = await alert.innerText();
    for (const part of ['syntax error near ->', '/tmp/leak.dot, line 12', 'a -> -> b', 'last good one']) {
      expect(told).toContain(part);
    }
    expect(await page.window.shown()).toMatchObject({ status: 'problem', nodes: '7' });
    await alert.getByRole('button', { name: 'Close' }).click();
    expect(await alert.count()).toBe(0);
    await page.window.change({ scene: page.scene, problem, title: 'told again' });
    expect(await alert.count()).toBe(0);
    await page.window.change({ scene: page.scene, problem: { ...problem, line: 13 } });
    expect(await alert.count()).toBe(1);
    await page.window.change({ scene: page.scene });
    expect(await alert.count()).toBe(0);
  });

  it('shows how long a layout takes, lets it be cancelled, and after a while offers easier ones', async () => {
    await page.open();
    await page.window.change({ scene: page.scene, busySince: Date.now() - 3000 });
    const busy = page.window.page.getByRole('status');
    await expect.poll(() => busy.innerText()).toMatch(/Laying out with dot\s*3 s/);
    expect(await busy.innerText()).not.toContain('sfdp');
    await page.window.change({ scene: page.scene, busySince: Date.now() - 9000 });
    await expect.poll(() => busy.innerText()).toContain('Try sfdp instead');
    await busy.getByRole('button', { name: 'Cancel' }).click();
    for (const way of [
      'Try sfdp',
      'Faster settings',
      'The system’s Graphviz',
      'Only the first steps',
      'Only the 500',
    ])
      await busy.getByRole('button', { name: way }).click();
    expect(await page.window.requests()).toMatchObject([
      { method: 'document.cancel' },
      { method: 'document.engine', params: { engine: 'sfdp' } },
      { method: 'document.easier', params: { way: 'settings' } },
      { method: 'document.easier', params: { way: 'system' } },
      { method: 'document.easier', params: { way: 'roots' } },
      { method: 'document.easier', params: { way: 'fewer' } },
    ]);
    await page.window.change({ scene: page.scene });
    expect(await busy.count()).toBe(0);
  });

  it('offers easier layouts when one was too hard, and only those that are there', async () => {
    await page.open();
    const problem = { message: 'too large', tooHard: true as const };
    await page.window.change({ scene: page.scene, problem, systemDot: false, engine: 'sfdp' });
    const alert = page.window.page.getByRole('alert');
    const ways = await alert
      .getByRole('group', { name: 'Easier layouts' })
      .getByRole('button')
      .allInnerTexts();
    expect(ways).toEqual([
      'Faster settings',
      'Only the first steps from the roots',
      'Only the 500 best connected nodes',
    ]);
  });

  it('keeps warnings quiet: a count that opens', async () => {
    await page.open({ warnings: ['no such colour: blurple', 'node a is unplaced'] });
    expect(await page.window.page.getByRole('alert').count()).toBe(0);
    await page.window.page.getByText('2 warnings').click();
    expect(await page.window.page.getByText('no such colour: blurple').isVisible()).toBe(true);
  });

  it('offers each graph of a file that has several', async () => {
    await page.open();
    const graphs = page.window.page.getByRole('combobox', { name: 'Graph of the file' });
    expect(await graphs.count()).toBe(0);
    await page.window.change({ graphs: ['first', 'second'], revision: 1, scene: undefined });
    expect(await graphs.locator('option').allInnerTexts()).toEqual(['first', 'second']);
    await page.pressed('+');
    await graphs.selectOption('second');
    expect(await page.window.requests()).toMatchObject([{ method: 'document.graph', params: { graph: 1 } }]);
    const scene = await layOut('digraph { only }');
    await page.window.change({ graphs: ['first', 'second'], graph: 1, revision: 2, scene });
    expect(await graphs.inputValue()).toBe('1');
    expect((await page.window.shown()).zoom).toBeCloseTo(1.5, 6);
  });

  it('fits another picture of the same name, whatever part of the last one was seen', async () => {
    await page.open({ title: 'server.js, 14:03:21', path: null });
    const { zoom } = await page.window.shown();
    for (let i = 0; i < 4; i++) await page.pressed('+');
    expect((await page.window.shown()).zoom).toBeGreaterThan(zoom * 1.5);
    // As main reports it: the new one is on its way, and then it is there.
    const name = { title: 'server.js, 14:03:21', path: null };
    await page.window.change({ ...name, scene: null, revision: 2 });
    await page.window.change({ ...name, scene: await layOut('digraph { only }'), revision: 3 });
    await expect.poll(async () => (await page.window.shown()).zoom).toBeCloseTo(1.5, 6);
  });

  it('says what a request failed of', async () => {
    await page.open();
    await page.window.refuse('document.reload', 'leak.dot is gone');
    await page.window.page.keyboard.press('r');
    await expect.poll(() => page.window.page.getByRole('alert').innerText()).toContain('leak.dot is gone');
  });
});

describe('images in other folders', () => {
  const card = () => page.window.page.getByRole('alert');
  const refusedFolders = ['/usr/share/icons/aws', '/srv/pictures'];

  it('are shown when their user allows them, one folder after the other', async () => {
    await page.open({ refusedFolders });
    await expect.poll(() => card().innerText()).toContain('/usr/share/icons/aws');
    expect(await card().count()).toBe(1);
    expect(await page.window.requests()).toEqual([]);
    await card().getByRole('button', { name: 'Allow images from this folder' }).click();
    expect(await page.window.requests()).toEqual([
      expect.objectContaining({
        method: 'document.allowImages',
        params: { folder: '/usr/share/icons/aws' },
      }),
    ]);
    await page.window.change({ refusedFolders: ['/srv/pictures'], scene: undefined, revision: 1 });
    await expect.poll(() => card().innerText()).toContain('/srv/pictures');
    await page.window.change({ refusedFolders: [], scene: undefined, revision: 1 });
    await expect.poll(() => card().count()).toBe(0);
  });

  it('are not asked for again when the question was dismissed, and none is allowed by that', async () => {
    await page.open({ refusedFolders });
    await card().getByRole('button', { name: 'Close' }).click();
    await expect.poll(() => card().innerText()).toContain('/srv/pictures');
    await card().getByRole('button', { name: 'Close' }).click();
    await expect.poll(() => card().count()).toBe(0);
    await page.window.change({ refusedFolders, scene: undefined, revision: 1 });
    expect(await card().count()).toBe(0);
    expect(await page.window.requests()).toEqual([]);
  });
});

describe('the modern look', () => {
  const choose = async () => {
    await page.window.page.keyboard.press('Control+k');
    await page.window.page.getByRole('combobox', { name: 'Action' }).fill('modern look');
  };
  const first = () => page.window.page.getByRole('dialog').getByRole('option').first();

  it.each([
    [false, true],
    [true, false],
  ])('is chosen by name: from %s to %s', async (modernLook, on) => {
    await page.open({ isPlain: true, modernLook });
    await choose();
    await page.window.page.keyboard.press('Enter');
    await expect
      .poll(() => page.window.requests())
      .toMatchObject([{ method: 'document.modernLook', params: { on } }]);
  });

  it('is not for files that have a look of their own', async () => {
    await page.open({ isPlain: false });
    await choose();
    expect(await first().innerText()).toMatch(/Modern look[^]*The file has fonts or colours of its own/);
    await page.window.page.keyboard.press('Enter');
    expect(await page.window.requests()).toEqual([]);
  });
});

describe('in a window of 512 by 512, as xdot opens it', () => {
  const narrow = async () => {
    await page.open({ graphs: ['one', 'two', 'three'] });
    await page.window.page.setViewportSize({ width: 512, height: 512 });
    await page.window.page.locator('[aria-label="More actions"]').waitFor();
  };

  it('every button of the toolbar lies in the window', async () => {
    await narrow();
    const boxes = await page.window.page
      .locator('.toolbar button, .toolbar select')
      .evaluateAll((all) => all.map((each) => each.getBoundingClientRect().right));
    expect(Math.max(...boxes)).toBeLessThanOrEqual(512);
  });

  it('what has no room is in a menu', async () => {
    await narrow();
    await page.window.page.getByRole('button', { name: 'More actions' }).click();
    const items = page.window.page.locator('[role="menu"] [role="menuitem"]');
    const box = (await page.window.page.locator('[role="menu"]').boundingBox())!;
    expect(box.x + box.width).toBeLessThanOrEqual(512);
    expect((await items.allTextContents()).join()).toMatch(/Export.*Print.*Outline/is);
    await items.filter({ hasText: 'Outline' }).click();
    await page.window.page.locator('.outline, [aria-label="Outline"]').first().waitFor();
    expect(await page.window.page.locator('[role="menu"]').count()).toBe(0);
  });
});
