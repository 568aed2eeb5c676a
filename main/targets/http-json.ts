// JSON from an inspector's HTTP server, which may be a stranger's: one deadline for all, and no more than can be of use.
import { get as getHttp } from 'node:http';
import { get as getHttps } from 'node:https';
import type { Route } from './route.ts';

const defaultTimeout = 5000;
const maxBytes = 2 ** 20;

/**
 * The body of a response with status 200. Redirects are not followed.
 * @throws the system's error when there is no connection, an Error for any other answer; the signal's reason
 */
export function getJson(
  url: URL,
  signal: AbortSignal,
  { timeout = defaultTimeout, route }: { timeout?: number; route?: Route } = {},
): Promise<unknown> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const get = url.protocol === 'https:' ? getHttps : getHttp;
    const request = get(url, {
      ...(route ? { createConnection: route.createConnection } : { agent: false }),
    });
    const abort = () => request.destroy(signal.reason as Error);
    const timer = setTimeout(() => request.destroy(new Error('no answer in time')), timeout);
    signal.addEventListener('abort', abort, { once: true });
    request.on('close', () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', abort);
      reject(new Error('no answer'));
    });
    request.on('error', reject);
    request.on('response', (response) => {
      if (response.statusCode !== 200) return request.destroy(new Error(`status ${response.statusCode}`));
      const chunks: Buffer[] = [];
      let length = 0;
      response.on('error', reject);
      response.on('data', (chunk: Buffer) => {
        chunks.push(chunk);
        if ((length += chunk.length) > maxBytes) request.destroy(new Error('too long an answer'));
      });
      response.on('end', () => {
        try {
          resolve(JSON.parse(Buffer.concat(chunks).toString()));
        } catch {
          reject(new Error('no JSON'));
        }
      });
    });
  });
}
