// A program that works on what a stranger may have made: it has limits of memory and time, and ends when its result is no longer
// wanted or when this process ends.
import { readdirSync, readFileSync } from 'node:fs';
import { startProgram, type Program } from '../../shared/programs.ts';

export interface Limits {
  /** Bytes of resident memory of the program and of those that it started; watched on Linux. */
  memory: number;
  /** Milliseconds. */
  time: number;
}

export interface Outcome {
  output: Buffer;
  /** The end of what the program wrote to its standard error. */
  complaint: string;
  /** Its exit status, or the signal that ended it. */
  status: number | NodeJS.Signals | null;
  /** The limit by which it was ended; null for one that ended by itself. */
  exceeded: keyof Limits | null;
}

/** What a program reads: here already, or made while it starts. */
export type Input = readonly (string | Uint8Array)[] | Promise<readonly (string | Uint8Array)[]>;

interface Work {
  /** Its time begins when its input is there. */
  limits: Limits;
  /** For its standard input. */
  input?: Input;
  env?: NodeJS.ProcessEnv;
  signal?: AbortSignal;
}

const maxAtOnce = 8;
const watchInterval = 50;
/** Bytes of its output; one that writes more has used up its memory, which is ours by then. */
const maxOutput = 2 ** 30;
const maxComplaint = 4000;
/** Milliseconds. A program that waits for a disk cannot be killed, and one that it left behind may keep its output open. */
const endsWithin = 1000;

/**
 * Runs a program to its end.
 * @throws UntrustedProgramError; the system's error when it does not start; the signal's reason; that of an input which failed
 */
export function runLimited(program: Program, args: readonly string[], work: Work): Promise<Outcome> {
  return inTurn(() => run(program, args, work));
}

let running = 0;
const waiting: (() => void)[] = [];

/** Few programs run at a time, however many pictures are asked for: the others wait for their turn. */
export async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (running === maxAtOnce) await new Promise<void>((turn) => waiting.push(turn));
  else running++;
  try {
    return await work();
  } finally {
    const next = waiting.shift();
    if (next) next();
    else running--;
  }
}

async function run(
  program: Program,
  args: readonly string[],
  { limits, input = [], env = process.env, signal }: Work,
): Promise<Outcome> {
  signal?.throwIfAborted();
  const child = startProgram(program, args, { env });
  let exceeded: Outcome['exceeded'] = null;
  let giveUp: () => void = () => {};
  const end = (limit: Outcome['exceeded']) => {
    exceeded ??= limit;
    grace ??= setTimeout(() => giveUp(), endsWithin);
    if (child.pid !== undefined) for (const pid of processTree(child.pid).slice(1)) kill(pid);
    child.kill('SIGKILL');
  };
  const endUnwanted = () => end(null);
  let timer: NodeJS.Timeout | undefined;
  let grace: NodeJS.Timeout | undefined;
  const watch = setInterval(() => {
    if (child.pid !== undefined && residentBytes(child.pid) > limits.memory) end('memory');
  }, watchInterval);
  signal?.addEventListener('abort', endUnwanted);
  process.once('exit', endUnwanted);

  const chunks: Buffer[] = [];
  let length = 0;
  child.stdout.on('data', (chunk: Buffer) => {
    chunks.push(chunk);
    if ((length += chunk.length) > maxOutput) end('memory');
  });
  let complaint = '';
  child.stderr.on('data', (chunk: Buffer) => {
    complaint = (complaint + chunk.toString()).slice(-maxComplaint);
  });
  // It may end before it has read all.
  child.stdin.on('error', () => {});
  let failure: unknown = null;
  const feed = async () => {
    const parts = await input;
    timer = setTimeout(end, limits.time, 'time');
    for (const part of parts) child.stdin.write(part);
    child.stdin.end();
  };
  const fed = feed().catch((error: unknown) => {
    failure = error;
    end(null);
  });
  try {
    const status = await new Promise<Outcome['status']>((resolve, reject) => {
      child.once('error', reject).once('close', (code, ended) => resolve(ended ?? code));
      giveUp = () => {
        child.stdout.destroy();
        child.stderr.destroy();
        child.unref();
        resolve('SIGKILL');
      };
    });
    signal?.throwIfAborted();
    // One that ended before its input was there.
    await fed;
    if (failure !== null) throw failure as Error;
    return { output: Buffer.concat(chunks), complaint, status, exceeded };
  } finally {
    clearTimeout(timer);
    clearTimeout(grace);
    clearInterval(watch);
    signal?.removeEventListener('abort', endUnwanted);
    process.off('exit', endUnwanted);
  }
}

/** A process and its descendants, which Linux lists in files; elsewhere the process alone. */
function processTree(pid: number): number[] {
  const children = tasksOf(pid).flatMap((task) => textOf(`/proc/${pid}/task/${task}/children`).split(' '));
  return [pid, ...children.filter(Boolean).flatMap((child) => processTree(Number(child)))];
}

/** Of a process and its descendants; 0 where the system does not say it in files. */
function residentBytes(pid: number): number {
  const sizes = processTree(pid).map(
    (each) => /^VmRSS:\s*(\d+)/m.exec(textOf(`/proc/${each}/status`))?.[1] ?? 0,
  );
  return sizes.reduce((sum: number, kilobytes) => sum + 1024 * Number(kilobytes), 0);
}

function tasksOf(pid: number): string[] {
  try {
    return readdirSync(`/proc/${pid}/task`);
  } catch {
    // It has ended, or this is not Linux.
    return [];
  }
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'latin1');
  } catch {
    return '';
  }
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended.
  }
}
