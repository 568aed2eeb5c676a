// Running Python processes, attached to by a real debugger: their heap, and that they go on as before.
import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, describe, expect, it } from 'vitest';
import { Attachment } from '../../../../main/documents/attachment.ts';
import { HeapDocument } from '../../../../main/documents/heap-document.ts';
import { obstacleOf } from '../../../../main/targets/python/obstacles.ts';
import { pythonProcess } from '../../../../main/targets/python/python-process.ts';
import { titleOf } from '../../../../main/targets/processes/command-line.ts';
import { OtherUser } from '../../other-user.ts';
import { debianPython, folder, nodesWhere, oldPythons, pythons, readSnapshot } from './dumped.ts';

const python = debianPython;
const cli = resolve('dist/cli.js');
const processes: ChildProcess[] = [];
afterEach(() => {
  for (const child of processes.splice(0)) child.kill('SIGKILL');
});

interface Program {
  child: ChildProcess;
  pid: number;
  output(): string;
}

const server = resolve('test/fixtures/python/server.py');

const start = (mode: string, interpreter = python) => startProgram(interpreter, [server, mode]);

async function startProgram(command: string, args: string[]): Promise<Program> {
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  processes.push(child);
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => (output += text));
  await expect.poll(() => output).toContain('ready');
  return { child, pid: child.pid!, output: () => output };
}

const objgraph = (...args: string[]) => promisify(execFile)(process.execPath, [cli, ...args]);

/** What the command says on its standard error, when it fails. */
const refusal = (...args: string[]): Promise<string> =>
  objgraph(...args).then(
    () => 'it was not refused',
    ({ stderr }: { stderr: string }) => stderr,
  );

async function sessionsIn(pid: number): Promise<number | undefined> {
  const { stdout } = await objgraph('types', String(pid), '--json');
  const { types } = JSON.parse(stdout) as { types: { type: string; count: number }[] };
  return types.find(({ type }) => type.endsWith('Session'))?.count;
}

const foldersOfVisits = () => readdirSync('/tmp').filter((name) => /^objgraph-[\da-f-]{36}$/.test(name));
/** Other programs of this machine may visit, too, or have been killed as they did. */
const earlier = new Set(foldersOfVisits());
const leftovers = () => foldersOfVisits().filter((name) => !earlier.has(name));

it.each(['busy', 'thread', 'sleep'])('reads the heap of a program whose main thread is %s', async (mode) => {
  const { child, pid, output } = await start(mode);
  expect(await sessionsIn(pid)).toBe(500);
  const before = output().length;
  if (mode !== 'sleep') await expect.poll(() => output().length).toBeGreaterThan(before);
  else await sleep(300);
  expect(child.exitCode).toBeNull();
  expect(child.signalCode).toBeNull();
  expect(output()).not.toContain('woke');
  await expect.poll(leftovers).toEqual([]);
});

const others = pythons.filter((one) => one !== python);
if (others.length === 0) console.log('NOT RUN for want of another Python than Debian’s.');

it.skipIf(others.length === 0).each(process.env.OBJGRAPH_ALL ? others : others.slice(-1))(
  'reads the heap of a program that runs in %s',
  async (interpreter) => {
    const { child, pid, output } = await start('busy', interpreter);
    expect(await sessionsIn(pid)).toBe(500);
    const before = output().length;
    await expect.poll(() => output().length).toBeGreaterThan(before);
    expect(child.exitCode).toBeNull();
    await expect.poll(leftovers).toEqual([]);
  },
);

/** As on a machine that has no other way in than the programs in a folder. */
async function sessionsByWay(pid: number, programs: string): Promise<number | undefined> {
  const { stdout } = await promisify(execFile)(process.execPath, [cli, 'types', String(pid), '--json'], {
    env: { ...process.env, PATH: programs },
  });
  const { types } = JSON.parse(stdout) as { types: { type: string; count: number }[] };
  return types.find(({ type }) => type.endsWith('Session'))?.count;
}

