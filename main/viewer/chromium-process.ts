// A process of a Chromium, Chrome, Edge or Brave that shows our pages: how it is started, by the viewer, or by the command that starts the
// viewer, so that the browser comes up while Node does for the second time. The command hands it on by the ends of its pipe.
import type { ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { Socket } from 'node:net';
import { parse } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Readable, Writable } from 'node:stream';
import { startProgram } from '../../shared/programs.ts';
import type { ViewerHost } from '../../shared/viewer-host.ts';
import { isRunning } from '../documents/temporary.ts';
import { makeProfile, removeProfile } from './chromium-profile.ts';
import { DebuggingPipe } from './debugging-pipe.ts';
import { lingerSeconds } from './linger.ts';

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

/** Flags where there is no graphics card (over SSH, in a container): Chromium would look for one, and emulate it. */
export const withoutCard = ['--disable-gpu', '--disable-software-rasterizer'];
/** Of which Linux has one where it has a graphics card. */
const cards = ['/dev/dri', '/dev/nvidia0', '/dev/dxg'];

/**
 * A browser that is debugged by a pipe and starts without a window stays without one, too (ChromeDevToolsManagerDelegate in
 * chrome/browser/devtools). Its windows are asked for by its socket. Where there is none, the browser would cost a window's
 * time twice (Windows), or would be seen in the dock (macOS).
 */
export const stays = '--no-startup-window';
export const canStay = process.platform === 'linux';

export function processArguments(profile: string): string[] {
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

/** A browser that a command has started for the viewer that it starts next. */
export interface HandedBrowser {
  pid: number;
  profile: string;
}

/** Where the viewer finds the ends of its pipe. */
const handedRequests = 3;
const handedAnswers = 4;

/**
 * Starts the browser that the next viewer shows its windows in; null where the viewer is to start it itself: because it does not stay
 * without a window, or because it does not start, which the viewer meets again, and reports.
 */
export function startForViewer({
  kind,
  command,
}: ViewerHost): { browser: HandedBrowser; ends: [Writable, Readable]; letGo(): void } | null {
  if (kind !== 'chromium' || !canStay || lingerSeconds() === 0) return null;
  let profile: string | null = null;
  try {
    profile = makeProfile();
    // In a session of its own, as the viewer is: Ctrl-C in the terminal is none of its business.
    const child = startProgram({ name: 'chromium', path: command }, [stays, ...processArguments(profile)], {
      stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'],
      detached: true,
      cwd: parse(profile).root,
    });
    child.once('error', () => {});
    if (child.pid === undefined) throw new Error('not started');
    const ends = [child.stdio[3] as Writable, child.stdio[4] as Readable] satisfies [Writable, Readable];
    const letGo = () => {
      for (const end of ends) end.on('error', () => {}).destroy();
      child.unref();
    };
    return { browser: { pid: child.pid, profile }, ends, letGo };
  } catch {
    if (profile !== null) removeProfile(profile, null);
    return null;
  }
}

export class ChromiumProcess {
  /**
   * Settles when the process has ended, or could not be started: with the reason why what it was to show came to nothing, or
   * null where it ended in order, or is not ours to judge.
   */
  readonly ended: Promise<string | null>;
  readonly pipe: DebuggingPipe;
  readonly #kill: () => void;
  #hasEnded = false;

  private constructor(pipe: DebuggingPipe, ended: Promise<string | null>, kill: () => void) {
    this.pipe = pipe;
    this.#kill = kill;
    this.ended = ended.finally(() => (this.#hasEnded = true));
  }

  /** @throws Error when it cannot be started */
  static start({ command, name }: ViewerHost, args: readonly string[]): ChromiumProcess {
    const child = startProgram({ name: 'chromium', path: command }, args, {
      // The last two are the debugging pipe.
      stdio: ['ignore', 'ignore', 'pipe', 'pipe', 'pipe'],
    });
    const [, , , requests, answers] = child.stdio;
    return new ChromiumProcess(
      new DebuggingPipe(requests as Writable, answers as Readable),
      endOf(child, name),
      () => child.kill('SIGKILL'),
    );
  }

  /** The one that the command started for us. Why it ends is not known: one that shows no window is started again, by us. */
  static adopt({ pid }: HandedBrowser): ChromiumProcess {
    const requests = new Socket({ fd: handedRequests, writable: true });
    const answers = new Socket({ fd: handedAnswers, readable: true });
    const closed = new Promise((resolve) => answers.once('close', resolve));
    const ended = closed.then(async () => {
      for (let tries = 0; tries < 100 && isRunning(pid); tries++) await sleep(20);
      return null;
    });
    return new ChromiumProcess(new DebuggingPipe(requests, answers), ended, () => {
      if (isRunning(pid)) process.kill(pid, 'SIGKILL');
    });
  }

  /** Asks the browser to end, so that it clears up after itself, and insists after a while. */
  async end(): Promise<void> {
    if (this.#hasEnded) return;
    const insist = setTimeout(this.#kill, 3000);
    this.pipe.closeBrowser();
    await this.ended;
    clearTimeout(insist);
  }
}

function endOf(child: ChildProcess, name: string): Promise<string | null> {
  let complaint = '';
  child.stderr?.on('data', (chunk: Buffer) => (complaint = (complaint + chunk.toString()).slice(-2000)));
  return new Promise((resolve) => {
    child.once('error', (error) => resolve(`${name} could not be started (${error.message})`));
    child.once('exit', (status, signal) => {
      const outcome = signal ? `was ended by ${signal}` : `ended with status ${status}`;
      resolve(status === 0 ? null : `${name} ${outcome}: ${lastLine(complaint) ?? 'it gave no reason'}`);
    });
  });
}

function lastLine(text: string): string | undefined {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean)
    .at(-1);
}
