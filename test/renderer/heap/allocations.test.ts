// Who allocated: recordings, profiles and tracked snapshots, as a flame graph and as a table; and the lines they lead to.
import { describe, expect, it } from 'vitest';
import type { AllocationsState } from '../../../shared/protocol/allocations.ts';
import { attached, heapOf, snapshot } from './fake-heap.ts';
import { heapPage } from './heap-page.ts';

const heap = heapPage();
const flame = () => heap.page.getByRole('application', { name: /^Flame graph/ });
const announced = () => heap.page.locator('.visually-hidden[aria-live=polite]').allInnerTexts();
const dialog = () => heap.page.getByRole('dialog');

const profile = (id: number) => ({ id, name: `server.js, 14:0${id}:21, 30 s`, bytes: 42_000_000 });
const profiles = (count: number): AllocationsState => ({
  profiles: Array.from({ length: count }, (_, id) => profile(id)),
  isRecording: false,
  isReading: false,
  problem: null,
});
const tracked = heapOf(snapshot({ tracked: { stacks: true, timeline: true } }));

async function tellAllocations(data: AllocationsState) {
  await heap.page.evaluate((data) => self.fakeHost.tell({ event: 'allocations.changed', data }), data);
  await heap.window.settle();
}

describe('a profile', () => {
  it('alone in its window is a flame graph, without a picture beside it', async () => {
    await heap.open({ heap: null, allocations: profiles(1) });
    await expect.poll(() => flame().count()).toBe(1);
    expect(await heap.page.getByRole('tab').allInnerTexts()).toEqual(['Allocations']);
    await expect.poll(() => heap.page.locator('canvas[data-bars="7"]').count()).toBe(1);
    expect(await heap.page.getByText('42.0 MB estimated').count()).toBe(1);
  });

  it('is walked by keys: from call to call, into one, and out again', async () => {
    await heap.open({ heap: null, allocations: profiles(1) });
    await expect.poll(() => heap.page.locator('canvas[data-bars="7"]').count()).toBe(1);
    await flame().focus();
    await heap.page.keyboard.press('ArrowDown');
    await expect
      .poll(announced)
      .toContainEqual(expect.stringMatching(/^All allocations\s42.0 MB still alive/));
    await heap.page.keyboard.press('ArrowDown');
    await expect
      .poll(announced)
      .toContainEqual(
        expect.stringMatching(/^handleRequest\s30.0 MB still alive, 71.4 %; 2.0 MB of its own/),
      );
    await heap.page.keyboard.press('ArrowRight');
    await expect.poll(announced).toContainEqual(expect.stringContaining('processTicksAndRejections'));
    await heap.page.keyboard.press('ArrowLeft');
    await heap.page.keyboard.press('Enter');
    // What handleRequest called, and its callers.
    await expect.poll(() => heap.page.locator('canvas[data-bars="5"]').count()).toBe(1);
    await heap.page.keyboard.press('Backspace');
    await expect.poll(() => heap.page.locator('canvas[data-bars="7"]').count()).toBe(1);
    await heap.page.keyboard.press('ArrowDown');
    await heap.page.keyboard.press('Shift+F10');
    await heap.page.getByRole('menuitem', { name: 'Show the source' }).click();
    await expect.poll(() => dialog().innerText()).toContain('/srv/shop/src/server.js:40:3');
  });

  it('widens the call that is clicked', async () => {
    await heap.open({ heap: null, allocations: profiles(1) });
    await expect.poll(() => heap.page.locator('canvas[data-bars="7"]').count()).toBe(1);
    await flame().click({ position: { x: 30, y: 30 } });
    await expect.poll(() => heap.page.locator('canvas[data-bars="5"]').count()).toBe(1);
    await heap.page.getByRole('button', { name: 'All allocations' }).click();
    await expect.poll(() => heap.page.locator('canvas[data-bars="7"]').count()).toBe(1);
  });

  it('has all of it in a table, by function, file and package', async () => {
    await heap.open({ heap: null, allocations: profiles(1) });
    await heap.page.getByRole('button', { name: 'Table', exact: true }).click();
    const first = () => heap.rows('Allocations').first();
    await expect
      .poll(() => first().innerText())
      .toMatch(/handleRequest\s+server.js:40\s+8.0\s*MB\s+20.0\s*MB/);
    await heap.page.getByLabel('By').selectOption('package');
    await expect.poll(() => heap.asked('allocations.rows')).toMatchObject({ by: 'package' });
    await heap.page.getByLabel('By').selectOption('function');
    await heap.table('Allocations').focus();
    await heap.page.keyboard.press('ArrowDown');
    await heap.page.keyboard.press('Enter');
    await expect.poll(() => dialog().innerText()).toContain('server.js:40');
    const { subject } = (await heap.asked('source.lines')) as { subject: unknown };
    expect(subject).toEqual({ kind: 'profile', profile: 0, before: null });
    await dialog().getByRole('button', { name: 'Open in the editor' }).click();
    expect(await heap.asked('source.open')).toEqual({ file: '/srv/shop/src/server.js', line: 40, column: 3 });
    await expect.poll(() => dialog().count()).toBe(0);
  });

  it('is compared with an earlier one, and saved in both formats', async () => {
    await heap.open({ heap: null, allocations: profiles(2) });
    await heap.page.getByLabel('less').selectOption('0');
    await heap.page.getByRole('button', { name: 'Table', exact: true }).click();
    await expect
      .poll(() => heap.asked('allocations.rows'))
      .toMatchObject({ subject: { kind: 'profile', profile: 1, before: 0 } });
    await expect
      .poll(() => heap.rows('Allocations').allInnerTexts())
      .toContainEqual(expect.stringMatching(/^handleRequest.*−8\.0/s));
    await heap.page.getByRole('button', { name: 'Save as pprof' }).click();
    expect(await heap.asked('allocations.save')).toEqual({ profile: 1, format: 'pb.gz' });
  });

  it.each(['light', 'dark'] as const)('has nothing that shuts people out, %s', async (colorScheme) => {
    await heap.open({ heap: null, allocations: profiles(2), context: { colorScheme } });
    await expect.poll(() => heap.page.locator('canvas[data-bars="7"]').count()).toBe(1);
    expect(await heap.violations()).toEqual([]);
    await heap.page.getByRole('button', { name: 'Table', exact: true }).click();
    await expect.poll(() => heap.rows('Allocations').count()).toBeGreaterThan(2);
    expect(await heap.violations()).toEqual([]);
    await heap.rows('Allocations').first().dblclick();
    await expect.poll(() => dialog().count()).toBe(1);
    expect(await heap.violations()).toEqual([]);
  });
});

