// A client of V8's inspector: commands and events as JSON over a WebSocket.
// Protocol: https://chromedevtools.github.io/devtools-protocol/v8/
import { WebSocket } from 'ws';
import { debug, debugTime } from '../debug.ts';
import { TargetError } from './target.ts';

/** Commands and events of one JavaScript thread. */
export interface Channel {
  /** Sends a command. @throws TargetError with the inspector's refusal, or because the connection has gone */
  post(method: string, params?: object): Promise<Record<string, unknown>>;
  /** One listener an event. What it throws ends the connection, and every command that waits. */
  on(event: string, listener: (params: never) => void): void;
  /** Called once with the reason when nothing will be answered any more; at once if it is so already. */
  onEnd(listener: (reason: unknown) => void): void;
}

interface Message {
  id?: number;
  method?: string;
  params?: unknown;
  result?: Record<string, unknown>;
  error?: { message: string };
}

/** The bookkeeping of a channel, whatever carries its messages. */
export class Conversation implements Channel {
  readonly #waiting = new Map<
    number,
    { resolve(result: Record<string, unknown>): void; reject(error: unknown): void }
  >();
  readonly #listeners = new Map<string, (params: never) => void>();
  readonly #endListeners: ((reason: unknown) => void)[] = [];
  #failure: Error | null = null;
  #id = 0;

  constructor(readonly send: (text: string) => void) {}

  post(method: string, params: object = {}): Promise<Record<string, unknown>> {
    const answer = () =>
      new Promise<Record<string, unknown>>((resolve, reject) => {
        if (this.#failure !== null) return reject(this.#failure);
        const id = ++this.#id;
        this.#waiting.set(id, { resolve, reject });
        this.send(JSON.stringify({ id, method, params }));
      });
    return debugTime('inspector', method, answer);
  }

  on(event: string, listener: (params: never) => void): void {
    this.#listeners.set(event, listener);
  }

  onEnd(listener: (reason: unknown) => void): void {
    if (this.#failure === null) this.#endListeners.push(listener);
    else listener(this.#failure);
  }

  get hasEnded(): boolean {
    return this.#failure !== null;
  }

  /** @throws what the listener of an event throws */
  receive(text: string): void {
    const { id, method, params, result, error } = JSON.parse(text) as Message;
    if (id === undefined) return this.#listeners.get(method!)?.(params as never);
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (error) waiting?.reject(new TargetError(`the inspector refused: ${error.message}`));
    else waiting?.resolve(result ?? {});
  }

  /** Nothing will be answered any more; the first reason counts. */
  fail(reason: unknown): void {
    this.#failure ??= reason as Error;
    for (const { reject } of this.#waiting.values()) reject(this.#failure);
    this.#waiting.clear();
    for (const listener of this.#endListeners.splice(0)) listener(this.#failure);
  }
}

/** The value of an expression of ours in a thread: what JSON can say. */
export async function evaluateValue(channel: Channel, expression: string): Promise<unknown> {
  const answer = await channel.post('Runtime.evaluate', { expression, returnByValue: true, silent: true });
  if (answer.exceptionDetails) throw new TargetError('the target does not run what is asked of it');
  return (answer.result as { value?: unknown }).value;
}

/** The inspector is there, and the thread behind it does nothing that it is asked. */
export class BusyError extends TargetError {}

/** The connection has broken: the target ended, or closed its inspector. */
export class BrokenError extends TargetError {}

/** A thread that runs JavaScript, however busy, answers between two of its loops. */
const patience = 10_000;

/** A connection to an inspector; its own channel is that of the main thread. */
export class InspectorClient extends Conversation {
  private constructor(private readonly socket: WebSocket) {
    super((text) => socket.send(text));
  }

  /**
   * @param name what messages call the target
   * @throws TargetError when nothing answers; the signal's reason when it was aborted
   */
  static async connect(url: string, name: string, signal: AbortSignal): Promise<InspectorClient> {
    signal.throwIfAborted();
    debug('inspector', () => `connecting to ${name} at ${new URL(url).host}`);
    const socket = new WebSocket(url, { perMessageDeflate: false, maxPayload: 0, handshakeTimeout: 10_000 });
    const client = new InspectorClient(socket);
    const abort = () => client.end(signal.reason);
    signal.addEventListener('abort', abort);
    socket.on('message', (data: Buffer) => {
      try {
        client.receive(data.toString());
      } catch (error) {
        client.end(error);
      }
    });
    socket.on('close', () => {
      signal.removeEventListener('abort', abort);
      debug('inspector', () => `the connection to ${name} closed`);
      client.fail(new BrokenError(`${name} ended, or closed its inspector`));
    });
    await new Promise<void>((resolve, reject) => {
      socket.once('open', resolve).once('close', () => reject(signal.reason as Error));
      socket.on('error', (error) => reject(new TargetError(`${name} does not let us in: ${error.message}`)));
    });
    // A program that is done waits for its debugger to go: it must not wait for us.
    client.on('NodeRuntime.waitingForDisconnect', () => client.end(new TargetError(`${name} ended`)));
    const tooLong = setTimeout(
      () =>
        client.end(
          new BusyError(
            `${name} does not answer: it waits in a call of the system, or another client takes a snapshot of it; try again when it goes on`,
          ),
        ),
      patience,
    );
    try {
      await client.post('NodeRuntime.notifyWhenWaitingForDisconnect', { enabled: true });
    } catch (error) {
      // Deno and browsers do not know it, and do not wait.
      if (client.hasEnded) throw error;
    } finally {
      clearTimeout(tooLong);
    }
    return client;
  }

  /** Gives up with a reason. */
  end(reason: unknown): void {
    this.fail(reason);
    this.socket.terminate();
  }

  /** Ends in order, and waits until the other side knows. */
  async close(): Promise<void> {
    const ended = this.ended();
    this.socket.close();
    await ended;
  }

  /** Waits until the connection has ended. */
  async ended(): Promise<void> {
    if (this.socket.readyState === WebSocket.CLOSED) return;
    await new Promise((resolve) => this.socket.once('close', resolve));
  }
}
