// The commands in front of a person: on a real terminal, which util-linux's `script` makes.
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeHeapSnapshot } from 'node:v8';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { listeningPorts } from '../../../main/targets/listening-ports.ts';
import { endPrograms, start } from '../targets/programs.ts';

const cli = join(import.meta.dirname, '../../../dist/cli.js');
const folder = mkdtempSync(join(tmpdir(), 'objgraph-terminal-'));
const temporary = join(folder, 'tmp');
beforeAll(() => {
  mkdirSync(temporary);
  writeHeapSnapshot(join(folder, 'own.heapsnapshot'));
});
afterEach(() => {
  endPrograms();
  for (const terminal of terminals.splice(0)) terminal.kill();
});
afterAll(() => rmSync(folder, { recursive: true }));

const terminals: ChildProcess[] = [];

/** A command in a terminal of its own: what the screen was told, and keys that can be pressed. */
class Terminal {
  screen = '';
  readonly status: Promise<number | null>;
  readonly #child: ChildProcess;

  /** @param before what the shell is to do before the command: `cat file |` */
  constructor(args: string[], before = '') {
    const command = [process.execPath, cli, ...args].map((word) => `'${word}'`).join(' ');
    this.#child = spawn('script', ['-qefc', `${before} ${command}`, '/dev/null'], {
      cwd: folder,
      env: { ...process.env, TERM: 'xterm', TMPDIR: temporary, OBJGRAPH_VIEWER: 'none' },
    });
    terminals.push(this.#child);
    this.#child.stdout!.on('data', (data: Buffer) => (this.screen += data.toString()));
    this.status = new Promise((ended) => this.#child.once('close', ended));
  }

  press(keys: string): void {
    this.#child.stdin!.write(keys);
  }

  async shows(text: string | RegExp): Promise<void> {
    await expect.poll(() => this.screen).toMatch(text);
  }

  /** What is left to read at the end: a line that was written over is gone. */
  get lines(): string[] {
    return this.screen.split('\r\n').map((line) => line.split('\r\x1b[K').at(-1)!);
  }
}

const enter = '\r';
const controlC = '\x03';
const many =
  'globalThis.many = Array.from({ length: 6e4 }, (_, i) => ({ i: [i] })); setInterval(() => {}, 1e3)';

