// Requests, responses and events of V8's inspector, whatever carries them.
// Protocol: https://chromedevtools.github.io/devtools-protocol/v8/
import { PendingCalls } from '../../shared/pending-calls.ts';
import { debugTime } from '../debug.ts';
import { asFields, isFields, MalformedReplyError, shortened, type Fields } from './reply.ts';
import { TargetError } from './target.ts';

/** One JavaScript thread behind an inspector. */
export interface Channel {
  /**
   * Sends a request.
   * @param timeout milliseconds; Infinity where the duration cannot be known
   * @throws TargetError with the inspector's refusal; BusyError when no answer came in time; the reason for which the
   * connection has ended
   */
  post(method: string, params?: object, timeout?: number): Promise<Fields>;
  /** One listener an event. What it throws ends the connection, and every request that waits. */
  on(event: string, listener: (params: Fields) => void): void;
  /** Called once with the reason when nothing will be answered any more; at once if it is so already. */
  onEnd(listener: (reason: unknown) => void): void;
}

/** The inspector answers a request with an error; `reason` is its own sentence. */
export class RefusedError extends TargetError {
  constructor(readonly reason: string) {
    super(`the inspector refused: ${reason}`);
  }
}

/** The inspector is there, and the thread behind it does nothing that it is asked. */
export class BusyError extends TargetError {
  constructor(name: string) {
    super(
      `${name} does not answer: it waits in a call of the system, or another client takes a snapshot of it; try again when it goes on`,
    );
  }
}

/** The connection has broken: the target ended, or closed its inspector. */
export class BrokenError extends TargetError {}

/** A thread that runs JavaScript, however busy, answers between two of its loops. */
const requestTimeout = 10_000;

export class Conversation implements Channel {
  readonly #calls = new PendingCalls<Fields>();
  readonly #listeners = new Map<string, (params: Fields) => void>();
  readonly #endListeners: ((reason: unknown) => void)[] = [];

  /** @param name what messages call the target */
  constructor(
    readonly name: string,
    readonly send: (text: string) => void,
  ) {}

  post(method: string, params: object = {}, timeout = requestTimeout): Promise<Fields> {
    const answer = () =>
      this.#calls.call((id) => this.send(JSON.stringify({ id, method, params })), {
        timeout,
        error: () => new BusyError(this.name),
      });
    return debugTime('inspector', method, answer);
  }

  on(event: string, listener: (params: Fields) => void): void {
    this.#listeners.set(event, listener);
  }

  onEnd(listener: (reason: unknown) => void): void {
    if (this.#calls.failure === null) this.#endListeners.push(listener);
    else listener(this.#calls.failure);
  }

  get hasEnded(): boolean {
    return this.#calls.failure !== null;
  }

  /** @throws MalformedReplyError; what the listener of an event throws */
  receive(text: string): void {
    const { id, method, params, result, error } = asFields(readJson(text));
    if (id === undefined) {
      if (typeof method !== 'string') throw new MalformedReplyError();
      return this.#listeners.get(method)?.(isFields(params) ? params : {});
    }
    const number = id as number;
    if (isFields(error)) {
      const reason = typeof error.message === 'string' ? error.message : 'without a reason';
      this.#calls.reject(number, new RefusedError(shortened(reason)));
    } else if (result === undefined || isFields(result)) this.#calls.resolve(number, result ?? {});
    else this.#calls.reject(number, new MalformedReplyError());
  }

  /** Nothing will be answered any more; the first reason counts. */
  fail(reason: unknown): void {
    this.#calls.end(reason as Error);
    for (const listener of this.#endListeners.splice(0)) listener(this.#calls.failure);
  }
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new MalformedReplyError();
  }
}

/** What our own code in a target is called, so that it is not mistaken for the program's. */
export const ownScript = 'objgraph:visit';

/** The value of an expression of ours in a thread: what JSON can say. */
export async function evaluateValue(channel: Channel, text: string): Promise<unknown> {
  const expression = `${text}\n//# sourceURL=${ownScript}`;
  const answer = await channel.post('Runtime.evaluate', { expression, returnByValue: true, silent: true });
  if (answer.exceptionDetails) throw new TargetError('the target does not run what is asked of it');
  return asFields(answer.result).value;
}
