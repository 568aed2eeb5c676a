// A desktop for one test: an X display of its own, folders of its own, our commands started in it, and what they left behind.
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, delimiter, isAbsolute, join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { chromium, type Browser, type Locator, type Page } from 'playwright-core';
import { viewerOfProfile } from '../../main/viewer/chromium-profile.ts';
import { systemPrograms } from '../../shared/programs.ts';
import { findOnPath, isTrustedProgram } from '../../shared/trusted-program.ts';
import { findViewerHost } from '../../shared/viewer-host.ts';
import { browserPrograms } from '../../shared/viewer-host/browsers.ts';
import { ask } from '../electron-host/control.ts';

export const root = resolve(import.meta.dirname, '../..');
export const objgraph = join(root, 'dist', 'cli.js');
export const xdot = join(root, 'dist', 'xdot.js');
export const pictures = join(root, 'test-results');

/** What shows the windows: a browser's app window, the stand-in for Electron (test/electron-host), or Electron itself. */
export type HostName = 'Chromium' | "Electron's test host" | 'Electron';

/** Each by its OBJGRAPH_VIEWER, the name that our commands call it by, and what its process is known by. */
const hosts: Record<HostName, { viewer: string; name: string; process: string }> = {
  Chromium: { viewer: 'chromium', name: 'Chromium', process: '/dist/viewer.js' },
  "Electron's test host": {
    viewer: join(root, 'test/electron-host/electron.mjs'),
    name: 'electron.mjs',
    process: '/dist/electron.js',
  },
  Electron: { viewer: 'electron', name: 'Electron', process: '/dist/electron.js' },
};

/**
 * The hosts on which the suite runs here. `OBJGRAPH_TEST_HOSTS` chooses, by names with commas between; Electron itself is
 * among them where its binary is installed. Says which ones they are.
 */
export function hostsToTest(): HostName[] {
  const hasElectron = findViewerHost({ OBJGRAPH_VIEWER: 'electron', DISPLAY: ':0' }).kind === 'electron';
  const wanted = process.env.OBJGRAPH_TEST_HOSTS?.split(',') ?? Object.keys(hosts);
  const chosen = wanted.filter((name): name is HostName => name in hosts);
  const running = chosen.filter((name) => name !== 'Electron' || hasElectron);
  console.log(`Windows are tested on: ${running.join(', ') || 'nothing'}.`);
  if (chosen.includes('Electron') && !hasElectron)
    console.log(
      'NOT RUN on Electron itself: its binary is not installed (node node_modules/electron/install.js).',
    );
  return running;
}

/**
 * The first of them, for what both hosts do by the same code: the renderer, the protocol and what is behind them. All with
 * `OBJGRAPH_ALL=1`.
 */
export function firstHost(): HostName[] {
  const running = hostsToTest();
  return process.env.OBJGRAPH_ALL ? running : running.slice(0, 1);
}

/** Those of them whose dialogs for files a test can answer: Electron's own are the system's. */
export function hostsToAnswer(): HostName[] {
  const running = hostsToTest();
  if (running.includes('Electron')) console.log('NOT RUN on Electron itself: nothing answers its dialogs.');
  return running.filter((name) => name !== 'Electron');
}

const executable = (program: string) => (process.platform === 'win32' ? `${program}.exe` : program);

/** The programs of the list (names, or absolute paths) that this machine lacks; printed, so that no skipped test passes for one that ran. */
export function missingPrograms(...programs: string[]): string[] {
  // On Electron itself nothing is skipped for want of a browser; and where it is asked for, nothing is skipped at all.
  const onElectron = process.env.OBJGRAPH_TEST_HOSTS === 'Electron';
  const needed = programs.filter(
    (program) =>
      !(onElectron && program === 'chromium') && !(process.platform !== 'linux' && program === 'Xvfb'),
  );
  const isInstalled = (program: string) =>
    isAbsolute(program) ? isTrustedProgram(program) : findOnPath(executable(program)) !== null;
  const missing = needed.filter((program) => !isInstalled(program));
  if (onElectron && missing.length > 0) throw new Error(`${missing.join(', ')} is not installed`);
  if (missing.length > 0) console.warn(`NOT RUN for want of ${missing.join(', ')}: ${import.meta.filename}`);
  return missing;
}

