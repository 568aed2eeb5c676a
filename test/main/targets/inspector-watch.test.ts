// An inspector that we opened is closed by its target when its last client has gone.
import { once } from 'node:events';
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { afterEach, expect, it } from 'vitest';
import { InspectorWatch } from '../../../main/targets/inspector-watch.ts';
import { listeningPorts } from '../../../main/targets/listening-ports.ts';
import { openInspector } from '../../../main/targets/open-inspector.ts';
import { endPrograms, leaking, nodes, start, track } from './programs.ts';

afterEach(endPrograms);

const procFile = (pid: number, name: string) => readFileSync(`/proc/${pid}/${name}`, 'latin1');

/** A process that has ended, and whose parent never asks for its status. */
async function startZombie(): Promise<number> {
  const script = 'sleep 600 & echo $!; exec sleep 600';
  const parent = track(spawn('sh', ['-c', script], { stdio: ['ignore', 'pipe', 'ignore'] }));
  const [output] = (await once(parent.stdout, 'data')) as [Buffer];
  const pid = Number(output.toString());
  // The shell itself would still ask.
  await expect.poll(() => procFile(parent.pid!, 'comm')).toBe('sleep\n');
  process.kill(pid, 'SIGKILL');
  await expect.poll(() => procFile(pid, 'stat')).toMatch(/\) Z /);
  return pid;
}

it.runIf(process.platform === 'linux')(
  'an inspector closes when its client was killed and its parent does not ask for its status, on every Node',
  async () => {
    const zombie = await startZombie();
    // All at once: each takes the ten seconds after which its watch looks again.
    const visits = nodes.map(async ({ name, path }) => {
      const { pid, child } = await start(leaking, { node: path });
      const { client } = await openInspector(pid, new AbortController().signal);
      await InspectorWatch.enter(client, { pid: zombie, openedByUs: true });
      expect(await listeningPorts(pid), name).toHaveLength(1);
      await client.close();
      await expect.poll(() => listeningPorts(pid)).toEqual([]);
      expect(child.exitCode, name).toBeNull();
    });
    await Promise.all(visits);
  },
);
