// Heaps as they are, through every view of a real window: nothing in them shuts people out (axe-core, WCAG 2.2 A and AA). The
// views with heaps that are made up are looked at in test/renderer/heap.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Desktop, missingPrograms, objgraph, type Running } from './desktop.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const missing = missingPrograms('Xvfb', 'chromium');
const patience = { timeout: 60_000 };

const program = (folder: string) => `
  class Request { constructor(i) { this.url = '/items/' + (i % 7) + '?page=1'; this.body = { size: i, tags: ['a', 'b'] } } }
  const cache = exports.cache = new Map();
  const snapshot = (name) => require('node:v8').writeHeapSnapshot(${JSON.stringify(folder)} + '/' + name + '.heapsnapshot');
  const grow = () => { for (let i = 0; i < 3000; i++) cache.set(cache.size, new Request(i)) };
  grow(); snapshot('before'); grow(); snapshot('after');`;

/** In the dark only what depends on colours. */
async function violationsIn(page: Page, colorScheme: 'light' | 'dark'): Promise<string[]> {
  await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
  const rules = colorScheme === 'dark' ? { runOnly: ['color-contrast'] } : {};
  const { violations, passes } = await page.evaluate(
    (rules) =>
      (window as unknown as { axe: { run(options: object): Promise<AxeResults> } }).axe.run({
        resultTypes: ['violations'],
        ...rules,
      }),
    rules,
  );
  // Over a dialog's backdrop axe cannot tell any colour: in the dark it may then have nothing to say.
  if (colorScheme === 'light') expect(passes.length).toBeGreaterThan(10);
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 200)} ${failureSummary}`),
  );
}

describe.skipIf(missing.length > 0)(
  `a real heap ${missing.length > 0 ? `(no ${missing.join(', ')})` : ''}`,
  () => {
    let desktop: Desktop;
    let page: Page;
    let viewing: Running;
    beforeAll(async () => {
      desktop = await Desktop.start();
      const file = desktop.write('leak.cjs', program(desktop.folder));
      expect(spawnSync(process.execPath, [file]).status).toBe(0);
      const files = ['before', 'after'].map((name) => join(desktop.folder, `${name}.heapsnapshot`));
      viewing = desktop.command(objgraph, ['view', ...files]);
      page = await desktop.window('after.heapsnapshot');
      await page.getByRole('tab', { name: 'Types' }).waitFor(patience);
      await page.evaluate(axe);
    });
    afterAll(async () => {
      await page?.close();
      if (page) await viewing.ended;
      await desktop?.close();
    });

    const rows = (name: string) =>
      page
        .getByRole('grid', { name })
        .or(page.getByRole('treegrid', { name }))
        .locator('[role=row]:not([aria-rowindex="1"])');
    const view = (name: string) => page.getByRole('tab', { name: new RegExp(`^${name}`) }).click(patience);
    /** Rows are there, and they are those of what was asked last. */
    const some = async (name: string) => {
      await expect.poll(() => rows(name).count(), patience).toBeGreaterThan(0);
      const grid = page.getByRole('grid', { name }).or(page.getByRole('treegrid', { name }));
      await expect.poll(() => grid.getAttribute('aria-busy'), patience).toBe('false');
    };

    const ways: Record<string, () => Promise<unknown>> = {
      async Types() {
        await view('Types');
        await some('Types');
      },
      async Instances() {
        await view('Types');
        await page.getByRole('searchbox', { name: 'Filter types' }).fill('Request');
        await rows('Types').filter({ hasText: 'Request' }).first().dblclick(patience);
        await some('Instances of Request');
      },
      async 'an object, and what refers to it'() {
        await rows('Instances of Request').nth(1).click(patience);
        await page.getByRole('region', { name: 'Selected object' }).waitFor(patience);
      },
      async Retainers() {
        await view('Retainers');
        await some('Retainers');
      },
      async 'Paths to root'() {
        await view('Paths to root');
        await page
          .getByRole('region', { name: /^Path \d/ })
          .first()
          .waitFor(patience);
      },
      async Dominators() {
        await view('Dominators');
        await page.getByRole('button', { name: 'Tree', exact: true }).click(patience);
        await some('Dominators');
      },
      async 'the treemap'() {
        await page.getByRole('button', { name: 'Treemap' }).click(patience);
        await page.getByRole('application', { name: /^Treemap/ }).waitFor(patience);
      },
      async Growth() {
        await view('Growth');
        await some('Growth');
      },
      async Suspects() {
        await view('Suspects');
        await page.getByRole('article').first().waitFor(patience);
      },
      async Strings() {
        await view('Strings');
        await some('Strings');
      },
      async 'the attach dialog'() {
        await page.locator('body').press('a');
        await page.getByRole('dialog').waitFor(patience);
      },
    };

    // In one window, one after the other: each view is come to by hand from the one before.
    it('has nothing to complain of in any view, light and dark', async () => {
      // What a first attempt may have left. (Escape in the tables would close the object pane.)
      if (await page.getByRole('dialog').isVisible()) await page.keyboard.press('Escape');
      const complaints: Record<string, string[]> = {};
      for (const [name, come] of Object.entries(ways)) {
        await come();
        for (const colorScheme of ['light', 'dark'] as const) {
          const found = await violationsIn(page, colorScheme);
          if (found.length > 0) complaints[`${name}, ${colorScheme}`] = found;
        }
      }
      expect(complaints).toEqual({});
    }, 240_000);
  },
);
