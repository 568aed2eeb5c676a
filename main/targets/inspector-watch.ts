// Closes an inspector that we opened when its last client has gone, however it went: a timer in the target looks after it.
import { randomUUID } from 'node:crypto';
import { evaluateValue } from './conversation.ts';
import type { InspectorClient } from './inspector-client.ts';

const beatInterval = 5000;

/** What the target holds while its inspector is open because of us. */
interface Watched {
  clients: Map<string, { pid: number | null; seconds: number }>;
  look(): void;
}

/**
 * Run in the target. A client is there as long as its process is, where the target can see that, and has reported in the
 * last minute. Seconds are turns of the timer: while the target is paused, no client is given up.
 */
function enter(client: string, pid: number | null, openedByUs: boolean): boolean {
  // Deno's inspector is never opened by us. Its `process` is loaded when it is first read, which ends a program that is starting.
  const { Deno } = globalThis as { Deno?: { version?: { deno?: string } } };
  if (!openedByUs && Deno?.version?.deno) return false;
  const maxSilentSeconds = 60;
  const missedBeats = 10;
  const key = Symbol.for('objgraph inspector');
  const place = process as unknown as Record<symbol, Watched> & { _debugEnd(): void };
  const hasEnded = (other: number) => {
    try {
      process.kill(other, 0);
      return false;
    } catch (error) {
      return (error as NodeJS.ErrnoException).code === 'ESRCH';
    }
  };
  // An ended process keeps its id until its parent asks for its status: in many containers the first process never does.
  const isZombie = (other: number) => {
    try {
      const stat = process.getBuiltinModule('fs').readFileSync(`/proc/${other}/stat`, 'latin1');
      return stat.charAt(stat.lastIndexOf(')') + 2) === 'Z';
    } catch {
      // Not Linux, a Node without this function, or one that may not read the file.
      return false;
    }
  };
  const isGone = (other: number, silentSeconds: number) =>
    hasEnded(other) || (silentSeconds > missedBeats && isZombie(other));
  if (!place[key]) {
    if (!openedByUs) return false;
    const clients: Watched['clients'] = new Map();
    const look = () => {
      for (const [id, state] of clients)
        if (++state.seconds > maxSilentSeconds || (state.pid !== null && isGone(state.pid, state.seconds)))
          clients.delete(id);
      if (clients.size > 0 || !place[key]) return;
      clearInterval(timer);
      delete place[key];
      place._debugEnd();
    };
    const timer = setInterval(look, 1000).unref();
    Object.defineProperty(place, key, { value: { clients, look }, configurable: true });
  }
  place[key].clients.set(client, { pid, seconds: 0 });
  return true;
}

/** Run in the target. Not at once: Node 20 may end when its inspector is closed by a command that comes through it. */
function leave(client: string): boolean {
  const key = Symbol.for('objgraph inspector');
  const watched = (process as unknown as Record<symbol, Watched | undefined>)[key];
  if (!watched?.clients.delete(client) || watched.clients.size > 0) return false;
  setTimeout(watched.look, 50).unref();
  return true;
}

/** Run in the target, whose timers may never run: closes the inspector, unless another client has connected meanwhile. */
function closeUnlessWatched(): void {
  const place = process as unknown as Record<symbol, Watched | undefined> & { _debugEnd(): void };
  if (!place[Symbol.for('objgraph inspector')]?.clients.size) place._debugEnd();
}

export const closing = `(${String(closeUnlessWatched)})()`;

/** Our place among those for whom the inspector of a target is open. */
export class InspectorWatch {
  #beat: NodeJS.Timeout | null = null;

  private constructor(
    private readonly client: InspectorClient,
    private readonly id: string,
  ) {}

  /**
   * Null where the inspector was open before any of us came: it is not ours to close.
   * @param pid ours; null where the target does not see our process
   * @param id of the place: a client that repeats its request, because the answer was lost, takes the same one
   */
  static async enter(
    client: InspectorClient,
    { pid, openedByUs, id = randomUUID() }: { pid: number | null; openedByUs: boolean; id?: string },
  ): Promise<InspectorWatch | null> {
    const watch = new InspectorWatch(client, id);
    const arguments_ = JSON.stringify([id, pid, openedByUs]);
    const say = () => evaluateValue(client, `(${String(enter)})(...${arguments_})`);
    if ((await say()) !== true) return null;
    watch.#beat = setInterval(() => void say().catch(() => {}), beatInterval).unref();
    client.onEnd(() => watch.#rest());
    return watch;
  }

  /** Says good-bye, on our connection or another one. @returns whether the inspector closes now */
  async leave(client = this.client): Promise<boolean> {
    this.#rest();
    return (await evaluateValue(client, `(${String(leave)})(${JSON.stringify(this.id)})`)) === true;
  }

  #rest(): void {
    if (this.#beat) clearInterval(this.#beat);
    this.#beat = null;
  }
}
