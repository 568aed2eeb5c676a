// A CPython process by its id. It is made to run our dumper (objgraph_dump.py) once; a forked child of it writes the snapshot, so
// that the process itself waits for some milliseconds. Nothing stays in it but, after a debugger, one page of memory.
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { lchown, mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { distFolder } from '../../package.ts';
import { makeTemporaryFolder, temporaryFolder } from '../../temporary-folder.ts';
import { readSmallFile } from '../regular-file.ts';
import { SnapshotFile } from '../snapshot-file.ts';
import type { SnapshotEstimate } from '../../../shared/protocol/targets.ts';
import { TargetError, type Progress, type ReadContext, type Target, type TargetKind } from '../target.ts';
import type { Injection, WayIn } from './injection.ts';
import { obstacleOf } from './obstacles.ts';
import { isPythonProcess, pythonProcess, residentMemoryOf, type PythonProcess } from './python-process.ts';
import { requireWayInto } from './way-in.ts';

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
/** A debugger reads the symbols of the program and its libraries first; it waits for a snapshot that is written in place. */
const longestRun = 30_000;
const longestInPlace = 1_800_000;
/** Bytes of the list of a heap's pages: a megabyte has those of gigabytes. */
const maxPagesFile = 2 ** 26;

export class PythonTarget implements Target {
  readonly isLive = true;
  readonly name: string;
  /** Nothing of a visit is open between two snapshots. */
  readonly risk?: string;
  /** Mebibytes of the process that have numbers, so that ids mean the same in all snapshots of one visit. */
  #pages: readonly number[] = [];
  readonly #visitName = randomUUID();
  #waits = false;

  constructor(readonly pid: number) {
    this.name = `process ${pid}`;
  }

  /** Whether the process cannot fork, so that it waits until a snapshot is written; known after the first attempt. */
  get waits(): boolean {
    return this.#waits;
  }

  /** Finds obstacles without touching the process. @throws TargetError */
  async check(): Promise<void> {
    this.#waysInto(await this.#process());
  }

  #waysInto(python: PythonProcess): WayIn[] {
    return requireWayInto(python, pasteLines(`/tmp/${this.pid}.heapsnapshot`));
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
    const { signal, before } = context;
    const python = await this.#process();
    const ways = this.#waysInto(python);
    if (!this.#waits) {
      try {
        return await this.#visit(python, ways, take, context);
      } catch (error) {
        if (!(error instanceof NoForkError)) throw error;
        this.#waits = true;
      }
    }
    await before?.(await estimateInPlace(this.pid));
    signal.throwIfAborted();
    await this.#visit(python, ways, take, context);
  }

  async #visit(
    python: PythonProcess,
    ways: readonly WayIn[],
    take: (chunk: Uint8Array) => void,
    context: ReadContext,
  ): Promise<void> {
    const { signal, progress } = context;
    const visit = await Visit.begin(python);
    try {
      const request = { pages: this.#pages, visit: this.#visitName, waits: this.#waits };
      await visit.ask(ways, request, signal, progress);
      const file = await visit.wait(signal, progress);
      await new SnapshotFile(file, this.name).read(take, context);
      this.#pages = await visit.pages();
    } finally {
      await visit.end();
    }
  }
}

/** The process cannot fork without running code of the program: its Python was built without ctypes. */
class NoForkError extends TargetError {}

/** What the dumper writes then. */
const noFork = 'NoFork';

/** Measured with CPython 3.11: 2 million objects in 193 MB take 10.9 s of a processor, and 383 MB more. */
const pauseOfByteInPlace = 5.6e-5;
const memoryOfByteInPlace = 2;

/** What a process waits for that cannot fork. */
export async function estimateInPlace(pid: number): Promise<SnapshotEstimate> {
  const heapUsed = await residentMemoryOf(pid);
  return {
    heapUsed,
    pause: Math.round(heapUsed * pauseOfByteInPlace),
    memory: memoryOfByteInPlace * heapUsed,
  };
}

/** What a user without a debugger runs in the program: no signal, no debugger, nothing that stays. */
export const pasteLines = (file: string) =>
  `import runpy; runpy.run_path(${JSON.stringify(dumperFile)})['dump'](${JSON.stringify(file)})`;

