// The DevTools protocol as a test driver or a connection of our own offers it: Playwright's and Puppeteer's sessions fit.
// Protocol: https://chromedevtools.github.io/devtools-protocol/
import { isFields, type Fields } from '../targets/reply.ts';

/** A session of the DevTools protocol with one target: a page, an iframe of another site, a worker. */
export interface CdpSession {
  send(method: string, params?: object): Promise<unknown>;
  on(event: string, listener: (params: never) => void): unknown;
  off(event: string, listener: (params: never) => void): unknown;
}

/** Sends, and gives the fields of the answer. */
export async function ask(session: CdpSession, method: string, params: object = {}): Promise<Fields> {
  const answer = await session.send(method, params);
  return isFields(answer) ? answer : {};
}

/** Listens until the function that is returned is called. */
export function listen(session: CdpSession, event: string, listener: (params: Fields) => void): () => void {
  const checked = (params: unknown) => listener(isFields(params) ? params : {});
  session.on(event, checked);
  return () => void session.off(event, checked);
}

/** The value of an expression in a target; a promise is waited for. */
export async function evaluateIn(session: CdpSession, expression: string): Promise<unknown> {
  const { result } = await ask(session, 'Runtime.evaluate', {
    ...{ expression, returnByValue: true, awaitPromise: true, silent: true },
  });
  return isFields(result) ? result.value : undefined;
}
