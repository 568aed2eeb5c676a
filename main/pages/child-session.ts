// A session with a target that belongs to another one: a worker, an iframe of another site. Its messages go through the
// session of its owner, which works in whatever way that session is connected.
import { CodedError } from '../../shared/errors.ts';
import { PendingCalls } from '../../shared/pending-calls.ts';
import { asText, isFields } from '../targets/reply.ts';
import { ask, listen, type CdpSession } from './cdp.ts';

type Listener = (params: never) => void;

export class ChildSession implements CdpSession {
  readonly #calls = new PendingCalls();
  readonly #listeners = new Map<string, Set<Listener>>();
  readonly #stop: (() => void)[];

  constructor(
    private readonly owner: CdpSession,
    readonly id: string,
  ) {
    const isOurs = (sessionId: unknown) => sessionId === id;
    this.#stop = [
      listen(owner, 'Target.receivedMessageFromTarget', ({ sessionId, message }) => {
        if (isOurs(sessionId)) this.#receive(asText(message));
      }),
      listen(owner, 'Target.detachedFromTarget', ({ sessionId }) => {
        if (isOurs(sessionId)) this.end();
      }),
    ];
  }

  get hasEnded(): boolean {
    return this.#calls.failure !== null;
  }

  send(method: string, params: object = {}): Promise<unknown> {
    return this.#calls.call((id) => {
      const message = JSON.stringify({ id, method, params });
      ask(this.owner, 'Target.sendMessageToTarget', { sessionId: this.id, message }).catch((error: unknown) =>
        this.#calls.reject(id, error instanceof Error ? error : new Error(String(error))),
      );
    });
  }

  on(event: string, listener: Listener): void {
    const known = this.#listeners.get(event) ?? new Set();
    this.#listeners.set(event, known.add(listener));
  }

  off(event: string, listener: Listener): void {
    this.#listeners.get(event)?.delete(listener);
  }

  /** Nothing will be answered any more. */
  end(): void {
    for (const stop of this.#stop) stop();
    this.#calls.end(new CodedError('lost', 'The worker or iframe has ended'));
  }

  #receive(text: string): void {
    const message: unknown = JSON.parse(text);
    if (!isFields(message)) return;
    const { id, method, params, result, error } = message;
    if (typeof id === 'number') {
      if (isFields(error)) this.#calls.reject(id, new Error(String(error.message)));
      else this.#calls.resolve(id, result ?? {});
    } else if (typeof method === 'string')
      for (const listener of this.#listeners.get(method) ?? []) listener((params ?? {}) as never);
  }
}
