// The page's end of the protocol: typed requests and events over whichever host there is, Electron's preload or a
// WebSocket to the process that served the page.
import { CodedError, receivedError } from '../shared/errors.ts';
import { PendingCalls } from '../shared/pending-calls.ts';
import type { EventName, Events, Host, Method, Requests } from '../shared/protocol.ts';
import { socketHost } from './socket-host.ts';

declare global {
  interface Window {
    objgraphHost?: Host;
  }
}

/** What the page asks and hears. */
export interface Connection {
  /** The host has dialogs of its own for choosing files. */
  readonly hasDialogs: boolean;
  /** Where a file is that the page was given, if the host knows. */
  pathOf(file: File): string | null;
  /** Rejects with main's error, or when the connection is lost. */
  request<M extends Method>(method: M, params: Requests[M]['params']): Promise<Requests[M]['result']>;
  on<E extends EventName>(event: E, listener: (data: Events[E]) => void): void;
  /** Called once, when nothing more will come. */
  onLost(listener: () => void): void;
}

export function connect(): Connection {
  if (window.objgraphHost) return converse(window.objgraphHost, true);
  return converse(socketHost!, false, (lost) => socketHost!.onLost(lost));
}

/** Pairs answers with requests; `watch` reports the connection's end, for hosts that can lose it. */
function converse(host: Host, hasDialogs: boolean, watch: (lost: () => void) => void = () => {}): Connection {
  const calls = new PendingCalls();
  const listeners = new Map<EventName, ((data: never) => void)[]>();
  const lostListeners: (() => void)[] = [];

  host.receive((message) => {
    if ('event' in message) {
      for (const listener of listeners.get(message.event) ?? []) listener(message.data as never);
      return;
    }
    if (message.ok) calls.resolve(message.id, message.result);
    else calls.reject(message.id, receivedError(message.error));
  });

  watch(() => {
    calls.end(new CodedError('lost', 'The connection to objgraph is lost.'));
    for (const listener of lostListeners) listener();
  });

  return {
    hasDialogs,
    pathOf: (file) => host.pathOf?.(file) || null,
    request<M extends Method>(method: M, params: Requests[M]['params']) {
      const answer = calls.call((id) => host.send({ id, method, params }));
      return answer as Promise<Requests[M]['result']>;
    },
    on(event, listener) {
      listeners.set(event, [...(listeners.get(event) ?? []), listener]);
    },
    onLost: (listener) => void lostListeners.push(listener),
  };
}
