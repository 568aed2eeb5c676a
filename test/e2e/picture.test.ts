// What a real window does with its picture: images, find, export, input that is laid out already.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Desktop, hostsToAnswer, missingPrograms, objgraph, root, shows, xdot } from './desktop.ts';

const missing = missingPrograms('Xvfb', 'chromium');
const fixtures = join(root, 'test/fixtures/dot');

describe.skipIf(missing.length > 0).each(hostsToAnswer())(
  `the picture in a window on %s ${missing.length > 0 ? `(no ${missing.join(', ')})` : ''}`,
  (host) => {
    let desktop: Desktop;
    beforeAll(async () => void (desktop = await Desktop.start(host)));
    afterAll(() => desktop?.close());

    it('shows images, finds, and exports what it shows', async () => {
      const command = desktop.command(objgraph, ['view', join(fixtures, 'images.dot')]);
      const page = await desktop.window('images.dot');
      await shows(page, { status: 'ready', nodes: 6 });
      expect(await page.getByText('2 warnings').count()).toBe(1);

      // By mouse: a window that is just opening may not have the keyboard yet.
      await page.getByRole('button', { name: 'Find' }).click();
      await page.getByRole('searchbox', { name: 'Find' }).fill('gif|jpe?g');
      await expect.poll(() => page.getByRole('search').innerText()).toContain('2 found');
      await page.keyboard.press('Escape');

      await page.keyboard.press('Control+s');
      const svg = await desktop.save(page, page.getByRole('dialog').getByRole('button', { name: 'Export' }));
      expect(svg.name).toBe('images.svg');
      expect(svg.text.match(/xlink:href="data:image\//g)).toHaveLength(4);
      desktop.screenshot('images.png');
      await page.close();
      expect(await command.ended).toBe(0);
    });

    it.skipIf(spawnSync('which', ['dot']).status !== 0)(
      'shows what the system’s dot laid out, without another layout',
      async () => {
        const graph = 'digraph { rankdir=LR; a -> b [label="é"]; a -> c; subgraph cluster_x { b; c } }';
        const { stdout } = spawnSync('dot', ['-Txdot'], { input: graph });
        const command = desktop.command(xdot, ['-n', desktop.write('done.xdot', stdout)]);
        const page = await desktop.window('done.xdot');
        await shows(page, { status: 'ready', nodes: 3 });
        expect(await page.getByRole('alert').count()).toBe(0);
        await page.close();
        expect(await command.ended).toBe(0);
      },
    );
  },
);
