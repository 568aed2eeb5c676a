// Attaching to processes by their ids, as `objgraph types 1234` does.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { attach } from '../../../main/targets/attached-target.ts';
import { listeningPorts } from '../../../main/targets/listening-ports.ts';
import { findTarget } from '../../../main/targets/kinds.ts';
import type { Progress } from '../../../main/targets/target.ts';
import {
  countNamed,
  endPrograms,
  freePort,
  leaking,
  nodes,
  oldestAndNewest,
  read,
  start,
} from './programs.ts';
import { inTurn } from '../../turns.ts';

const turn = inTurn(oldestAndNewest);
afterEach(endPrograms);

describe('a process by its id', () => {
  it.each(oldestAndNewest)(
    'is read, goes on, and has its inspector closed again: $name',
    async ({ path }) => {
      const { pid, child } = await start(leaking, { node: path });
      for (let time = 0; time < 2; time++) {
        expect(countNamed(await read(String(pid)), 'Leaked')).toBe(25);
        await expect.poll(() => listeningPorts(pid)).toEqual([]);
      }
      expect(child.exitCode).toBeNull();
    },
  );

  it('is read through the inspector that it has open, which stays open', async () => {
    const { pid } = await start(leaking, { flags: ['--inspect=0'] });
    const ports = await listeningPorts(pid);
    expect(ports).toHaveLength(1);
    // Port 0 is no inspector's usual one: it says nothing to whom it belongs, and SIGUSR1 changes nothing.
    expect(countNamed(await read(`127.0.0.1:${ports[0].port}`), 'Leaked')).toBe(25);
    expect(await listeningPorts(pid)).toEqual(ports);
  });

  it('is asked where its flag says', async () => {
    const port = await freePort();
    const { pid } = await start(leaking, { flags: [`--inspect=127.0.0.1:${port}`] });
    expect(countNamed(await read(String(pid)), 'Leaked')).toBe(25);
    expect(await listeningPorts(pid)).toEqual([{ host: '127.0.0.1', port }]);
  });

  it.each(turn())('has worker threads: $name', async ({ path }) => {
    const { pid } = await start(
      `const { Worker } = require('node:worker_threads');
       new Worker(${JSON.stringify(leaking)}, { eval: true }).once('online', () => setTimeout(() => console.log('up'), 200));
       setInterval(() => {}, 1000); globalThis.no = 0; console.log = ((log) => (text) => text === 'up' && log(text))(console.log)`,
      { node: path },
    );
    expect(countNamed(await read(`${pid}#1`), 'Leaked')).toBe(25);
    expect(countNamed(await read(String(pid)), 'Leaked')).toBe(0);
    await expect(read(`${pid}#7`)).rejects.toThrow(`process ${pid} has no worker thread #7; it has #1`);
    await expect.poll(() => listeningPorts(pid)).toEqual([]);
  });

  it.each(turn())('may never rest, and goes on afterwards: $name', async ({ path }) => {
    const { pid, child } = await start(
      `${leaking}; setTimeout(() => { for (let i = 0;; i++) if (i % 3e8 === 0) require('node:fs').writeSync(2, 'on '); }, 100)`,
      { node: path },
    );
    await once(child.stderr!, 'data');
    expect(countNamed(await read(String(pid)), 'Leaked')).toBe(25);
    let goesOn = 0;
    child.stderr!.on('data', (data: Buffer) => (goesOn += Number(data.toString().startsWith('on'))));
    await expect.poll(() => goesOn).toBeGreaterThan(1);
  });

  it('may be busy', async () => {
    const { pid } = await start(
      `${leaking}; setInterval(() => { const end = Date.now() + 300; while (Date.now() < end); }, 1)`,
    );
    expect(countNamed(await read(String(pid)), 'Leaked')).toBe(25);
  });

  it('may close its inspector for a client that leaves as we come, and opens it again', async () => {
    // The latest Node: 20 may end when its inspector is closed by what comes through it.
    const { pid } = await start(
      `globalThis.closings = 0;
       Object.defineProperty(process, Symbol.for('objgraph inspector'), { configurable: true, get() {
         closings++;
         require('node:inspector').close();
       } }); setInterval(() => {}, 1000)`,
      { node: nodes.at(-1)?.path },
    );
    const target = await attach(String(pid), new AbortController().signal);
    expect((await target.evaluate('closings')).description).toBe('1');
    await target.detach();
    await expect.poll(() => listeningPorts(pid)).toEqual([]);
  });

  it('is not asked at its own ports, whatever flags of others its environment has', async () => {
    // By its host's name it would listen a moment later, perhaps after SIGUSR1, as an inspector does.
    const asked =
      "require('node:http').createServer((_, r) => { globalThis.asked = true; r.end() }).listen(0)";
    const { pid } = await start(asked, {
      flags: [`--inspect-port=${await freePort()}`],
      env: { ...process.env, BROWSER_ARGS: '--remote-debugging-port=0' },
    });
    const target = await attach(String(pid), new AbortController().signal);
    expect((await target.evaluate('globalThis.asked')).description).toBe('undefined');
    await target.detach();
  });

  it.each([
    ['is not there', async () => 4194303, 'there is no process 4194303'],
    [
      'is no Node process',
      async () => spawnedPid('sleep', ['30']),
      "process PID (sleep) is no Node process: of others, name the inspector's HOST:PORT",
    ],
    [
      'has its own handler for SIGUSR1',
      async () => (await start("process.on('SIGUSR1', () => {}); setInterval(() => {}, 1000)")).pid,
      "process PID opened no inspector within 5 seconds of SIGUSR1, probably because it has a handler of its own for that signal: start it with --inspect, or name its inspector's HOST:PORT",
    ],
    [
      'would end by SIGUSR1',
      async () =>
        (
          await start(
            "const f = () => {}; process.on('SIGUSR1', f); process.off('SIGUSR1', f); setInterval(() => {}, 1000)",
          )
        ).pid,
      'process PID (node) would not open its inspector on SIGUSR1, but end: start it with --inspect',
    ],
    [
      'is stopped',
      async () => {
        const { pid } = await start(leaking);
        process.kill(pid, 'SIGSTOP');
        await sleep(50);
        return pid;
      },
      'process PID is stopped: let it go on first (kill -CONT PID)',
    ],
  ])('that %s is refused in words', async (_what, pidOf, sentence) => {
    const pid = await pidOf();
    await expect(read(String(pid))).rejects.toThrow(sentence.replaceAll('PID', String(pid)));
  });

  it.runIf(nodes.some(({ name }) => name === 'node24'))(
    'that denies SIGUSR1 is refused in words',
    async () => {
      const { pid } = await start(leaking, { flags: ['--disable-sigusr1'], node: nodes.at(-1)!.path });
      await expect(read(String(pid))).rejects.toThrow(
        `process ${pid} was started with --disable-sigusr1, so its inspector cannot be opened: start it with --inspect`,
      );
    },
  );

  it.each([
    ['node20', '--experimental-permission'],
    ['node22', '--permission'],
    ['node24', '--permission'],
    ['node26', '--permission'],
  ])('with the permission model is refused in words: %s', async (name, flag) => {
    const node = nodes.find((one) => one.name === name)?.path;
    if (node === undefined) return;
    for (const flags of [[flag], [flag, '--inspect=0']]) {
      const { pid } = await start(leaking, { flags: [...flags, '--allow-fs-read=*'], node });
      await expect(read(String(pid))).rejects.toThrow(
        `process ${pid} was started with --permission, which forbids an inspector, also with --inspect: from Node 24.12 on, start it with --allow-inspector as well; before, with --heapsnapshot-signal=SIGUSR2 and --allow-fs-write=FOLDER`,
      );
    }
  });

  it.runIf(nodes.some(({ name }) => name === 'node26'))(
    'with the permission model and --allow-inspector is read',
    async () => {
      const node = nodes.find(({ name }) => name === 'node26')!.path;
      const flags = ['--permission', '--allow-inspector', '--allow-fs-read=*', '--inspect-port=0'];
      const { pid, child } = await start(leaking, { flags, node });
      expect(countNamed(await read(String(pid)), 'Leaked')).toBe(25);
      await expect.poll(() => listeningPorts(pid)).toEqual([]);
      expect([child.exitCode, child.signalCode]).toEqual([null, null]);
    },
  );

  it('says who has its port', async () => {
    // If another test has it, so much the better.
    const other = createServer().on('error', () => {});
    other.listen(9229, '127.0.0.1');
    await Promise.race([once(other, 'listening'), once(other, 'error')]);
    const { pid } = await start(leaking, { flags: [] });
    try {
      await expect(read(String(pid))).rejects.toThrow(
        new RegExp(
          `^process ${pid} cannot open its inspector, because port 9229 is taken by process ${other.listening ? process.pid : '\\d+'}: end that one, detach from it if you are attached, or start this one with --inspect-port=0$`,
        ),
      );
    } finally {
      other.close();
    }
  });

  it('may die half-way', async () => {
    const { pid } = await start(
      `globalThis.many = Array.from({ length: 1e5 }, (_, i) => ({ i: [i] })); ${leaking}`,
    );
    let read = 0;
    const reading = findTarget(String(pid)).read(
      () => {
        if (read++ === 3) process.kill(pid, 'SIGKILL');
      },
      { signal: new AbortController().signal, progress: () => {} },
    );
    await expect(reading).rejects.toThrow(`process ${pid} ended`);
  });

  it('may end by itself, and does not wait for us', async () => {
    const { pid, child } = await start(
      `setTimeout(() => {}, 700); globalThis.many = Array.from({ length: 1e5 }, (_, i) => ({ i: [i] }))`,
    );
    const result = await read(String(pid)).then(
      () => 'read',
      (error: Error) => error.message,
    );
    expect(result).toMatch(/^(read|process \d+ ended.*)$/);
    if (child.exitCode === null) await once(child, 'exit');
    expect([child.exitCode, child.signalCode]).toEqual([0, null]);
  });

  it.each(oldestAndNewest)(
    'lives on with its inspector closed, whenever the reading is given up: $name',
    async ({ path }) => {
      const { pid, child } = await start(
        `globalThis.many = Array.from({ length: 4e4 }, (_, i) => ({ i: [i] })); ${leaking}`,
        { node: path },
      );
      const target = findTarget(String(pid));
      let bytes = 0;
      const never = new AbortController().signal;
      await target.read((chunk) => (bytes += chunk.length), { signal: never, progress: () => {} });

      const giveUp = async (
        when: (stop: () => void) => { chunk?: (chunk: Uint8Array) => void; progress?: Progress },
      ) => {
        const stop = new AbortController();
        const { chunk = () => {}, progress = () => {} } = when(() => stop.abort(new Error('given up')));
        const reading = target.read(chunk, { signal: stop.signal, progress });
        await expect(reading).rejects.toThrow('given up');
        expect(await listeningPorts(pid)).toEqual([]);
        expect([child.exitCode, child.signalCode]).toEqual([null, null]);
      };
      // Before anything is done, and when it was asked for its inspector.
      await giveUp((stop) => ({ progress: stop }));
      for (const patience of [5, 50])
        await giveUp((stop) => ({ progress: () => void setTimeout(stop, patience) }));
      for (const part of [0, 0.5])
        await giveUp((stop) => ({
          progress: (_task, done, total) => total !== null && done >= part * total && stop(),
        }));
      for (const part of process.env.OBJGRAPH_ALL ? [0, 0.1, 0.3, 0.6, 0.9] : [0, 0.3, 0.9]) {
        let read = 0;
        await giveUp((stop) => ({
          chunk: ({ length }) => void ((read += length) >= part * bytes && stop()),
        }));
      }
      expect(countNamed(await read(String(pid)), 'Leaked')).toBe(25);
    },
  );

  it('lives on when what it writes cannot be kept', async () => {
    const { pid, child } = await start(leaking);
    const full = () => {
      throw new Error('the disk is full');
    };
    const reading = findTarget(String(pid)).read(full, {
      signal: new AbortController().signal,
      progress: () => {},
    });
    await expect(reading).rejects.toThrow('the disk is full');
    expect(await listeningPorts(pid)).toEqual([]);
    expect([child.exitCode, child.signalCode]).toEqual([null, null]);
  });
});

async function spawnedPid(program: string, args: string[]): Promise<number> {
  const child = spawn(program, args, { stdio: 'ignore' });
  await once(child, 'spawn');
  setTimeout(() => child.kill(), 20_000).unref();
  return child.pid!;
}
