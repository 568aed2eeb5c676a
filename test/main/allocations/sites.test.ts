// `objgraph sites` on real processes: who makes the objects of a class, checked against a program that counts them itself.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { isDeepStrictEqual } from 'node:util';
import { build as esbuild } from 'esbuild';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { listeningPorts } from '../../../main/targets/listening-ports.ts';
import {
  endPrograms,
  nodes,
  oldestAndNewest,
  root,
  start,
  track,
  type Program,
} from '../targets/programs.ts';

const cli = join(root, 'dist/cli.js');
const folder = mkdtempSync(join(tmpdir(), 'objgraph-sites-'));
afterEach(endPrograms);
afterAll(() => rmSync(folder, { recursive: true }));

interface Call {
  function: string;
  location: { script: string; line: number } | null;
  generated?: { function: string };
}
interface Found {
  classes: {
    type: string;
    location: { script: string; line: number } | null;
    sites: { stack: Call[]; made: number | null; alive: number | null }[];
    made: number | null;
    alive: number | null;
    isComplete: boolean;
  }[];
}

/** One object of each class a round, slowly enough that all are seen; `login` keeps one of two. */
const program = `
const { EventEmitter } = require('node:events');
class Session { constructor(id) { this.id = id; } }
class Admin extends Session {}
class Guard extends EventEmitter { constructor(id) { super(); this.id = id; } }
class Table extends Map {}
function Old(id) { this.id = id; }
const kept = [];
const text = 'a text of my own';
function login(i) { const s = new Session(i); if (i % 2 === 0) kept.push(s); }
function refresh(i) { new Session(i); }
function promote(i) { new Admin(i); }
function guard(i) { kept.push(new Guard(i)); }
function others(i) { new Table(); new Old(i); kept.push({ literal: text + i }); }
let i = 0;
const prepare = Error.prepareStackTrace = (error) => error.message;
setInterval(() => { login(i); refresh(i); promote(i); guard(i); others(i); i++; debugger; }, 100);
process.on('SIGUSR2', () => console.log(JSON.stringify({
  globals: Reflect.ownKeys(globalThis).map(String).filter((name) => name.includes('objgraph')),
  isSame: Error.prepareStackTrace === prepare && Error.stackTraceLimit === 10,
  rounds: i,
})))`;

interface State {
  globals: string[];
  isSame: boolean;
  rounds: number;
}

async function stateOf({ child }: Program): Promise<State> {
  const answer = once(child.stdout!, 'data');
  child.kill('SIGUSR2');
  return JSON.parse(String((await answer)[0])) as State;
}

function sites(pid: number, ...args: string[]) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [cli, 'sites', String(pid), '--for', '2s', '--json', ...args],
    { cwd: folder, encoding: 'utf8', maxBuffer: 2 ** 26 },
  );
  expect(status, stderr).toBe(0);
  return (JSON.parse(stdout) as Found).classes;
}

const makers = ({ sites: list }: Found['classes'][number]) =>
  list.map(({ stack, made, alive }) => ({ by: stack[0].function, made, alive }));

describe.each(oldestAndNewest)('$name', ({ path }) => {
  it('sees who makes the objects of a class, and how many of them are alive', async () => {
    const running = await start(program, { node: path, asFile: true });
    const [found] = sites(running.pid, '--type', 'Session');
    const { made, alive, isComplete } = found;
    expect(isComplete).toBe(true);
    expect(made).toBeGreaterThan(0);
    const byLogin = makers(found).find(({ by }) => by === 'login')!;
    const byRefresh = makers(found).find(({ by }) => by === 'refresh')!;
    expect(found.sites).toHaveLength(2);
    expect(Math.abs(byLogin.made! - byRefresh.made!)).toBeLessThanOrEqual(1);
    expect(Math.abs(byLogin.alive! - byLogin.made! / 2)).toBeLessThanOrEqual(1);
    expect(byRefresh.alive).toBe(0);
    expect(alive).toBe(byLogin.alive);
    // The lines of `new Session` themselves.
    const line = (text: string) => program.split('\n').findIndex((each) => each.includes(text)) + 1;
    const places = found.sites.map(({ stack }) => stack[0].location!.line);
    expect(places.sort()).toEqual([line('function login'), line('function refresh')].sort());
    expect(found.location!.line).toBe(line('class Session'));
    // Subclasses are classes of their own; their constructors are no makers.
    const [admins] = sites(running.pid, '--type', 'Admin');
    expect(makers(admins)).toEqual([{ by: 'promote', made: expect.any(Number) as number, alive: 0 }]);
    const [guards] = sites(running.pid, '--type', 'Guard');
    expect(makers(guards)).toEqual([{ by: 'guard', made: guards.made, alive: guards.made }]);
    expect(guards.made).toBeGreaterThan(0);
    const after = await stateOf(running);
    expect(after).toMatchObject({ globals: [], isSame: true });
    await sleep(300);
    expect((await stateOf(running)).rounds).toBeGreaterThan(after.rounds);
    expect(await listeningPorts(running.pid)).toEqual([]);
  });
});