const lldb = ['/usr/bin/lldb', '/usr/local/bin/lldb'].find((path) => existsSync(path));
if (lldb === undefined) console.log('NOT RUN for want of lldb: attaching by it.');

it.skipIf(lldb === undefined).each(['busy', 'sleep'])(
  'reads the heap by lldb, where there is no gdb, of a program whose main thread is %s',
  async (mode) => {
    const programs = join(folder, `lldb-${mode}`);
    mkdirSync(programs);
    symlinkSync(lldb!, join(programs, 'lldb'));
    const { child, pid, output } = await start(mode);
    expect(await sessionsByWay(pid, programs)).toBe(500);
    const before = output().length;
    if (mode === 'busy') await expect.poll(() => output().length).toBeGreaterThan(before);
    expect(output()).not.toContain('woke');
    expect(child.exitCode).toBeNull();
    await expect.poll(leftovers).toEqual([]);
  },
);

const newPython = process.env.OBJGRAPH_PYTHON;
if (newPython === undefined)
  console.log('NOT RUN for want of OBJGRAPH_PYTHON (fixtures/python/python-3.14.mjs): sys.remote_exec.');

it.skipIf(newPython === undefined)('reads the heap by sys.remote_exec, without a debugger', async () => {
  const programs = dirname(newPython!);
  const busy = await start('busy', newPython);
  expect(await sessionsByWay(busy.pid, programs)).toBe(500);
  expect(busy.child.exitCode).toBeNull();
  // Its main thread runs the script when it comes to an instruction: one that waits is refused, and no file is missed later.
  const waiting = await start('thread', newPython);
  await expect(sessionsByWay(waiting.pid, programs)).rejects.toThrow('its main thread waits in C');
  const before = waiting.output().length;
  await expect.poll(() => waiting.output().length).toBeGreaterThan(before);
  expect(waiting.output()).not.toMatch(/Traceback|Error/);
  await expect.poll(leftovers).toEqual([]);
});

it('reads the heap of a program that has Python as a library', async () => {
  const code = 'python import sys, time; print("ready"); sys.stdout.flush(); time.sleep(1000)';
  const { child, pid } = await startProgram('gdb', ['-nx', '--batch', '-ex', code]);
  const { stdout } = await objgraph('types', String(pid), '--json');
  const { types } = JSON.parse(stdout) as { types: { type: string; count: number }[] };
  expect(types.find(({ type }) => type === 'dict')!.count).toBeGreaterThan(100);
  expect(child.exitCode).toBeNull();
  await expect.poll(leftovers).toEqual([]);
});

const old = ['2.7', '3.6', '3.8'].flatMap((version) =>
  oldPythons.filter(({ name }) => name.startsWith(version)),
);

it.skipIf(old.length === 0).each(old)('refuses Python $name in words', async ({ path, name }) => {
  const child = spawn(path, ['-c', 'import time; time.sleep(1000)'], { stdio: 'ignore' });
  processes.push(child);
  const version = name.split('.').slice(0, 2).join('.');
  await expect
    .poll(() => refusal('types', String(child.pid)))
    .toBe(`objgraph: process ${child.pid} runs Python ${version}: 3.9 is the oldest that can be read\n`);
  expect(child.exitCode).toBeNull();
});

it.each(process.env.OBJGRAPH_ALL ? ['locked', 'collecting'] : ['collecting'])(
  'does not disturb a program that is %s: it says so, and the program goes on',
  async (mode) => {
    const { child, pid, output } = await start(mode);
    expect(await refusal('types', String(pid))).toBe(
      `objgraph: process ${pid} is in the middle of a collection, or of another call into C that holds the interpreter's lock: try again later\n`,
    );
    await expect.poll(output).toMatch(/went on\n\d+/);
    expect(child.exitCode).toBeNull();
    await expect.poll(leftovers).toEqual([]);
    expect(await sessionsIn(pid)).toBe(500);
  },
);

