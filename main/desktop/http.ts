// Files from servers, for `objgraph desktop` alone: through the proxies of the environment (HTTPS_PROXY, HTTP_PROXY, NO_PROXY),
// and after redirects.
import { once } from 'node:events';
import { get as getPlain, type IncomingMessage } from 'node:http';
import { get as getSecure } from 'node:https';
import { HttpsProxyAgent } from 'https-proxy-agent';
import { getProxyForUrl } from 'proxy-from-env';

/** A server, a proxy or the way to them failed; the message says which, and what to do. */
export class NetworkError extends Error {}

/** Milliseconds without a byte. */
const silentTime = 30_000;
const mostRedirects = 8;

export interface HttpOptions {
  headers?: Record<string, string>;
  signal: AbortSignal;
  /** Milliseconds without a byte after which it is given up; a test has less. */
  silent?: number;
}

/**
 * Asks for a file.
 * @throws NetworkError when no server answers; the signal's reason when it is aborted
 */
export async function httpGet(url: string, options: HttpOptions): Promise<IncomingMessage> {
  let current = url;
  for (let redirects = 0; redirects <= mostRedirects; redirects++) {
    const response = await request(current, options);
    const { location } = response.headers;
    const { statusCode = 0 } = response;
    if (statusCode < 300 || statusCode >= 400 || location === undefined) return response;
    response.resume();
    const next = new URL(location, current);
    if (next.protocol !== 'https:' && next.protocol !== new URL(current).protocol)
      throw new NetworkError(`${new URL(current).host} leads to ${next.href}, which is not https`);
    current = next.href;
  }
  throw new NetworkError(`${new URL(url).host} leads from one address to the next without an end`);
}

async function request(
  url: string,
  { headers, signal, silent = silentTime }: HttpOptions,
): Promise<IncomingMessage> {
  const { protocol, host } = checkAddress(url);
  const proxy = getProxyForUrl(url);
  try {
    const agent = proxy === '' ? undefined : new HttpsProxyAgent(proxy);
    const get = protocol === 'https:' ? getSecure : getPlain;
    const asked = get(url, { agent, headers: { 'User-Agent': 'objgraph', ...headers }, signal });
    asked.setTimeout(silent, () =>
      asked.destroy(new NetworkError(`${host} sent nothing for ${silent / 1000} s; try again later`)),
    );
    const [response] = (await once(asked, 'response')) as [IncomingMessage];
    return response;
  } catch (error) {
    signal.throwIfAborted();
    throw explain(error, host, proxy);
  }
}

function checkAddress(url: string): URL {
  if (!URL.canParse(url)) throw new NetworkError(`${url} is no address: see ELECTRON_MIRROR`);
  const address = new URL(url);
  if (!['http:', 'https:'].includes(address.protocol))
    throw new NetworkError(`${url} begins with neither https: nor http:`);
  return address;
}

function explain(error: unknown, host: string, proxy: string): Error {
  if (error instanceof NetworkError) return error;
  const { code, message } = error as NodeJS.ErrnoException;
  const reason = code ?? message;
  if (proxy !== '')
    return new NetworkError(
      `${host} cannot be reached through the proxy ${withoutPassword(proxy)} (${reason}): check HTTPS_PROXY and NO_PROXY`,
    );
  return new NetworkError(
    `${host} cannot be reached (${reason}). Behind a proxy, set HTTPS_PROXY=http://HOST:PORT`,
  );
}

function withoutPassword(proxy: string): string {
  if (!URL.canParse(proxy)) return proxy;
  const { protocol, host } = new URL(proxy);
  return `${protocol}//${host}`;
}
