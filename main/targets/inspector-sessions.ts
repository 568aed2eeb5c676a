// What can be inspected at HOST:PORT: `/json/list`, which Node, Deno, Chromium and Electron all answer.
import { getJson } from './http-json.ts';
import { isFields, shortened } from './reply.ts';
import type { Route } from './route.ts';
import { TargetError } from './target.ts';

export interface InspectorSession {
  /** `node`, `page`, `worker`, `iframe`, … */
  type: string;
  title: string;
  url: string;
  /** Null where Chromium lets one client in, and it is there. */
  webSocketDebuggerUrl: string | null;
}

/** More are not shown. */
const maxSessions = 1000;
/** A page's title may be of any length. */
const longestText = 500;

/**
 * The WebSocket of the one thing that can be inspected at HOST:PORT.
 * @throws TargetError when there is none, or more than one
 */
export async function findSession(place: string, signal: AbortSignal, route?: Route): Promise<string> {
  const candidates = (await listSessions(place, signal, route)).filter(
    ({ type, webSocketDebuggerUrl }) => webSocketDebuggerUrl && type !== 'iframe',
  );
  const [main = candidates[0], ...others] = candidates.filter(
    ({ type }) => type === 'node' || type === 'page',
  );
  if (!main) throw new TargetError(`there is nothing to inspect at ${place}, or another client is attached`);
  if (others.length > 0) {
    const list = [main, ...others].map(
      ({ title, url, webSocketDebuggerUrl }) => `${webSocketDebuggerUrl} (${title || url})`,
    );
    throw new TargetError(`at ${place} there is more than one target: name one of ${list.join(', ')}`);
  }
  return main.webSocketDebuggerUrl!;
}

/** The browser's own: its address bar, its DevTools. */
const isOfBrowser = ({ url }: InspectorSession) => /^(chrome|chrome-untrusted|devtools|edge):/i.test(url);

/** @param place `HOST:PORT` or `http://HOST:PORT/`. @throws TargetError that says what is there instead */
export async function listSessions(
  place: string,
  signal: AbortSignal,
  route?: Route,
): Promise<InspectorSession[]> {
  const base = /^https?:/i.test(place) ? place.replace(/\/+$/, '') : `http://${place}`;
  const address = URL.canParse(`${base}/json/list`) ? new URL(`${base}/json/list`) : null;
  if (address === null) throw new TargetError(`${place} is no address: name it as HOST:PORT`);
  const noInspector = new TargetError(
    `${place} is no inspector: it does not answer ${address.pathname} as one does`,
  );
  let body: unknown;
  try {
    body = await getJson(address, signal, { route });
  } catch (error) {
    signal.throwIfAborted();
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ECONNREFUSED')
      throw new TargetError(
        `nothing listens at ${place}: start the program with --inspect, or name its process id`,
      );
    if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') throw new TargetError(`there is no host for ${place}`);
    throw noInspector;
  }
  if (!Array.isArray(body)) throw noInspector;
  return body
    .slice(0, maxSessions)
    .flatMap((entry) => sessionOf(entry, address) ?? [])
    .filter((session) => !isOfBrowser(session));
}

/** Null for an entry that is none. */
function sessionOf(entry: unknown, address: URL): InspectorSession | null {
  if (!isFields(entry) || typeof entry.type !== 'string') return null;
  const text = (value: unknown) => (typeof value === 'string' ? shortened(value, longestText) : '');
  return {
    type: text(entry.type),
    title: text(entry.title),
    url: text(entry.url),
    webSocketDebuggerUrl: socketOf(entry.webSocketDebuggerUrl, address),
  };
}

/** It is where we asked, whatever host the answer names: an inspector has no say over whom else we connect to. */
function socketOf(url: unknown, { protocol, host }: URL): string | null {
  if (typeof url !== 'string' || !URL.canParse(url) || url.length > longestText) return null;
  const { pathname, search } = new URL(url);
  return `${protocol === 'https:' ? 'wss' : 'ws'}://${host}${pathname}${search}`;
}
