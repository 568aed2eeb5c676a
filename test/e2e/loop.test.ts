// A loop that is recorded in a window on a real page: what each round leaves is the first suspect.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startPage } from '../main/targets/programs.ts';
import { Desktop, firstHost, missingPrograms, objgraph } from './desktop.ts';

const missing = missingPrograms('Xvfb', 'chromium');

/** Each dialog that was closed stays in a list. */
const leaky = `<title>Dialogs</title><script>
  class Draft { constructor(id) { this.text = 'draft ' + id; this.lines = [id, id + 1] } }
  const closed = [];
  let next = 0;
  function openDialog() { globalThis.dialog = document.body.appendChild(document.createElement('dialog')); dialog.innerHTML = '<p>Save?</p>'; }
  function closeDialog() { dialog.remove(); closed.push({ dialog, draft: new Draft(next++) }); dialog = null; }
</script>`;

describe.skipIf(missing.length > 0).each(firstHost())('a loop is recorded on %s', (host) => {
  let desktop: Desktop;
  beforeAll(async () => void (desktop = await Desktop.start(host)));
  afterAll(() => desktop?.close());

  it('by a script, and by hand', async () => {
    const browser = await startPage(leaky);
    const command = desktop.command(objgraph, ['attach', browser.place]);
    const page = await desktop.window('Dialogs');
    const heap = page.getByRole('toolbar', { name: 'Heap' });
    await expect.poll(() => heap.innerText()).toContain('attached');
    const open = async () => {
      await page.keyboard.press('Control+k');
      await page.getByRole('combobox', { name: 'Action' }).fill('Record a loop');
      await page.getByRole('dialog').getByRole('option', { name: 'Record a loop' }).first().waitFor();
      await page.keyboard.press('Enter');
    };
    const bar = page.getByRole('region', { name: 'Record a loop' });

    await open();
    await bar.getByRole('textbox').fill('for (let i = 0; i < 20; i++) { openDialog(); closeDialog(); }');
    desktop.screenshot('record-a-loop.png');
    await bar.getByRole('button', { name: 'Start' }).click();
    await expect.poll(() => bar.count(), { timeout: 60_000 }).toBe(0);
    const cards = page.getByRole('list', { name: 'Suspects' }).getByRole('article');
    await expect.poll(() => cards.first().innerText()).toMatch(/closed/);
    desktop.screenshot('recorded-loop.png');

    await page.getByRole('tab', { name: 'Detached DOM' }).click();
    const trees = page.getByRole('grid', { name: 'Detached DOM' }).getByRole('row');
    await expect.poll(() => trees.nth(1).innerText()).toMatch(/^<dialog>\s+3\s/);
    await trees.nth(1).click();
    const html = page.getByRole('region', { name: 'HTML of the tree' });
    await expect.poll(() => html.innerText()).toContain('<dialog>\n  <p>');
    desktop.screenshot('detached-dom.png');

    await open();
    await bar.getByRole('textbox').fill('');
    await bar.getByRole('spinbutton').fill('1');
    await page.keyboard.press('Enter');
    for (const snapshots of [4, 5, 6]) {
      await expect.poll(() => bar.innerText()).toContain(`Round ${snapshots - 3} of 3`);
      await bar.getByRole('button', { name: 'Done' }).click();
    }
    await expect.poll(() => bar.count(), { timeout: 60_000 }).toBe(0);
    await page.close();
    expect(await command.ended).toBe(0);
    await browser.end();
  });
});