it('a class of the language under it: its objects are seen when they are made, and not whether they live', async () => {
  const { pid } = await start(program, { asFile: true });
  const [tables] = sites(pid, '--type', 'Table');
  expect(makers(tables)).toEqual([{ by: 'others', made: tables.made, alive: null }]);
  expect(tables).toMatchObject({ alive: null });
  expect(makers(sites(pid, '--type', 'Old')[0])[0]).toMatchObject({ by: 'others', alive: 0 });
});

// Node 20 gives many objects no stack. V8 loses the stacks of objects that a collection moves once it has counted them, which it
// does every 50 ms: a program that makes many has some that are newer, and where there was a collection just then, it is asked again.
it('literals: V8 tracks all allocations for a short time, and knows who made what is alive', async () => {
  const busy = program.replace('}, 100);', '}, 5);');
  const running = await start(busy, { node: nodes[nodes.length - 1].path, asFile: true });
  let others: { alive: number | null } | undefined;
  await until(async () => {
    const [objects] = sites(running.pid, '--type', 'Object', '--yes', '--for', '1s');
    expect(objects).toMatchObject({ made: null, isComplete: false });
    others = makers(objects).find(({ by }) => by === 'others');
    return others !== undefined;
  });
  expect(others!.alive).toBeGreaterThan(0);
  expect(await stateOf(running)).toMatchObject({ globals: [] });
  expect(await listeningPorts(running.pid)).toEqual([]);
});

it('of a global object of node:vm, all allocations are tracked instead, after a word why', async () => {
  const { pid } = await start(
    `const made = require('node:vm').runInNewContext('class Elsewhere { constructor() { this.a = 1 } }; Elsewhere');
     const kept = []; setInterval(() => kept.push(new made()), 2)`,
    { node: nodes[nodes.length - 1].path, asFile: true },
  );
  const { status, stderr, stdout } = spawnSync(
    process.execPath,
    [cli, 'sites', String(pid), '--type', 'Elsewhere', '--for', '1s', '--yes'],
    { encoding: 'utf8' },
  );
  expect(stderr).toContain(
    'Elsewhere: it is of another global object (node:vm): V8 will track every allocation',
  );
  expect(status, stderr).toBe(0);
  expect(stdout).toContain('Elsewhere');
});

it('in a heap that a snapshot would pause for seconds, V8 lists the classes, and what that costs is said', async () => {
  const { pid } = await start(
    `class Fields { a = 1 }
     const large = Array.from({ length: 2e7 }, (_, i) => i + 0.5);
     const kept = []; function make() { kept.push(new Fields(large.length)) } setInterval(make, 50)`,
    { asFile: true },
  );
  const { status, stderr, stdout } = spawnSync(
    process.execPath,
    [cli, 'sites', String(pid), '--type', 'Fields', '--for', '1s'],
    { encoding: 'utf8' },
  );
  expect(status, stderr).toBe(0);
  expect(stderr).toMatch(/has a heap of \d+\.\d MB: to find the class, V8 lists all functions/);
  expect(stdout).toMatch(/100\.0 % {2}make — /);
});