describe.skipIf(!existsSync('/usr/bin/script'))('on a terminal', () => {
  it('a command shows its progress, and clears it', async () => {
    const terminal = new Terminal(['types', 'own.heapsnapshot', '--limit', '1']);
    expect(await terminal.status).toBe(0);
    expect(terminal.screen).toMatch(/^\rreading own\.heapsnapshot \d+ %\x1b\[K/);
    expect(terminal.lines[0]).toMatch(/^ *count +shallow +retained +type$/);
    expect(terminal.lines[2]).toMatch(/^1 of \d+ types; /);
  });

  it('the steps of a visit to a process are shown', async () => {
    const { pid } = await start(many);
    const terminal = new Terminal(['types', String(pid), '--limit', '1']);
    expect(await terminal.status).toBe(0);
    expect(terminal.screen).toContain(`\rasking process ${pid} for its inspector …\x1b[K`);
    expect(terminal.screen).toMatch(new RegExp(`\\rprocess ${pid} is walking its heap \\d+ %`));
    expect(terminal.screen).toMatch(new RegExp(`\\rreading process ${pid} [\\d.]+ MB`));
    expect(terminal.lines[0]).toMatch(/every user of this machine can run code in it/);
    expect(terminal.lines[1]).toMatch(/^ *count +shallow +retained +type$/);
  });

  it('two moments of a process are divided by Enter', async () => {
    const { pid, child } = await start(
      "class Kept {}; globalThis.all = []; setInterval(() => { all.push(new Kept()); console.log('one') }, 20)",
    );
    const terminal = new Terminal(['growth', String(pid), String(pid), '--limit', '1000']);
    await terminal.shows(`Press Enter for the next snapshot of process ${pid} `);
    for (let more = 0; more < 3; more++) await once(child.stdout!, 'data');
    terminal.press(enter);
    expect(await terminal.status).toBe(0);
    expect(terminal.lines.find((line) => line.includes('Kept'))).toMatch(/^ +\+\d+ +\d+ +0 /);
    await expect.poll(() => listeningPorts(pid)).toEqual([]);
  });

  it.each([
    ['while the heap is walked', async (terminal: Terminal) => terminal.shows(/is walking its heap \d/)],
    ['while the heap is read', async (terminal: Terminal) => terminal.shows(/reading process \d+ \d/)],
    ['instead of Enter', async (terminal: Terminal) => terminal.shows('Press Enter for the next snapshot')],
  ])(
    'Ctrl-C %s ends with one line, and leaves the process and the disk as they were',
    async (_when, wait) => {
      const { pid, child } = await start(many);
      writeFileSync(join(folder, 'two'), 'old');
      const before = readdirSync(folder);
      const terminal = new Terminal(['snapshot', String(pid), '-o', 'one', '-o', 'two']);
      await terminal.shows('Take the snapshot? [Y/n] ');
      terminal.press(enter);
      await wait(terminal);
      terminal.press(controlC);
      expect(await terminal.status, terminal.screen).toBe(130);
      expect(terminal.lines.at(-2)).toBe('objgraph: stopped');
      const told =
        /^(while objgraph is attached to process \d+, every user of this machine can run code .*|process \d+ has a heap of .*|Take the snapshot.*|Snapshot written to one .*|objgraph: (waiting until|still leaving) .*|objgraph: stopped|)$/;
      expect(terminal.lines.filter((line) => !told.test(line))).toEqual([]);
      rmSync(join(folder, 'one'), { force: true });
      expect(readdirSync(folder)).toEqual(before);
      expect(readdirSync(temporary)).toEqual([]);
      expect(await listeningPorts(pid)).toEqual([]);
      expect([child.exitCode, child.signalCode]).toEqual([null, null]);
    },
  );

  it('a named pipe is waited for and read, and Ctrl-C ends both at once', async () => {
    const pipe = join(folder, 'pipe');
    execFileSync('mkfifo', [pipe]);
    const waiting = new Terminal(['types', 'pipe']);
    await waiting.shows('waiting for pipe …');
    waiting.press(controlC);
    expect(await waiting.status, waiting.screen).toBe(130);
    expect(waiting.lines).toEqual(['objgraph: stopped', '']);

    const write = (shell: string) => spawn('sh', ['-c', `{ ${shell}; } > pipe`], { cwd: folder });
    const reading = new Terminal(['types', 'pipe']);
    const writer = write('head -c 1000000 own.heapsnapshot; exec sleep 60');
    await reading.shows('reading pipe');
    reading.press(controlC);
    expect(await reading.status, reading.screen).toBe(130);
    expect(reading.lines).toEqual(['objgraph: stopped', '']);
    writer.kill();

    const whole = new Terminal(['types', 'pipe', '--limit', '1']);
    await whole.shows('waiting for pipe');
    write('gzip -c own.heapsnapshot');
    expect(await whole.status, whole.screen).toBe(0);
    expect(whole.lines[2]).toMatch(/^1 of \d+ types; /);
    rmSync(pipe);
  });

  it('Ctrl-C while a pipe is read ends with one line, whether the pipe ends by it or not', async () => {
    const gate = join(folder, 'gate');
    execFileSync('mkfifo', [gate]);
    for (const rest of ['exec sleep 60', "trap '' INT; exec cat gate"]) {
      const terminal = new Terminal(['types', '-'], `{ head -c 1000000 own.heapsnapshot; ${rest}; } |`);
      await terminal.shows('reading standard input');
      terminal.press(controlC);
      await terminal.shows('objgraph: stopped');
      const open = rest.includes('gate') ? spawn('sh', ['-c', ': > gate'], { cwd: folder }) : null;
      expect(await terminal.status, terminal.screen).toBe(130);
      expect(terminal.lines).toEqual(['objgraph: stopped', '']);
      open?.kill();
    }
    rmSync(gate);
  });
});

it('Ctrl-C is heard while nothing comes through a pipe', async () => {
  const command = spawn(process.execPath, [cli, 'types', '-'], {
    cwd: folder,
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  // A pipe takes less than this at once: when it has gone, the command has begun to read.
  const half = readFileSync(join(folder, 'own.heapsnapshot')).subarray(0, 2_000_000);
  await new Promise((taken) => command.stdin.write(half, taken));
  let said = '';
  command.stderr.on('data', (data: Buffer) => (said += data.toString()));
  command.kill('SIGINT');
  const [status] = (await once(command, 'close')) as [number | null];
  expect({ status, said }).toEqual({ status: 130, said: 'objgraph: stopped\n' });
});
