// The tables beside the picture: their border, the way back, the snapshots, and one selection for both.
import { describe, expect, it } from 'vitest';
import { layOutHeap } from '../fake-host.ts';
import { attached, heapOf, snapshot, timeline } from './fake-heap.ts';
import { heapPage } from './heap-page.ts';

const heap = heapPage();
const panel = () => heap.page.getByRole('region', { name: 'Selected object' });
const border = () => heap.page.getByRole('separator', { name: 'Tables and picture' });
const download = async (button: string) => {
  const [file] = await Promise.all([
    heap.page.waitForEvent('download'),
    heap.page.getByRole('dialog').getByRole('button', { name: button }).click(),
  ]);
  return file.suggestedFilename();
};

describe('the workspace', () => {
  it('gives the window the name of the snapshot', async () => {
    await heap.open({ document: { title: 'objgraph' } });
    await expect.poll(() => heap.page.title()).toBe('leak.heapsnapshot');
  });

  it('gives the window the name of the process', async () => {
    await heap.open({ document: { title: 'objgraph' }, target: attached() });
    await expect.poll(() => heap.page.title()).toBe('server.js');
  });

  it('is not there in a window of a picture alone', async () => {
    await heap.open({ heap: null });
    expect(await border().count()).toBe(0);
    expect(await heap.page.getByRole('button', { name: 'Attach to a process' }).count()).toBe(1);
  });

  it('is divided by the mouse and by keys', async () => {
    await heap.open();
    const width = async () => (await heap.page.getByRole('region', { name: 'Heap' }).boundingBox())!.width;
    const before = await width();
    const { x, y } = (await border().boundingBox())!;
    await heap.page.mouse.move(x, y + 100);
    await heap.page.mouse.down();
    await heap.page.mouse.move(x + 120, y + 100);
    await heap.page.mouse.up();
    await expect.poll(width).toBeCloseTo(before + 120, -1);
    await border().focus();
    await heap.page.keyboard.press('Home');
    expect(await width()).toBeCloseTo(280, 0);
    await heap.page.keyboard.press('ArrowRight');
    expect(await width()).toBeGreaterThan(300);
    await border().dblclick();
    expect(await width()).toBeCloseTo(before, 0);
  });

  it('stands above the picture in a narrow window', async () => {
    await heap.open({ context: { viewport: { width: 600, height: 800 } } });
    expect(await border().getAttribute('aria-orientation')).toBe('horizontal');
    expect(await heap.violations()).toEqual([]);
  });

  it('goes back and forward through views and selections', async () => {
    await heap.open();
    await heap.rows('Types').first().dblclick();
    const instances = heap.rows('Instances of User');
    await instances.nth(2).click();
    await instances.nth(6).click();
    await heap.view('Strings');
    await heap.table('Strings').focus();
    await heap.page.keyboard.press('Alt+ArrowLeft');
    await expect.poll(() => panel().innerText()).toContain('@13');
    await heap.table('Instances of User').focus();
    await heap.page.keyboard.press('Alt+ArrowLeft');
    await expect.poll(() => panel().innerText()).toContain('@5');
    await heap.page.keyboard.press('Alt+ArrowLeft');
    await expect.poll(() => panel().count()).toBe(0);
    await heap.page.getByRole('button', { name: 'Forward', exact: true }).click();
    await expect.poll(() => panel().innerText()).toContain('@5');
  });

  it('stops once on the way back from a walk', async () => {
    await heap.open();
    await heap.rows('Types').first().dblclick();
    await heap.table('Instances of User').focus();
    for (let i = 0; i < 5; i++) await heap.page.keyboard.press('ArrowDown');
    await expect.poll(() => panel().innerText()).toContain('@9');
    await heap.page.keyboard.press('Alt+ArrowLeft');
    await expect.poll(() => panel().count()).toBe(0);
    expect(await heap.table('Instances of User').count()).toBe(1);
  });

  it('has one way back for the tables and the picture, and one pair of buttons', async () => {
    const scene = await layOutHeap('digraph { o5 [label="User"]; o9 [label="User"]; o5 -> o9; other }');
    await heap.open({ document: { scene } });
    await heap.rows('Types').first().dblclick();
    await expect.poll(() => heap.table('Instances of User').count()).toBe(1);
    const start = (await heap.window.shown()).zoom;
    await heap.page.getByRole('application').first().focus();
    await heap.page.keyboard.press('1');
    await expect.poll(async () => (await heap.window.shown()).zoom).not.toBeCloseTo(start, 6);
    await heap.view('Strings');
    const back = heap.page.getByRole('button', { name: 'Back', exact: true });
    expect(await back.count()).toBe(1);
    await back.click();
    await expect.poll(() => heap.table('Instances of User').count()).toBe(1);
    expect((await heap.window.shown()).zoom).not.toBeCloseTo(start, 6);
    await back.click();
    await expect.poll(async () => (await heap.window.shown()).zoom).toBeCloseTo(start, 6);
    expect(await heap.table('Instances of User').count()).toBe(1);
    await back.click();
    await expect.poll(() => heap.table('Types').count()).toBe(1);
    expect(await back.isDisabled()).toBe(true);
  });

  it('keeps the focus when a view changes, and goes from pane to pane with F6', async () => {
    await heap.open();
    const focused = () =>
      heap.page.evaluate(() => document.activeElement!.closest('[aria-label]')?.getAttribute('aria-label'));
    await heap.page.keyboard.press('Alt+2');
    await expect.poll(focused).toBe('Types');
    await heap.page.keyboard.press('ArrowDown');
    await heap.page.keyboard.press('Enter');
    await expect.poll(focused).toBe('Instances of User');
    await heap.page.keyboard.press('ArrowDown');
    await expect.poll(() => panel().count()).toBe(1);
    await heap.page.keyboard.press('F6');
    expect(await panel().evaluate((section) => section.contains(document.activeElement))).toBe(true);
    await heap.page.keyboard.press('F6');
    expect(await focused()).not.toMatch(/Instances|Selected/);
    await heap.page.keyboard.press('F6');
    await expect.poll(focused).toBe('Instances of User');
    await heap.page.keyboard.press('Backspace');
    await expect.poll(focused).toBe('Types');
    await heap.page.keyboard.press('Alt+1');
    await expect
      .poll(() => heap.page.evaluate(() => document.activeElement!.textContent))
      .toMatch(/^Map cache/);
    await heap.page.keyboard.press('ArrowDown');
    expect(await heap.page.evaluate(() => document.activeElement!.textContent)).toMatch(/^EventEmitter/);
  });

  it('names the picture that is shown until the next one is there, and keeps it meanwhile', async () => {
    const scene = await layOutHeap('digraph { o5 [label="User"]; o9 [label="User"]; o5 -> o9 }');
    await heap.open({ document: { scene, title: 'References of User' } });
    const picture = heap.page.getByRole('group', { name: 'Picture' });
    await heap.rows('Types').first().dblclick();
    await heap.rows('Instances of User').nth(4).click();
    await expect.poll(() => heap.asked('heap.draw')).toMatchObject({ picture: { kind: 'path', id: 9 } });
    expect(await picture.innerText()).toBe('References of User');
    // Main has begun to draw it.
    await heap.window.change({ title: 'Path to root of User', path: null, scene: null });
    expect(await picture.innerText()).toBe('References of User');
    expect((await heap.window.shown()).nodes).toBe('2');
    expect(await heap.page.getByText('Select a type, an object or a suspect').count()).toBe(0);
    expect(await picture.getByRole('button', { name: /^Pin/ }).isEnabled()).toBe(true);
    await heap.window.change({ title: 'Path to root of User', path: null, scene, revision: 2 });
    await expect.poll(() => picture.innerText()).toBe('Path to root of User');
  });

  it('shows nothing of the last object until the next one is known', async () => {
    await heap.open();
    await heap.rows('Types').first().dblclick();
    await heap.rows('Instances of User').nth(2).click();
    await expect.poll(() => panel().innerText()).toContain('@5');
    await heap.page.evaluate(() => (self.fakeHost.handlers['heap.object'] = () => new Promise(() => {})));
    await heap.rows('Instances of User').nth(4).click();
    await expect.poll(() => panel().innerText()).not.toContain('@5');
  });

  it('selects the same object in the tables and in the picture', async () => {
    const scene = await layOutHeap('digraph { o5 [label="User"]; o9 [label="User"]; o5 -> o9; other }');
    await heap.open({ document: { scene } });
    await heap.rows('Types').first().dblclick();
    await heap.rows('Instances of User').nth(4).click();
    await expect.poll(async () => (await heap.window.shown()).selected).toBe('o9');
    const [left, top, right, bottom] = scene.nodes.find(({ name }) => name === 'o5')!.bounds;
    const { x, y } = await heap.window.locate((left + right) / 2, (top + bottom) / 2);
    await heap.page.mouse.click(x, y);
    await expect.poll(() => panel().innerText()).toContain('@5');
    expect(await heap.rows('Instances of User').nth(2).getAttribute('aria-selected')).toBe('true');
  });

  it('switches between snapshots, and shows how far each is', async () => {
    const progress = { task: 'Reading nodes', done: 30, total: 60, since: Date.now() };
    const reading = snapshot({ name: 'later.heapsnapshot', nodes: 0, ready: [], progress });
    await heap.open({ heap: heapOf(snapshot(), reading) });
    const bar = heap.page.getByRole('group', { name: 'Snapshots' });
    expect(await bar.innerText()).toContain('50 %');
    expect(await heap.page.getByRole('progressbar', { name: 'Reading nodes' }).count()).toBe(1);
    expect(await heap.violations()).toEqual([]);
    await bar.getByRole('button', { name: 'Cancel later.heapsnapshot' }).click();
    expect(await heap.asked('heap.cancel')).toEqual({ snapshot: 1 });
    await bar.getByRole('button', { name: /^leak/ }).click();
    await expect.poll(() => heap.rows('Types').count()).toBeGreaterThan(5);
    await bar.getByRole('button', { name: 'Close leak.heapsnapshot' }).click();
    expect(await heap.asked('heap.remove')).toEqual({ snapshot: 0 });
  });

  it('goes back to an earlier snapshot too', async () => {
    await heap.open({ heap: timeline(3) });
    await heap.view('Types');
    const bar = heap.page.getByRole('group', { name: 'Snapshots' });
    await bar.getByRole('button', { name: /^server.js, 14:00/ }).click();
    await expect.poll(() => heap.asked('heap.types')).toMatchObject({ snapshot: 0 });
    await heap.page.getByRole('button', { name: 'Back', exact: true }).click();
    await expect.poll(() => heap.asked('heap.show')).toEqual({ snapshot: 2 });
    await expect.poll(() => heap.asked('heap.types')).toMatchObject({ snapshot: 2 });
  });

  it('reads the files again when the thread that held them has ended', async () => {
    const problem = { message: 'There is not enough memory for this snapshot' };
    await heap.open({ heap: { ...heapOf(snapshot({ problem })), isLost: true } });
    await heap.page.getByRole('button', { name: 'Read the files again' }).click();
    await expect.poll(() => heap.asked('heap.reload')).toBeNull();
    expect(await heap.violations()).toEqual([]);
  });

  it('shows what is wrong with one snapshot, and shows the others', async () => {
    const problem = { message: 'broken.heapsnapshot ends in the middle. Take it again.' };
    const broken = snapshot({ name: 'broken.heapsnapshot', nodes: 0, ready: [], problem });
    await heap.open({ heap: heapOf(snapshot(), broken) });
    expect(await heap.page.getByRole('alert').innerText()).toContain('Take it again');
    expect(await heap.violations()).toEqual([]);
    await heap.page.getByRole('button', { name: /^leak/ }).click();
    await expect.poll(() => heap.rows('Types').count()).toBeGreaterThan(5);
    expect(await heap.page.getByRole('alert').count()).toBe(0);
  });

  it('exports the table that is shown, redacted or not', async () => {
    await heap.open();
    await heap.page.getByRole('searchbox', { name: 'Filter types' }).fill('user');
    await expect.poll(() => heap.rows('Types').count()).toBe(1);
    await heap.page.getByRole('button', { name: 'Export this table' }).click();
    expect(await heap.violations()).toEqual([]);
    await heap.page.getByRole('radio', { name: 'JSON' }).check();
    await heap.page.getByRole('checkbox', { name: 'Redact strings' }).check();
    expect(await download('Export')).toBe('types.json');
    expect(await heap.asked('heap.export')).toEqual({
      table: 'types',
      format: 'json',
      about: { snapshot: 0, sort: 'retainedSize', direction: 'descending', filter: 'user', only: 'all' },
      redacted: true,
    });
  });

  it('saves a report on the selected object', async () => {
    await heap.open();
    await heap.view('Dominators');
    await heap.rows('Dominators').first().click();
    await heap.page.getByRole('button', { name: 'Report on the selected object' }).click();
    const title = heap.page.getByRole('textbox', { name: 'Title' });
    await expect.poll(() => title.inputValue()).toBe('User {id: 0} is kept alive');
    expect(await heap.violations()).toEqual([]);
    await title.fill('Users are never removed');
    expect(await download('Save report')).toBe('report.html');
    expect(await heap.asked('heap.report')).toEqual({
      snapshot: 0,
      id: 1,
      title: 'Users are never removed',
      redacted: false,
    });
  });

  it('hands a snapshot that is given without a path to main, piece by piece', async () => {
    await heap.open({ heap: null });
    await heap.page.evaluate(() => {
      self.fakeHost.handlers['heap.upload'] = () => ({ upload: 7 });
      const file = new File([new Uint8Array(5_000_000).fill(65)], 'dropped.heapsnapshot');
      const data = new DataTransfer();
      data.items.add(file);
      window.dispatchEvent(new DragEvent('drop', { dataTransfer: data, cancelable: true }));
    });
    await expect.poll(() => heap.asked('heap.uploadEnd')).toEqual({ upload: 7, failure: null });
    expect(await heap.asked('heap.upload')).toEqual({ name: 'dropped.heapsnapshot', size: 5_000_000 });
    const pieces = (await heap.window.requests()).filter(({ method }) => method === 'heap.uploadPiece');
    const sizes = pieces.map(({ params }) => atob((params as { data: string }).data).length);
    expect(sizes.length).toBe(3);
    expect(sizes.reduce((all, size) => all + size)).toBe(5_000_000);
  });

  it('has its keys in the list of keys', async () => {
    await heap.open({ target: attached() });
    await heap.page.keyboard.press('Alt+4');
    await expect.poll(() => heap.table('Dominators').count()).toBe(1);
    await expect
      .poll(() => heap.table('Dominators').evaluate((table) => table === document.activeElement))
      .toBe(true);
    await heap.page.keyboard.press('F6');
    await heap.page.keyboard.press('F6');
    expect(await heap.table('Dominators').evaluate((table) => table === document.activeElement)).toBe(true);
    await heap.page.keyboard.press('F6');
    expect(
      await heap.page.locator('.view[role=application]').evaluate((view) => view === document.activeElement),
    ).toBe(true);
    await heap.page.keyboard.press('?');
    const list = await heap.page.getByRole('dialog', { name: 'Keyboard and mouse' }).innerText();
    for (const does of [
      'Attach to a process',
      'Take a snapshot',
      'Ask the process',
      'To the next pane: tables, object, picture',
    ])
      expect(list).toContain(does);
  });
});