it('counts what is capped as a sample, and says so', async () => {
  const { pid } = await start(
    `class Job {} const make = () => new Job(); setInterval(() => { for (let i = 0; i < 50; i++) make() }, 5)`,
    { asFile: true },
  );
  const [jobs] = sites(pid, '--type', 'Job', '--most', '50');
  expect(jobs.isComplete).toBe(false);
  expect(jobs.made).toBeGreaterThan(0);
  expect(jobs.made).toBeLessThanOrEqual(50);
  const { stdout } = spawnSync(
    process.execPath,
    [cli, 'sites', String(pid), '--for', '1s', '--type', 'Job', '--most', '50'],
    { encoding: 'utf8' },
  );
  expect(stdout).toContain('shares are an estimate from this sample');
});

it('leaves the program as it was when it is stopped by Ctrl-C, and when it is killed', async () => {
  const running = await start(program, { asFile: true });
  for (const signal of ['SIGINT', 'SIGKILL'] as const) {
    const command = track(
      spawn(process.execPath, [cli, 'sites', String(running.pid), '--type', 'Session', '--for', '60s'], {
        stdio: 'ignore',
      }),
    );
    const ended = once(command, 'exit');
    await until(async () => (await stateOf(running)).globals.length > 0);
    command.kill(signal);
    const [status] = (await ended) as [number | null];
    if (signal === 'SIGINT') {
      expect(status).toBe(130);
      expect((await stateOf(running)).globals).toEqual([]);
    }
    await until(async () => (await stateOf(running)).globals.length === 0);
    await until(async () => (await listeningPorts(running.pid)).length === 0);
    const { rounds } = await stateOf(running);
    await sleep(500);
    expect((await stateOf(running)).rounds).toBeGreaterThan(rounds);
  }
}, 120_000);

describe('V8 notes nothing more when objgraph is killed', () => {
  /** Answers whether V8 samples, and whether it tracks allocations: then every snapshot has their stacks. */
  const watched = `
    class Session {}
    const kept = [];
    setInterval(() => kept.push({ session: new Session() }), 50);
    const { Session: Inspector } = require('node:inspector');
    // It stays: V8 stops tracking for all clients when one of them leaves.
    const inspector = new Inspector();
    inspector.connect();
    process.on('SIGUSR2', () => {
      inspector.post('HeapProfiler.getSamplingProfile', (error) => {
        const snapshot = require('node:v8').getHeapSnapshot();
        const traces = /"trace_function_count":(\\d+)/.exec(String(snapshot.read(5000)))[1];
        snapshot.destroy();
        console.log(JSON.stringify({ samples: !error, tracks: traces !== '0' }));
      });
    });`;
  const noted = async ({ child }: Program) => {
    const answer = once(child.stdout!, 'data');
    child.kill('SIGUSR2');
    return JSON.parse(String((await answer)[0])) as { samples: boolean; tracks: boolean };
  };

  it.each([
    ['samples', ['allocations'], { samples: true, tracks: false }],
    ['tracks', ['sites', '--type', 'Object', '--yes'], { samples: false, tracks: true }],
  ])('while it %s', async (_way, [name, ...options], meanwhile) => {
    const running = await start(watched, { asFile: true });
    const command = track(
      spawn(process.execPath, [cli, name, String(running.pid), '--for', '60s', ...options], {
        stdio: ['ignore', 'ignore', 'pipe'],
      }),
    );
    let errors = '';
    command.stderr?.on('data', (text: Buffer) => (errors += text.toString()));
    await until(async () => {
      if (command.exitCode !== null) throw new Error(`objgraph ended with ${command.exitCode}: ${errors}`);
      return isDeepStrictEqual(await noted(running), meanwhile);
    });
    command.kill('SIGKILL');
    await until(async () => isDeepStrictEqual(await noted(running), { samples: false, tracks: false }));
    await until(async () => (await listeningPorts(running.pid)).length === 0);
  });
});

it('says that V8 stopped tracking when another debugger of the program left', async () => {
  const { pid } = await start(
    `const { Session } = require('node:inspector');
     const kept = []; setInterval(() => kept.push({}), 50);
     setInterval(() => { const other = new Session(); other.connect(); other.disconnect() }, 300)`,
    { asFile: true },
  );
  const { status, stderr, stdout } = spawnSync(
    process.execPath,
    [cli, 'sites', String(pid), '--type', 'Object', '--for', '2s', '--yes'],
    { encoding: 'utf8' },
  );
  expect(stderr).toContain(`V8 stopped tracking the allocations of process ${pid} too early`);
  expect(stderr).not.toContain('was made in this time');
  expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
});

