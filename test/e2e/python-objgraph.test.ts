// Python's real objgraph, which spawns `xdot FILE.dot` if it finds one on the PATH: it finds ours.
import { chmodSync, mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { spawnSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { Desktop, firstHost, missingPrograms, picture, root, shows, until, xdot } from './desktop.ts';

const python = '/usr/bin/python3';
const helperFolder = join(root, 'dist', 'python');
const missing = missingPrograms('Xvfb', 'chromium', python);
if (missing.length === 0 && spawnSync(python, ['-c', 'import objgraph']).status !== 0) {
  missing.push('python3-objgraph');
  console.warn('NOT RUN for want of python3-objgraph: our xdot under Python');
}

it.skipIf(missing.length > 0).each(firstHost())(
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

it.skipIf(missing.length > 0).each(firstHost())(
  "a picture of Python's objgraph grows on %s, once our helper is imported",
  async (host) => {
    const desktop = await Desktop.start(host);
    const story = `
import sys
sys.path.insert(0, ${JSON.stringify(helperFolder)})
import objgraph, objgraph_js
class Session:
    def __init__(self): self.items = [['first'], ['second']]
session = Session()
objgraph.show_refs([session], max_depth=1)`;
    desktop.env.OBJGRAPH_NODE = process.execPath;
    const command = desktop.start(python, ['-c', story]);
    expect(await command.ended).toBe(0);
    expect(command.stderr).not.toContain('will not grow');
    const page = await desktop.window('References of __main__.Session');
    await shows(page, { status: 'ready' });
    const { nodes } = await picture(page);
    await page.getByRole('application').focus();
    await page.keyboard.press('>');
    await expect.poll(async () => (await picture(page)).nodes).toBeGreaterThan(nodes);
    desktop.screenshot('python-grown.png');
    await page.close();
    await until('the viewer to end', () => desktop.viewers().length === 0 || null);
    expect(desktop.leftovers()).toEqual([]);
    await desktop.close();
  },
);
