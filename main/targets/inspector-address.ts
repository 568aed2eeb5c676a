// A target behind an inspector's address: `ws://…` as Node prints it, or HOST:PORT of Node, Deno or Chromium.
import { InspectorClient } from './inspector-client.ts';
import { readInspectedHeap, splitThread } from './inspected-heap.ts';
import { TargetError, type ReadContext, type Target, type TargetKind } from './target.ts';

/** A colon in front of digits alone: no path of Windows, and a file can be named as ./file:1. */
const hostAndPort = /^(\[[\da-f:.]+\]|[\w.-]+):\d{1,5}(#\d+)?$/i;

export const inspectorAddresses: TargetKind = {
  recognise: (text) => /^(wss?|https?):\/\//i.test(text) || hostAndPort.test(text),
  open: (text) => new InspectorAddress(text),
};

class InspectorAddress implements Target {
  readonly isLive = true;

  constructor(readonly name: string) {}

  async read(take: (chunk: Uint8Array) => void, context: ReadContext): Promise<void> {
    const { place, thread } = splitThread(this.name);
    const url = /^wss?:/i.test(place) ? place : await findSession(place, context.signal);
    const client = await InspectorClient.connect(url, this.name, context.signal);
    try {
      await readInspectedHeap(client, { name: this.name, thread }, take, context);
    } finally {
      await client.close();
    }
  }
}

interface Session {
  type: string;
  title: string;
  webSocketDebuggerUrl?: string;
}

/**
 * The WebSocket of the one thing that can be inspected at HOST:PORT.
 * @throws TargetError when there is none, or more than one
 */
export async function findSession(place: string, signal: AbortSignal): Promise<string> {
  const base = /^https?:/i.test(place) ? place.replace(/\/+$/, '') : `http://${place}`;
  const sessions = await listSessions(`${base}/json/list`, place, signal);
  const candidates = sessions.filter(
    ({ type, webSocketDebuggerUrl }) => webSocketDebuggerUrl && type !== 'iframe',
  );
  const [main = candidates[0], ...others] = candidates.filter(
    ({ type }) => type === 'node' || type === 'page',
  );
  if (!main) throw new TargetError(`there is nothing to inspect at ${place}, or another client is attached`);
  if (others.length > 0) {
    const list = [main, ...others].map(
      ({ title, webSocketDebuggerUrl }) => `${webSocketDebuggerUrl} (${title})`,
    );
    throw new TargetError(`at ${place} there is more than one target: name one of ${list.join(', ')}`);
  }
  return main.webSocketDebuggerUrl!;
}

async function listSessions(url: string, place: string, signal: AbortSignal): Promise<Session[]> {
  let body: unknown;
  try {
    const patience = AbortSignal.any([signal, AbortSignal.timeout(5000)]);
    body = await (await fetch(url, { signal: patience, redirect: 'error' })).json();
  } catch (error) {
    signal.throwIfAborted();
    const code = ((error as Error).cause as NodeJS.ErrnoException | undefined)?.code;
    if (code === 'ECONNREFUSED')
      throw new TargetError(
        `nothing listens at ${place}: start the program with --inspect, or name its process id`,
      );
    if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') throw new TargetError(`there is no host for ${place}`);
    throw new TargetError(
      `${place} is no inspector: it does not answer ${new URL(url).pathname} as one does`,
    );
  }
  if (Array.isArray(body)) return body as Session[];
  throw new TargetError(`${place} is no inspector: it does not answer ${new URL(url).pathname} as one does`);
}
