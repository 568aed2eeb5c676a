// Typed calls between a thread and the worker it started: requests with answers one way, events the other.
import type { MessagePort, Transferable, Worker } from 'node:worker_threads';
import { startInBackground } from '../background.ts';
import { debugTime } from '../debug.ts';
import { CodedError, receivedError, sentError, type ErrorMessage } from '../../shared/errors.ts';
import { PendingCalls } from '../../shared/pending-calls.ts';

/** What can be called: per name, what goes in and what comes back. All of it crosses by structured clone. */
export type Calls<C> = { [M in keyof C]: { params: unknown; result: unknown } };

interface Request {
  id: number;
  method: string;
  params: unknown;
}

type Reply<Event> = { id: number; result: unknown } | { id: number; error: ErrorMessage } | { event: Event };

/** The side that calls. The worker's end, for whatever reason, is the end of all calls. */
export class WorkerClient<C extends Calls<C>, Event> {
  readonly #calls = new PendingCalls();

  constructor(
    private readonly worker: Worker,
    listener: (event: Event) => void,
    ended: (reason: Error) => void,
  ) {
    const end = (reason: Error) => {
      if (this.#calls.failure) return;
      this.#calls.end(reason);
      ended(reason);
    };
    worker.on('error', (error) => end(error));
    worker.on('exit', () => end(new CodedError('lost', 'the worker has ended')));
    worker.on('message', (reply: Reply<Event>) => {
      if ('event' in reply) return listener(reply.event);
      if ('error' in reply) this.#calls.reject(reply.id, receivedError(reply.error));
      else this.#calls.resolve(reply.id, reply.result);
    });
  }

  /** @throws CodedError of what the other side threw; the reason when the worker has ended */
  call<M extends keyof C & string>(
    method: M,
    params: C[M]['params'],
    transfer: Transferable[] = [],
  ): Promise<C[M]['result']> {
    return this.#calls.call((id) =>
      this.worker.postMessage({ id, method, params } satisfies Request, transfer),
    );
  }
}

export type Answers<C extends Calls<C>> = {
  [M in keyof C]: (params: C[M]['params']) => C[M]['result'] | Promise<C[M]['result']>;
};

/** The side that answers; gives the function that sends events. */
export function answerCalls<C extends Calls<C>, Event>(
  port: MessagePort,
  answers: Answers<C>,
): (event: Event) => void {
  const post = (reply: Reply<Event>) => port.postMessage(reply);
  const answer = async ({ id, method, params }: Request) => {
    try {
      post({ id, result: await debugTime('heap thread', method, () => answers[method as keyof C](params)) });
    } catch (error) {
      post({ id, error: sentError(error) });
    }
  };
  port.on('message', (request: Request) => startInBackground(answer(request)));
  return (event) => post({ event });
}
