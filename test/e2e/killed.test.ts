// A viewer that is killed while it is attached: the target closes by itself the inspector that was opened in it.
import { afterEach, describe, expect, it } from 'vitest';
import { listeningPorts } from '../../main/targets/listening-ports.ts';
import { endPrograms, leaking, nodes, start } from '../main/targets/programs.ts';
import { Desktop, missingPrograms, objgraph } from './desktop.ts';

const missing = missingPrograms('Xvfb', 'chromium');
const eventually = <T>(look: () => T) => expect.poll(look, { timeout: 30_000 });

describe.skipIf(missing.length > 0)(`a viewer that is killed while it is attached`, () => {
  let desktop: Desktop;
  afterEach(async () => {
    endPrograms();
    await desktop?.close();
  });

  it.each(nodes)('leaves no inspector open, and the next one attaches: $name', async ({ path }) => {
    desktop = await Desktop.start();
    const { pid, child } = await start(leaking, { node: path });
    const attachedWindow = async () => {
      const page = await desktop.window(`process ${pid}`);
      const heap = page.getByRole('toolbar', { name: 'Heap' });
      await eventually(() => heap.innerText()).toContain('attached');
      return page;
    };
    const first = desktop.command(objgraph, ['attach', String(pid)]);
    await attachedWindow();
    expect(await listeningPorts(pid)).toHaveLength(1);

    for (const viewer of desktop.viewers()) process.kill(viewer, 'SIGKILL');
    await first.ended;
    await eventually(() => listeningPorts(pid)).toEqual([]);
    expect(child.exitCode).toBeNull();
    await eventually(() => desktop.windows()).toEqual([]);

    const second = desktop.command(objgraph, ['attach', String(pid)]);
    const page = await attachedWindow();
    await page.close();
    expect(await second.ended).toBe(0);
    await eventually(() => listeningPorts(pid)).toEqual([]);
    await eventually(() => desktop.leftovers()).toEqual([]);
  });
});