describe('an attached process', () => {
  it('is recorded after its cost was shown, and the recording is ended early', async () => {
    await heap.open({ target: attached() });
    await heap.view('Allocations');
    await heap.page.getByRole('button', { name: 'Record allocations…' }).click();
    expect(await dialog().innerText()).toContain('up to twice the time');
    await dialog().getByLabel('For').selectOption('60');
    await dialog().getByRole('button', { name: 'Record', exact: true }).click();
    expect(await heap.asked('allocations.record')).toEqual({ seconds: 60, interval: 32_768 });
    await tellAllocations({ ...profiles(0), isRecording: true });
    await heap.page.getByRole('button', { name: 'Finish now' }).click();
    expect(await heap.asked('allocations.finish')).toBeNull();
    await tellAllocations(profiles(1));
    await expect.poll(() => flame().count()).toBe(1);
  });

  it('without a snapshot can be recorded as well', async () => {
    await heap.open({ heap: null, target: attached() });
    await heap.page.getByRole('button', { name: 'Record allocations…' }).click();
    await dialog().getByRole('button', { name: 'Record', exact: true }).click();
    await tellAllocations(profiles(1));
    await expect.poll(() => flame().count()).toBe(1);
  });

  it('says who makes the objects of a class: asked on its row, with the cost before', async () => {
    await heap.open({ target: attached(), context: { viewport: { width: 1200, height: 800 } } });
    await heap.table('Types').focus();
    await heap.page.keyboard.press('ArrowDown');
    await heap.page.keyboard.press('Shift+F10');
    await heap.page.getByRole('menuitem', { name: 'Where made?…' }).click();
    expect(await dialog().innerText()).toContain('about 0.3 ms');
    expect(await dialog().innerText()).toContain('a snapshot is taken');
    expect(await heap.asked('target.sites')).toBeUndefined();
    await dialog().getByRole('button', { name: 'Record', exact: true }).click();
    expect(await heap.asked('target.sites')).toEqual({
      type: 'User',
      script: '/srv/shop/src/cache.js',
      line: 12,
      seconds: 10,
      isTracked: false,
    });
    const rows = heap.rows('Stacks');
    await expect
      .poll(() => rows.first().innerText())
      .toMatch(/remember\s+cache.js:12\s*←\s*handleRequest\s+150\s+150\s+100 %/);
    expect(await rows.nth(1).innerText()).toMatch(/next.*1,500\s+0\s+0 %/s);
    expect(await dialog().innerText()).toContain('2 stacks, 1,650 made, 150 still alive');
    expect(await heap.violations()).toEqual([]);
    await heap.table('Stacks').focus();
    await heap.page.keyboard.press('End');
    await expect.poll(() => dialog().getByRole('list', { name: 'Stack' }).innerText()).toContain('next');
  });

  it('offers to track every allocation where a class has no constructor, and says what that costs', async () => {
    await heap.open({ target: attached({ taken: [{ name: 'server.js', time: Date.now() }] }) });
    await heap.page.getByRole('searchbox', { name: 'Filter types' }).fill('Array');
    await expect.poll(() => heap.rows('Types').count()).toBe(1);
    await heap.rows('Types').first().click({ button: 'right' });
    await heap.page.getByRole('menuitem', { name: 'Where made?…' }).click();
    // The class is found in the snapshot that is there.
    expect(await dialog().innerText()).not.toContain('a snapshot is taken');
    await dialog().getByRole('button', { name: 'Record', exact: true }).click();
    await expect.poll(() => dialog().innerText()).toContain('up to 25 times slower');
    await dialog().getByRole('button', { name: 'Track for 5 seconds' }).click();
    expect(await heap.asked('target.sites')).toMatchObject({ type: 'Array', isTracked: true, seconds: 5 });
    await expect.poll(() => dialog().innerText()).toContain('shares are an estimate');
  });
});

