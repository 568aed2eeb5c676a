// `protocol` and `session`: who answers the page's requests, and what it is allowed to do.
import { EventEmitter } from 'node:events';

type Handler = (request: Request) => Promise<Response>;
type Answer<T> = (answer: T) => void;

/** The page's, as Chromium knows it. */
export const pageOrigin = 'https://viewer.objgraph.invalid';
/** Every request that a page made, and what became of it. */
export const requests: { url: string; outcome: 'served' | 'refused' }[] = [];

const handlers = new Map<string, Handler>();
const declared = new Map<string, Record<string, boolean>>();
let permission: (contents: unknown, name: string, answer: Answer<boolean>) => void = (
  _contents,
  _name,
  answer,
) => answer(true);
let check: (contents: unknown, name: string) => boolean = () => true;
let beforeRequest: (details: { url: string }, answer: Answer<{ cancel?: boolean }>) => void = (
  _details,
  answer,
) => answer({});

export const protocol = {
  registerSchemesAsPrivileged: (schemes: { scheme: string; privileges: Record<string, boolean> }[]) => {
    for (const { scheme, privileges } of schemes) declared.set(scheme, privileges);
  },
  handle: (scheme: string, handler: Handler) => handlers.set(scheme, handler),
};

const events = new EventEmitter();

export const session = {
  defaultSession: {
    on: events.on.bind(events),
    setPermissionRequestHandler: (handler: typeof permission) => (permission = handler),
    setPermissionCheckHandler: (handler: typeof check) => (check = handler),
    setDevicePermissionHandler: () => {},
    webRequest: { onBeforeRequest: (handler: typeof beforeRequest) => (beforeRequest = handler) },
  },
};

/** As the app's handlers decide, asked and checked. */
export function isAllowed(name: string): boolean {
  let asked = false;
  permission(null, name, (answer) => (asked = answer));
  return asked && check(null, name);
}

/** Whether a page may have a file written. */
export function mayDownload(url: string): boolean {
  let prevented = false;
  events.emit('will-download', { preventDefault: () => (prevented = true) }, { getURL: () => toApp(url) });
  return !prevented;
}

/** What the app answers to a request of the page; null when it is refused. */
export async function respond(url: string, method: string): Promise<Response | null> {
  const asked = toApp(url);
  let cancelled = false;
  beforeRequest({ url: asked }, ({ cancel }) => (cancelled = cancel === true));
  const handler = handlers.get(new URL(asked).protocol.slice(0, -1));
  const response = cancelled || !handler ? null : await handler(new Request(asked, { method }));
  requests.push({ url: asked, outcome: response ? 'served' : 'refused' });
  return response;
}

/** Addresses of the app's scheme are those of a name that does not exist. */
export const toApp = (url: string): string =>
  url.replace(/^https:\/\/(\w+)\.objgraph\.invalid\//, 'objgraph://$1/');

export function toChromium(url: string): string {
  if (!url.startsWith('objgraph://')) return url;
  const { standard, secure } = declared.get('objgraph') ?? {};
  if (!standard || !secure) throw new Error('The scheme was not declared before the app was ready');
  return url.replace(/^objgraph:\/\/(\w+)\//, 'https://$1.objgraph.invalid/');
}
