// What goes wrong while one is attached: a sentence that says what to do, and nothing is left behind.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { attach } from '../../../main/targets/attached-target.ts';
import type { Attached } from '../../../main/targets/attached.ts';
import { InspectorClient } from '../../../main/targets/inspector-client.ts';
import { findSession } from '../../../main/targets/inspector-sessions.ts';
import { listeningPorts } from '../../../main/targets/listening-ports.ts';
import { canBeOthers, OtherUser } from '../other-user.ts';
import { endPrograms, leaking, oldestAndNewest, root, start } from './programs.ts';
import { inTurn } from '../../turns.ts';

const turn = inTurn(oldestAndNewest);
const attached: Attached[] = [];
afterEach(async () => {
  await Promise.all(attached.splice(0).map((target) => target.detach()));
  endPrograms();
});

const never = new AbortController().signal;
const ignore = () => {};
async function attachTo(address: string | number): Promise<Attached> {
  const target = await attach(String(address), never);
  attached.push(target);
  return target;
}
const snapshot = (target: Attached) => target.takeSnapshot(ignore, ignore, never);
const cli = join(root, 'dist/cli.js');

const many = `globalThis.many = Array.from({ length: 1e5 }, (_, i) => ({ i: [i] })); ${leaking}`;
const restless = `${leaking}; setTimeout(() => { for (;;); }, 100)`;
const paused = `${leaking}; setTimeout(() => { globalThis.stopped = true; debugger; }, 1000)`;

describe('a target that', () => {
  it.each(turn())('never rests is asked all the same, and left as it was: $name', async ({ path }) => {
    const { pid } = await start(restless, { node: path });
    const target = await attachTo(pid);
    expect((await target.evaluate('cache.length')).description).toBe('25');
    expect(await snapshot(target)).toEqual({ idsKept: null });
    await target.detach();
    await expect.poll(() => listeningPorts(pid)).toEqual([]);
  });

  it.each(turn())(
    'is paused by another debugger is asked all the same, and stays paused: $name',
    async ({ path }) => {
      const { pid } = await start(paused, { node: path, flags: ['--inspect=127.0.0.1:0'] });
      const [{ host, port }] = await listeningPorts(pid);
      const url = await findSession(`${host}:${port}`, never);
      const other = await InspectorClient.connect(url, 'the other one', never);
      const stops = new Promise((resolve) => other.on('Debugger.paused', resolve));
      let resumed = 0;
      other.on('Debugger.resumed', () => resumed++);
      await other.post('Debugger.enable');
      await stops;
      const target = await attachTo(pid);
      expect((await target.evaluate('stopped')).description).toBe('true');
      expect(await snapshot(target)).toEqual({ idsKept: null });
      expect(resumed).toBe(0);
      await target.detach();
      expect(resumed).toBe(0);
      await other.close();
    },
  );

  it('waits in a call of the system does not answer, and that is reported', async () => {
    const { pid, child, stderr } = await start(
      `${leaking}; setTimeout(() => { require('node:fs').writeSync(2, 'waits'); require('node:child_process').execSync('sleep 60') }, 100)`,
      { flags: ['--inspect=127.0.0.1:0'] },
    );
    if (!stderr.includes('waits')) await once(child.stderr!, 'data');
    await expect(attachTo(pid)).rejects.toThrow(
      `process ${pid} does not answer: it waits in a call of the system, or another client takes a snapshot of it; try again when it goes on`,
    );
    spawnSync('pkill', ['-P', String(pid)]);
  });

  it('dies half-way ends the snapshot', async () => {
    const { pid } = await start(many);
    const target = await attachTo(pid);
    const ended = once(target, 'ended');
    let chunks = 0;
    const taking = target.takeSnapshot(
      () => {
        if (chunks++ === 3) process.kill(pid, 'SIGKILL');
      },
      ignore,
      never,
    );
    await expect(taking).rejects.toThrow(`process ${pid} ended, or closed its inspector`);
    expect(((await ended) as [Error])[0].message).toBe(`process ${pid} ended, or closed its inspector`);
  });

  it.each(turn())('is done does not wait for us: $name', async ({ path }) => {
    const { pid, child } = await start(leaking, { node: path });
    const target = await attachTo(pid);
    await snapshot(target);
    const ended = once(target, 'ended');
    await target.evaluate('setTimeout(() => process.exit(7), 100)');
    const [status] = child.exitCode === null ? ((await once(child, 'exit')) as [number]) : [child.exitCode];
    expect(status).toBe(7);
    expect(((await ended) as [Error])[0].message).toMatch(`process ${pid} ended`);
  });

  it.runIf(canBeOthers)('is of another user is refused in words', async () => {
    const { pid } = await start(leaking);
    const other = new OtherUser();
    const { status, stderr } = await other.objgraph(['types', String(pid)]);
    other.remove();
    expect(stderr).toBe(`objgraph: process ${pid} belongs to another user: run this command as that user\n`);
    expect(status).toBe(1);
  });
});