/** What the dumper is asked for. */
interface DumpRequest {
  /** By these two, objects keep their ids from snapshot to snapshot. */
  pages: readonly number[];
  visit: string;
  /** Whether the process itself writes, and waits until it is done. */
  waits: boolean;
}

/**
 * The line of Python that reads and runs the dumper, in a namespace of its own: no variable of ours is in the program's
 * `__main__`, and no name of it is looked up there, for it may have an `exec` of its own. Nor in `io`: that may be replaced.
 * It may run twice, and when we have left: the first renames a file, and any other does nothing.
 */
const loaderOf = (file: string, errorFile: string) =>
  `(0 for _ in ()).gi_frame.f_builtins["exec"]("""${loaderBody(file, errorFile)}""", {"__name__": "<objgraph>"})\n`;

/** The same in a thread of its own, which ends with it: lldb stops a call that forks. */
const threadLoaderOf = (file: string, errorFile: string) =>
  `(0 for _ in ()).gi_frame.f_builtins["exec"](r'''
T = type(object)
I = [s for s in T.__subclasses__(object) if T.__dict__["__name__"].__get__(s) == "BuiltinImporter"][0]
G = I.__dict__["find_spec"].__func__.__globals__
G["_thread"].start_new_thread(exec, (${JSON.stringify(loaderBody(file, errorFile))}, {"__name__": "<objgraph>"}))
''', {"__name__": "<objgraph>"})\n`;

