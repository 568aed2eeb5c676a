// Snapshots of processes: in files, and compared at once.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { endPrograms, start } from '../targets/programs.ts';
import { cli, heapCommands, type Row } from './heap-commands.ts';

const { folder, run, json } = heapCommands();
afterEach(endPrograms);

/** A program that leaks ten objects in each tenth of a second. */
const growing = () =>
  start(
    'class Kept {}; globalThis.all = []; setInterval(() => { for (let i = 0; i < 10; i++) all.push(new Kept()) }, 100)',
  );

describe('several moments of one process', () => {
  it('are files whose objects have the same ids', async () => {
    const { pid } = await growing();
    const files = ['one', 'two', 'three'];
    const { status, stdout } = run([
      'snapshot',
      String(pid),
      ...files.flatMap((file) => ['-o', file]),
      '--every',
      '0.5',
    ]);
    expect(status).toBe(0);
    expect(stdout.match(/^Snapshot written to (one|two|three) \([\d.]+ MB\)$/gm)).toHaveLength(3);
    const { matchedBy, types } = json<{
      matchedBy: string;
      types: (Row & { added: number; removed: number })[];
    }>(['growth', 'one', 'three']);
    expect(matchedBy).toBe('id');
    const kept = types.find(({ type }) => type === 'Kept')!;
    expect(kept.added).toBeGreaterThanOrEqual(20);
    expect(kept.removed).toBe(0);
    expect(run(['suspects', ...files])).toMatchObject({ status: 0, stderr: '' });
    const { suspects } = json<{ suspects: { confidence: number; doubts: string[] }[] }>([
      'suspects',
      'before.heapsnapshot',
      'one',
    ]);
    for (const { confidence, doubts } of suspects) {
      expect(confidence).toBeLessThanOrEqual(0.6);
      expect(doubts.join()).toContain('separate processes or visits');
    }
    expect(run(['suspects', 'three', 'one'])).toMatchObject({
      status: 1,
      stderr: 'objgraph: one was taken before three: name the oldest snapshot first\n',
    });
    expect(run(['suspects', 'one', 'one']).stderr).toBe(
      'objgraph: one and one are the same moment of one process: name different snapshots\n',
    );
  });

  it('are compared at once when the process is named twice', async () => {
    const program = await growing();
    const pid = String(program.pid);
    const { matchedBy, types } = json<{ matchedBy: string; types: Row[] }>([
      'growth',
      pid,
      pid,
      '--every',
      '0.5',
    ]);
    expect(run(['growth', pid, pid]).stderr).toContain(
      'say how long to wait between the snapshots: --every SECONDS',
    );
    const asked = run(['instances', pid, '--type', 'Kept', '--limit', '1']);
    expect(asked.status).toBe(0);
    expect(run(['chain', pid, '--id', '1']).stderr).toMatch(
      /^objgraph: warning: the ids of process \d+ may have changed/,
    );
    expect(matchedBy).toBe('id');
    expect(types.find(({ type }) => type === 'Kept')!.count).toBeGreaterThanOrEqual(10);
  });
});

describe('snapshot', () => {
  it('writes the heap of a process, for its owner alone', async () => {
    const { pid } = await start('class Kept {}; globalThis.k = new Kept(); setInterval(() => {}, 1e3)');
    const { status, stdout } = run(['snapshot', String(pid), '-o', 'process.heapsnapshot']);
    expect(status).toBe(0);
    expect(stdout).toMatch(/^Snapshot written to process\.heapsnapshot \([\d.]+ MB\)\n$/);
    expect(statSync(join(folder, 'process.heapsnapshot')).mode & 0o777).toBe(0o600);
    expect(run(['types', 'process.heapsnapshot', '--limit', '1000']).stdout).toMatch(
      / 1 .* Kept — \[eval\]:1\n| 1 .* Kept\n/,
    );
  });

  it('leaves no half file, and the old one alone', () => {
    writeFileSync(join(folder, 'old'), 'old');
    expect(run(['snapshot', '4194303', '-o', 'old'])).toEqual({
      status: 1,
      stdout: '',
      stderr: 'objgraph: there is no process 4194303\n',
    });
    expect(readFileSync(join(folder, 'old'), 'utf8')).toBe('old');
    expect(readdirSync(folder).filter((name) => name.includes('partial'))).toEqual([]);
  });

  it('is given up by Ctrl-C', async () => {
    // Of an attempt that was not given up in time.
    rmSync(join(folder, 'given-up'), { force: true });
    const { pid, child } = await start(
      'globalThis.many = Array.from({ length: 1e6 }, (_, i) => ({ i: [i] })); setInterval(() => {}, 1e3)',
    );
    const command = spawn(process.execPath, [cli, 'snapshot', String(pid), '-o', 'given-up'], {
      cwd: folder,
    });
    let said = '';
    command.stderr.on('data', (data: Buffer) => (said += data.toString()));
    child.stderr!.on('data', (data: Buffer) => {
      if (data.includes('Debugger attached')) command.kill('SIGINT');
    });
    const status = await new Promise((ended) => command.once('exit', ended));
    expect(child.exitCode).toBeNull();
    expect(status).toBe(130);
    expect(said).toMatch(/^(process \d+ has a heap of .*\n)?(objgraph: waiting .*\n)?objgraph: stopped\n$/);
    expect(existsSync(join(folder, 'given-up'))).toBe(false);
    expect(readdirSync(folder).filter((name) => name.includes('partial'))).toEqual([]);
  });

  it('says what Ctrl-C waits for, and what a second one may do', async () => {
    rmSync(join(folder, 'waited-for'), { force: true });
    const { pid, child } = await start(
      'globalThis.many = Array.from({ length: 2e5 }, (_, i) => ({ i: [i] })); setInterval(() => {}, 1e3)',
    );
    const command = spawn(process.execPath, [cli, 'snapshot', String(pid), '-o', 'waited-for'], {
      cwd: folder,
    });
    const ended = once(command, 'exit');
    let said = '';
    command.stderr.on('data', (data: Buffer) => (said += data.toString()));
    const isWriting = () =>
      readdirSync(folder).some(
        (name) => name.includes('waited-for') && statSync(join(folder, name)).size > 0,
      );
    await expect.poll(isWriting, { interval: 5 }).toBe(true);
    command.kill('SIGINT');
    expect(await ended).toEqual([130, null]);
    expect(said.replace(/^process \d+ has a heap of .*\n/, '').split('\n')).toEqual([
      `objgraph: waiting until process ${pid} has written its snapshot; Ctrl-C again does not wait, and may crash it`,
      'objgraph: stopped',
      '',
    ]);
    expect([child.exitCode, child.signalCode]).toEqual([null, null]);
  });
});
