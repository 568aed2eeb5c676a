// The host behind a WebSocket: the process that served the page. The connection is made when this file is loaded, which is before the
// rest of the page's program is there, and asks for the document at once: both are under way while the browser loads and compiles.
// It imports nothing.
import type { Host, MainMessage, RequestMessage } from '../shared/protocol.ts';

/** The page's first request; all that follow have higher numbers. */
const firstRequest = { id: 0, method: 'document.get', params: null } satisfies RequestMessage;

class SocketHost implements Host {
  readonly #socket: WebSocket;
  /** What was asked before we were let in; null since then. */
  #outgoing: RequestMessage[] | null = [firstRequest];
  #listener: ((message: MainMessage) => void) | null = null;
  /** What came before anybody listened. */
  #waiting: MainMessage[] = [];
  /** The page's own number for the first request; null until it asks. */
  #askedAs: number | null = null;

  /** The ticket in the address is what lets the page in, once. */
  constructor() {
    const pass = kept() ?? location.hash.slice(1);
    this.#socket = new WebSocket(`ws://${location.host}/protocol`, ['objgraph', pass].filter(Boolean));
    const letIn = ({ data }: MessageEvent) => {
      keep(String(data));
      this.#socket.addEventListener('message', this.#take);
      const outgoing = this.#outgoing ?? [];
      this.#outgoing = null;
      outgoing.forEach((message) => this.send(message));
    };
    this.#socket.addEventListener('message', letIn, { once: true });
  }

  send(message: RequestMessage): void {
    const isFirst = message.method === firstRequest.method && message !== firstRequest;
    if (isFirst && this.#askedAs === null) this.#askedAs = message.id;
    else if (this.#outgoing) this.#outgoing.push(message);
    else this.#socket.send(JSON.stringify(message));
  }

  receive(listener: (message: MainMessage) => void): void {
    this.#listener = listener;
    // Not before the page, which is made now, has asked.
    queueMicrotask(() => {
      for (const message of this.#waiting.splice(0)) listener(this.#asAsked(message));
    });
  }

  onLost(listener: () => void): void {
    if (this.#socket.readyState === WebSocket.CLOSED) queueMicrotask(listener);
    else this.#socket.addEventListener('close', listener, { once: true });
  }

  readonly #take = ({ data }: MessageEvent): void => {
    const message = JSON.parse(String(data)) as MainMessage;
    if (this.#listener) this.#listener(this.#asAsked(message));
    else this.#waiting.push(message);
  };

  #asAsked(message: MainMessage): MainMessage {
    return 'id' in message && message.id === firstRequest.id
      ? { ...message, id: this.#askedAs ?? message.id }
      : message;
  }
}

/**
 * What lets this window in again when it is reloaded: the ticket is worth nothing any more. No other window sees it. In the
 * window's history, not in its session storage: that waits for a process of Chromium's that a first window is quicker than.
 */
const keep = (pass: string) => history.replaceState({ pass }, '');

function kept(): string | null {
  const { pass } = Object(history.state) as { pass?: unknown };
  return typeof pass === 'string' ? pass : null;
}

/** Null where the window has a host of its own. */
export const socketHost = window.objgraphHost ? null : new SocketHost();
