// Attaching to a process, and what it is asked before a snapshot.
import { describe, expect, it } from 'vitest';
import { attached, heapOf, processes, snapshot } from './fake-heap.ts';
import { heapPage } from './heap-page.ts';

const heap = heapPage();
const dialog = () => heap.page.getByRole('dialog');
const row = (title: string) => heap.rows('Processes').filter({ hasText: title });

async function openDialog(options: Parameters<typeof heap.open>[0] = {}) {
  await heap.open({ heap: null, ...options });
  await heap.page.keyboard.press('a');
  await expect.poll(() => heap.rows('Processes').count()).toBe(5);
}

describe('the attach dialog', () => {
  it('lists what runs, with what is known of it', async () => {
    await openDialog();
    expect(await row('server.js').first().innerText()).toMatch(
      /server.js\s+shop\s+4242\s+Node 24.21.0\s+2 h\s+612.0 MB\s+closed\s+\/srv\/shop/,
    );
    expect(await row('resize.js').innerText()).toContain('worker');
    expect(await row('worker.mjs').innerText()).toContain('127.0.0.1:9229');
  });

  it('looks again while it is open, and stops when it is closed', async () => {
    await openDialog();
    await heap.page.evaluate(
      (now) => (self.fakeHost.handlers['target.list'] = () => now),
      processes.slice(2),
    );
    await expect.poll(() => heap.rows('Processes').count()).toBe(3);
    await heap.page.keyboard.press('Escape');
    await expect.poll(() => dialog().count()).toBe(0);
    const lists = async () =>
      (await heap.window.requests()).filter(({ method }) => method === 'target.list').length;
    const before = await lists();
    await heap.page.waitForTimeout(2500);
    expect(await lists()).toBe(before);
  });

  it('filters and sorts, and keeps its choice', async () => {
    await openDialog();
    await heap.page.keyboard.type('mailer');
    await expect.poll(() => heap.rows('Processes').count()).toBe(1);
    await row('worker.mjs').click();
    await heap.page.getByRole('searchbox').fill('');
    await expect.poll(() => heap.rows('Processes').count()).toBe(5);
    await heap.page.getByRole('columnheader', { name: 'Process' }).getByRole('button').click();
    await expect.poll(() => heap.rows('Processes').first().innerText()).toContain('Dashboard');
    expect(await row('worker.mjs').getAttribute('aria-selected')).toBe('true');
  });

  it('attaches with a double click, with Enter, and to an address', async () => {
    await openDialog();
    await row('worker.mjs').dblclick();
    await expect.poll(() => heap.asked('target.attach')).toEqual({ address: '5151' });
    expect(await dialog().count()).toBe(0);
    await heap.page.keyboard.press('a');
    await heap.table('Processes').focus();
    await heap.page.keyboard.press('ArrowDown');
    await heap.page.keyboard.press('Enter');
    await expect.poll(() => heap.asked('target.attach')).toEqual({ address: '4242' });
    await heap.page.keyboard.press('a');
    await heap.page.getByRole('textbox', { name: 'Or an address' }).fill(' 10.0.0.7:9229 ');
    await heap.page.keyboard.press('Enter');
    await expect.poll(() => heap.asked('target.attach')).toEqual({ address: '10.0.0.7:9229' });
  });

  it('is done from the field: arrows choose, Enter attaches, the first one where none is chosen', async () => {
    await openDialog();
    const chosen = () => heap.rows('Processes').and(heap.page.locator('[aria-selected=true]')).innerText();
    await heap.page.keyboard.press('ArrowDown');
    await heap.page.keyboard.press('ArrowDown');
    const second = await heap.rows('Processes').nth(1).innerText();
    expect(await chosen()).toBe(second);
    await heap.page.keyboard.press('ArrowUp');
    expect(await chosen()).toBe(await heap.rows('Processes').first().innerText());
    await heap.page.keyboard.press('Enter');
    await expect.poll(() => heap.asked('target.attach')).toEqual({ address: '4242' });
    await heap.page.keyboard.press('a');
    await expect.poll(() => heap.rows('Processes').count()).toBe(5);
    await heap.page.keyboard.type('mailer');
    await heap.page.keyboard.press('Enter');
    await expect.poll(() => heap.asked('target.attach')).toEqual({ address: '5151' });
  });

  it('keeps its order while the hand is on the list', async () => {
    await openDialog();
    const titles = () => heap.rows('Processes').locator('[aria-colindex="2"]').allInnerTexts();
    const before = await titles();
    await heap.rows('Processes').nth(1).hover();
    // The smallest is the largest now, and one more runs.
    await heap.page.evaluate(
      (now) => (self.fakeHost.handlers['target.list'] = () => now),
      [
        ...processes.map((row, i) => ({ ...row, memory: (i + 1) * 1e9 })),
        { ...processes[0], address: '9999', pid: 9999, title: 'late.js', memory: 9e12 },
      ],
    );
    await expect.poll(() => heap.rows('Processes').count()).toBe(6);
    expect((await titles()).slice(0, 5)).toEqual(before);
    expect(await heap.rows('Processes').last().innerText()).toContain('late.js');
    await heap.page.getByRole('searchbox').hover();
    await expect.poll(() => heap.rows('Processes').first().innerText()).toContain('late.js');
  });

  it('says before it attaches what an open inspector allows others', async () => {
    await openDialog();
    for (const name of ['server.js', 'worker.mjs']) {
      await row(name).click();
      await expect
        .poll(() => dialog().getByRole('status').innerText())
        .toMatch(/its inspector .* every user of its machine can run code in it\.$/);
    }
  });

  it('says why it cannot, and then does not', async () => {
    await openDialog();
    await row('main.ts').click();
    await expect.poll(() => dialog().innerText()).toContain('start it with --inspect');
    expect(await dialog().getByRole('button', { name: 'Attach', exact: true }).last().isDisabled()).toBe(
      true,
    );
    await row('main.ts').dblclick();
    expect(await heap.asked('target.attach')).toBeUndefined();
  });

  it('says why nothing can be listed', async () => {
    await heap.open({ heap: null });
    await heap.window.refuse('target.list', 'The processes cannot be listed: /proc is not mounted.');
    await heap.page.keyboard.press('a');
    await expect.poll(() => dialog().getByRole('alert').innerText()).toContain('/proc is not mounted');
  });

  it.each(['light', 'dark'] as const)('has nothing that shuts people out, %s', async (colorScheme) => {
    await openDialog({ context: { colorScheme } });
    await row('main.ts').click();
    expect(await heap.violations()).toEqual([]);
  });
});