describe('a snapshot that', () => {
  it('is given up leaves us attached', async () => {
    const { pid } = await start(many);
    const target = await attachTo(pid);
    const giveUp = new AbortController();
    const taking = target.takeSnapshot(() => giveUp.abort(new Error('given up')), ignore, giveUp.signal);
    await expect(taking).rejects.toThrow('given up');
    expect(await snapshot(target)).toEqual({ idsKept: true });
    expect((await target.evaluate('cache.length')).description).toBe('25');
  });

  it('cannot be kept ends with the reason', async () => {
    const { pid } = await start(leaking);
    const target = await attachTo(pid);
    const full = () => {
      throw new Error('the disk is full');
    };
    await expect(target.takeSnapshot(full, ignore, never)).rejects.toThrow('the disk is full');
    expect(await snapshot(target)).toEqual({ idsKept: true });
  });
});

describe('two clients of one target', () => {
  it('may come and go at the same moment: who leaves closes nothing for who came', async () => {
    // It looks late who is still there: who leaves thinks that its timers never run.
    const { pid } = await start(
      `${leaking}; const timer = setTimeout;
       globalThis.setTimeout = (run, time) => timer(run, time === 50 ? 1500 : time)`,
    );
    const one = await attachTo(pid);
    const leaving = one.detach();
    const two = await attachTo(pid);
    await leaving;
    expect((await two.evaluate('cache.length')).description).toBe('25');
    await two.detach();
    await expect.poll(() => listeningPorts(pid)).toEqual([]);
  });

  it('know when their ids mean nothing any more, and the last one closes the inspector', async () => {
    const { pid } = await start(leaking);
    const [one, two] = [await attachTo(pid), await attachTo(pid)];
    await snapshot(one);
    const { id } = await one.evaluate('cache[3]');
    await snapshot(two);
    await two.detach();
    expect(await listeningPorts(pid)).toHaveLength(1);
    await expect(one.fieldsNow(id!)).rejects.toThrow(
      `the objects of process ${pid} have new ids, because another client detached from it: take a new snapshot`,
    );
    expect(await snapshot(one)).toEqual({ idsKept: false });
    expect(await snapshot(one)).toEqual({ idsKept: true });
    await one.detach();
    expect(await listeningPorts(pid)).toEqual([]);
  });
});

it.each(oldestAndNewest)('a client that is killed leaves no inspector open: $name', async ({ path }) => {
  const { pid, child } = await start(leaking, { node: path });
  const folder = mkdtempSync(join(tmpdir(), 'objgraph-killed-'));
  const client = spawn(
    process.execPath,
    [cli, 'snapshot', String(pid), '-o', join(folder, 'a'), '-o', join(folder, 'b'), '--every', '1000'],
    { stdio: 'ignore' },
  );
  await expect.poll(() => existsSync(join(folder, 'a'))).toBe(true);
  expect(await listeningPorts(pid)).toHaveLength(1);
  client.kill('SIGKILL');
  await once(client, 'exit');
  await expect.poll(() => listeningPorts(pid)).toEqual([]);
  expect(child.exitCode).toBeNull();
  // It can be attached to again, and nothing is left in it.
  const target = await attachTo(pid);
  const left = 'Object.getOwnPropertySymbols(process).filter((key) => /objgraph/.test(String(key))).length';
  expect((await target.evaluate(left)).description).toBe('1');
  await target.detach();
  expect(readdirSync(folder)).toContain('a');
  rmSync(folder, { recursive: true });
});
