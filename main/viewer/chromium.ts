// A Chromium, Chrome, Edge or Brave that shows our pages: with a profile of its own, in windows without an address bar.
import type { ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync, readlinkSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Readable, Writable } from 'node:stream';
import { startInBackground } from '../background.ts';
import { startProgram } from '../../shared/programs.ts';
import type { ViewerHost } from '../../shared/viewer-host.ts';
import { lastFolder } from '../documents/recent.ts';
import { isOwnFolder, isRunning } from '../documents/temporary.ts';
import {
  makeTemporaryFolder,
  temporaryFolder,
  temporaryNames,
  temporaryProblem,
} from '../temporary-folder.ts';
import type { Browser } from './browser.ts';
import { DebuggingPipe } from './debugging-pipe.ts';
import { lingerSeconds } from './linger.ts';
import { askRunningChromium } from './running-chromium.ts';
import type { WindowSize } from './view-request.ts';

/** It never talks to anybody but us, asks nothing at its first start and keeps nothing. */
const quietly = [
  '--no-first-run',
  '--no-default-browser-check',
  '--disable-background-networking',
  '--disable-breakpad',
  '--disable-component-extensions-with-background-pages',
  '--disable-component-update',
  '--disable-crash-reporter',
  '--disable-default-apps',
  '--disable-domain-reliability',
  '--disable-extensions',
  '--disable-sync',
  '--disable-translate',
  // No renderer in reserve: a second window shares the first one's.
  '--disable-features=Translate,MediaRouter,OptimizationHints,AutofillServerCommunication,SpareRendererForSitePerProcess',
  '--metrics-recording-only',
  '--no-pings',
  '--no-service-autorun',
  '--password-store=basic',
  '--use-mock-keychain',
];

/** Linux without a graphics card (over SSH, in a container): Chromium would look for it, and emulate it. */
const withoutCard = ['--disable-gpu', '--disable-software-rasterizer'];
const cards = ['/dev/dri', '/dev/nvidia0', '/dev/dxg'];

/**
 * A browser that is debugged by a pipe and starts without a window stays without one, too (ChromeDevToolsManagerDelegate in
 * chrome/browser/devtools). Its windows are asked for by its socket. Where there is none, the browser would cost a window's
 * time twice (Windows), or would be seen in the dock (macOS).
 */
const stays = '--no-startup-window';
const canStay = process.platform === 'linux';
/** Milliseconds until its socket is asked for no longer: a browser in a sandbox of its own has it elsewhere. */
const socketTime = 5000;

/** So long may a window take that comes after all its processes have ended: a starter may have handed it to another program. */
const handOverTime = 5000;

/**
 * A page that is never seen keeps the process of our pages from one window to the next, and in it our code, compiled. It is opened
 * so many milliseconds after a window, of which the first picture is painted by then, or before the window is closed by us.
 */
const spareDelay = 700;

interface BrowserProcess {
  pipe: DebuggingPipe;
  /** Settles when the process has ended, or could not be started. */
  ended: Promise<void>;
}

export class Chromium implements Browser {
  readonly staysWithoutWindows = canStay;
  readonly #host: ViewerHost;
  #ended: () => void = () => {};
  readonly #stays = canStay && lingerSeconds() > 0;
  /** Made when the first window opens. */
  #profile: string | null = null;
  /** Where the browser keeps the socket of its profile: it forgets the folder when it has to end in haste. */
  #socketFolder: string | null = null;
  readonly #processes = new Map<ChildProcess, DebuggingPipe>();
  /** Settles when the process that was started last is up, or has handed its window over. */
  #upcoming: Promise<void> | null = null;
  /** By address: the callbacks for a window that may never come, until it is closed. */
  readonly #failures = new Map<string, (reason: string) => void>();
  /** The process that stays, until the first window is asked for. */
  #prepared: BrowserProcess | null = null;
  /** Of the process that stays, once it has shown a window; and its page that is never seen. */
  #staying: DebuggingPipe | null = null;
  #spare: Promise<void> | null = null;
  #closed = false;

  constructor(host: ViewerHost) {
    this.#host = host;
  }

  onEnded(listener: () => void): void {
    this.#ended = listener;
  }

