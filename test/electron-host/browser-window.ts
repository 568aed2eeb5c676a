// `BrowserWindow`: a window of Chromium's.
import { EventEmitter } from 'node:events';
import type { BrowserWindowConstructorOptions } from 'electron';
import { app } from './app.ts';
import { setBounds, type Bounds } from './chromium.ts';
import { WebContents } from './web-contents.ts';

export class BrowserWindow extends EventEmitter {
  static readonly #all: BrowserWindow[] = [];
  readonly options: BrowserWindowConstructorOptions;
  readonly webContents: WebContents;
  readonly #bounds: Bounds;
  #maximized = false;
  #destroyed = false;
  shown = false;
  representedFilename = '';

  constructor(options: BrowserWindowConstructorOptions) {
    super();
    this.options = options;
    const { x, y, width = 800, height = 600, title = '', webPreferences } = options;
    this.#bounds = { x: x ?? 0, y: y ?? 0, width, height };
    this.webContents = new WebContents(webPreferences ?? {}, { x, y, width, height }, title);
    this.webContents.on('did-finish-load', () => this.emit('ready-to-show'));
    this.webContents.on('moved', (bounds: Bounds) => Object.assign(this.#bounds, bounds));
    this.webContents.once('destroyed', () => this.#end());
    BrowserWindow.#all.push(this);
    app.emit('web-contents-created', {}, this.webContents);
  }

  static getAllWindows(): BrowserWindow[] {
    return [...BrowserWindow.#all];
  }

  /** The one that was shown last; one that is just opening will be. */
  static getFocusedWindow(): BrowserWindow | null {
    return BrowserWindow.#all.findLast(({ shown }) => shown) ?? BrowserWindow.#all.at(-1) ?? null;
  }

  loadURL(url: string): Promise<void> {
    return this.webContents.loadURL(url);
  }

  show(): void {
    this.shown = true;
  }

  focus(): void {
    BrowserWindow.#all.splice(BrowserWindow.#all.indexOf(this), 1);
    BrowserWindow.#all.push(this);
  }

  close(): void {
    void this.webContents.closePage();
  }

  destroy(): void {
    this.close();
  }

  isDestroyed(): boolean {
    return this.#destroyed;
  }

  getTitle(): string {
    return this.webContents.title;
  }

  setRepresentedFilename(path: string): void {
    this.representedFilename = path;
  }

  getNormalBounds(): Bounds {
    return { ...this.#bounds };
  }

  async setBounds(bounds: Bounds): Promise<void> {
    const page = (await this.webContents.page())!;
    await setBounds(page, bounds);
    await page.waitForFunction(({ width, height }) => outerWidth === width && outerHeight === height, bounds);
    Object.assign(this.#bounds, bounds);
  }

  maximize(): void {
    this.#maximized = true;
  }

  isMaximized(): boolean {
    return this.#maximized;
  }

  #end(): void {
    this.emit('close', { preventDefault: () => {} });
    this.#destroyed = true;
    BrowserWindow.#all.splice(BrowserWindow.#all.indexOf(this), 1);
    this.emit('closed');
    if (BrowserWindow.#all.length === 0) app.emit('window-all-closed');
  }
}