it('says what it costs where the program cannot fork, before it is taken', async () => {
  const { child, pid, output } = await start('forkless');
  const { stdout, stderr } = await objgraph(
    'snapshot',
    String(pid),
    '--output',
    join(folder, 'forkless.heapsnapshot'),
  );
  expect(stdout + stderr).toMatch(/process \d+ has a heap of .*: it will stand still for about [\d.]+ s/);
  const before = output().length;
  await expect.poll(() => output().length).toBeGreaterThan(before);
  expect(child.exitCode).toBeNull();
  await expect.poll(leftovers).toEqual([]);
});

const isRoot = process.geteuid?.() === 0;
if (!isRoot) console.log('NOT RUN without root: Python processes in containers, and of another user.');

describe.skipIf(!isRoot)('as root', () => {
  it('reads a program in a container: other files, another number', async () => {
    const root = mkdtempSync('/tmp/objgraph-container-');
    const binds = ['/usr', '/lib', '/lib64', '/etc', '/proc', '/dev']
      .filter((path) => existsSync(path))
      .map((path) => `mkdir -p ${root}${path} && mount --rbind ${path} ${root}${path}`);
    const run = `${binds.join(' && ')} && mkdir -m 1777 ${root}/tmp && cp ${server} ${root}/server.py && exec unshare -p -f --kill-child chroot ${root} /usr/bin/python3 /server.py busy`;
    const { child, output } = await startProgram('unshare', ['-m', '--kill-child', 'sh', '-c', run]);
    try {
      const { stdout: found } = await promisify(execFile)('pgrep', [
        '-f',
        '^/usr/bin/python3 /server.py busy$',
      ]);
      const pid = Number(found.trim().split('\n').at(-1));
      expect(await sessionsIn(pid)).toBe(500);
      expect(readdirSync(join(root, 'tmp'))).toEqual([]);
      const before = output().length;
      await expect.poll(() => output().length).toBeGreaterThan(before);
      process.kill(pid, 'SIGKILL');
    } finally {
      child.kill('SIGKILL');
      await once(child, 'close');
      rmSync(root, { recursive: true, force: true });
    }
  });

  it('another user is refused in words', async () => {
    const { pid } = await start('sleep');
    const other = new OtherUser();
    try {
      const { status, stderr } = await other.objgraph(['types', String(pid)]);
      expect(stderr).toMatch(/^objgraph: process \d+ belongs to another user/);
      expect(status).toBe(1);
    } finally {
      other.remove();
    }
  });
});

it('is refused by a program that only looks like Python', async () => {
  const path = join(folder, 'python3');
  copyFileSync('/bin/sleep', path);
  const child = spawn(path, ['1000'], { stdio: 'ignore' });
  processes.push(child);
  expect(await refusal('types', String(child.pid))).toContain(
    'does not have the functions of CPython where gdb can find them: its program is stripped of them, or it is not CPython',
  );
  expect(child.exitCode).toBeNull();
  await expect.poll(leftovers).toEqual([]);
});

// A stand-in for the kernel's setting, which a test cannot change.
it.each([
  ['0', null],
  [
    '1',
    /lets only root attach a debugger .* \(kernel\.yama\.ptrace_scope is 1\): run this command with sudo/,
  ],
  [
    '2',
    /lets only root attach a debugger .* \(kernel\.yama\.ptrace_scope is 2\): run this command with sudo/,
  ],
  ['3', /lets no debugger attach to process \d+ \(kernel\.yama\.ptrace_scope is 3\)/],
])('with ptrace_scope %s', async (scope, words) => {
  const scopeFile = join(folder, 'ptrace_scope');
  writeFileSync(scopeFile, `${scope}\n`);
  const { pid } = await start('sleep');
  const obstacle = await obstacleOf(await pythonProcess(pid), { isRoot: () => false, scopeFile });
  if (words === null) expect(obstacle).toBeNull();
  else expect(obstacle).toMatch(words);
});

it('a stopped program is refused in words, and stays stopped', async () => {
  const { child, pid } = await start('busy');
  child.kill('SIGSTOP');
  await expect
    .poll(() => refusal('types', String(pid)))
    .toContain(`is stopped: continue it first (kill -CONT ${pid})`);
  expect(readFileSync(`/proc/${pid}/status`, 'utf8')).toMatch(/^State:\tT/m);
});

