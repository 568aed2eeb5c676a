// A live object becomes a window: the built library in a bare process, ES module and CommonJS.
import { existsSync, readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Desktop, hostsToTest, missingPrograms, root, shows, until } from './desktop.ts';

const missing = missingPrograms('Xvfb', 'chromium');
const index = (file: string) => JSON.stringify(join(root, 'dist', file));
const story =
  'const x = []; const y = [x, [x], { x }]; objgraph.showRefs([y]); console.log("and on it goes");';

describe.skipIf(missing.length > 0).each(hostsToTest())(
  'the library opens the viewer on %s by itself',
  (host) => {
    let desktop: Desktop;
    beforeAll(async () => void (desktop = await Desktop.start(host)));
    afterAll(() => desktop?.close());

    it('returns at once, does not keep the process, and its picture outlives it', async () => {
      const url = JSON.stringify(pathToFileURL(join(root, 'dist', 'index.js')).href);
      const program = desktop.write('story.mjs', `import * as objgraph from ${url};\n${story}`);
      const start = performance.now();
      const run = desktop.start(process.execPath, [program]);
      expect(await run.ended).toBe(0);
      expect(performance.now() - start).toBeLessThan(30_000);
      expect(run.stderr).toBe('');
      const lines = run.stdout.split('\n');
      expect(lines[0]).toMatch(/^Graph written to .*\.dot \(4 nodes\)$/);
      expect(lines[1]).toBe(`Spawning graph viewer (${desktop.viewerName})`);
      expect(run.stdout).toMatch(/and on it goes\n$/);

      const file = /written to (.*\.dot)/.exec(run.stdout)![1];
      const page = await desktop.window('References of Array 3 items');
      await shows(page, { status: 'ready', nodes: 4 });
      expect(statSync(dirname(file)).mode & 0o777).toBe(0o700);
      for (const name of readdirSync(dirname(file))) {
        expect(statSync(join(dirname(file), name)).mode & 0o777).toBe(0o600);
      }
      desktop.screenshot('library.png');

      // A second call, from CommonJS, while the first window is open.
      const [viewer] = desktop.viewers();
      const again = desktop.write('story.cjs', `const objgraph = require(${index('index.cjs')});\n${story}`);
      expect(await desktop.start(process.execPath, [again]).ended).toBe(0);
      await until('a second window', async () => (await desktop.windows()).length === 2 || null);
      expect(desktop.viewers()).toEqual([viewer]);

      for (const window of await desktop.windows()) {
        await shows(window, { status: 'ready', nodes: 4 });
        await window.close();
      }
      await expect.poll(() => desktop.leftovers()).toEqual([]);
      expect(existsSync(dirname(file))).toBe(false);
    });
  },
);
