// A client of V8's inspector over a WebSocket.
import type { WebSocket } from 'ws';
import { debug } from '../debug.ts';
import { BrokenError, BusyError, Conversation } from './conversation.ts';
import type { Route } from './route.ts';
import { TargetError } from './target.ts';

/** V8 cuts a snapshot into messages of 100 kB; a text that is requested comes in one. */
const maxMessage = 2 ** 26;
const handshakeTimeout = 10_000;

/** A connection to an inspector; its own channel is that of the main thread. */
export class InspectorClient extends Conversation {
  private constructor(
    private readonly socket: WebSocket,
    name: string,
  ) {
    super(name, (text) => socket.send(text));
  }

  /**
   * @param name what messages call the target
   * @throws TargetError when nothing answers; the signal's reason when it was aborted
   */
  static async connect(
    url: string,
    name: string,
    signal: AbortSignal,
    route?: Route,
  ): Promise<InspectorClient> {
    signal.throwIfAborted();
    debug('inspector', () => `connecting to ${name} at ${new URL(url).host}`);
    // Only here: a command that reads a file starts twice as fast without it.
    const ws = await import('ws');
    signal.throwIfAborted();
    const socket = new ws.WebSocket(url, {
      ...{ perMessageDeflate: false, maxPayload: maxMessage, handshakeTimeout, followRedirects: false },
      ...(route && { createConnection: route.createConnection }),
    });
    const client = new InspectorClient(socket, name);
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
      socket.on('error', (error) => {
        const reason = new TargetError(connectionProblem(name, error));
        client.fail(reason);
        reject(reason);
      });
    });
    // A program that is done waits for its debugger to go: it must not wait for us.
    client.on('NodeRuntime.waitingForDisconnect', () => client.end(new TargetError(`${name} ended`)));
    try {
      await client.post('NodeRuntime.notifyWhenWaitingForDisconnect', { enabled: true });
    } catch (error) {
      if (error instanceof BusyError) client.end(error);
      // Deno and browsers do not know it, and do not wait.
      if (client.hasEnded) throw error;
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
    if (this.socket.readyState === this.socket.CLOSED) return;
    await new Promise((resolve) => this.socket.once('close', resolve));
  }
}

function connectionProblem(name: string, error: Error): string {
  const { code = '' } = error as NodeJS.ErrnoException;
  if (code === 'WS_ERR_UNSUPPORTED_MESSAGE_LENGTH')
    return `${name} sent a message of more than ${maxMessage / 2 ** 20} MB: the connection was ended`;
  if (code.startsWith('WS_ERR')) return `${name} is no inspector: it does not speak the WebSocket protocol`;
  return `${name} does not let us in: ${error.message}`;
}