/** A program that one of our processes started, or wanted to. */
export interface StartedProgram {
  what: 'started' | 'refused' | 'guarded';
  file: string;
  args: string[];
  /** The process that did so, and its entry: `viewer.js`. */
  pid: number;
  by: string;
}

// The soaks bring a copy of this module elsewhere.
const guard = join(root, 'test/e2e/program-guard.mjs');

/** What the test host for Electron was asked by a dialog to save. */
interface Question {
  options: { defaultPath: string };
}

/** A command that runs, and all that it said. */
export interface Running {
  child: ChildProcess;
  stdout: string;
  stderr: string;
  /** The exit status, or the signal. */
  ended: Promise<number | NodeJS.Signals | null>;
}

export class Desktop {
  readonly folder = mkdtempSync(join(tmpdir(), 'objgraph-test-'));
  readonly temporary = join(this.folder, 'tmp');
  env: NodeJS.ProcessEnv;
  /** Stand-ins for the desktop app, which may be started. */
  readonly installed: string[] = [];
  #screen: ChildProcess | null = null;
  #browser: Browser | null = null;
  #port: string | null = null;
  readonly #started: Running[] = [];

  private constructor(readonly host: HostName) {
    const runtime = join(this.folder, 'runtime');
    mkdirSync(runtime, { mode: 0o700 });
    mkdirSync(this.temporary);
    this.env = {
      ...process.env,
      XDG_RUNTIME_DIR: runtime,
      TMPDIR: this.temporary,
      XDG_STATE_HOME: join(this.folder, 'state'),
      OBJGRAPH_CHROMIUM_ARGS: '--remote-debugging-port=0',
      OBJGRAPH_VIEWER: hosts[host].viewer,
      XDG_CONFIG_HOME: join(this.folder, 'config'),
      // A viewer ends with its last window, so that a test sees what is left; test/e2e/linger.test.ts has the default.
      OBJGRAPH_VIEWER_LINGER: '0',
    };
    delete this.env.WAYLAND_DISPLAY;
    delete this.env.DISPLAY;
  }

  static withoutScreen(): Desktop {
    return new Desktop('Chromium');
  }

