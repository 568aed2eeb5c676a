// The Electron host against a stand-in for Electron's modules: what it asks of a window, and whom it listens to.
import { EventEmitter } from 'node:events';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';

const electron = vi.hoisted(() => ({
  ipcMain: null as unknown as EventEmitter,
  windows: [] as FakeWindow[],
  opened: [] as string[],
  handlers: new Map<string, (request: Request) => Promise<Response>>(),
}));

class FakeContents extends EventEmitter {
  readonly mainFrame = { url: 'objgraph://viewer/' };
  readonly sent: unknown[] = [];
  readonly session = { setPermissionRequestHandler: vi.fn() };
  readonly setWindowOpenHandler = vi.fn();
  readonly isDestroyed = () => false;
  readonly send = (_channel: string, message: unknown) => void this.sent.push(message);
}

class FakeWindow extends EventEmitter {
  readonly webContents = new FakeContents();
  readonly loadURL = vi.fn(() => Promise.resolve());
  readonly show = vi.fn();
  readonly close = vi.fn(() => this.emit('closed'));
  readonly destroy = vi.fn(() => this.emit('closed'));
  constructor(readonly options: { webPreferences: Record<string, unknown> }) {
    super();
    electron.windows.push(this);
  }
}

vi.mock('electron', () => ({
  BrowserWindow: FakeWindow,
  get ipcMain() {
    return electron.ipcMain;
  },
  shell: { openExternal: (url: string) => Promise.resolve(void electron.opened.push(url)) },
  dialog: { showOpenDialog: () => Promise.resolve({ filePaths: ['/chosen.dot'] }) },
  protocol: {
    registerSchemesAsPrivileged: vi.fn(),
    handle: (scheme: string, handler: (request: Request) => Promise<Response>) =>
      electron.handlers.set(scheme, handler),
  },
}));

const { openWindow, servePage } = await import('../../../main/viewer/electron-host.ts');

let window: FakeWindow;
let file: string;
const say = (message: unknown, sender: Partial<{ sender: unknown; senderFrame: unknown }> = {}) => {
  const { webContents } = window;
  electron.ipcMain.emit(
    'protocol',
    { sender: webContents, senderFrame: webContents.mainFrame, ...sender },
    message,
  );
};
const answered = (id: number) => expect.objectContaining({ id, ok: true });

beforeEach(() => {
  electron.ipcMain = new EventEmitter();
  file = join(mkdtempSync(join(tmpdir(), 'objgraph-electron-')), 'a.dot');
  writeFileSync(file, 'digraph { a -> b }');
  openWindow({
    ...{
      path: file,
      title: 'a.dot',
      engine: 'dot',
      positioned: false,
      temporary: true,
      snapshots: [],
      toolbar: false,
      attended: false,
    },
    ...{ width: 640, height: 480 },
  });
  window = electron.windows.at(-1)!;
});

afterEach(() => {
  window.close();
  rmSync(dirname(file), { recursive: true, force: true });
});

it('opens a window that is sandboxed and cannot leave', () => {
  expect(window.options).toMatchObject({
    ...{ width: 640, height: 480, title: 'a.dot' },
    webPreferences: { sandbox: true, contextIsolation: true, nodeIntegration: false },
  });
  expect(window.loadURL).toHaveBeenCalledWith('objgraph://viewer/?hide-toolbar');
  const event = { preventDefault: vi.fn() };
  window.webContents.emit('will-navigate', event);
  expect(event.preventDefault).toHaveBeenCalled();
  expect(window.webContents.setWindowOpenHandler.mock.lastCall?.[0]()).toEqual({ action: 'deny' });
  const allowed = vi.fn();
  window.webContents.session.setPermissionRequestHandler.mock.lastCall?.[0](null, 'camera', allowed);
  expect(allowed).toHaveBeenCalledWith(false);
});

it('speaks the protocol, with a dialog for files', async () => {
  say({ id: 1, method: 'document.get', params: null });
  say({ id: 2, method: 'document.choose', params: null });
  say({ id: 3, method: 'link.open', params: { url: 'https://example.org/' } });
  await vi.waitFor(() => {
    expect(window.webContents.sent).toContainEqual(answered(1));
    expect(window.webContents.sent).toContainEqual({ id: 2, ok: true, result: { path: '/chosen.dot' } });
    expect(electron.opened).toEqual(['https://example.org/']);
  });
});

it.each([
  ['another window', () => ({ sender: new FakeContents() })],
  ['a frame inside the page', () => ({ senderFrame: { url: 'objgraph://viewer/' } })],
  ['no frame at all', () => ({ senderFrame: null })],
])('does not listen to %s', async (_who, sender) => {
  say({ id: 9, method: 'document.get', params: null }, sender());
  say({ id: 1, method: 'document.get', params: null });
  await vi.waitFor(() => expect(window.webContents.sent).toContainEqual(answered(1)));
  expect(window.webContents.sent).not.toContainEqual(answered(9));
});

it('does not listen to a page that is not ours', async () => {
  window.webContents.mainFrame.url = 'https://evil.example/';
  say({ id: 1, method: 'document.get', params: null });
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(window.webContents.sent).not.toContainEqual(answered(1));
});

it('ends a window whose page breaks the protocol', async () => {
  say('nonsense');
  await vi.waitFor(() => expect(window.destroy).toHaveBeenCalled());
});

it('removes what was temporary, and hears no more', () => {
  window.close();
  expect(existsSync(file)).toBe(false);
  expect(electron.ipcMain.listenerCount('protocol')).toBe(0);
});

it('serves the page by its own scheme, under a strict policy', async () => {
  servePage();
  const get = (path: string) => electron.handlers.get('objgraph')!(new Request(`objgraph://viewer${path}`));
  const page = await get('/');
  expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
  expect(page.headers.get('content-security-policy')).toContain("connect-src 'self'");
  expect((await get('/../cli.js')).status).toBe(404);
});
