// A Chromium, Chrome, Edge or Brave that shows our pages: with a profile of its own, in windows without an address bar.
import { setTimeout as sleep } from 'node:timers/promises';
import { startInBackground } from '../background.ts';
import type { ViewerHost } from '../../shared/viewer-host.ts';
import type { Browser } from './browser.ts';
import { canStay, ChromiumProcess, processArguments, stays, type HandedBrowser } from './chromium-process.ts';
import {
  adoptProfile,
  makeProfile,
  removeAbandonedProfiles,
  removeProfile,
  socketFolderOf,
} from './chromium-profile.ts';
import type { DebuggingPipe } from './debugging-pipe.ts';
import { lingerSeconds } from './linger.ts';
import { askRunningChromium } from './running-chromium.ts';
import type { WindowSize } from './view-request.ts';

/** Milliseconds until the socket of its profile is asked for no longer: a browser in a sandbox of its own has it elsewhere. */
const socketTime = 5000;

/** So long may a window take that comes after all its processes have ended: a starter may have handed it to another program. */
const handOverTime = 5000;

/**
 * A page that is never seen keeps the process of our pages from one window to the next, and in it our code, compiled. It is opened
 * so many milliseconds after a window, of which the first picture is painted by then, or before the window is closed by us.
 */
const spareDelay = 700;

export class Chromium implements Browser {
  readonly staysWithoutWindows = canStay;
  readonly #host: ViewerHost;
  readonly #handed: HandedBrowser | null;
  #ended: () => void = () => {};
  readonly #stays = canStay && lingerSeconds() > 0;
  /** Made when the first window opens. */
  #profile: string | null = null;
  /** Where the browser keeps the socket of its profile: it forgets the folder when it has to end in haste. */
  #socketFolder: string | null = null;
  readonly #processes = new Set<ChromiumProcess>();
  /** Settles when the process that was started last is up, or has handed its window over. */
  #upcoming: Promise<void> | null = null;
  /** By address: the callbacks for a window that may never come, until it is closed. */
  readonly #failures = new Map<string, (reason: string) => void>();
  /** The process that stays, until the first window is asked for. */
  #prepared: ChromiumProcess | null = null;
  /** The process that the command has started; and whether a process that stays has taken a window. */
  #adopted: ChromiumProcess | null = null;
  #showsWindows = false;
  /** Of the process that stays, once it has shown a window; and its page that is never seen. */
  #staying: DebuggingPipe | null = null;
  #spare: Promise<void> | null = null;
  #closed = false;

  /** @param handed comes up already: the command that started us has started it */
  constructor(host: ViewerHost, handed: HandedBrowser | null = null) {
    this.#host = host;
    this.#handed = handed;
  }

  onEnded(listener: () => void): void {
    this.#ended = listener;
  }

  prepare(): void {
    if (this.#handed) return void (this.#prepared = this.#adopt(this.#handed));
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
  async #askFirst(
    started: ChromiumProcess,
    url: string,
    size: WindowSize,
    failed: (reason: string) => void,
  ): Promise<void> {
    const deadline = performance.now() + socketTime;
    while (!this.#closed && this.#processes.size > 0 && performance.now() < deadline) {
      if (await this.#ask(url, size)) {
        this.#showsWindows = true;
        return;
      }
      await sleep(5);
    }
    const isTriedAgain = this.#processes.size > 0 || started === this.#adopted;
    if (!this.#closed && isTriedAgain) this.#show(url, size, failed);
  }

  /** Shows a window: by the process that came up for it, where there is one. */
  #show(url: string, size: WindowSize, failed: (reason: string) => void): void {
    const mayStay = this.#stays && (this.#prepared !== null || this.#processes.size === 0);
    const started = mayStay
      ? (this.#prepared ?? this.#start([stays]))
      : this.#start(windowArguments(url, size), failed);
    const { pipe, ended } = started;
    this.#prepared = null;
    // Two that start at the same moment would both take the profile for free, and a browser that has not opened its first
    // window says yes to a second one and forgets one of them.
    this.#upcoming = Promise.race([pipe.hasOpened(url), ended]).then(() => {
      this.#socketFolder = socketFolderOf(this.#profile!) ?? this.#socketFolder;
    });
    if (!mayStay) return;
    this.#staying = pipe;
    startInBackground(this.#askFirst(started, url, size, failed), failed);
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
  ): ChromiumProcess {
    this.#profile ??= makeProfile();
    const started = ChromiumProcess.start(this.#host, [...wanted, ...processArguments(this.#profile)]);
    return this.#keep(started, failed);
  }

  #adopt(handed: HandedBrowser): ChromiumProcess {
    this.#profile = handed.profile;
    adoptProfile(handed.profile);
    this.#adopted = ChromiumProcess.adopt(handed);
    return this.#keep(this.#adopted, () => {});
  }

  #keep(started: ChromiumProcess, failed: (reason: string) => void): ChromiumProcess {
    const { pipe, ended } = started;
    this.#processes.add(started);
    startInBackground(
      ended.then((failure) => {
        this.#processes.delete(started);
        this.#prepared = null;
        if (this.#staying === pipe) this.#staying = this.#spare = null;
        if (failure !== null) failed(failure);
        if (this.#processes.size > 0 || this.#closed) return;
        // We do not know why a browser ended that the command started: we start one ourselves.
        if (started === this.#adopted && !this.#showsWindows) return;
        this.#giveUp();
        // The first window starts another one, and reports why that fails, too.
        if (this.#upcoming) this.#ended();
      }),
    );
    return started;
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
    const close = () => Promise.all([...this.#processes].map(({ pipe }) => pipe.closeWindow(url)));
    // It may be the last window.
    startInBackground(this.#keepPagesWarm(url).then(close));
  }

  windowOpened(url: string): void {
    setTimeout(() => startInBackground(this.#keepPagesWarm(url)), spareDelay).unref();
  }

  async pathOfGiven(url: string, index: number): Promise<string | null> {
    const asked = [...this.#processes].map(({ pipe }) => pipe.pathOfGiven(url, index));
    return (await Promise.all(asked)).find((path) => path !== null) ?? null;
  }

  /** Ends the browser, and removes its profile once it has let go of it. */
  async close(): Promise<void> {
    this.#closed = true;
    await Promise.all([...this.#processes].map((started) => started.end()));
    if (this.#profile) removeProfile(this.#profile, this.#socketFolder);
    await removeAbandonedProfiles();
  }
}

const windowArguments = (url: string, { width, height }: WindowSize): string[] => [
  `--app=${url}`,
  `--window-size=${width},${height}`,
];
