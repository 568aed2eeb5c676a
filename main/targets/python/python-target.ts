// A CPython process by its id. A debugger has it run our dumper (objgraph_dump.py) once; a forked child of it writes the
// snapshot, so that the process itself waits for some milliseconds. Nothing stays in it but one page of memory.
import { randomUUID } from 'node:crypto';
import { chmod, chown, mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Program } from '../../../shared/programs.ts';
import { distFolder } from '../../package.ts';
import { SnapshotFile } from '../snapshot-file.ts';
import { TargetError, type Progress, type ReadContext, type Target, type TargetKind } from '../target.ts';
import { addPendingCall, callFromOutside, findDebugger, type Injection } from './debugger.ts';
import { isPythonProcess, obstacleOf, pythonProcess, type PythonProcess } from './python-process.ts';

export const pythonProcesses: TargetKind = {
  recognise: (text) => /^\d+$/.test(text) && isPythonProcess(Number(text)),
  open: (text) => new PythonTarget(Number(text)),
};

/** The dumper, as it is shipped. */
export const dumperFile = join(distFolder, 'python', 'objgraph_dump.py');

/** A main thread that runs comes to its next instruction within milliseconds; one that waits in C does not. */
const longestWaitForCall = 2000;
/** Nothing was written for so long: the writer has gone. */
const longestSilence = 60_000;
const betweenLooks = 20;

export class PythonTarget implements Target {
  readonly isLive = true;
  readonly name: string;
  /** Nothing of a visit is open between two snapshots. */
  readonly risk?: string;
  /** Mebibytes of the process that have numbers, so that ids mean the same in all snapshots of one visit. */
  #pages: readonly number[] = [];
  readonly #visit = randomUUID();

  constructor(readonly pid: number) {
    this.name = `process ${pid}`;
  }

  /** Finds obstacles without touching the process. @throws TargetError */
  async check(): Promise<void> {
    await this.#process();
    findDebugger(this.pid, pasteLines(`/tmp/${this.pid}.heapsnapshot`));
  }

  async #process(): Promise<PythonProcess> {
    const python = await pythonProcess(this.pid);
    const obstacle = await obstacleOf(python);
    if (obstacle !== null) throw new TargetError(obstacle);
    return python;
  }

  async read(take: (chunk: Uint8Array) => void, context: ReadContext): Promise<void> {
    do {
      context.signal.throwIfAborted();
      await this.#readOnce(take, context);
    } while (await context.again?.());
  }

  async #readOnce(take: (chunk: Uint8Array) => void, context: ReadContext): Promise<void> {
    const { signal, progress } = context;
    const python = await this.#process();
    const gdb = findDebugger(this.pid, pasteLines(`/tmp/${this.pid}.heapsnapshot`));
    const visit = await Visit.begin(python);
    try {
      await visit.ask(gdb, { pages: this.#pages, visit: this.#visit }, signal, progress);
      const file = await visit.wait(signal, progress);
      await new SnapshotFile(file, this.name).read(take, context);
      this.#pages = await visit.pages();
    } finally {
      await visit.end();
    }
  }
}

/** What a user without a debugger runs in the program. */
export const pasteLines = (file: string) =>
  `d = {}; exec(open('${dumperFile}').read(), d); d['dump']('${file}')`;

/** By what objects keep their ids from snapshot to snapshot. */
interface Numbering {
  pages: readonly number[];
  visit: string;
}

/** A folder for one snapshot, in the files that the process sees. */
class Visit {
  #lastSize = -1;
  #lastChange = Date.now();

  private constructor(
    private readonly python: PythonProcess,
    /** The folder as the process calls it. */
    private readonly inside: string,
    /** The folder as we reach it. */
    private readonly outside: string,
  ) {}

  static async begin(python: PythonProcess): Promise<Visit> {
    const inside = `/tmp/objgraph-${randomUUID()}`;
    const outside = `/proc/${python.pid}/root${inside}`;
    await mkdir(outside, { mode: 0o700 }).catch((error: unknown) => {
      throw new TargetError(
        `process ${python.pid} has no folder /tmp that can be written to (${String((error as NodeJS.ErrnoException).code)})`,
      );
    });
    return new Visit(python, inside, outside);
  }