it('without a debugger, the statements to paste write a snapshot', async () => {
  const { pid } = await start('sleep');
  const message = await promisify(execFile)(process.execPath, [cli, 'types', String(pid)], {
    env: { ...process.env, PATH: '/nonexistent' },
  }).then(
    () => 'it was not refused',
    ({ stderr }: { stderr: string }) => stderr,
  );
  expect(message).toMatch(
    /neither gdb nor lldb is installed: install gdb, or run in the program: import runpy; /,
  );
  const lines = message
    .slice(message.indexOf('import runpy'))
    .replaceAll(`/tmp/${pid}`, join(folder, 'pasted'));
  const { stdout } = await promisify(execFile)(python, [
    '-W',
    'error',
    '-c',
    `${lines}\nimport time\ntime.sleep(1.5)`,
  ]);
  expect(stdout).toBe('');
  expect(
    nodesWhere(readSnapshot(join(folder, 'pasted.heapsnapshot')), (name) => name === 'module').length,
  ).toBeGreaterThan(10);
});

it('keeps ids over two snapshots of one visit', async () => {
  const { pid } = await start('sleep');
  const { stdout } = await objgraph('growth', String(pid), String(pid), '--every', '0.2', '--json');
  const { matchedBy, types } = JSON.parse(stdout) as {
    matchedBy: string;
    types: { type: string; count: number }[];
  };
  expect(matchedBy).toBe('id');
  // Nothing of the program grew, and the dumper's own functions and classes are left out.
  const grown = types.filter(({ count }) => count > 0).map(({ type }) => type);
  expect(grown.filter((type) => /Session|^function$|^code$|^type$/.test(type))).toEqual([]);
});

it('is refused by a process that a debugger has already, and says so', async () => {
  const { pid } = await start('sleep');
  const gdb = spawn('gdb', ['-nx', '-q', '-p', String(pid)], { stdio: ['pipe', 'ignore', 'ignore'] });
  processes.push(gdb);
  await expect
    .poll(() =>
      objgraph('types', String(pid)).then(
        () => '',
        (error: { stderr: string }) => error.stderr,
      ),
    )
    .toMatch(/is traced by process \d+: end that debugger first/);
});

it('leaves no child and no debugger behind, visit after visit', async () => {
  const { child, pid } = await start('busy');
  for (let visit = 0; visit < (process.env.OBJGRAPH_ALL ? 5 : 2); visit++)
    await objgraph('types', String(pid), '--limit', '1');
  const { stdout } = await promisify(execFile)('ps', ['--ppid', String(pid), '-o', 'pid=']).catch(() => ({
    stdout: '',
  }));
  expect(stdout.trim()).toBe('');
  expect(child.exitCode).toBeNull();
  await expect.poll(leftovers).toEqual([]);
});