  /** Xvfb finds a free display itself and says which, once it can be used. */
  static async start(host: HostName = 'Chromium'): Promise<Desktop> {
    const desktop = new Desktop(host);
    // There is always one on other systems.
    if (process.platform !== 'linux') return desktop;
    const screen = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '1280x900x24', '-nolisten', 'tcp'], {
      stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
    });
    desktop.#screen = screen;
    const display = await new Promise<string>((found, failed) => {
      screen.once('error', failed).once('exit', () => failed(new Error('Xvfb did not start')));
      screen.stdio[3]?.once('data', (data: Buffer) => found(`:${data.toString().trim()}`));
    });
    desktop.env.DISPLAY = display;
    return desktop;
  }

  /** Writes a file into the desktop's folder; gives its path. */
  write(name: string, content: string | Uint8Array): string {
    const file = join(this.folder, name);
    writeFileSync(file, content);
    return file;
  }

  /** Starts a program in the desktop's folder. */
  start(program: string, args: string[], { input = '', path = '' } = {}): Running {
    const PATH = [path, this.env.PATH].filter(Boolean).join(delimiter);
    const child = spawn(program, args, { cwd: this.folder, env: { ...this.#guardedEnvironment(), PATH } });
    const running: Running = {
      child,
      stdout: '',
      stderr: '',
      ended: new Promise((settled) =>
        // Not only 'close': a program that it started may hold its output open. What was said before is read first.
        child.once('exit', (status, signal) => {
          const tell = () => settled(signal ?? status);
          child.once('close', tell);
          setTimeout(tell, 300);
        }),
      ),
    };
    child.stdout.on('data', (chunk: Buffer) => (running.stdout += chunk.toString('latin1')));
    child.stderr.on('data', (chunk: Buffer) => (running.stderr += chunk.toString()));
    child.stdin.on('error', () => {}).end(input);
    this.#started.push(running);
    return running;
  }

  /** Starts one of our commands. */
  command(file: string, args: string[], options?: { input?: string }): Running {
    return this.start(process.execPath, [file, ...args], options);
  }

  /** Waits for the window with this title; by the browser's own debugging port. A busy machine starts a browser slowly. */
  async window(title: string, longest = 40_000): Promise<Page> {
    const look = async () => {
      for (const page of await this.windows()) {
        if ((await page.title().catch(() => '')).startsWith(title)) return page;
      }
      return null;
    };
    return until(`a window called ${title}`, look, longest);
  }

  async windows(): Promise<Page[]> {
    // A browser that is ending may stay connected for a while: it is not the one of the next viewer.
    const port = this.#debuggingPort();
    if (port === null) return [];
    if (port !== this.#port || !this.#browser?.isConnected()) {
      this.#browser = await chromium.connectOverCDP(`http://127.0.0.1:${port}`).catch(() => null);
      this.#port = port;
    }
    const contexts = this.#browser?.contexts() ?? [];
    for (const context of contexts) context.setDefaultTimeout(60_000);
    return contexts.flatMap((context) => context.pages());
  }

  /** Where the desktop app keeps its settings. */
  get settings(): string {
    return join(this.folder, 'config', 'objgraph');
  }

  /** Does what hands would do at the test host for Electron: see test/electron-host/hands.ts. */
  async hands<T = unknown>(method: string, params: unknown = null): Promise<T> {
    return (await ask(this.settings, method, params)) as T;
  }

  /** Its name, as our commands and the library tell it. */
  get viewerName(): string {
    return hosts[this.host].name;
  }

  /** Presses what saves a file: a browser downloads it, a desktop app asks where. Gives the name that it suggests. */
  async save(page: Page, press: Locator): Promise<{ name: string; file: string; text: string }> {
    if (this.host === 'Chromium') {
      const [download] = await Promise.all([page.waitForEvent('download'), press.click()]);
      const file = join(this.folder, 'downloaded');
      await download.saveAs(file);
      return { name: download.suggestedFilename(), file, text: readFileSync(file, 'utf8') };
    }
    const asked = (await this.hands<Question[]>('questions')).length;
    await press.click();
    const question = () => this.hands<Question[]>('questions').then((questions) => questions[asked] ?? null);
    const name = basename((await until('a dialog to save', question)).options.defaultPath);
    const filePath = join(this.folder, `saved-${asked}-${name}`);
    await this.hands('answer', { canceled: false, filePath });
    let size = 0;
    await until('the file to be written', () => {
      const before = size;
      size = statSync(filePath, { throwIfNoEntry: false })?.size ?? 0;
      return (size > 0 && size === before) || null;
    });
    return { name, file: filePath, text: readFileSync(filePath, 'utf8') };
  }

  /** What the program left in the temporary folder. */
  leftovers(): string[] {
    return readdirSync(this.temporary).filter((name) => /objgraph|chromium/i.test(name));
  }

  /** What our commands and viewers started; none of them may start what is not on our list (program-guard.mjs). */
  programs(): StartedProgram[] {
    return this.#guarded().filter(({ what }) => what !== 'guarded');
  }

  /** With a line for each program of ours that the guard watches. */
  #guarded(): StartedProgram[] {
    const log = readFileSync(this.#programLog, { encoding: 'utf8', flag: 'a+' });
    return log
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as StartedProgram);
  }

  get #programLog(): string {
    return join(this.folder, 'programs.jsonl');
  }

  /** Electron itself takes no --import. */
  #guardedEnvironment(): NodeJS.ProcessEnv {
    if (this.host === 'Electron') return this.env;
    const listed = [
      ...Object.values(systemPrograms).flat(),
      this.env.OBJGRAPH_VIEWER ?? '',
      ...this.installed,
    ];
    const programs = [...listed.map((place) => basename(place)), ...browserPrograms];
    return {
      ...this.env,
      NODE_OPTIONS: `--import=${pathToFileURL(guard).href} ${this.env.NODE_OPTIONS ?? ''}`,
      OBJGRAPH_TEST_PROGRAMS: JSON.stringify({ log: this.#programLog, dist: join(root, 'dist'), programs }),
    };
  }

  /** Viewer processes of this desktop: those with its runtime folder in their environment. */
  viewers(): number[] {
    if (process.platform !== 'linux') return this.#viewersAtTheirDoors();
    return readdirSync('/proc')
      .map(Number)
      .filter((pid) => pid > 0 && this.#isViewer(pid));
  }

  /** A picture of the whole display, for people and for the eye of the test. */
  screenshot(name: string): string {
    mkdirSync(pictures, { recursive: true });
    const file = join(pictures, name);
    spawnSync('import', ['-window', 'root', file], { env: this.env });
    return file;
  }

  /** As when its user logs out. */
  endScreen(): void {
    this.#screen?.kill();
  }

  async close(): Promise<void> {
    // Only our connection: a browser that is just ending never answers.
    await Promise.race([this.#browser?.close().catch(() => {}), sleep(5000)]);
    const viewers = this.viewers();
    const ours = this.host === 'Electron' ? [] : viewers.filter(isOfThisClone);
    for (const pid of viewers) process.kill(pid, 'SIGTERM');
    for (const { child } of this.#started) child.kill('SIGTERM');
    await until('the viewers to end', () => this.viewers().length === 0 || null);
    this.#screen?.kill();
    const log = this.#guarded();
    const refused = log.filter(({ what }) => what === 'refused');
    const isGuarded = (viewer: number) => log.some(({ what, pid }) => what === 'guarded' && pid === viewer);
    const unguarded = ours.filter((viewer) => !isGuarded(viewer));
    // A browser may write into it for a moment after its viewer has ended.
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 12 });
    if (refused.length > 0) throw new Error(`programs that are not on our list: ${JSON.stringify(refused)}`);
    if (unguarded.length > 0) throw new Error(`no guard watched over the viewers ${unguarded.join(', ')}`);
  }

  /** Where there is no /proc. */
  #viewersAtTheirDoors(): number[] {
    const { stdout } = spawnSync(process.execPath, [objgraph, 'ps', '--viewers', '--json'], {
      env: this.env,
      encoding: 'utf8',
    });
    return (JSON.parse(stdout) as { viewers: { pid: number }[] }).viewers.map(({ pid }) => pid);
  }

  #isViewer(pid: number): boolean {
    try {
      if (!readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(hosts[this.host].process)) return false;
      return readFileSync(`/proc/${pid}/environ`, 'utf8').includes(`TMPDIR=${this.temporary}\0`);
    } catch {
      return false;
    }
  }

  #debuggingPort(): string | null {
    if (this.host !== 'Chromium') return readPort(this.settings);
    // A viewer that was killed leaves its browser's folder behind, with a port that nothing listens on.
    const alive = this.viewers();
    for (const name of this.leftovers()) {
      const [, maker] = /^objgraph-browser-(\d+)-/.exec(name) ?? [];
      const profile = join(this.temporary, name);
      if (maker === undefined || !alive.includes(viewerOfProfile(profile) ?? Number(maker))) continue;
      const port = readPort(profile);
      if (port !== null) return port;
    }
    return null;
  }
}

