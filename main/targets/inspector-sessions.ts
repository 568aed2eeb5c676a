// What can be inspected at HOST:PORT: `/json/list`, which Node, Deno, Chromium and Electron all answer.
import { TargetError } from './target.ts';

export interface InspectorSession {
  /** `node`, `page`, `worker`, `iframe`, … */
  type: string;
  title: string;
  url?: string;
  /** Absent where Chromium lets one client in, and it is there. */
  webSocketDebuggerUrl?: string;
}

/**
 * The WebSocket of the one thing that can be inspected at HOST:PORT.
 * @throws TargetError when there is none, or more than one
 */
export async function findSession(place: string, signal: AbortSignal): Promise<string> {
  const candidates = (await listSessions(place, signal)).filter(
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
const isOfBrowser = ({ url = '' }: InspectorSession) =>
  /^(chrome|chrome-untrusted|devtools|edge):/i.test(url);

/** @param place `HOST:PORT` or `http://HOST:PORT/`. @throws TargetError that says what is there instead */
export async function listSessions(place: string, signal: AbortSignal): Promise<InspectorSession[]> {
  const base = /^https?:/i.test(place) ? place.replace(/\/+$/, '') : `http://${place}`;
  const noInspector = new TargetError(
    `${place} is no inspector: it does not answer ${new URL(`${base}/json/list`).pathname} as one does`,
  );
  let body: unknown;
  try {
    const patience = AbortSignal.any([signal, AbortSignal.timeout(5000)]);
    body = await (await fetch(`${base}/json/list`, { signal: patience, redirect: 'error' })).json();
  } catch (error) {
    signal.throwIfAborted();
    const code = ((error as Error).cause as NodeJS.ErrnoException | undefined)?.code;
    if (code === 'ECONNREFUSED')
      throw new TargetError(
        `nothing listens at ${place}: start the program with --inspect, or name its process id`,
      );
    if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') throw new TargetError(`there is no host for ${place}`);
    throw noInspector;
  }
  if (Array.isArray(body)) return (body as InspectorSession[]).filter((session) => !isOfBrowser(session));
  throw noInspector;
}
