// Pictures of objects that grow in real windows: one of the library, from the snapshot beside it, and one of a heap's tables.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Desktop, firstHost, missingPrograms, objgraph, picture, root, shows } from './desktop.ts';

const missing = missingPrograms('Xvfb', 'chromium');

describe.skipIf(missing.length > 0).each(firstHost())(
  `pictures grow on %s ${missing.length > 0 ? `(no ${missing.join(', ')})` : ''}`,
  (host) => {
    let desktop: Desktop;
    beforeAll(async () => void (desktop = await Desktop.start(host)));
    afterAll(() => desktop?.close());

    const said = (page: Page) => page.getByRole('log').innerText();
    /** Until the camera rests: two looks in a row are the same. */
    const rest = async (page: Page) => {
      const canvas = page.locator('canvas').first();
      const place = () => canvas.evaluate(({ dataset }) => `${dataset.x} ${dataset.y} ${dataset.moving}`);
      let last = '';
      for (let now = await place(); now !== last; now = await place()) {
        last = now;
        await page.waitForTimeout(200);
      }
    };
    /** Has it in the middle of the view, by the outline, and clicks there. */
    const click = async (page: Page, label: RegExp) => {
      const view = page.getByRole('application');
      await view.focus();
      await page.keyboard.press('o');
      await page.getByRole('listbox', { name: 'Nodes' }).getByRole('option', { name: label }).click();
      await rest(page);
      await view.focus();
      await page.keyboard.press('o');
      await rest(page);
      const { x, y, width, height } = (await view.boundingBox())!;
      await page.mouse.click(x + width / 2, y + height / 2);
    };
    const nodesOf = async (page: Page) => (await picture(page)).nodes;

    it('of the library, and shrink again', async () => {
      const url = JSON.stringify(pathToFileURL(join(root, 'dist', 'index.js')).href);
      const program = desktop.write(
        'story.mjs',
        `import * as objgraph from ${url};
         const users = Array.from({ length: 25 }, (_, id) => ({ id, tags: [id] }));
         objgraph.showRefs([users], { maxDepth: 1 });`,
      );
      expect(await desktop.start(process.execPath, [program]).ended).toBe(0);
      const page = await desktop.window('References of Array 25 items');
      await shows(page, { status: 'ready', nodes: 5 });
      await click(page, /^\+ 22 × Object/);
      await shows(page, { status: 'ready', nodes: 15 });
      await expect.poll(() => said(page)).toBe('10 added');
      await click(page, /^\+ 12 × Object/);
      await shows(page, { status: 'ready', nodes: 25 });
      desktop.screenshot('grown.png');
      await page.keyboard.press('Control+z');
      await shows(page, { status: 'ready', nodes: 15 });
      await page.keyboard.press('>');
      await expect.poll(() => nodesOf(page)).toBe(28);
      await page.close();
    });

    it('of a chain that was found before the heap moved on', async () => {
      const url = JSON.stringify(pathToFileURL(join(root, 'dist', 'index.js')).href);
      const program = desktop.write(
        'chain.mjs',
        `import * as objgraph from ${url};
         class Held { tags = [{ a: {} }, { b: {} }, { c: {} }] }
         globalThis.holder = { held: new Held() };
         const chain = objgraph.findBackrefChain(globalThis.holder.held);
         delete globalThis.holder;
         objgraph.showChain(chain);`,
      );
      expect(await desktop.start(process.execPath, [program]).ended).toBe(0);
      const page = await desktop.window('Path to root of Held');
      await shows(page, { status: 'ready', nodes: 3 });
      await click(page, /^Held/);
      await page.keyboard.press('.');
      await shows(page, { status: 'ready', nodes: 4 });
      await expect.poll(() => said(page)).toBe('1 added');
      await page.close();
    });

    it('of a snapshot, and select the object in the tables', async () => {
      const file = join(desktop.folder, 'leak.heapsnapshot');
      const program = desktop.write(
        'leak.cjs',
        `class Leaked { constructor(id) { this.part = { id } } }
         exports.leaked = Array.from({ length: 30 }, (_, id) => new Leaked(id));
         require('node:v8').writeHeapSnapshot(${JSON.stringify(file)})`,
      );
      expect(spawnSync(process.execPath, [program]).status).toBe(0);
      const command = desktop.command(objgraph, ['view', file]);
      const page = await desktop.window('leak.heapsnapshot');
      await page.getByRole('searchbox', { name: 'Filter types' }).fill('Leaked');
      // Beside the name is the place, which is a link to the source.
      const types = page.getByRole('grid', { name: 'Types' });
      await types.getByText('Leaked', { exact: true }).dblclick();
      const instances = page.getByRole('grid', { name: 'Instances of Leaked' });
      const heading = () => page.getByRole('group', { name: 'Picture' }).innerText();
      await instances.getByRole('row').nth(1).click();
      const panel = page.getByRole('region', { name: 'Selected object' });
      await expect.poll(() => panel.innerText()).toMatch(/^Leaked/);
      await page.keyboard.press('Control+k');
      await page.getByRole('combobox', { name: 'Action' }).fill('Show back references');
      await page.getByRole('dialog').getByRole('option', { name: 'Show back references' }).first().waitFor();
      await page.keyboard.press('Enter');
      // The path that the selection draws by itself has this array as well, at another place.
      await expect.poll(heading).toMatch(/^Back references of Leaked/);
      await shows(page, { status: 'ready' });
      const before = await nodesOf(page);

      await click(page, /^Array 30 items/);
      await expect.poll(() => panel.innerText()).toMatch(/^Array/);
      await page.keyboard.press('.');
      await expect.poll(() => nodesOf(page)).toBe(before + 4);
      await expect.poll(() => said(page)).toBe('3 added');
      desktop.screenshot('grown-beside-tables.png');
      await page.keyboard.press('Control+z');
      await expect.poll(() => nodesOf(page)).toBe(before);
      await page.close();
      expect(await command.ended).toBe(0);
    });
  },
);
