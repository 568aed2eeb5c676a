// One story in a real window: less of a graph, more of it again, a file of what is left, and a file that changes meanwhile.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Desktop, firstHost, missingPrograms, objgraph, shows } from './desktop.ts';

const missing = missingPrograms('Xvfb', 'chromium');

describe.skipIf(missing.length > 0).each(firstHost())(
  `exploring a file on %s ${missing.length > 0 ? `(no ${missing.join(', ')})` : ''}`,
  (host) => {
    let desktop: Desktop;
    beforeAll(async () => {
      desktop = await Desktop.start(host);
      desktop.env.XDG_STATE_HOME = join(desktop.folder, 'state');
    });
    afterAll(() => desktop?.close());

    it('hides, collapses, undoes, saves what is shown, and keeps it when the file changes', async () => {
      const file = desktop.write(
        'parts.dot',
        'digraph { start -> a -> b -> c; start -> d; subgraph cluster_p { label=Part; d -> e } e -> f }',
      );
      const command = desktop.command(objgraph, ['view', file]);
      const page = await desktop.window('parts.dot');
      await shows(page, { status: 'ready', nodes: 7 });

      /** By the outline, which is there for users who do not see the picture. */
      const select = async (name: string) => {
        await page.getByRole('searchbox', { name: 'Filter nodes' }).fill(name);
        await page.getByRole('listbox', { name: 'Nodes' }).getByRole('option', { name, exact: true }).click();
        await page.getByRole('application').focus();
      };

      await page.getByRole('application').focus();
      await page.keyboard.press('o');
      await select('a');
      await page.keyboard.press('c');
      await shows(page, { status: 'ready', nodes: 5 });
      await select('f');
      await page.keyboard.press('h');
      await shows(page, { status: 'ready', nodes: 4 });
      await page.keyboard.press('Control+z');
      await shows(page, { status: 'ready', nodes: 5 });
      await page.keyboard.press('Control+y');
      await shows(page, { status: 'ready', nodes: 4 });
      const shown = page.getByRole('region', { name: 'What is shown' });
      await expect.poll(() => shown.innerText()).toMatch(/4 of 7 nodes/);
      desktop.screenshot('explored.png');

      await page.keyboard.press('Control+s');
      await page.getByRole('dialog').getByRole('radio', { name: /^dot/ }).check();
      const save = page.getByRole('dialog').getByRole('button', { name: 'Export', exact: true });
      const { text } = await desktop.save(page, save);
      expect(text).toMatch(/start -> a\b/);
      expect(text).toContain('subgraph cluster_p');
      expect(text).not.toMatch(/\bb\b|\bf\b/);

      // What the file has no more is forgotten; what it still has stays hidden, and what is new is shown.
      writeFileSync(file, 'digraph { start -> a -> b; start -> f; start -> new }');
      await shows(page, { status: 'ready', nodes: 3 });
      await page.keyboard.press('Shift+X');
      await shows(page, { status: 'ready', nodes: 5 });

      await page.keyboard.press('b');
      await page.keyboard.press('Enter');
      const state = join(desktop.folder, 'state', 'objgraph', 'bookmarks.json');
      await expect.poll(() => existsSync(state) && readFileSync(state, 'utf8')).toContain('View 1');
      await page.close();
      expect(await command.ended).toBe(0);
      expect(command.stdout + command.stderr).toBe('');
    });
  },
);