/** Written down by Chromium once its debugging port is open. */
function readPort(profile: string): string | null {
  try {
    return readFileSync(join(profile, 'DevToolsActivePort'), 'utf8').split('\n')[0];
  } catch {
    return null;
  }
}

/** Asks again and again until there is an answer; fails with what it waited for. */
export async function until<T>(
  what: string,
  look: () => Promise<T | null> | T | null,
  patience = 60_000,
): Promise<T> {
  const deadline = Date.now() + patience;
  for (;;) {
    const found = await look();
    if (found !== null) return found;
    if (Date.now() > deadline) throw new Error(`waited ${patience / 1000} s in vain for ${what}`);
    await sleep(50);
  }
}

/** What the page says of its picture. */
export async function picture(page: Page): Promise<{ status: string; nodes: number; revision: number }> {
  const canvas = page.locator('canvas').first();
  const read = (name: string) => canvas.getAttribute(`data-${name}`, { timeout: 10_000 });
  return {
    status: (await read('status')) ?? '',
    nodes: Number(await read('nodes')),
    revision: Number(await read('revision')),
  };
}

/** Waits until the page shows what is wanted of it. */
export async function shows(
  page: Page,
  wanted: { status?: string; nodes?: number; revision?: number },
): Promise<void> {
  let seen: Record<string, unknown> = {};
  await until(`a picture with ${JSON.stringify(wanted)}`, async () => {
    seen = await picture(page);
    return Object.entries(wanted).every(([name, value]) => seen[name] === value) || null;
  }).catch((error: Error) => {
    throw new Error(`${error.message}; it has ${JSON.stringify(seen)}`);
  });
}

/** Whether a viewer runs from the programs that the guard knows: a test may start another clone's. */
function isOfThisClone(pid: number): boolean {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(join(root, 'dist'));
  } catch {
    return false;
  }
}