describe('a window that is attached', () => {
  it('says what its inspector exposes, until it is detached', async () => {
    await heap.open({ heap: heapOf(snapshot()), target: attached() });
    const head = heap.page.getByRole('toolbar', { name: 'Heap' });
    const exposure = 'Until you detach, every user of its machine can run code in it.';
    expect(await head.getByText(exposure).count()).toBe(1);
    expect(await head.getByText('inspector open').getAttribute('title')).toBe(exposure);
    await heap.tellTarget(attached({ status: 'ended' }));
    await expect.poll(() => head.getByText(exposure).count()).toBe(0);
  });

  it('asks before a snapshot, saying what it costs', async () => {
    await heap.open({ heap: heapOf(), target: attached() });
    await heap.page.keyboard.press('s');
    await expect.poll(() => dialog().innerText()).toMatch(/pause for about 3 s and need about 1.2 GB more/);
    // Enter takes it, and that is seen.
    const take = dialog().getByRole('button', { name: 'Take snapshot' });
    await expect.poll(() => take.evaluate((button) => button === document.activeElement)).toBe(true);
    expect(await take.evaluate((button) => getComputedStyle(button).outlineStyle)).toBe('solid');
    expect(await heap.violations()).toEqual([]);
    await dialog().getByRole('button', { name: 'Cancel' }).click();
    expect(await heap.asked('target.snapshot')).toBeUndefined();
    await heap.page.keyboard.press('s');
    await dialog().getByRole('button', { name: 'Take snapshot' }).click();
    await expect.poll(() => heap.asked('target.snapshot')).toBeNull();
  });

  it('shows how far a snapshot is, and gives it up', async () => {
    const progress = { task: 'Taking a snapshot', done: 40, total: 100, since: Date.now() };
    await heap.open({ heap: heapOf(snapshot()), target: attached({ status: 'snapshot', progress }) });
    expect(await heap.page.getByText('paused for a snapshot').count()).toBe(1);
    expect(await heap.page.getByRole('button', { name: 'Snapshot…' }).isDisabled()).toBe(true);
    await heap.page.getByRole('button', { name: 'Cancel', exact: true }).click();
    expect(await heap.asked('target.cancel')).toBeNull();
    await heap.tellTarget(attached());
    await heap.page.getByRole('button', { name: 'Detach' }).click();
    expect(await heap.asked('target.detach')).toBeNull();
  });

  it('keeps its tables when the process ends, and says what happened', async () => {
    await heap.open({ heap: heapOf(snapshot()), target: attached() });
    await heap.tellTarget(
      attached({ status: 'ended', problem: { message: 'server.js was killed while it was attached.' } }),
    );
    await expect.poll(() => heap.page.getByRole('alert').innerText()).toContain('was killed');
    expect(await heap.rows('Types').count()).toBeGreaterThan(5);
    expect(await heap.page.getByRole('combobox', { name: 'Expression' }).count()).toBe(0);
  });
});
