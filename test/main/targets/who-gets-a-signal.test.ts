// SIGUSR1 ends every program that does not expect it: it is sent to none that is not proved to be Node. Perl under other names
// stands for programs that are none and would notice.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { versionInProgram } from '../../../main/targets/program-file.ts';
import { listTargets } from '../../../main/targets/processes/target-list.ts';
import { countNamed, endPrograms, leaking, nodes, oldestAndNewest, read, start, track } from './programs.ts';

const folder = mkdtempSync(join(tmpdir(), 'objgraph-signals-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
afterEach(endPrograms);
const never = new AbortController().signal;
const perl = '/usr/bin/perl';

describe.skipIf(process.platform !== 'linux' || !existsSync(perl))('a program that is no Node', () => {
  it.each(['node_exporter', 'node', 'nodejs', 'nodejs20', 'node-red', 'electron', 'Electron'])(
    'gets no signal, although it is called %s',
    async (name) => {
      const path = join(folder, name);
      copyFileSync(perl, path);
      chmodSync(path, 0o755);
      // The text that Node has in its program stands in its data.
      const code =
        '$SIG{USR1} = sub { exit 9 }; $marker = "node.js/v20.1.1"; $| = 1; print "ready"; sleep 1000';
      const child = track(spawn(path, ['-e', code], { stdio: ['ignore', 'pipe', 'ignore'] }));
      await once(child.stdout, 'data');
      await expect(read(String(child.pid))).rejects.toThrow(
        `process ${child.pid} (${name}) is no Node process: of others, name the inspector's HOST:PORT`,
      );
      expect([child.exitCode, child.signalCode]).toEqual([null, null]);
      const row = (await listTargets(never)).find(({ pid }) => pid === child.pid);
      if (row) expect(row.obstacle).toContain('is no Node process');
    },
  );
});

describe.skipIf(process.platform !== 'linux')('Node', () => {
  it.each(oldestAndNewest)('is recognised by its file: $name', async ({ path }) => {
    const { pid } = await start(leaking, { node: path });
    const version = await versionInProgram('node', { pid, program: path }, never);
    expect(version).toMatch(/^\d+\.\d+\.\d+$/);
    expect(path).toContain(`node${version!.split('.')[0]}`);
    // As other systems are asked.
    expect(await versionInProgram('node', { pid, program: path }, never, 'darwin')).toBe(version);
  });

  it('is read when its file has been removed since', async () => {
    const path = join(folder, 'gone/node');
    const { pid } = await startCopy(path);
    rmSync(path);
    expect(countNamed(await read(String(pid)), 'Leaked')).toBe(25);
  });

  it.runIf(nodes.some(({ name }) => name === 'node22'))('is read under another name', async () => {
    const { pid } = await startCopy(join(folder, 'renamed/shop'), nodes.at(-1)!.path);
    expect(countNamed(await read(String(pid)), 'Leaked')).toBe(25);
    expect((await listTargets(never)).find((row) => row.pid === pid)).toMatchObject({
      runtime: 'node',
      obstacle: null,
    });
  });

  async function startCopy(path: string, node = nodes[0].path) {
    mkdirSync(join(path, '..'), { recursive: true });
    copyFileSync(node, path);
    chmodSync(path, 0o755);
    return start(leaking, { node: path });
  }
});