it('does not say that none was made, where V8 tracked none that is alive', async () => {
  const { pid } = await start(`setInterval(() => new Map(), 50)`, { asFile: true });
  const { status, stderr } = spawnSync(
    process.execPath,
    [cli, 'sites', String(pid), '--type', 'RegExp', '--for', '1s', '--yes'],
    { encoding: 'utf8' },
  );
  expect(stderr).toContain('no RegExp that V8 tracked is still alive');
  expect(status).toBe(0);
});

/** Between two questions, each of which may be a snapshot, the program has twice the time that one took for itself. */
async function until(isSo: () => Promise<boolean>): Promise<void> {
  for (let start = performance.now(); !(await isSo()); start = performance.now())
    await sleep(Math.max(100, 2 * (performance.now() - start)));
}

it('has the names and lines of the author, in a bundle that is minified', async () => {
  mkdirSync(join(folder, 'src'), { recursive: true });
  const source = `// Sessions.
interface User { name: string }

export class ShoppingCart {
  items: string[] = [];
  constructor(readonly user: User) {}
}
const kept: ShoppingCart[] = [];

function rememberCart(user: User) {
  kept.push(
    new ShoppingCart(user),
  );
}
setInterval(() => rememberCart({ name: 'a' }), 50);
console.log('up');
`;
  writeFileSync(join(folder, 'src/cart.ts'), source);
  await esbuild({
    entryPoints: [join(folder, 'src/cart.ts')],
    outfile: join(folder, 'cart.min.cjs'),
    ...{ bundle: true, minify: true, sourcemap: true, platform: 'node', format: 'cjs', logLevel: 'silent' },
  });
  const child = track(spawn(process.execPath, ['--inspect-port=0', join(folder, 'cart.min.cjs')]));
  await once(child.stdout, 'data');
  const [carts] = sites(child.pid!, '--type', 'ShoppingCart');
  expect(carts).toMatchObject({
    type: 'ShoppingCart',
    location: { script: pathToFileURL(join(folder, 'src/cart.ts')).href, line: 6 },
  });
  const [{ stack }] = carts.sites;
  expect(stack[0].location).toMatchObject({
    script: pathToFileURL(join(folder, 'src/cart.ts')).href,
    line: 12,
  });
  expect(stack[0].function).toBe('rememberCart');
  expect(sites(child.pid!, '--type', 'ShoppingCart — src/cart.ts:6')[0].made).toBeGreaterThan(0);
});

it('takes no module for a class, whose first line it begins with', async () => {
  writeFileSync(
    join(folder, 'src/first.ts'),
    'class First { a = 1 }\nsetInterval(() => new First(), 50);\nconsole.log(7);',
  );
  await esbuild({
    entryPoints: [join(folder, 'src/first.ts')],
    outfile: join(folder, 'first.min.mjs'),
    ...{ bundle: true, minify: true, sourcemap: true, format: 'esm', logLevel: 'silent' },
  });
  const child = track(spawn(process.execPath, ['--inspect-port=0', join(folder, 'first.min.mjs')]));
  await once(child.stdout, 'data');
  const found = sites(child.pid!, '--type', 'First');
  expect(found.map(({ location }) => location?.line)).toEqual([1]);
  expect(found[0].made).toBeGreaterThan(0);
});

it('says what is wrong with a command line, and with a class that there is not', async () => {
  const run = (...args: string[]) =>
    spawnSync(process.execPath, [cli, 'sites', ...args], { encoding: 'utf8' });
  expect(run('1')).toMatchObject({
    status: 2,
    stderr: expect.stringContaining('say of which class') as string,
  });
  expect(run('1', '--type', 'A', '--for', 'soon').stderr).toContain('--for is a time such as 30s or 2m');
  expect(run('a.heapsnapshot', '--type', 'A')).toMatchObject({ status: 1 });
  const { pid } = await start(program, { asFile: true });
  const { status, stderr } = run(String(pid), '--type', 'Nothing', '--for', '1s');
  expect(status).toBe(1);
  expect(stderr).toContain('there is no class "Nothing"');
});
