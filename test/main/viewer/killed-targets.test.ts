// A target that is killed at any step: the window says so in a sentence, keeps what it has read, and goes on with another.
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { listeningPorts } from '../../../main/targets/listening-ports.ts';
import type { AttachedState } from '../../../shared/protocol/targets.ts';
import { endPrograms, leaking, start, type Program } from '../targets/programs.ts';
import { AskedSession } from './asked-session.ts';

let session: AskedSession;
beforeEach(() => {
  session = new AskedSession();
});
afterEach(async () => {
  await session.close();
  endPrograms();
});

/** Answers nothing for a while: it waits in a call of the system for a program that says so. */
const waiting = `${leaking}; setTimeout(() => require('node:child_process').spawnSync(
  'sh', ['-c', 'echo waits; exec sleep 10'], { stdio: ['ignore', 'inherit', 'inherit'] }), 100)`;

async function attached(): Promise<Program> {
  const program = await start(leaking);
  await session.attach(program.pid);
  await session.takeSnapshot();
  return program;
}

const says = (program: Program, word: string) =>
  new Promise<void>((resolve) =>
    program.child.stdout!.on('data', (data: Buffer) => {
      if (data.toString().includes(word)) resolve();
    }),
  );

async function kill({ child }: Program): Promise<void> {
  const exit = once(child, 'exit');
  child.kill('SIGKILL');
  await exit;
}

/** After the end of the target: told, nothing lost, nothing in the way of the next. */
async function goesOn({ pid }: Program): Promise<void> {
  const state = await session.target({ status: 'ended', progress: null });
  expect(state?.problem?.message).toBe(`process ${pid} ended, or closed its inspector`);
  expect(await session.count('Leaked')).toBe(25);
  await expect(session.ask('target.evaluate', { expression: '1' })).rejects.toThrow(
    'The window is not attached to anything',
  );
  const next = await start(leaking);
  await session.attach(next.pid);
  await session.takeSnapshot();
  expect(await session.count('Leaked', 1)).toBe(25);
  await session.ask('target.detach');
  await session.target(null);
  expect(await listeningPorts(next.pid)).toEqual([]);
}

describe('a target that is killed', () => {
  it.each([
    { how: 'its inspector closed', flags: ['--inspect-port=0'] },
    { how: 'its inspector open', flags: ['--inspect=127.0.0.1:0'] },
  ])('while a window attaches to it is reported: $how', async ({ flags }) => {
    for (const time of [0, 300, 1500]) {
      const program = await start(waiting, { flags });
      await says(program, 'waits');
      await session.ask('target.attach', { address: String(program.pid) });
      await sleep(time);
      await session.target({ address: String(program.pid), status: 'attaching' });
      await kill(program);
      const state = await session.target({ status: 'ended', progress: null });
      expect(state?.problem?.message).toMatch(
        new RegExp(`^(there is no process ${program.pid}|process ${program.pid} ended.*)$`),
      );
    }
    const next = await start(leaking);
    await session.attach(next.pid);
    expect(await session.ask('target.evaluate', { expression: 'cache.length' })).toMatchObject({
      description: '25',
    });
  });

  it('while nothing is asked of it is reported', async () => {
    const program = await attached();
    await kill(program);
    await goesOn(program);
  });

  it('while the cost of a snapshot is estimated is reported', async () => {
    const program = await attached();
    // It answers nothing, and takes notice of its end all the same.
    program.child.kill('SIGSTOP');
    const estimating = session.ask('target.estimate');
    const failed = expect(estimating).rejects.toThrow(
      `process ${program.pid} ended, or closed its inspector`,
    );
    await kill(program);
    await failed;
    await goesOn(program);
  });

  it.each(['for (;;);', 'Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)'])(
    'while it evaluates is reported: %s',
    async (endless) => {
      const program = await attached();
      const running = says(program, 'runs');
      const evaluating = session.ask('target.evaluate', {
        expression: `process.stdout.write('runs'); ${endless}`,
      });
      const failed = expect(evaluating).rejects.toThrow(
        `process ${program.pid} ended, or closed its inspector`,
      );
      await running;
      await kill(program);
      await failed;
      await goesOn(program);
    },
  );

  it('while a snapshot is taken is reported', async () => {
    const program = await attached();
    await session.ask('target.evaluate', {
      expression: 'void (globalThis.much = Array.from({ length: 3e5 }, (_, i) => ({ i: { i } })))',
    });
    await session.ask('target.snapshot');
    await session.target({ status: 'snapshot', progress: expect.anything() as AttachedState['progress'] });
    await kill(program);
    await goesOn(program);
  });

  it('while a window detaches from it blocks nothing', async () => {
    const program = await attached();
    const detaching = session.ask('target.detach');
    await kill(program);
    await detaching;
    await session.target(null);
    expect(await session.count('Leaked')).toBe(25);
    const next = await start(leaking);
    await session.attach(next.pid);
  });
});

it('two windows share a target: one detaches, the other goes on, and the last closes the inspector', async () => {
  const other = new AskedSession();
  try {
    const { pid, child } = await start(leaking);
    await session.attach(pid);
    await other.attach(pid);
    await Promise.all([session.takeSnapshot(), other.takeSnapshot()]);
    expect([await session.count('Leaked'), await other.count('Leaked')]).toEqual([25, 25]);

    await session.ask('target.detach');
    await session.target(null);
    expect(await listeningPorts(pid)).toHaveLength(1);
    await other.ask('target.evaluate', { expression: 'void cache.pop()' });
    await other.takeSnapshot();
    expect(await other.count('Leaked', 1)).toBe(24);

    await other.ask('target.detach');
    await other.target(null);
    expect(await listeningPorts(pid)).toEqual([]);
    expect(child.exitCode).toBeNull();
  } finally {
    await other.close();
  }
});
