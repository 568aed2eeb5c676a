// A Node process in a network of its own, as a container has one: what it opens on SIGUSR1, it opens there.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import { listeningPorts } from '../../../main/targets/listening-ports.ts';
import { isInOtherNetwork } from '../../../main/targets/network-namespace.ts';
import { listTargets } from '../../../main/targets/processes/target-list.ts';
import { countNamed, endPrograms, leaking, nodes, oldestAndNewest, read, start, track } from './programs.ts';

afterEach(endPrograms);
const never = new AbortController().signal;
const canUnshare =
  process.platform === 'linux' && spawnSync('unshare', ['-n', 'true'], { stdio: 'ignore' }).status === 0;
const isRoot = process.getuid?.() === 0;

async function startInside(node = nodes[0].path, flags: string[] = [], unshare = ['-n']) {
  const code = `${leaking}; console.log('ready')`;
  // `exec`, so that the id is that of Node.
  const script = 'ip link set lo up 2>/dev/null; exec "$@"';
  const child = track(
    spawn('unshare', [...unshare, 'sh', '-c', script, 'sh', node, ...flags, '-e', code], {
      stdio: ['ignore', 'pipe', 'ignore'],
    }),
  );
  await once(child.stdout, 'data');
  return { pid: child.pid!, child };
}

describe.skipIf(!canUnshare)('a process in another network', () => {
  it.each(oldestAndNewest)(
    'is read inside of it, goes on, and has its inspector closed again: $name',
    async ({ path }) => {
      const { pid, child } = await startInside(path);
      expect(await isInOtherNetwork(pid)).toBe(true);
      for (let time = 0; time < 2; time++) {
        expect(countNamed(await read(String(pid)), 'Leaked')).toBe(25);
        await expect.poll(() => listeningPorts(pid)).toEqual([]);
      }
      expect([child.exitCode, child.signalCode]).toEqual([null, null]);
    },
  );

  it('is not taken for one of ours that listens at the same port', async () => {
    const { pid } = await startInside(nodes[0].path, ['--inspect=127.0.0.1:9333']);
    await start(`${leaking}; globalThis.cache.length = 7`, { flags: ['--inspect=127.0.0.1:9333'] });
    expect(countNamed(await read(String(pid)), 'Leaked')).toBe(25);
    expect((await listTargets(never)).find((row) => row.pid === pid)).toMatchObject({ inspector: null });
    expect((await listeningPorts(pid)).map(({ port }) => port)).toEqual([9333]);
  });

  it('is left in order when the reading is given up', async () => {
    const { pid, child } = await startInside();
    const stop = new AbortController();
    setTimeout(() => stop.abort(new Error('given up')), 150);
    await expect(read(String(pid), stop.signal)).rejects.toThrow('given up');
    await expect.poll(() => listeningPorts(pid)).toEqual([]);
    expect([child.exitCode, child.signalCode]).toEqual([null, null]);
  });
});

/** Another user, who may look at his own processes and enter no network. */
describe.skipIf(!canUnshare || !isRoot || !existsSync('/usr/bin/setpriv'))(
  'without the rights to enter it',
  () => {
    it('gets no signal, and says what to do', async () => {
      const node = nodes[0].path;
      const asNobody = ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups'];
      const { pid, child } = await startInside(asNobody[0], [...asNobody.slice(1), node]);
      process.setegid!(65534);
      process.seteuid!(65534);
      try {
        await expect(read(String(pid))).rejects.toThrow(
          `process ${pid} runs in another network (a container has one of its own), where its inspector would open: run objgraph in it, or as root`,
        );
        expect((await listTargets(never)).find((row) => row.pid === pid)?.obstacle).toContain(
          'runs in another network',
        );
      } finally {
        process.seteuid!(0);
        process.setegid!(0);
      }
      expect(await listeningPorts(pid)).toEqual([]);
      expect([child.exitCode, child.signalCode]).toEqual([null, null]);
    });
  },
);