const loaderBody = (file: string, errorFile: string) => `
T = type(object)
def sub(c, n): return [s for s in T.__subclasses__(c) if T.__dict__['__name__'].__get__(s) == n][0]
F = sub(sub(sub(object, '_IOBase'), '_RawIOBase'), 'FileIO')
try:
 for f in exec, compile:
  if type(f) is not type([].append): raise TypeError('it has replaced builtins.exec or builtins.compile, and none of its own code may run')
 with F(${text(file)}) as f: s = f.readall()
 del f
 exec(compile(s, '<objgraph>', 'exec'), {'__name__': '<objgraph>', 'sys': sub(object, 'BuiltinImporter').__dict__['find_spec'].__func__.__globals__['sys']})
except FileNotFoundError: pass
except BaseException as e:
 try:
  with F(${text(errorFile)}, 'w') as f: f.write(str(e).encode('utf-8', 'replace'))
 except OSError: pass
`;

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
    /** A folder that only our user can write to: a debugger of root's must read nothing that the process could change. */
    private readonly own: string,
  ) {}

  static async begin(python: PythonProcess): Promise<Visit> {
    const inside = `/tmp/objgraph-${randomUUID()}`;
    // The way by the process ends with it, and then its folder could not be removed.
    const outside = python.hasOwnFiles ? `/proc/${python.pid}/root${inside}` : inside;
    const own = privateFolder();
    await mkdir(outside, { mode: 0o700 }).catch((error: unknown) => {
      rmSync(own, { recursive: true });
      throw new TargetError(
        `process ${python.pid} has no folder /tmp that can be written to (${String((error as NodeJS.ErrnoException).code)})`,
      );
    });
    return new Visit(python, inside, outside, own);
  }

  /** Has the process run the dumper, by the first way that works. @throws TargetError */
  async ask(
    ways: readonly WayIn[],
    { pages, visit, waits }: DumpRequest,
    signal: AbortSignal,
    progress: Progress,
  ): Promise<void> {
    const { python } = this;
    const dumper = await readFile(dumperFile, 'utf8');
    const options = `skip_caller=True, pages=${JSON.stringify(pages)}, visit=${text(visit)}, in_place=${waits ? 'True' : 'False'}`;
    const run = `${dumper}\nsystem.rename(${text(this.#in('ready'))}, ${text(this.#in('taken'))})\ndump(${text(this.#in('heap'))}, ${options})\n`;
    const [code, threadCode] = [loaderOf, threadLoaderOf].map((of) =>
      of(this.#in('run.py'), this.#in('heap.error')),
    );
    await writeFile(this.#out('run.py'), run, { mode: 0o600 });
    await writeFile(this.#out('code.py'), code, { mode: 0o600 });
    const codeFile = join(this.own, 'code');
    const threadCodeFile = join(this.own, 'thread-code');
    await writeFile(codeFile, `${code}\0`, { mode: 0o600 });
    await writeFile(threadCodeFile, `${threadCode}\0`, { mode: 0o600 });
    await writeFile(this.#out('ready'), '');
    await this.#giveAway();
    const injection: Injection = {
      python,
      folder: this.own,
      codeFile,
      threadCodeFile,
      scriptInside: this.#in('code.py'),
      longestRun: waits ? longestInPlace : longestRun,
    };
    let problem: TargetError | null = null;
    for (const way of ways) {
      try {
        progress(`attaching to process ${python.pid} by ${way.name}`, 0, null);
        if (await this.#isRunBy(way, injection, signal, progress)) return;
      } catch (error) {
        if (!(error instanceof TargetError)) throw error;
        problem ??= error;
      }
    }
    throw (
      problem ??
      new TargetError(
        `process ${python.pid} did not run the code that writes its snapshot: its main thread waits in C. Try again later, or install gdb`,
      )
    );
  }

  /** Whether the process has begun to run the dumper. */
  async #isRunBy(
    way: WayIn,
    injection: Injection,
    signal: AbortSignal,
    progress: Progress,
  ): Promise<boolean> {
    await way.request(injection, signal);
    try {
      if (await this.#isTaken(signal)) return true;
      if (!way.call) return false;
      progress(`calling process ${this.python.pid}, whose main thread waits`, 0, null);
      await way.call(injection, signal);
      return await this.#isTaken(signal);
    } finally {
      if (!(await exists(this.#out('taken')))) await way.withdraw?.(injection);
    }
  }

  /** The folder and its files belong to the user of the process. */
  async #giveAway(): Promise<void> {
    const { uid, gid } = this.python;
    if (process.geteuid?.() !== 0 || uid === 0) return;
    await giveAway(this.outside, ['run.py', 'code.py', 'ready'], { uid, gid });
  }

  async #isTaken(signal: AbortSignal): Promise<boolean> {
    const deadline = Date.now() + longestWaitForCall;
    for (;;) {
      signal.throwIfAborted();
      if ((await exists(this.#out('taken'))) || (await exists(this.#out('heap.error')))) return true;
      if (Date.now() > deadline) return false;
      await sleep(betweenLooks);
    }
  }

  /** The finished snapshot. */
  async wait(signal: AbortSignal, progress: Progress): Promise<string> {
    for (;;) {
      signal.throwIfAborted();
      if (await exists(this.#out('heap'))) return this.#out('heap');
      const error = (await readSmallFile(this.#out('heap.error')))?.toString();
      if (error === noFork) throw new NoForkError(`process ${this.python.pid} cannot fork`);
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
    const numbers = await readSmallFile(this.#out('heap.pages'), maxPagesFile);
    return numbers === null ? [] : (JSON.parse(numbers.toString()) as number[]);
  }

  /** Removes the folder; a child that still writes ends when it finds it gone, and may meanwhile make a file once more. */
  async end(): Promise<void> {
    for (const folder of [this.outside, this.own])
      await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 }).catch(() => {});
  }

  #in(name: string): string {
    return `${this.inside}/${name}`;
  }

  #out(name: string): string {
    return join(this.outside, name);
  }
}

/** gdb's commands take no names with blanks in them, which TMPDIR may have. */
function privateFolder(): string {
  return /\s/.test(temporaryFolder())
    ? mkdtempSync('/tmp/objgraph-debugger-')
    : makeTemporaryFolder('objgraph-debugger-');
}

/**
 * Makes a private folder of root, and files in it, another user's. The files come first and no link is followed: once the folder
 * is theirs, its new owner could lay a link in the place of a file, and root would give away what it leads to.
 */
export async function giveAway(
  folder: string,
  names: readonly string[],
  { uid, gid }: { uid: number; gid: number },
): Promise<void> {
  for (const name of names) await lchown(join(folder, name), uid, gid);
  await lchown(folder, uid, gid);
}

/** A text of ours as Python writes it: no quotes or backslashes are in it. */
const text = (value: string) => `'${value}'`;

const exists = (path: string) =>
  stat(path).then(
    () => true,
    () => false,
  );
