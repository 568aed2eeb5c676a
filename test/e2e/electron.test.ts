// What the desktop app does beyond the common suite, and the rules of Electron's safety, on the test host: the built app in
// its own process, its page in Chromium (see test/electron-host/README.md).
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Desktop, missingPrograms, root, shows, until } from './desktop.ts';
import type { MenuEntry } from '../electron-host/menu.ts';

const missing = missingPrograms('Xvfb', 'chromium');
const electron = join(root, 'test/electron-host/electron.mjs');
const app = join(root, 'dist/electron.js');

interface WindowSeen {
  title: string;
  bounds: { x: number; y: number; width: number; height: number };
  maximized: boolean;
  shown: boolean;
  file: string;
  options: { webPreferences: Record<string, unknown> };
}
interface Question {
  kind: string;
  options: { message: string; detail: string; buttons: string[]; defaultPath?: string };
}

describe.skipIf(missing.length > 0)("the desktop app on Electron's test host", () => {
  let desktop: Desktop;
  const startDesktop = async () => void (desktop = await Desktop.start("Electron's test host"));
  const closeDesktop = () => desktop?.close();
  function eachOnItsOwn(): void {
    beforeEach(startDesktop);
    afterEach(closeDesktop);
  }

  /** As the desktop starts it when a file is opened with it. */
  const start = (...args: string[]) =>
    desktop.start(process.execPath, [electron, '--remote-debugging-port=0', app, ...args]);
  const open = async (name: string, dot = 'digraph { a -> b }') => {
    const running = start(desktop.write(name, dot));
    const page = await desktop.window(name);
    await shows(page, { status: 'ready' });
    return { running, page };
  };
  const isAlive = (page: Page) => page.evaluate(() => true).catch(() => false);
  const windows = () => desktop.hands<WindowSeen[]>('windows');
  const question = (index = 0) =>
    until('a dialog', async () => (await desktop.hands<Question[]>('questions'))[index] ?? null);

  describe('its windows', () => {
    eachOnItsOwn();

    it('belong to one process: a second start hands its arguments over, and ends', async () => {
      const { running, page } = await open('first.dot');
      const second = start(desktop.write('second.dot', 'graph { p -- q }'), '-f', 'neato', '-g', '700x500');
      expect(await second.ended).toBe(0);
      const secondPage = await desktop.window('second.dot');
      await shows(secondPage, { status: 'ready', nodes: 2 });
      expect(desktop.viewers()).toEqual([running.child.pid]);
      expect((await windows()).map(({ title }) => title)).toEqual(['first.dot', 'second.dot']);
      expect((await windows())[1].bounds).toMatchObject({ width: 700, height: 500 });

      await page.close();
      await shows(secondPage, { status: 'ready', nodes: 2 });
      await secondPage.close();
      expect(await running.ended).toBe(0);
    });

    it('open where the last one was; never outside of the screens', async () => {
      const first = await open('place.dot');
      await desktop.hands('setBounds', { x: 150, y: 90, width: 820, height: 610 });
      await first.page.close();
      expect(await first.running.ended).toBe(0);
      const settings = join(desktop.folder, 'state/objgraph/desktop.json');
      expect(statSync(settings).mode & 0o777).toBe(0o600);

      const again = await open('place.dot');
      const [{ bounds }] = await windows();
      expect(bounds).toEqual({ x: 150, y: 90, width: 820, height: 610 });
      expect(await again.page.evaluate(() => [outerWidth, outerHeight])).toEqual([820, 610]);
      // Another one does not hide it.
      await desktop.hands('click', 'File/New Window');
      await until('a second window', async () => (await windows())[1] ?? null);
      expect((await windows())[1].bounds).toMatchObject({ x: 178, y: 118, width: 820, height: 610 });
      await shows(await desktop.window('objgraph'), { status: 'empty' });
      for (const page of await desktop.windows()) await page.close();
      await again.running.ended;

      writeFileSync(settings, readFileSync(settings, 'utf8').replace(/"x": -?\d+/, '"x": 99000'));
      const lost = await open('place.dot');
      expect((await windows())[0].bounds).toMatchObject({ x: 0, width: 820, height: 610 });
      await lost.page.close();
    });

    it('open for files that macOS hands over', async () => {
      await open('here.dot');
      expect(await desktop.hands('open-file', desktop.write('finder.dot', 'digraph { f }'))).toBe(true);
      await shows(await desktop.window('finder.dot'), { status: 'ready', nodes: 1 });
    });

    it('say what is wrong with the arguments, and show the help', async () => {
      const wrong = start('-g', 'large', 'a.dot');
      expect(await wrong.ended).toBe(2);
      expect(wrong.stderr).toBe(
        'objgraph: "large" is no window size; write WIDTHxHEIGHT, for example 1000x700\n',
      );
      const command = start('ps');
      expect(await command.ended).toBe(2);
      expect(command.stderr).toContain('objgraph: ps is a command of the npm package');
      const help = start('--help');
      expect(await help.ended).toBe(0);
      expect(help.stdout).toContain('Usage: xdot');
    });
  });

  describe('its menu and dialogs', () => {
    eachOnItsOwn();

    it('does in the page what the keys do', async () => {
      const { page } = await open('menu.dot');
      const zoom = async () => Number(await page.locator('canvas').first().getAttribute('data-zoom'));
      const before = await zoom();
      await desktop.hands('click', 'View/Zoom In');
      await expect.poll(zoom).toBeGreaterThan(before);
      await desktop.hands('click', 'View/Toolbar');
      await expect.poll(() => page.getByRole('toolbar').count()).toBe(0);
      await desktop.hands('click', 'Edit/Find…');
      await expect.poll(() => page.getByRole('searchbox', { name: 'Find' }).count()).toBe(1);
    });

    it('opens and saves by dialogs that begin where the last one ended', async () => {
      const { page } = await open('here.dot');
      const chosen = desktop.write('chosen.dot', 'digraph { x; y; z }');
      await desktop.hands('answer', { canceled: false, filePaths: [chosen] });
      await desktop.hands('click', 'File/Open…');
      await shows(page, { status: 'ready', nodes: 3 });

      const saved = join(desktop.temporary, 'saved.svg');
      await desktop.hands('answer', { canceled: false, filePath: saved });
      await desktop.hands('click', 'File/Export…');
      await page.getByRole('dialog').getByRole('button', { name: 'Export' }).click();
      await until('the file', () => statSync(saved, { throwIfNoEntry: false }) ?? null);
      expect((await question(1)).options.defaultPath).toBe(join(desktop.folder, 'chosen.svg'));
      expect(readFileSync(saved, 'utf8')).toContain('<svg');

      await desktop.hands('answer', { canceled: true, filePaths: [] });
      await desktop.hands('click', 'File/Open…');
      expect((await question(2)).options.defaultPath).toBe(desktop.folder);
      await shows(page, { status: 'ready', nodes: 3 });

      await desktop.hands('answer', { canceled: true });
      await desktop.hands('click', 'File/Export…');
      await page.getByRole('dialog').getByRole('button', { name: 'Export' }).click();
      expect((await question(3)).options.defaultPath).toBe(join(desktop.temporary, 'chosen.svg'));
      await shows(page, { status: 'ready', nodes: 3 });
    });

    it('remembers documents, in the menu and for the system', async () => {
      const { page } = await open('one.dot');
      await desktop.hands('answer', { filePaths: [desktop.write('two.dot', 'digraph { t }')] });
      await desktop.hands('click', 'File/Open…');
      await shows(page, { status: 'ready', nodes: 1 });
      const recent = async () =>
        (await desktop.hands<MenuEntry[]>('menu'))
          .map(({ path }) => path)
          .filter((path) => path.startsWith('File/Open Recent/'));
      const clear = 'File/Open Recent/Clear List';
      expect(await recent()).toEqual(['File/Open Recent/two.dot', 'File/Open Recent/one.dot', clear]);
      expect(await desktop.hands('record')).toMatchObject({
        recent: ['one.dot', 'two.dot'].map((name) => join(desktop.folder, name)),
      });
      await desktop.hands('click', 'File/Open Recent/one.dot');
      await shows(await desktop.window('one.dot'), { nodes: 2 });
      await desktop.hands('click', clear);
      expect(await recent()).toEqual([clear]);
    });
  });

  describe('after a crash', () => {
    eachOnItsOwn();

    it('of the page, says so, and shows the same document again', async () => {
      await open('crash.dot', 'digraph { a -> b -> c }');
      await desktop.hands('crash');
      const { options } = await question();
      expect(options.message).toBe('The window “crash.dot” stopped working.');
      expect(options.buttons).toEqual(['Reload', 'Close Window']);
      await desktop.hands('answer', { response: 0 });
      const page = await until('a living page', async () => {
        const page = await desktop.window('crash.dot');
        return (await isAlive(page)) ? page : null;
      });
      await shows(page, { status: 'ready', nodes: 3 });
    });

    it('of the page, closes the window where that is wanted', async () => {
      const { running } = await open('close.dot');
      await desktop.hands('crash');
      await question();
      await desktop.hands('answer', { response: 1 });
      expect(await running.ended).toBe(0);
    });

    it('offers to wait for a page that hangs, and closes the question when it answers', async () => {
      const { page } = await open('hangs.dot', 'digraph { a -> b -> c }');
      await desktop.hands('emit', 'unresponsive');
      expect((await question()).options.buttons).toEqual(['Wait', 'Reload', 'Close Window']);
      await desktop.hands('emit', 'responsive');
      await shows(page, { status: 'ready', nodes: 3 });

      await desktop.hands('emit', 'unresponsive');
      await question(1);
      await desktop.hands('answer', { response: 1 });
      // The one that hangs is gone a little later.
      const next = await until('another page', async () => {
        const other = (await desktop.windows()).find((window) => window !== page);
        return other && (await isAlive(other)) ? other : null;
      });
      await shows(next, { status: 'ready', nodes: 3 });
      // No user was asked about the crash that we made ourselves.
      expect(await desktop.hands<Question[]>('questions')).toHaveLength(2);
    });
  });

  let page: Page;
  const openPage = async () => void ({ page } = await open('safe.dot'));
  /** From inside of the page, as a script would that should not be there. */
  const say = (message: unknown) =>
    page.evaluate(
      (sent) => (window as unknown as { objgraphHost: { send(m: unknown): void } }).objgraphHost.send(sent),
      message,
    );

  describe('for safety', () => {
    // One page for all of them: it has to stand each, and be there for the next.
    beforeAll(async () => {
      await startDesktop();
      await openPage();
    });
    afterAll(closeDesktop);

    it('its windows are sandboxed, isolated, and have nothing of Node', async () => {
      const [{ options }] = await windows();
      expect(options.webPreferences).toMatchObject({
        sandbox: true,
        contextIsolation: true,
        nodeIntegration: false,
        webviewTag: false,
        spellcheck: false,
      });
      expect(await desktop.hands('record')).toMatchObject({ sandboxed: true });
      const seen = await page.evaluate(() => ({
        globals: ['require', 'process', 'module', 'Buffer', 'electron'].filter((name) => name in window),
        bridge: Object.keys((window as unknown as { objgraphHost: object }).objgraphHost).sort(),
      }));
      expect(seen).toEqual({ globals: [], bridge: ['pathOf', 'receive', 'send'] });
    });

    it('asks for nothing but its own files, and gets no other', async () => {
      const fetched = await page.evaluate(async () => {
        const outcomes: string[] = [];
        for (const url of [
          'https://example.org/',
          'file:///etc/passwd',
          '/../package.json',
          '/%2e%2e/cli.js',
        ])
          outcomes.push(
            await fetch(url).then(
              ({ status }) => String(status),
              () => 'refused',
            ),
          );
        return outcomes;
      });
      expect(fetched).toEqual(['refused', 'refused', 'refused', 'refused']);
      const image = await page.evaluate(
        () =>
          new Promise((settled) => {
            const picture = new Image();
            picture.onload = () => settled('loaded');
            picture.onerror = () => settled('refused');
            picture.src = 'https://example.org/spy.png';
          }),
      );
      expect(image).toBe('refused');
      const asked = await desktop.hands<{ url: string }[]>('requests');
      expect(asked.filter(({ url }) => !url.startsWith('objgraph://viewer/'))).toEqual([]);
    });

    it('goes nowhere and opens nothing', async () => {
      const address = page.url();
      await page.evaluate(() => {
        location.href = 'https://example.org/';
      });
      await page.evaluate(() => window.open('https://example.org/popup'));
      await page.evaluate(() => {
        const frame = document.createElement('iframe');
        frame.src = 'https://example.org/frame';
        document.body.append(frame);
      });
      await shows(page, { status: 'ready', nodes: 2 });
      expect(page.url()).toBe(address);
      await expect
        .poll(async () => (await desktop.windows()).map((window) => window.url()))
        .toEqual([address]);
      const asked = await desktop.hands<{ url: string }[]>('requests');
      expect(asked.filter(({ url }) => url.includes('example.org'))).toEqual([]);
    });

    it('draws a png in a process of its own: an image that wants all memory ends that one', async () => {
      // Of 60 pixels, 10 GB.
      const filter =
        '<filter id="f" x="-416" y="-416" width="833" height="833"><feFlood flood-color="red"/></filter>';
      const image = `<svg xmlns="http://www.w3.org/2000/svg" width="60" height="60">${filter}<rect width="60" height="60" filter="url(#f)"/></svg>`;
      desktop.write('greedy.svg', image);
      await start(desktop.write('greedy.dot', 'digraph { a [image="greedy.svg"] }')).ended;
      const greedy = await desktop.window('greedy.dot');
      await shows(greedy, { status: 'ready', nodes: 1 });
      const answer = await greedy.evaluate(
        () =>
          new Promise<string>((answered) => {
            const host = window.objgraphHost!;
            host.receive((message) => {
              if ('id' in message && message.id === 900)
                answered(message.ok ? 'drawn' : message.error.message);
            });
            host.send({ id: 900, method: 'document.export', params: { format: 'png', scale: 1 } });
          }),
      );
      expect(answer).toBe(
        'png could not be drawn: it needed more than 3.0 GB of memory; svg, dot, json and xdot work',
      );
      await shows(greedy, { status: 'ready', nodes: 1 });
      await shows(page, { status: 'ready', nodes: 2 });
      await greedy.close();
      await until('one window', async () => (await windows()).length === 1 || null);
    }, 180_000);

    it('has no file written but by main', async () => {
      await page.evaluate(() => {
        const link = document.createElement('a');
        link.href = 'data:text/plain,spy';
        link.download = 'spy.txt';
        link.click();
      });
      await expect
        .poll(async () => (await desktop.hands<{ downloads: string[] }>('record')).downloads)
        .toEqual(['spy.txt refused']);
    });

    it('runs no script but its own', async () => {
      const ran = await page.evaluate(async () => {
        const script = document.createElement('script');
        script.textContent = 'window.inlined = true';
        document.body.append(script);
        document.body.insertAdjacentHTML('beforeend', '<img src="x" onerror="window.handled = true">');
        await new Promise((done) => setTimeout(done, 200));
        return ['inlined', 'handled'].filter((name) => name in window);
      });
      expect(ran).toEqual([]);
    });

    it('is allowed to copy text, and nothing else', async () => {
      const states = await page.evaluate(async () => {
        const states: Record<string, string> = {};
        for (const name of [
          'geolocation',
          'notifications',
          'camera',
          'microphone',
          'clipboard-read',
          'clipboard-write',
        ])
          states[name] = (await navigator.permissions.query({ name: name as PermissionName })).state;
        return states;
      });
      expect(states).toEqual({
        geolocation: 'denied',
        notifications: 'denied',
        camera: 'denied',
        microphone: 'denied',
        'clipboard-read': 'denied',
        'clipboard-write': 'granted',
      });
    });

    it('takes requests of the page itself, not of a frame in it', async () => {
      await page.evaluate(() => {
        const frame = document.body.appendChild(document.createElement('iframe'));
        const inside = frame.contentWindow as unknown as {
          __electronSend(channel: string, m: unknown): void;
        };
        inside.__electronSend('protocol', '{ "id": 1, "method": "window.close", "params": null }');
        inside.__electronSend('protocol', 'no JSON at all');
      });
      await shows(page, { status: 'ready', nodes: 2 });
      expect(await windows()).toHaveLength(1);
    });

    it('opens web links outside, and no others', async () => {
      await say({ id: 900, method: 'link.open', params: { url: 'javascript:alert(1)' } });
      await say({ id: 902, method: 'link.open', params: { url: 'vscode://file/etc/passwd' } });
      await say({ id: 901, method: 'link.open', params: { url: 'https://example.org/' } });
      await expect
        .poll(async () => (await desktop.hands<{ opened: string[] }>('record')).opened)
        .toEqual(['https://example.org/']);
    });
  });

  describe('for safety it', () => {
    eachOnItsOwn();
    beforeEach(openPage);

    it('ends a window that asks more at once than any page does', async () => {
      // Each waits for a dialog without an answer.
      await page.evaluate(() => {
        for (let id = 1; id <= 1100; id++)
          window.objgraphHost!.send({ id, method: 'document.choose', params: null });
      });
      await until('the window to be gone', () => page.isClosed() || null, 40_000);
    });

    it('ends a window that breaks the protocol', async () => {
      await say('no request at all');
      await until('the window to be gone', () => page.isClosed() || null);
    });
  });
});
