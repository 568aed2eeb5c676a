// Pictures of heaps in windows: the commands with Debian's Chromium, and a display of Xvfb's.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Desktop, firstHost, missingPrograms, objgraph, shows } from './desktop.ts';

const missing = missingPrograms('Xvfb', 'chromium');

describe.skipIf(missing.length > 0).each(firstHost())(
  `pictures of heaps on %s ${missing.length > 0 ? `(no ${missing.join(', ')})` : ''}`,
  (host) => {
    let desktop: Desktop;
    beforeAll(async () => {
      desktop = await Desktop.start(host);
      const program = desktop.write(
        'leak.cjs',
        `class Leaked { constructor() { this.part = {} } }
       exports.cache = new Map([['key', new Leaked()]]);
       require('node:v8').writeHeapSnapshot(${JSON.stringify(join(desktop.folder, 'leak.heapsnapshot'))})`,
      );
      expect(spawnSync(process.execPath, [program]).status).toBe(0);
    });
    afterAll(() => desktop?.close());

    it.each([
      [
        'chain',
        /^Module leak\.cjs @\d+\n {2}exports → Object \{cache\} @\d+\n {2}cache → Map @\d+\n {2}"key" → Leaked \{part\} @\d+\n$/,
        4,
        '>',
        'Path to root of Leaked',
      ],
      ['refs', /^$/, 2, '<', 'References of Leaked'],
    ])(
      '%s opens a window, does not wait for it, and leaves nothing',
      async (name, said, nodes, grow, title) => {
        const command = desktop.command(objgraph, [name, 'leak.heapsnapshot', '--type', 'Leaked']);
        const page = await desktop.window(title);
        await shows(page, { status: 'ready', nodes });
        expect(await command.ended).toBe(0);
        expect(command.stderr).toBe('');
        expect(Buffer.from(command.stdout, 'latin1').toString()).toMatch(said);
        desktop.screenshot(`heap-${name}.png`);
        await page.keyboard.press(grow);
        await expect.poll(() => page.getByRole('log').innerText()).toMatch(/^[1-9]\d* added$/);
        await page.close();
        await expect.poll(() => desktop.leftovers()).toEqual([]);
      },
    );
  },
);