it('forks a program whose threads all compute, again and again, and no process of ours stays in it', async () => {
  const spinning = `
import sys, threading
class Session: pass
cache = [Session() for _ in range(500)]
def spin():
    while True: sum(range(1000))
for _ in range(3): threading.Thread(target=spin, daemon=True).start()
print('ready', flush=True)
spin()`;
  const { child, pid } = await startProgram(python, ['-c', spinning]);
  for (let visit = 0; visit < (process.env.OBJGRAPH_ALL ? 10 : 2); visit++)
    expect(await sessionsIn(pid)).toBe(500);
  expect(readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8')).toBe('');
  expect(child.exitCode).toBeNull();
  await expect.poll(leftovers).toEqual([]);
});

it('reads a program that ignores its children', async () => {
  const code = `
import signal, sys
signal.signal(signal.SIGCHLD, signal.SIG_IGN)
class Session: pass
cache = [Session() for _ in range(500)]
print('ready', flush=True)
while True: sum(range(1000))`;
  const { child, pid } = await startProgram(python, ['-c', code]);
  expect(await sessionsIn(pid)).toBe(500);
  expect(readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8')).toBe('');
  expect(child.exitCode).toBeNull();
  await expect.poll(leftovers).toEqual([]);
});

it('removes its folder when the process ends meanwhile', async () => {
  const { child, pid } = await start('locked');
  const visit = refusal('types', String(pid));
  await expect.poll(leftovers).toHaveLength(1);
  child.kill('SIGKILL');
  expect(await visit).toMatch(/^objgraph: /);
  await expect.poll(leftovers).toEqual([]);
});

it('loses no request of a server under load, however often it is visited', async () => {
  const visits = process.env.OBJGRAPH_ALL ? 20 : 2;
  const load = JSON.stringify(resolve('test/bench/python-load.mjs'));
  const code = `import(${load})
    .then(({ visitUnderLoad }) => visitUnderLoad({ python: '${python}', visits: ${visits} }))
    .then((result) => console.log(JSON.stringify(result)))`;
  const { stdout } = await promisify(execFile)(process.execPath, ['-e', code]);
  const { answered, lost, before, after, isRunning } = JSON.parse(stdout) as {
    answered: number;
    lost: string[];
    isRunning: boolean;
    before: Record<string, number>;
    after: Record<string, number>;
  };
  expect(lost).toEqual([]);
  expect(answered).toBeGreaterThan(100);
  expect(isRunning).toBe(true);
  expect(after).toMatchObject({ files: before.files, children: 0, tracer: 0 });
}, 300_000);

it('a class is called with its module, and found by its name alone for a hint', async () => {
  const { pid } = await start('sleep');
  expect(await refusal('instances', String(pid), '--type', 'session')).toContain(
    'has no objects of type "session"; did you mean __main__.Session?',
  );
});

it('is in the list of processes, with its script and its version', async () => {
  const { pid } = await start('sleep');
  const { stdout } = await objgraph('ps', '--json');
  const { targets } = JSON.parse(stdout) as { targets: { pid: number }[] };
  expect(targets.find((target) => target.pid === pid)).toMatchObject({
    address: String(pid),
    title: 'server.py',
    runtime: 'python',
    version: expect.stringMatching(/^3\.\d+$/),
    folder: process.cwd(),
    inspector: null,
    obstacle: null,
  });
});

it.each([
  ['python3 -W error /srv/app.py --port 80', 'app.py'],
  ['python3.11 -m http.server 8000', 'python -m http.server'],
  ['python3 -Im venv', 'python -m venv'],
  ['python3 -c while(1):pass', 'python -c'],
  ['python3', 'python3'],
  ['gdb -nx -iex set', 'gdb'],
  ['uwsgi --ini app.ini', 'uwsgi'],
])('the title of `%s` is %s', (line, title) => {
  const args = line.split(' ');
  expect(titleOf('python', args, `/usr/bin/${args[0]}`)).toBe(title);
});

it('a window attaches to it: snapshots of one process, the second with the same ids, and no expressions', async () => {
  const { pid, child } = await start('thread');
  const heap = new HeapDocument();
  const attachment = new Attachment(heap);
  try {
    await attachment.attach(String(pid));
    expect(attachment.state).toMatchObject({
      title: 'server.py',
      runtime: 'python',
      status: 'attached',
      isInspectable: false,
      problem: null,
    });
    const memory = await attachment.attached.memory();
    expect(memory).toMatchObject({ heapUsed: null, heapTotal: null, external: null });
    expect(memory!.rss).toBeGreaterThan(1e6);
    expect((await attachment.attached.estimate()).pause).toBeLessThan(1000);
    await attachment.takeSnapshot();
    await attachment.takeSnapshot();
    expect(attachment.state).toMatchObject({ status: 'attached', problem: null });
    expect(heap.state).toMatchObject({ sameProcess: true });
    expect(heap.state!.snapshots).toHaveLength(2);
    await expect(attachment.evaluate('1')).rejects.toThrow('no expression can be run in it');
    child.kill('SIGKILL');
    await expect
      .poll(() => attachment.state)
      .toMatchObject({ status: 'ended', problem: { message: `process ${pid} ended` } });
  } finally {
    await attachment.close();
    heap.close();
  }
});
