// How much a page may ask. A person's hands, a table that is scrolled and a snapshot that is dropped stay far below; a page
// that asks more has gone wild, or is not ours.
import { ProtocolError } from './protocol-error.ts';

/** Bytes of one message. */
export const largestMessage = 65 * 2 ** 20;
/** Messages at once, and in every second after that. */
const burst = 2000;
const perSecond = 500;
/** Of what waits for its answer; the largest message is half of it. */
const maxWaiting = 1000;
const maxWaitingBytes = 130 * 2 ** 20;

export class MessageBudget {
  #left = burst;
  #counted: number;
  #waiting = 0;
  #waitingBytes = 0;

  /** @param now milliseconds of a clock that only goes forward */
  constructor(private readonly now: () => number = () => performance.now()) {
    this.#counted = now();
  }

  /**
   * Hands a message on that came as JSON, and counts it until it is answered.
   * @throws ProtocolError when it is too much, or no JSON; what `receive` throws
   */
  async pass(text: string, receive: (message: unknown) => Promise<void>): Promise<void> {
    this.take(text.length);
    await receive(parse(text));
    this.done(text.length);
  }

  /** @throws ProtocolError when this message is too much */
  take(bytes: number): void {
    if (bytes > largestMessage) throw new ProtocolError(`A message of more than ${largestMessage} bytes`);
    const now = this.now();
    this.#left = Math.min(burst, this.#left + ((now - this.#counted) / 1000) * perSecond);
    this.#counted = now;
    if (this.#left < 1) throw new ProtocolError(`More than ${perSecond} messages a second`);
    this.#left--;
    this.#waiting++;
    this.#waitingBytes += bytes;
    if (this.#waiting > maxWaiting) throw new ProtocolError(`More than ${maxWaiting} requests at once`);
    if (this.#waitingBytes > maxWaitingBytes)
      throw new ProtocolError(`More than ${maxWaitingBytes / 2 ** 20} MB of requests at once`);
  }

  /** The message was answered. */
  done(bytes: number): void {
    this.#waiting--;
    this.#waitingBytes -= bytes;
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new ProtocolError('A message is JSON');
  }
}