  async ask(gdb: Program, ids: Numbering, signal: AbortSignal, progress: Progress): Promise<void> {
    const { python } = this;
    const dumper = await readFile(dumperFile, 'utf8');
    const run = `${dumper}\nos.rename(${text(this.#in('ready'))}, ${text(this.#in('taken'))})\ndump(${text(this.#in('heap'))}, skip_caller=True, pages=${JSON.stringify(ids.pages)}, visit=${text(ids.visit)})\n`;
    const code = [
      'try:',
      ` exec(compile(open(${text(this.#in('run.py'))}).read(), '<objgraph>', 'exec'), {'__name__': '<objgraph>'})`,
      'except BaseException: pass',
    ].join('\n');
    await writeFile(this.#out('run.py'), run, { mode: 0o600 });
    await writeFile(this.#out('code'), `${code}\0`, { mode: 0o600 });
    await writeFile(this.#out('ready'), '');
    await this.#giveAway();
    const injection: Injection = { python, folder: this.outside, codeFile: this.#out('code'), gdb };
    progress(`attaching to process ${python.pid}`, 0, null);
    await addPendingCall(injection, signal);
    if (await this.#isTaken(signal)) return;
    progress(`calling process ${python.pid}, whose main thread waits`, 0, null);
    await callFromOutside(injection, signal);
    if (!(await this.#isTaken(signal)))
      throw new TargetError(`process ${python.pid} did not run the code that writes its snapshot: try again`);
  }

  /** The folder and its files belong to the user of the process. */
  async #giveAway(): Promise<void> {
    const { uid, gid } = this.python;
    if (process.geteuid?.() !== 0 || uid === 0) return;
    for (const path of [this.outside, ...['run.py', 'code', 'ready'].map((name) => this.#out(name))])
      await chown(path, uid, gid);
    await chmod(this.outside, 0o700);
  }

  async #isTaken(signal: AbortSignal): Promise<boolean> {
    const deadline = Date.now() + longestWaitForCall;
    for (;;) {
      signal.throwIfAborted();
      if (await exists(this.#out('taken'))) return true;
      if (Date.now() > deadline) return false;
      await sleep(betweenLooks);
    }
  }

  /** The finished snapshot. */
  async wait(signal: AbortSignal, progress: Progress): Promise<string> {
    for (;;) {
      signal.throwIfAborted();
      if (await exists(this.#out('heap'))) return this.#out('heap');
      const error = await readFile(this.#out('heap.error'), 'utf8').catch(() => null);
      if (error) throw new TargetError(`process ${this.python.pid} could not write its snapshot: ${error}`);
      await this.#look(progress);
      await sleep(betweenLooks);
    }
  }

  async #look(progress: Progress): Promise<void> {
    const parts = ['heap.parts/nodes', 'heap.parts/edges', 'heap.parts/strings', 'heap.part'];
    const sizes = parts.map((part) =>
      stat(this.#out(part)).then(
        ({ size }) => size,
        () => 0,
      ),
    );
    const size = (await Promise.all(sizes)).reduce((total, part) => total + part, 0);
    if (size !== this.#lastSize) {
      this.#lastSize = size;
      this.#lastChange = Date.now();
      progress(`process ${this.python.pid} writes its snapshot`, size, null);
    }
    if (Date.now() - this.#lastChange > longestSilence || !(await exists(`/proc/${this.python.pid}`)))
      throw new TargetError(
        `process ${this.python.pid} ended, or wrote nothing for ${longestSilence / 1000} seconds: its snapshot is not complete`,
      );
  }

  async pages(): Promise<number[]> {
    const numbers = await readFile(this.#out('heap.pages'), 'utf8').catch(() => '[]');
    return JSON.parse(numbers) as number[];
  }

  /** Removes the folder; a child that still writes ends when it finds it gone. */
  async end(): Promise<void> {
    await rm(this.outside, { recursive: true, force: true }).catch(() => {});
  }

  #in(name: string): string {
    return `${this.inside}/${name}`;
  }

  #out(name: string): string {
    return join(this.outside, name);
  }
}

/** A text of ours as Python writes it: no quotes or backslashes are in it. */
const text = (value: string) => `'${value}'`;

const exists = (path: string) =>
  stat(path).then(
    () => true,
    () => false,
  );
