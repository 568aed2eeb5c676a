// What a real window does with its picture: images, find, export, input that is laid out already.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Desktop, hostsToAnswer, missingPrograms, objgraph, root, shows, xdot } from './desktop.ts';

const missing = missingPrograms('Xvfb', 'chromium');
const hasPdftotext = spawnSync('which', ['pdftotext']).status === 0;
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

    it('exports a pdf: one page of the size of the picture, its text as text, its links', async () => {
      const dot = 'digraph { a [label="señor", URL="https://example.org/"]; a -> b; b [fontname=Courier] }';
      const command = desktop.command(objgraph, ['view', desktop.write('page.dot', dot)]);
      const page = await desktop.window('page.dot');
      await shows(page, { status: 'ready', nodes: 2 });
      const exported = async (format: string) => {
        await page.keyboard.press('Control+s');
        const dialog = page.getByRole('dialog');
        await dialog.getByRole('radio', { name: format }).check();
        return desktop.save(page, dialog.getByRole('button', { name: 'Export' }));
      };
      const printed = async () =>
        host === 'Chromium' ? 0 : (await desktop.hands<{ printed: string[] }>('record')).printed.length;
      const before = await printed();
      const svg = await exported('svg');
      const { name, file } = await exported('pdf');
      expect(name).toBe('page.pdf');
      const pdf = readFileSync(file, 'latin1');
      expect(pdf.match(/\/Type \/Page\b/g)).toHaveLength(1);
      const size = /<svg width="(\d+)pt" height="(\d+)pt"/.exec(svg.text)!.slice(1).map(Number);
      const box = /\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/.exec(pdf)!.slice(1).map(Number);
      expect(box.map(Math.round)).toEqual(size);
      expect(pdf).toContain('LiberationSerif');
      expect(pdf).toContain('LiberationMono');
      expect(pdf).toContain('https://example.org/');
      if (hasPdftotext) expect(spawnSync('pdftotext', [file, '-']).stdout.toString()).toMatch(/señor\s+b/);
      // By the app itself, in a window that is gone again.
      expect(await printed()).toBe(before + (host === 'Chromium' ? 0 : 1));
      await expect.poll(async () => (await desktop.windows()).length).toBe(1);
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
