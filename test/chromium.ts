// Debian's Chromium as tests start it.
import { chromium, type Browser, type BrowserContextOptions, type LaunchOptions } from 'playwright-core';
import { withoutCard } from '../main/viewer/chromium-process.ts';

/** Milliseconds. On a busy machine each waits as long as it needs: a test that hangs is ended by its own time, not by Playwright's 30 s. */
const patience = 110_000;

/** Its own sandbox does not work for root. No graphics card is emulated, as in the viewer. */
const args = [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), ...withoutCard];

/** One without a window. */
export async function startBrowser(options: LaunchOptions = {}): Promise<Browser> {
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    timeout: patience,
    ...options,
    args: [...args, ...(options.args ?? [])],
  });
  // Pages that the browser makes without a context have one, too: it comes from here.
  const newContext = browser.newContext.bind(browser);
  browser.newContext = async (context?: BrowserContextOptions) => {
    const made = await newContext(context);
    made.setDefaultTimeout(patience);
    return made;
  };
  return browser;
}
