// A viewer that is killed while it is attached: the target closes by itself the inspector that was opened in it.
import { afterEach, describe, expect, it } from 'vitest';
import { listeningPorts } from '../../main/targets/listening-ports.ts';
import { endPrograms, leaking, oldestAndNewest, start } from '../main/targets/programs.ts';
import { Desktop, missingPrograms, objgraph } from './desktop.ts';

const missing = missingPrograms('Xvfb', 'chromium');
const eventually = <T>(look: () => T) => expect.poll(look);

describe.skipIf(missing.length > 0)(`a viewer that is killed while it is attached`, () => {
  const desktops: Desktop[] = [];
  const startDesktop = async () => {
    const desktop = await Desktop.start();
    desktops.push(desktop);
    return desktop;
  };
  afterEach(async () => {
    endPrograms();
    await Promise.all(desktops.splice(0).map((desktop) => desktop.close()));
  });
  /** The window on a process, and the toolbar of its heap. */
  const attachedWindow = async (desktop: Desktop, pid: number) => {
    const page = await desktop.window(`process ${pid}`);
    const heap = page.getByRole('toolbar', { name: 'Heap' });
    await eventually(() => heap.innerText()).toContain('attached');
    return { page, heap };
  };

  it.each(oldestAndNewest)('leaves no inspector open, and the next one attaches: $name', async ({ path }) => {
    const desktop = await startDesktop();
    const { pid, child } = await start(leaking, { node: path });
    const first = desktop.command(objgraph, ['attach', String(pid)]);
    await attachedWindow(desktop, pid);
    expect(await listeningPorts(pid)).toHaveLength(1);

    for (const viewer of desktop.viewers()) process.kill(viewer, 'SIGKILL');
    await first.ended;
    await eventually(() => listeningPorts(pid)).toEqual([]);
    expect(child.exitCode).toBeNull();
    await eventually(() => desktop.windows()).toEqual([]);

    const second = desktop.command(objgraph, ['attach', String(pid)]);
    const { page } = await attachedWindow(desktop, pid);
    await page.close();
    expect(await second.ended).toBe(0);
    await eventually(() => listeningPorts(pid)).toEqual([]);
    await eventually(() => desktop.leftovers()).toEqual([]);
  });

  it('leaves another viewer attached, which closes the inspector when it goes', async () => {
    const [one, other] = await Promise.all([startDesktop(), startDesktop()]);
    const { pid, child } = await start(leaking);
    const killed = one.command(objgraph, ['attach', String(pid)]);
    await attachedWindow(one, pid);
    const stays = other.command(objgraph, ['attach', String(pid)]);
    const { page, heap } = await attachedWindow(other, pid);
    expect(one.viewers()).not.toEqual(other.viewers());

    for (const viewer of one.viewers()) process.kill(viewer, 'SIGKILL');
    await killed.ended;
    await heap.getByRole('button', { name: 'Snapshot…' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Take snapshot' }).click();
    const types = page.getByRole('grid', { name: 'Types' });
    await page.getByRole('searchbox', { name: 'Filter types' }).fill('Leaked');
    await eventually(() => types.innerText()).toMatch(/Leaked\s[^]*25/);
    expect(await listeningPorts(pid)).toHaveLength(1);

    await page.close();
    expect(await stays.ended).toBe(0);
    await eventually(() => listeningPorts(pid)).toEqual([]);
    expect(child.exitCode).toBeNull();
  });
});
