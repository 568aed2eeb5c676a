// Python's real objgraph, which spawns `xdot FILE.dot` if it finds one on the PATH: it finds ours.
import { chmodSync, mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { spawnSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { Desktop, hostsToTest, missingPrograms, picture, shows, until, xdot } from './desktop.ts';

const python = '/usr/bin/python3';
const missing = missingPrograms('Xvfb', 'chromium', python);
if (missing.length === 0 && spawnSync(python, ['-c', 'import objgraph']).status !== 0) {
  missing.push('python3-objgraph');
  console.warn('NOT RUN for want of python3-objgraph: our xdot under Python');
}

it.skipIf(missing.length > 0).each(hostsToTest())(
  "Python's objgraph.show_refs opens our window on %s",
  async (host) => {
    const desktop = await Desktop.start(host);
    const programs = join(desktop.folder, 'bin');
    mkdirSync(programs);
    chmodSync(xdot, 0o755);
    symlinkSync(xdot, join(programs, 'xdot'));
    const story = 'import objgraph; x = []; y = [x, [x], dict(x=x)]; objgraph.show_refs([y])';
    const command = desktop.start(python, ['-c', story], { path: programs });
    expect(await command.ended).toBe(0);
    expect(command.stdout).toMatch(
      /Graph written to .*objgraph-.*\.dot \(\d nodes\)\nSpawning graph viewer \(xdot\)/,
    );

    const page = await desktop.window('objgraph-');
    await shows(page, { status: 'ready' });
    const { nodes } = await picture(page);
    expect(nodes).toBeGreaterThanOrEqual(4);
    expect(nodes).toBeLessThanOrEqual(5);
    desktop.screenshot('python-objgraph.png');
    await page.close();
    await until('the viewer to end', () => desktop.viewers().length === 0 || null);
    await desktop.close();
  },
);
