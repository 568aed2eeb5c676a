// A fault of one connection or of our own code costs no window: real windows on Chromium.
import { readdirSync, readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Desktop, missingPrograms, objgraph, shows, until } from './desktop.ts';

const missing = missingPrograms('Xvfb', 'chromium');

describe.skipIf(missing.length > 0)('the windows stay', () => {
  let desktop: Desktop;
  beforeEach(async () => void (desktop = await Desktop.start()));
  afterEach(() => desktop.close());

  it('when commands are killed with unread replies, or break off in the middle of a request', async () => {
    const first = desktop.command(objgraph, ['view', desktop.write('stays.dot', 'digraph { a -> b }')]);
    const page = await desktop.window('stays.dot');
    const [viewer] = desktop.viewers();

    const runtime = join(desktop.folder, 'runtime', 'objgraph');
    const [socket] = readdirSync(runtime).filter((name) => name.endsWith('.sock'));
    for (let i = 0; i < 20; i++) {
      const visitor = connect(join(runtime, socket)).on('error', () => {});
      await new Promise((resolve) => visitor.once('connect', resolve));
      visitor.write('{\n');
      visitor.destroy();
    }
    const stopped = desktop.command(objgraph, ['view', desktop.write('stopped.dot', 'digraph { c }')]);
    stopped.child.kill('SIGSTOP');
    await sleep(300);
    stopped.child.kill('SIGCONT');
    const other = await desktop.window('stopped.dot');
    stopped.child.kill('SIGSTOP');
    stopped.child.kill('SIGKILL');
    await until('the window of the killed command to close', () => other.isClosed() || null);

    desktop.write('stays.dot', 'digraph { a -> b -> c }');
    await shows(page, { status: 'ready', nodes: 3 });
    expect(desktop.viewers()).toEqual([viewer]);
    await page.close();
    expect(await first.ended).toBe(0);
  });

  it('when an error inside the viewer is handled by nothing: they say so', async () => {
    // Planted from outside, so that the viewer itself has no way to fail on demand.
    const plant = desktop.write(
      'plant.mjs',
      `if (process.argv[1]?.endsWith('viewer.js')) {
         process.on('SIGUSR2', () => { throw new Error('planted exception') });
         process.on('SIGPIPE', () => void Promise.reject(new Error('planted rejection')));
       }`,
    );
    desktop.env.NODE_OPTIONS = `--import=${pathToFileURL(plant).href}`;
    const command = desktop.command(objgraph, ['view', desktop.write('a.dot', 'digraph { a -> b }')]);
    const page = await desktop.window('a.dot');
    await shows(page, { status: 'ready', nodes: 2 });
    const [viewer] = desktop.viewers();
    for (const [signal, name] of [
      ['SIGUSR2', 'planted exception'],
      ['SIGPIPE', 'planted rejection'],
    ] as const) {
      process.kill(viewer, signal);
      await page.getByText(`An error inside objgraph: ${name}.`, { exact: false }).first().waitFor();
    }
    desktop.write('a.dot', 'digraph { a -> b -> c }');
    await shows(page, { status: 'ready', nodes: 3 });
    expect(readFileSync(join(desktop.folder, 'state', 'objgraph', 'viewer.log'), 'utf8')).toMatch(
      /planted exception[^]*planted rejection/,
    );
    await page.close();
    expect(await command.ended).toBe(0);
  });
});
