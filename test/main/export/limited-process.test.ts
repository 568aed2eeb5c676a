// Programs that take too much, each a real one.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runLimited, type Limits } from '../../../main/export/limited-process.ts';
import { renderBySystemDot } from '../../../main/export/system-dot.ts';
import { isRunning } from '../../../main/documents/temporary.ts';
import { ownNode } from '../../../shared/programs.ts';

let folder: string;
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'objgraph-limited-'))));
afterEach(() => rmSync(folder, { recursive: true }));

/** Whether a program has written who it is. */
const hasSaid = () => (statSync(join(folder, 'pid'), { throwIfNoEntry: false })?.size ?? 0) > 0;

const generous: Limits = { memory: 2 ** 32, time: 60_000 };
const run = (script: string, limits = generous, signal?: AbortSignal) =>
  runLimited(ownNode(), ['-e', script], { limits, signal, input: ['some ', Buffer.from('input')] });
const eating = 'const kept = []; setInterval(() => kept.push(Buffer.alloc(2 ** 24, 1)), 5);';
const waiting = 'setInterval(() => {}, 1000);';

it('gives what a program writes, and how it ended', async () => {
  const script = `process.stdin.pipe(process.stdout); process.stdin.on('end', () => { console.error('a complaint'); process.exitCode = 3 })`;
  expect(await run(script)).toEqual({
    output: Buffer.from('some input'),
    complaint: 'a complaint\n',
    status: 3,
    exceeded: null,
  });
});

it('few programs run at a time, and all of them run', async () => {
  const names = Array.from({ length: 20 }, (_, i) => join(folder, String(i)));
  const runs = names.map((name) =>
    run(
      `require('node:fs').writeFileSync(${JSON.stringify(name)}, ''); process.stdin.on('end', () => setTimeout(() => {}, 200)).resume()`,
    ),
  );
  const most = Promise.race(runs).then(() => names.filter(existsSync).length);
  expect(await most).toBeLessThan(17);
  expect((await Promise.all(runs)).map(({ status }) => status)).toEqual(names.map(() => 0));
  expect(names.filter(existsSync)).toHaveLength(20);
});

it('says that a program does not start', async () => {
  const none = { name: 'dot', path: join(folder, 'none') } as const;
  await expect(runLimited(none, [], { limits: generous })).rejects.toThrow('cannot be checked');
});

describe('a program is ended, with those that it started,', () => {
  /** Starts a second program, which says who it is. */
  const withChild = (script: string) =>
    `require('node:child_process').spawn(process.execPath, ['-e', ${JSON.stringify(`require('node:fs').writeFileSync(${JSON.stringify(join(folder, 'pid'))}, String(process.pid)); ${script}`)}], { stdio: 'ignore' }); ${waiting}`;
  const childIsGone = () => {
    const pid = Number(readFileSync(join(folder, 'pid'), 'utf8'));
    return expect.poll(() => isRunning(pid)).toBe(false);
  };

  it('when both together have too much memory', async () => {
    const { exceeded } = await run(withChild(eating), { ...generous, memory: 300 * 2 ** 20 });
    expect(exceeded).toBe('memory');
    await childIsGone();
  });

  it('when its time is over', async () => {
    // It begins when the input is there.
    const hasStarted = expect.poll(hasSaid).toBe(true);
    const input = hasStarted.then(() => ['input']);
    const limits = { ...generous, time: 200 };
    expect((await runLimited(ownNode(), ['-e', withChild(waiting)], { limits, input })).exceeded).toBe(
      'time',
    );
    await childIsGone();
  });

  it('when its result is no longer wanted', async () => {
    const controller = new AbortController();
    const running = run(withChild(waiting), generous, controller.signal);
    await expect.poll(hasSaid).toBe(true);
    controller.abort(new Error('no longer wanted'));
    await expect(running).rejects.toThrow('no longer wanted');
    await childIsGone();
  });
});

it('one that left a process behind, which keeps its output open, is not waited for', async () => {
  const orphan = `require('node:fs').writeFileSync(${JSON.stringify(join(folder, 'pid'))}, String(process.pid)); ${waiting}`;
  const script = `require('node:child_process').spawn(process.execPath, ['-e', ${JSON.stringify(orphan)}], { stdio: 'inherit', detached: true }).unref(); process.exit(0)`;
  const { exceeded } = await run(script, { ...generous, time: 2000 });
  expect(exceeded).toBe('time');
  await expect.poll(hasSaid).toBe(true);
  process.kill(Number(readFileSync(join(folder, 'pid'), 'utf8')), 'SIGKILL');
});

it('a program ends with ours', async () => {
  const script = `import { runLimited } from ${JSON.stringify(join(import.meta.dirname, '../../../main/export/limited-process.ts'))};
    import { ownNode } from ${JSON.stringify(join(import.meta.dirname, '../../../shared/programs.ts'))};
    void runLimited(ownNode(), ['-e', ${JSON.stringify(`require('node:fs').writeFileSync(${JSON.stringify(join(folder, 'pid'))}, String(process.pid)); ${waiting}`)}], { limits: { memory: 2 ** 32, time: 60_000 } });
    const look = setInterval(() => { if (statSync(${JSON.stringify(join(folder, 'pid'))}, { throwIfNoEntry: false })?.size) process.exit() }, 20);
    import { statSync } from 'node:fs';`;
  execFileSync(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script], { stdio: 'pipe' });
  const pid = Number(readFileSync(join(folder, 'pid'), 'utf8'));
  await expect.poll(() => isRunning(pid)).toBe(false);
});

it('Graphviz of this system is given up in words', async () => {
  const dot = `digraph { ${Array.from({ length: 3000 }, (_, i) => `${i} -> ${(i * 7) % 3000}; ${i} -> ${(i * 13) % 3000};`).join('')} }`;
  const limits = { ...generous, time: 300 };
  await expect(renderBySystemDot(dot, 'gif', { engine: 'dot', limits })).rejects.toThrow(
    /^the system's dot took more than 0.3 seconds; these formats always work: dot, svg, png, json, xdot$/,
  );
});
