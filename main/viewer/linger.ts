// A viewer without windows stays for a while, so that the next one is on the screen at once: Node, Graphviz and the browser are
// there already. It is detached from the terminal that started it, holds none of its streams, and ends early when memory is short.
import { freemem, totalmem } from 'node:os';
import { isDebugging } from '../debug.ts';

const defaultSeconds = 60;
const longestSeconds = 24 * 3600;
/** Milliseconds from one look at the memory to the next. */
const memoryInterval = 5000;
/** The share of the memory, and the bytes, of which less is short. */
const fewest = { share: 0.1, bytes: 512 * 2 ** 20 };

/**
 * How many seconds a viewer stays after its last window: `OBJGRAPH_VIEWER_LINGER`, else a minute. In a CI job, and while it writes
 * to the standard error of the command that started it, it leaves at once: someone may wait for both to end.
 */
export function lingerSeconds(env: NodeJS.ProcessEnv = process.env, debugging = isDebugging()): number {
  if (debugging) return 0;
  const wish = env.OBJGRAPH_VIEWER_LINGER ?? '';
  if (/^\d+(\.\d+)?$/.test(wish)) return Math.min(Number(wish), longestSeconds);
  return env.CI ? 0 : defaultSeconds;
}

export interface Memory {
  available: number;
  total: number;
}

/** Of the machine, or of the container where that is less; null where the system does not say what is available. */
export function memoryOfMachine(): Memory | null {
  // macOS counts what it keeps as a cache as used.
  if (process.platform === 'darwin') return null;
  const { availableMemory, constrainedMemory } = process as {
    availableMemory?: () => number;
    constrainedMemory?: () => number;
  };
  const limit = constrainedMemory?.() ?? 0;
  const total = limit > 0 ? Math.min(limit, totalmem()) : totalmem();
  return { available: availableMemory?.() ?? freemem(), total };
}

export const isShort = ({ available, total }: Memory): boolean =>
  available < fewest.share * total && available < fewest.bytes;

/** The time between the last window and the end, or the next window. */
export class Linger {
  readonly #seconds: number;
  readonly #end: () => void;
  readonly #memory: () => Memory | null;
  #timers: NodeJS.Timeout[] = [];
  #until: number | null = null;

  constructor(end: () => void, seconds = lingerSeconds(), memory = memoryOfMachine) {
    this.#seconds = seconds;
    this.#end = end;
    this.#memory = memory;
  }

  /** Seconds until the end; null while there are windows. */
  get secondsLeft(): number | null {
    return this.#until === null ? null : Math.max(0, (this.#until - performance.now()) / 1000);
  }

  /** The last window has closed. */
  start(): void {
    this.stop();
    const isMemoryShort = () => {
      const memory = this.#memory();
      return memory !== null && isShort(memory);
    };
    const end = () => {
      this.stop();
      this.#end();
    };
    if (this.#seconds === 0 || isMemoryShort()) return end();
    this.#until = performance.now() + 1000 * this.#seconds;
    this.#timers = [
      setTimeout(end, 1000 * this.#seconds),
      setInterval(() => {
        if (isMemoryShort()) end();
      }, memoryInterval),
    ];
  }

  /** A window opens, or the viewer ends. */
  stop(): void {
    this.#timers.forEach(clearTimeout);
    this.#timers = [];
    this.#until = null;
  }
}
