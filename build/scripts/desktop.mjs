// A screen of its own for a script: Xvfb, folders that go with it, our commands, and their windows by Chromium's
// debugging port.
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { chromium } from 'playwright-core';

export const root = resolve(import.meta.dirname, '../..');

/** Asks again and again until there is an answer; fails with what it waited for. */
export async function until(what, look, { seconds = 30, every = 20 } = {}) {
  const deadline = Date.now() + 1000 * seconds;
  for (;;) {
    const found = await look();
    if (found !== null && found !== undefined && found !== false) return found;
    if (Date.now() > deadline) throw new Error(`waited ${seconds} s in vain for ${what}`);
    await sleep(every);
  }
}

export class Desktop {
  folder = mkdtempSync(join(tmpdir(), 'objgraph-desktop-'));
  /** The screen's pixels, as an xwd file that changes with them. */
  framebuffer = join(this.folder, 'Xvfb_screen0');
  env;
  #runtime = join(this.folder, 'runtime');
  #temporary = join(this.folder, 'tmp');
  #screen;
  #browsers = [];

  /** @param flags more of Chromium's own */
  static async start({ width = 1280, height = 900, flags = '' } = {}) {
    const desktop = new Desktop();
    mkdirSync(desktop.#runtime, { mode: 0o700 });
    mkdirSync(desktop.#temporary);
    const size = ['-screen', '0', `${width}x${height}x24`];
    const args = ['-displayfd', '3', ...size, '-nolisten', 'tcp', '-fbdir', desktop.folder];
    desktop.#screen = spawn('Xvfb', args, { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] });
    const display = await new Promise((found, failed) => {
      desktop.#screen.once('error', failed).once('exit', () => failed(new Error('Xvfb did not start')));
      desktop.#screen.stdio[3].once('data', (data) => found(`:${String(data).trim()}`));
    });
    desktop.env = {
      ...process.env,
      WAYLAND_DISPLAY: '',
      DISPLAY: display,
      TMPDIR: desktop.#temporary,
      XDG_RUNTIME_DIR: desktop.#runtime,
      XDG_STATE_HOME: join(desktop.folder, 'state'),
      OBJGRAPH_VIEWER: 'chromium',
      // A viewer ends with its last window: every start is a first one.
      OBJGRAPH_VIEWER_LINGER: '0',
      OBJGRAPH_CHROMIUM_ARGS: `--remote-debugging-port=0 ${flags}`,
    };
    return desktop;
  }

  /** Writes a file into the desktop's folder; gives its path. */
  write(name, content) {
    const file = join(this.folder, name);
    writeFileSync(file, content);
    return file;
  }

  spawn(program, ...args) {
    return spawn(program, args, { cwd: this.folder, env: this.env, stdio: 'ignore' });
  }

  /** Starts one of our commands: `cli` or `xdot`. */
  command(name, ...args) {
    return this.spawn(process.execPath, join(root, 'dist', `${name}.js`), ...args);
  }

  /** The window whose title begins so. */
  async window(title, seconds = 60) {
    return until(
      `a window called ${title}`,
      async () => {
        for (const page of (await this.#browser())?.contexts().flatMap((context) => context.pages()) ?? [])
          if ((await page.title().catch(() => '')).startsWith(title)) return page;
      },
      { seconds },
    );
  }

  /** All processes of this desktop, no matter what started them. */
  processes() {
    const marker = `XDG_RUNTIME_DIR=${this.#runtime}\0`;
    const parents = new Map();
    const ours = new Set();
    for (const pid of readdirSync('/proc').map(Number).filter(Boolean)) {
      try {
        const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
        // One that has ended, and that no parent has waited for, is a zombie.
        const [state, parent] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
        if (state === 'Z') continue;
        parents.set(pid, Number(parent));
        if (readFileSync(`/proc/${pid}/environ`, 'latin1').includes(marker)) ours.add(pid);
      } catch {
        // It has ended meanwhile.
      }
    }
    // Chromium's children write over their environment.
    for (let grown = true; grown;) {
      grown = false;
      for (const [pid, parent] of parents)
        if (ours.has(parent) && !ours.has(pid)) grown = Boolean(ours.add(pid));
    }
    return [...ours];
  }

  /** Ends every program on it, and leaves the screen. */
  async clear() {
    await Promise.all(this.#browsers.splice(0).map(({ browser }) => browser.close().catch(() => {})));
    const gone = () => this.processes().length === 0;
    this.#signal('SIGTERM');
    await until('the programs to end', gone, { seconds: 6 }).catch(() => this.#signal('SIGKILL'));
    await until('the programs to be ended', gone);
  }

  async close() {
    await this.clear();
    this.#screen.kill();
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 5 });
  }

  #signal(signal) {
    for (const pid of this.processes())
      try {
        process.kill(pid, signal);
      } catch {
        // It has ended by itself.
      }
  }

  async #browser() {
    for (const name of readdirSync(this.#temporary)) {
      if (!name.startsWith('objgraph-browser-')) continue;
      try {
        const port = readFileSync(join(this.#temporary, name, 'DevToolsActivePort'), 'utf8').split('\n')[0];
        const known = this.#browsers.find((each) => each.port === port && each.browser.isConnected());
        if (known) return known.browser;
        const browser = await chromium.connectOverCDP(`http://127.0.0.1:${port}`);
        this.#browsers.push({ port, browser });
        return browser;
      } catch {
        // Not written yet, or the browser is just ending.
      }
    }
    return null;
  }
}
