// `app`: the life of the process.
import { EventEmitter } from 'node:events';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { closeChromium, startChromium } from './chromium.ts';
import { ask, listen } from './control.ts';
import { takeInstance } from './instance.ts';

/** What the app asked of the system, for tests to look at. */
export const record: Record<'recent' | 'opened' | 'printed' | 'downloads', string[]> & {
  sandboxed: boolean;
} = {
  recent: [],
  downloads: [],
  opened: [],
  printed: [],
  sandboxed: false,
};

class App extends EventEmitter {
  readonly isPackaged = process.env.ELECTRON_HOST_PACKAGED === '1';
  readonly commandLine = {
    hasSwitch: (name: string) => process.argv.some((argument) => argument.startsWith(`--${name}`)),
  };
  readonly #paths = new Map<string, string>();
  #owned = false;
  #quitting = false;
  #ready: Promise<void> | null = null;
  /** Said to the first instance; a process that quits waits for it. */
  #handingOver: Promise<unknown> = Promise.resolve();
  #name = 'Electron';

  setName(name: string): void {
    this.#name = name;
  }

  getName(): string {
    return this.#name;
  }

  setPath(name: string, path: string): void {
    this.#paths.set(name, path);
  }

  getPath(name: string): string {
    const config = process.env.XDG_CONFIG_HOME ?? join(homedir(), '.config');
    const path = this.#paths.get(name);
    if (path) return path;
    return name === 'userData' ? join(config, this.#name) : config;
  }

  get userData(): string {
    return this.getPath('userData');
  }

  enableSandbox(): void {
    if (this.#ready) throw new Error('app.enableSandbox() comes before the app is ready');
    record.sandboxed = true;
  }

  requestSingleInstanceLock(data: unknown): boolean {
    this.#owned = takeInstance(this.userData);
    if (this.#owned) return true;
    const start = { argv: process.argv, folder: process.cwd(), data };
    this.#handingOver = ask(this.userData, 'second-instance', start);
    return false;
  }

  whenReady(): Promise<void> {
    return (this.#ready ??= this.#start());
  }

  async #start(): Promise<void> {
    listen(this.userData);
    await startChromium(this.userData);
    this.emit('ready');
  }

  quit(): void {
    if (this.#quitting) return;
    this.#quitting = true;
    if (this.#owned) this.emit('will-quit', { preventDefault: () => (this.#quitting = false) });
    if (!this.#quitting) return;
    this.emit('quit');
    void this.#handingOver.finally(() => this.exit(0));
  }

  exit(status = 0): void {
    if (!this.#ready) process.exit(status);
    void closeChromium().finally(() => process.exit(status));
  }

  addRecentDocument(path: string): void {
    record.recent.push(path);
  }

  clearRecentDocuments(): void {
    record.recent = [];
  }
}

export const app = new App();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => app.quit());