describe('a snapshot whose allocations V8 tracked', () => {
  it('has a timeline, of which a range is picked by the mouse and by keys', async () => {
    await heap.open({ heap: tracked });
    await heap.view('Allocations');
    const bars = heap.page.getByRole('slider', { name: 'Range of the timeline' });
    await expect.poll(() => bars.locator('rect.bar').count()).toBeGreaterThan(20);
    const { x, y, width } = (await bars.boundingBox())!;
    await heap.page.mouse.move(x + width * 0.2, y + 20);
    await heap.page.mouse.down();
    await heap.page.mouse.move(x + width * 0.4, y + 20, { steps: 4 });
    await heap.page.mouse.up();
    await expect
      .poll(() => heap.asked('allocations.flame'))
      .toMatchObject({
        subject: { kind: 'snapshot', ids: { after: expect.any(Number), last: expect.any(Number) } },
      });
    await heap.page.getByRole('button', { name: 'All of it' }).click();
    await expect.poll(() => heap.asked('allocations.flame')).toMatchObject({ subject: { ids: null } });
    await bars.focus();
    await heap.page.keyboard.press('Home');
    await heap.page.keyboard.press('Shift+ArrowRight');
    await expect
      .poll(() => heap.asked('allocations.flame'))
      .toMatchObject({ subject: { ids: { after: 1000, last: 1400 } } });
    expect(await bars.getAttribute('aria-valuetext')).toMatch(/^0.0 s – 0.1 s: \d+ objects/);
    expect(await heap.violations()).toEqual([]);
  });

  it('without stacks is listed by class', async () => {
    await heap.open({ heap: heapOf(snapshot({ tracked: { stacks: false, timeline: true } })) });
    await heap.view('Allocations');
    await expect.poll(() => heap.asked('allocations.rows')).toMatchObject({ by: 'class' });
    expect(await heap.page.getByRole('button', { name: 'Flame graph' }).isDisabled()).toBe(true);
  });
});

describe('places', () => {
  it('are links: a click shows the lines around one', async () => {
    await heap.open();
    await heap.rows('Types').first().getByRole('button', { name: 'cache.js:12' }).click();
    await expect.poll(() => dialog().locator('.here').innerText()).toMatch(/^12\s+const line8/);
    expect(await heap.asked('source.lines')).toMatchObject({
      subject: { kind: 'snapshot', snapshot: 0, ids: null },
      script: '/srv/shop/src/cache.js',
      line: 12,
    });
    await heap.window.refuse('source.open', 'No editor is known here; choose one with --editor');
    await dialog().getByRole('button', { name: 'Open in the editor' }).click();
    await expect.poll(() => dialog().getByRole('alert').innerText()).toContain('choose one with --editor');
    // What covers the window has its keys.
    await heap.page.keyboard.press('Escape');
    await expect.poll(() => dialog().count()).toBe(0);
  });

  it('say when a file is nowhere', async () => {
    await heap.open();
    await heap.page.evaluate(() => (self.fakeHost.handlers['source.lines'] = () => null));
    await heap.rows('Types').first().getByRole('button', { name: 'cache.js:12' }).click();
    await expect.poll(() => dialog().innerText()).toContain('This file is not on this machine');
  });
});

describe('Types', () => {
  it('are added up by package and by file', async () => {
    await heap.open();
    await heap.page.getByLabel('By').selectOption('package');
    await expect.poll(() => heap.rows('Packages').count()).toBeGreaterThan(2);
    await heap.page.getByRole('button', { name: 'Packages', exact: true }).click();
    await expect.poll(() => heap.asked('heap.sources')).toMatchObject({ by: 'package', only: 'packages' });
    await heap.page.getByLabel('By').selectOption('file');
    await expect.poll(() => heap.asked('heap.sources')).toMatchObject({ by: 'file', sort: 'retainedSize' });
  });
});