  prepare(): void {
    if (!this.#stays) return;
    try {
      this.#prepared = this.#start([stays]);
    } catch {
      // The first window meets the same obstacle, and reports it.
    }
  }

  /** A second window goes to the process that shows the first, once it is up. */
  open(url: string, size: WindowSize, failed: (reason: string) => void): void {
    this.#failures.set(url, failed);
    const before = this.#upcoming;
    if (!before) {
      this.#show(url, size, failed);
      startInBackground(removeAbandonedProfiles());
    } else
      startInBackground(
        before.then(() => this.#openAnother(url, size, failed)),
        failed,
      );
  }

  async #openAnother(url: string, size: WindowSize, failed: (reason: string) => void): Promise<void> {
    if (this.#closed) return;
    if (await this.#ask(url, size)) return;
    // By its profile the browser sees to it that the second process only asks the first.
    if (!this.#closed) this.#show(url, size, failed);
  }

  #ask(url: string, size: WindowSize): Promise<boolean> {
    const args = [...windowArguments(url, size), ...processArguments(this.#profile!)];
    return askRunningChromium(this.#profile!, args);
  }

  /** Opens the first window of a browser that started without one. */
  async #askFirst(url: string, size: WindowSize, failed: (reason: string) => void): Promise<void> {
    const deadline = performance.now() + socketTime;
    while (!this.#closed && this.#processes.size > 0 && performance.now() < deadline) {
      if (await this.#ask(url, size)) return;
      await sleep(5);
    }
    if (!this.#closed && this.#processes.size > 0) this.#show(url, size, failed);
  }

  /** Shows a window: by the process that came up for it, where there is one. */
  #show(url: string, size: WindowSize, failed: (reason: string) => void): void {
    const mayStay = this.#stays && (this.#prepared !== null || this.#processes.size === 0);
    const { pipe, ended } = mayStay
      ? (this.#prepared ?? this.#start([stays]))
      : this.#start(windowArguments(url, size), failed);
    this.#prepared = null;
    // Two that start at the same moment would both take the profile for free, and a browser that has not opened its first
    // window says yes to a second one and forgets one of them.
    this.#upcoming = Promise.race([pipe.hasOpened(url), ended]).then(() => {
      this.#socketFolder = socketFolderOf(this.#profile!) ?? this.#socketFolder;
    });
    if (!mayStay) return;
    this.#staying = pipe;
    startInBackground(this.#askFirst(url, size, failed), failed);
  }

  /** Only while a window is there does the browser open it; one that has no such pages opens each window as it did the first. */
  async #keepPagesWarm(url: string): Promise<void> {
    if (!this.#staying || this.#closed) return;
    this.#spare ??= this.#staying.openHidden(new URL('/spare.html', url).href);
    await this.#spare.catch(() => (this.#spare = null));
  }

  /** @param failed told why the process, and with it what it was to show, came to nothing */
  #start(
    wanted: string[],
    failed = (reason: string) => [...this.#failures.values()].forEach((each) => each(reason)),
  ): BrowserProcess {
    const { command, name } = this.#host;
    this.#profile ??= makeProfile();
    const program = { name: 'chromium', path: command } as const;
    const child = startProgram(program, [...wanted, ...processArguments(this.#profile)], {
      // The last two are the debugging pipe.
      stdio: ['ignore', 'ignore', 'pipe', 'pipe', 'pipe'],
    });
    const [, , , requests, answers] = child.stdio;
    const pipe = new DebuggingPipe(requests as Writable, answers as Readable);
    this.#processes.set(child, pipe);
    const ended = new Promise<void>((resolve) =>
      child.once('error', () => resolve()).once('exit', () => resolve()),
    );
    let complaint = '';
    child.stderr?.on('data', (chunk: Buffer) => (complaint = (complaint + chunk.toString()).slice(-2000)));
    child.once('error', (error) => {
      this.#processes.delete(child);
      this.#prepared = null;
      failed(`${name} could not be started (${error.message})`);
    });
    child.once('exit', (status, signal) => {
      this.#processes.delete(child);
      this.#prepared = null;
      if (this.#staying === pipe) this.#staying = this.#spare = null;
      const outcome = signal ? `was ended by ${signal}` : `ended with status ${status}`;
      if (status !== 0) failed(`${name} ${outcome}: ${lastLine(complaint) ?? 'it gave no reason'}`);
      if (this.#processes.size > 0 || this.#closed) return;
      this.#giveUp();
      // The first window starts another one, and reports why that fails, too.
      if (this.#upcoming) this.#ended();
    });
    return { pipe, ended };
  }

  /** Windows that were closed before their pages had come, or a browser that ended silently: nothing else reports them. */
  #giveUp(): void {
    const failures = [...this.#failures.values()];
    this.#failures.clear();
    const tell = () => failures.forEach((failed) => failed(`${this.#host.name} ended without a window`));
    setTimeout(tell, handOverTime).unref();
  }

  closeWindow(url: string): void {
    this.#failures.delete(url);
    // Only the first process has windows, but which one that is is the browser's own matter.
    const close = () => Promise.all([...this.#processes.values()].map((pipe) => pipe.closeWindow(url)));
    // It may be the last window.
    startInBackground(this.#keepPagesWarm(url).then(close));
  }

  windowOpened(url: string): void {
    setTimeout(() => startInBackground(this.#keepPagesWarm(url)), spareDelay).unref();
  }

  async pathOfGiven(url: string, index: number): Promise<string | null> {
    const asked = [...this.#processes.values()].map((pipe) => pipe.pathOfGiven(url, index));
    return (await Promise.all(asked)).find((path) => path !== null) ?? null;
  }

  /** Ends the browser, and removes its profile once it has let go of it. */
  async close(): Promise<void> {
    this.#closed = true;
    await Promise.all([...this.#processes].map(([child, pipe]) => end(child, pipe)));
    if (this.#profile) removeProfile(this.#profile, this.#socketFolder);
    await removeAbandonedProfiles();
  }
}

const windowArguments = (url: string, { width, height }: WindowSize): string[] => [
  `--app=${url}`,
  `--window-size=${width},${height}`,
];

function processArguments(profile: string): string[] {
  const asRoot = process.getuid?.() === 0;
  const extra = (process.env.OBJGRAPH_CHROMIUM_ARGS ?? '').split(' ').filter(Boolean);
  return [
    `--user-data-dir=${profile}`,
    '--class=objgraph',
    // All windows in one: the second finds our code loaded, compiled and warm.
    '--process-per-site',
    // A browser that is debugged by a pipe ends when the other end of the pipe does: it never outlives us, even if we crash.
    '--remote-debugging-pipe',
    ...quietly,
    ...(process.platform === 'linux' && !cards.some(existsSync) ? withoutCard : []),
    // Chromium refuses to run as root otherwise; for everybody else its sandbox stays.
    ...(asRoot && process.platform === 'linux' ? ['--no-sandbox', '--test-type'] : []),
    ...extra,
  ];
}

/** Its dialogs begin in the folder where the last file was opened. */
function makeProfile(): string {
  const profile = makeTemporaryFolder(`objgraph-browser-${process.pid}-`);
  const preferences = JSON.stringify({ selectfile: { last_directory: lastFolder() ?? homedir() } });
  try {
    mkdirSync(join(profile, 'Default'), { mode: 0o700 });
    writeFileSync(join(profile, 'Default', 'Preferences'), preferences, { mode: 0o600 });
    return profile;
  } catch (error) {
    removeProfile(profile, null);
    throw temporaryProblem(error);
  }
}

/** A browser that is just ending may still write: it is tried again. */
function removeProfile(folder: string, socketFolder: string | null): void {
  if (socketFolder) rmSync(socketFolder, { recursive: true, force: true });
  rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
}

/** The browser keeps the socket of its profile in another temporary folder, which stays when it is killed. */
function socketFolderOf(profile: string): string | null {
  const folder = dirname(linkIn(profile, 'SingletonSocket') ?? '');
  return dirname(folder) === temporaryFolder() && isOwnFolder(folder) ? folder : null;
}

/** Of viewers that were killed: nothing else would remove them. Their browsers are ending, and write until they have. */
async function removeAbandonedProfiles(): Promise<void> {
  for (const name of temporaryNames()) {
    const viewer = Number(/^objgraph-browser-(\d+)-/.exec(name)?.[1]);
    const folder = join(temporaryFolder(), name);
    if (!viewer || isRunning(viewer) || !isOwnFolder(folder)) continue;
    const socketFolder = socketFolderOf(folder);
    const browser = Number(linkIn(folder, 'SingletonLock')?.split('-').at(-1));
    for (let tries = 0; tries < 50 && browser && isRunning(browser); tries++) await sleep(100);
    removeProfile(folder, socketFolder);
  }
}

function linkIn(folder: string, name: string): string | null {
  try {
    return readlinkSync(join(folder, name));
  } catch {
    return null;
  }
}

/** Asks a browser to end, so that it clears up after itself, and insists after a while. */
function end(child: ChildProcess, pipe: DebuggingPipe): Promise<void> {
  return new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) return resolve();
    const insist = setTimeout(() => child.kill('SIGKILL'), 3000);
    child.once('exit', () => {
      clearTimeout(insist);
      resolve();
    });
    pipe.closeBrowser();
  });
}

function lastLine(text: string): string | undefined {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean)
    .at(-1);
}
