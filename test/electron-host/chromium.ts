// Debian's Chromium in place of Electron's own: one browser for the app, with its profile in the app's folder, where a
// debugging port that was asked for is written down just as Electron does it.
import { spawn } from 'node:child_process';
import { readlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { chromium, type BrowserContext, type CDPSession, type Page, type Route } from 'playwright-core';
import { isRunning } from '../../main/documents/temporary.ts';
import { withoutCard } from '../../main/viewer/chromium-process.ts';
import { isAllowed, pageOrigin, respond } from './session.ts';
import type { WebContents } from './web-contents.ts';

/** Electron's names of permissions, and Chromium's. */
const permissions: [electron: string, chromium: string][] = [
  ['geolocation', 'geolocation'],
  ['notifications', 'notifications'],
  ['media', 'camera'],
  ['media', 'microphone'],
  ['midi', 'midi'],
  ['clipboard-read', 'clipboard-read'],
  ['clipboard-sanitized-write', 'clipboard-write'],
];

const contentsOf = new Map<Page, WebContents>();
let profile = '';
let context: BrowserContext | null = null;
let browser: CDPSession | null = null;
/** Chromium begins with a window of its own. */
let spare: Page | null = null;
let opening: Promise<unknown> = Promise.resolve();

/** By an argument, as Electron takes it, or by a variable: a packaged app refuses the argument, and the tests look into that, too. */
const isDebugged = () =>
  process.env.ELECTRON_HOST_DEBUGGED === '1' ||
  process.argv.some((argument) => argument.startsWith('--remote-debugging-port'));

/** Files of the app come over no network, so that Electron never finds it slow; here they come by way of the driver. */
const withoutNetwork = ['--force-effective-connection-type=4G'];

export async function startChromium(folder: string): Promise<void> {
  profile = folder;
  await waitForKilled();
  const asRoot = process.getuid?.() === 0 ? ['--no-sandbox', '--test-type'] : [];
  context = await chromium.launchPersistentContext(profile, {
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    headless: !process.env.DISPLAY,
    viewport: null,
    args: [
      ...asRoot,
      ...withoutCard,
      ...withoutNetwork,
      ...(isDebugged() ? ['--remote-debugging-port=0'] : []),
    ],
    handleSIGINT: false,
    handleSIGTERM: false,
  });
  endWithUs();
  context.once('close', () => (context = null));
  context.on('page', async (page) => {
    const opener = await page.opener();
    if (opener) await contentsOf.get(opener)?.popUp(page);
  });
  await context.route('**/*', serve);
  spare = context.pages()[0];
  browser = await context.browser()!.newBrowserCDPSession();
}

/**
 * Electron's windows end with its process, even with one that is killed, and leave nothing. The end shows at a pipe that only this
 * process holds: its id stays taken until its parent asks for its status, which in many containers never happens.
 */
function endWithUs(): void {
  const browser = readlinkSync(join(profile, 'SingletonLock')).split('-').at(-1)!;
  const socket = dirname(readlinkSync(join(profile, 'SingletonSocket')));
  const watch = 'cat; kill -9 $0; rm -rf "$1"';
  const watcher = spawn('sh', ['-c', watch, browser, socket], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  });
  watcher.unref();
}

/** Of a host that was killed: its browser may be just ending. */
async function waitForKilled(): Promise<void> {
  try {
    const owner = Number(readlinkSync(join(profile, 'SingletonLock')).split('-').at(-1));
    while (isRunning(owner)) await sleep(20);
  } catch {
    // No browser was here before, or it ended in order.
  }
}

export async function closeChromium(): Promise<void> {
  await context?.close();
}

/** A page in a window of its own; one after the other, so that each gets its own. */
export function openPage(contents: WebContents, bounds: Partial<Bounds>): Promise<Page> {
  const page = opening.then(() => open(contents, bounds));
  opening = page.catch(() => {});
  return page;
}

async function open(contents: WebContents, bounds: Partial<Bounds>): Promise<Page> {
  // A browser ends with its last window; an app need not.
  if (!context) await startChromium(profile);
  for (const [electron, name] of permissions) {
    const setting = isAllowed(electron) ? 'granted' : 'denied';
    await browser!.send('Browser.setPermission', { permission: { name }, setting, origin: pageOrigin });
  }
  const page = spare ?? (await newWindow());
  spare = null;
  contentsOf.set(page, contents);
  page.once('close', () => contentsOf.delete(page));
  await setBounds(page, bounds);
  return page;
}

export interface Bounds {
  x: number;
  y: number;
  width: number;
  height: number;
}

export async function setBounds(page: Page, { x, y, width, height }: Partial<Bounds>): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const { windowId } = await session.send('Browser.getWindowForTarget');
  await session.send('Browser.setWindowBounds', { windowId, bounds: { left: x, top: y, width, height } });
  await session.detach();
}

async function newWindow(): Promise<Page> {
  const opened = context!.waitForEvent('page');
  await browser!.send('Target.createTarget', { url: 'about:blank', newWindow: true });
  return opened;
}

/** Every request of every page: the app answers it, or nothing does. */
async function serve(route: Route): Promise<void> {
  const request = route.request();
  const contents = contentsOf.get(pageOf(route)!);
  if (!contents) return route.abort('blockedbyclient');
  if (request.isNavigationRequest() && !contents.mayGo(request.url(), request.frame()))
    return route.abort('aborted');
  const response = await respond(request.url(), request.method());
  if (!response) return route.abort('blockedbyclient');
  const body = Buffer.from(await response.arrayBuffer());
  await route.fulfill({ status: response.status, headers: Object.fromEntries(response.headers), body });
}

function pageOf(route: Route): Page | null {
  try {
    return route.request().frame().page();
  } catch {
    // The first request of a page that is not known yet: none of ours.
    return null;
  }
}
