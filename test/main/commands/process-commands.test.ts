// The commands for processes as users run them: the built command on real programs.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { listeningPorts } from '../../../main/targets/listening-ports.ts';
import { endPrograms, leaking, start } from '../targets/programs.ts';

const cli = join(import.meta.dirname, '../../../dist/cli.js');
const folder = mkdtempSync(join(tmpdir(), 'objgraph-processes-'));
afterAll(() => rmSync(folder, { recursive: true }));
afterEach(endPrograms);

const env = { ...process.env, OBJGRAPH_VIEWER: 'none' };
function run(args: string[], { input = '', through = [] as string[] } = {}) {
  const [program, ...rest] = [...through, process.execPath, cli, ...args];
  const { status, stdout, stderr } = spawnSync(program, rest, { cwd: folder, input, env, encoding: 'utf8' });
  return { status, stdout, stderr };
}

describe('objgraph ps', () => {
  it('lists a process with what it is', async () => {
    const { pid } = await start(leaking);
    const { status, stdout, stderr } = run(['ps']);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toMatch(/^source +runtime +up +memory +inspector +what\n/);
    expect(stdout).toMatch(
      new RegExp(`^${pid} +node \\d+\\.\\d+\\.\\d+ +\\d+ s +[\\d.]+ MB +node -e \\(objgraph\\) in .+$`, 'm'),
    );
  });

  it('prints JSON for programs', async () => {
    const { pid } = await start(leaking, { flags: ['--inspect=127.0.0.1:0'] });
    const { targets } = JSON.parse(run(['ps', '--json']).stdout) as { targets: { pid: number }[] };
    expect(targets.filter((target) => target.pid === pid)).toEqual([
      {
        address: String(pid),
        kind: 'process',
        runtime: 'node',
        version: process.versions.node,
        pid,
        title: 'node -e',
        packageName: 'objgraph',
        folder: process.cwd(),
        uptime: expect.any(Number) as number,
        memory: expect.any(Number) as number,
        inspector: expect.stringMatching(/^127\.0\.0\.1:\d+$/) as string,
        obstacle: null,
      },
    ]);
  });

  it('takes nothing', () => {
    expect(run(['ps', '1234'])).toEqual({
      status: 2,
      stdout: '',
      stderr: 'objgraph: it takes no arguments (see objgraph ps --help)\n',
    });
  });
});

describe('objgraph attach', () => {
  it('without a window says what to do', async () => {
    const { pid } = await start(leaking);
    expect(run(['attach', String(pid)])).toEqual({
      status: 1,
      stdout: '',
      stderr: `objgraph: OBJGRAPH_VIEWER=none asks for no window: write a snapshot to a file instead (objgraph snapshot ${pid} -o FILE)\n`,
    });
  });

  it.each([
    ['of no process', ['4194303'], 1, 'there is no process 4194303'],
    [
      'to a file',
      ['a.heapsnapshot'],
      1,
      "a.heapsnapshot is no process: name a process id, an inspector's HOST:PORT or ws://…",
    ],
    ['to two', ['1', '2'], 2, 'it takes one process (see objgraph attach --help)'],
  ])('%s is refused in words', (_what, args, status, sentence) => {
    expect(run(['attach', ...args])).toEqual({ status, stdout: '', stderr: `objgraph: ${sentence}\n` });
  });
});

describe('objgraph snapshot', () => {
  const cost =
    /process \d+ has a heap of [\d.]+ MB: it will stand still for about [\d.]+ s, and need up to [\d.]+ MB more memory meanwhile\r?\n/;

  it('says what it costs', async () => {
    const { pid } = await start(leaking);
    const { status, stdout, stderr } = run(['snapshot', String(pid), '-o', 'told']);
    expect(status).toBe(0);
    expect(stderr).toMatch(cost);
    expect(stdout).toMatch(/^Snapshot written to told /);
  });

  it.each([
    ['n', false],
    ['y', true],
    ['', true],
  ])('asks at a terminal, and takes the answer %j', async (answer, taken) => {
    const { pid } = await start(leaking);
    const file = `asked-${answer}`;
    const command = [process.execPath, cli, 'snapshot', pid, '-o', file].join(' ');
    const { stdout, status } = spawnSync('script', ['-qec', command, '/dev/null'], {
      ...{ cwd: folder, env, encoding: 'utf8', input: `${answer}\n` },
    });
    // Before anything is done to the process.
    expect(stdout.indexOf(`every user of this machine can run code in it`)).toBeGreaterThanOrEqual(0);
    expect(stdout.indexOf('every user of this machine')).toBeLessThan(stdout.search(cost));
    expect(stdout).toMatch(cost);
    expect(stdout).toContain('Take the snapshot? [Y/n]');
    expect(existsSync(join(folder, file))).toBe(taken);
    expect(status).toBe(taken ? 0 : 130);
    await expect.poll(() => listeningPorts(pid)).toEqual([]);
  });

  it('does not ask where an option says so', async () => {
    const { pid } = await start(leaking);
    const command = [process.execPath, cli, 'snapshot', '--yes', pid, '-o', 'yes'].join(' ');
    const { stdout } = spawnSync('script', ['-qec', command, '/dev/null'], {
      ...{ cwd: folder, env, encoding: 'utf8', input: '' },
    });
    expect(stdout).not.toContain('Take the snapshot?');
    expect(existsSync(join(folder, 'yes'))).toBe(true);
  });

  it('leaves nothing behind when the disk is full', async () => {
    const { pid, stderr } = await start(leaking, { flags: ['--inspect=127.0.0.1:0'] });
    const place = /ws:\/\/([^/]+)/.exec(stderr)![1];
    const disk = join(folder, 'disk');
    mkdirSync(disk);
    // A disk of 1 MB that this command alone sees.
    const script = `mount -t tmpfs -o size=1m none ${disk} && cd ${disk} && "$@"; status=$?; ls -A; exit $status`;
    const { status, ...said } = run(['snapshot', place, '-o', 'full.heapsnapshot'], {
      through: ['unshare', '-rm', 'sh', '-c', script, 'sh'],
    });
    expect(status).toBe(1);
    expect(said.stdout).toBe('');
    expect(said.stderr).toMatch(/\nobjgraph: full\.heapsnapshot cannot be written: the disk is full\n$/);
    expect(readdirSync(disk)).toEqual([]);
    process.kill(pid, 0);
  });

  it('replaces no device', async () => {
    const { pid } = await start(leaking);
    expect(run(['snapshot', String(pid), '-o', '/dev/null'])).toEqual({
      status: 1,
      stdout: '',
      stderr: 'objgraph: /dev/null cannot be written: it is no file\n',
    });
  });
});
