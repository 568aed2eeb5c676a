// The page that an action of `objgraph page` is given: what a user does with a page, and no more.
import { setTimeout as sleep } from 'node:timers/promises';
import { isFields } from '../targets/reply.ts';
import { TargetError } from '../targets/target.ts';
import { ask, listen, type CdpSession } from './cdp.ts';

const timeout = 15_000;
/** The network is quiet, and the document stays as it is, for so long. */
const quietTime = 200;

const keys: Record<string, { code: string; windowsVirtualKeyCode: number; text?: string }> = {
  Escape: { code: 'Escape', windowsVirtualKeyCode: 27 },
  Enter: { code: 'Enter', windowsVirtualKeyCode: 13, text: '\r' },
  Tab: { code: 'Tab', windowsVirtualKeyCode: 9 },
};

export class PageDriver {
  readonly #requests = new Set<string>();
  #lastChange = 0;

  private constructor(readonly session: CdpSession) {}

  static async open(session: CdpSession): Promise<PageDriver> {
    const driver = new PageDriver(session);
    const changed = (requestId: unknown, isUnderWay: boolean) => {
      driver.#lastChange = Date.now();
      if (isUnderWay) driver.#requests.add(String(requestId));
      else driver.#requests.delete(String(requestId));
    };
    listen(session, 'Network.requestWillBeSent', ({ requestId, type }) => {
      // What stays open says nothing of a page that loads.
      if (type !== 'EventSource' && type !== 'WebSocket') changed(requestId, true);
    });
    for (const event of ['Network.loadingFinished', 'Network.loadingFailed'])
      listen(session, event, ({ requestId }) => changed(requestId, false));
    listen(session, 'Page.javascriptDialogOpening', () => {
      // A page that asks would wait for ever.
      ask(session, 'Page.handleJavaScriptDialog', { accept: true }).catch(() => {});
    });
    await ask(session, 'Page.enable');
    // Bodies of responses are not kept: they would grow with every run.
    await ask(session, 'Network.enable', { maxTotalBufferSize: 0, maxResourceBufferSize: 0 });
    return driver;
  }

  /** Opens an address, and waits until it has loaded. @throws TargetError */
  async goto(url: string): Promise<void> {
    const { errorText } = await ask(this.session, 'Page.navigate', { url });
    if (typeof errorText === 'string' && errorText !== '')
      throw new TargetError(`${url} cannot be opened: ${errorText}`);
    await this.waitFor(() => document.readyState === 'complete');
    await this.quiet();
  }

  /** Runs a function in the page, and gives what it returns, as JSON. @throws TargetError with what it throws */
  async evaluate<T = unknown, A = unknown>(
    work: string | ((argument: A) => T),
    argument?: A,
  ): Promise<Awaited<T>> {
    const expression =
      typeof work === 'string' ? work : `(${work.toString()})(${JSON.stringify(argument) ?? ''})`;
    const { result, exceptionDetails } = await ask(this.session, 'Runtime.evaluate', {
      ...{ expression, returnByValue: true, awaitPromise: true, userGesture: true },
    });
    if (isFields(exceptionDetails)) {
      const thrown = isFields(exceptionDetails.exception) ? exceptionDetails.exception.description : null;
      throw new TargetError(`in the page: ${String(thrown ?? exceptionDetails.text).split('\n')[0]}`);
    }
    return (isFields(result) ? result.value : undefined) as Awaited<T>;
  }

  /** Clicks the first element of a selector that can be seen. @throws TargetError when there is none in time */
  async click(selector: string): Promise<void> {
    await this.waitFor(isThere, selector);
    const { x, y } = await this.evaluate((wanted: string) => {
      const element = document.querySelector(wanted)!;
      element.scrollIntoView({ block: 'center', inline: 'center', behavior: 'instant' });
      const { left, top, width, height } = element.getBoundingClientRect();
      return { x: left + width / 2, y: top + height / 2 };
    }, selector);
    const mouse = (type: string) =>
      ask(this.session, 'Input.dispatchMouseEvent', { type, x, y, button: 'left', clickCount: 1 });
    await mouse('mouseMoved');
    await mouse('mousePressed');
    await mouse('mouseReleased');
    await this.quiet();
  }

  /** Presses a key: `Escape`, `Enter`, `Tab`, or a character. */
  async press(key: string): Promise<void> {
    const known = keys[key] ?? { text: key };
    await ask(this.session, 'Input.dispatchKeyEvent', { type: 'keyDown', key, ...known });
    await ask(this.session, 'Input.dispatchKeyEvent', { type: 'keyUp', key, ...known });
    await this.quiet();
  }

  /** Types a text into what has the focus, or into the element of a selector. */
  async type(text: string, selector?: string): Promise<void> {
    if (selector !== undefined) await this.click(selector);
    await ask(this.session, 'Input.insertText', { text });
  }

  /** Goes one step back in the history. */
  async back(): Promise<void> {
    await this.evaluate(() => history.back());
    await sleep(quietTime);
    await this.waitFor(() => document.readyState === 'complete');
    await this.quiet();
  }

  /** Waits until a function of the page is true, or a selector is there. @throws TargetError after 15 seconds */
  async waitFor<A>(condition: string | ((argument: A) => unknown), argument?: A): Promise<void> {
    const deadline = Date.now() + timeout;
    const isTrue = () =>
      typeof condition === 'string' ? this.evaluate(isThere, condition) : this.evaluate(condition, argument);
    // While a page is replaced by the next one, it cannot be asked.
    while (!(await isTrue().catch(() => false))) {
      if (Date.now() > deadline)
        throw new TargetError(`${describeCondition(condition, argument)} was not there in time`);
      await sleep(20);
    }
  }

  /** Waits until nothing is loaded any more; what polls for ever is waited for as long as for everything else. */
  async quiet(): Promise<void> {
    const deadline = Date.now() + timeout;
    await sleep(20);
    while (Date.now() < deadline && (this.#requests.size > 0 || Date.now() - this.#lastChange < quietTime))
      await sleep(20);
  }
}

const isThere = (selector: string) => {
  const element = document.querySelector(selector);
  return element !== null && element.getClientRects().length > 0;
};

const describeCondition = (condition: unknown, argument: unknown) =>
  typeof condition === 'string' ? condition : typeof argument === 'string' ? argument : 'what was waited for';
