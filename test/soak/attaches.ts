// A real Node process that is attached to and detached from, again and again, with a snapshot now and then.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { listeningPorts } from '../../main/targets/listening-ports.ts';
import { root } from '../e2e/desktop.ts';
import { compare, holdingsOf, ourHoldings, type Holdings } from './measure.ts';
import type { Bound, SoakResult } from './program.ts';
import { ofWindows, StandInWindow } from './stand-in-window.ts';

const visitsASnapshot = 10;
const visitsAGivenUp = 5;
const warmUp = 3;

interface Answer {
  handles: string[];
  heapUsed: number;
}

export async function soakAttaches({ times, deadline }: Bound): Promise<SoakResult> {
  const program = spawn(
    process.execPath,
    ['--expose-gc', '--inspect-port=0', join(root, 'test/bench/programs/attached-program.mjs'), '2'],
    { stdio: ['pipe', 'pipe', 'ignore'] },
  );
  const lines = createInterface({ input: program.stdout });
  const target = async (): Promise<Holdings> => {
    program.stdin.write('\n');
    const [line] = (await once(lines, 'line')) as [string];
    const { handles, heapUsed } = JSON.parse(line) as Answer;
    return {
      'heap, MB': heapUsed / 2 ** 20,
      ...holdingsOf(program.pid!),
      handles: handles.length,
      'listening ports': (await listeningPorts(program.pid!)).length,
    };
  };
  const ours = () => ourHoldings(ofWindows);
  try {
    await target();
    for (let i = 0; i < warmUp; i++) await visit(program.pid!, i, i === 0);
    const before = { target: await target(), ours: await ours() };
    let visits = 0;
    let snapshots = 0;
    let givenUp = 0;
    for (; visits < times && performance.now() < deadline; visits++) {
      const takesSnapshot = visits % visitsASnapshot === 0;
      if (takesSnapshot) snapshots++;
      await visit(program.pid!, visits, takesSnapshot);
      if (visits % visitsAGivenUp === 0) await giveUp(program.pid!, givenUp++);
    }
    return {
      done: `${visits} times attached and detached, with ${snapshots} snapshots; ${givenUp} more given up on the way`,
      compared: {
        'the viewer (stand-in windows)': await compare(before.ours, ours),
        'the process attached to': await compare(before.target, target),
      },
    };
  } finally {
    program.kill();
  }
}

/** Every second one just closes its window. */
async function visit(pid: number, turn: number, takesSnapshot: boolean): Promise<void> {
  const window = new StandInWindow({ attach: String(pid) });
  await window.until('the target', ({ attachment: { state } }) => {
    if (state?.problem) throw new Error(`visit ${turn}: ${state.problem.message}`);
    return state?.status === 'attached';
  });
  await window.ask('target.evaluate', { expression: 'heap.length' });
  if (takesSnapshot) {
    await window.ask('target.snapshot');
    await window.until(
      'the snapshot',
      ({ heap }) => heap.state?.snapshots[0].ready.includes('counts') ?? false,
    );
  }
  if (turn % 2 === 0) await window.ask('target.detach');
  await window.close();
}

/** The window is closed at once, or somewhere on the way to the target. */
async function giveUp(pid: number, turn: number): Promise<void> {
  const window = new StandInWindow({ attach: String(pid) });
  await sleep(turn * 10);
  await window.close();
}
