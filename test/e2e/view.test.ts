// Real windows: our commands, Debian's Chromium, and a display of Xvfb's.
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Desktop, hostsToTest, missingPrograms, objgraph, shows, until, xdot } from './desktop.ts';

const missing = missingPrograms('Xvfb', 'chromium');

describe.skipIf(missing.length > 0).each(hostsToTest())(
  `the viewer's window on %s ${missing.length > 0 ? `(no ${missing.join(', ')})` : ''}`,
  (host) => {
    let desktop: Desktop;
    beforeAll(async () => void (desktop = await Desktop.start(host)));
    afterAll(() => desktop?.close());

    it('shows a file, follows its changes, and keeps the picture when the file breaks', async () => {
      const file = desktop.write('story.dot', 'digraph { a -> b; b -> c }');
      const command = desktop.command(objgraph, ['view', file]);
      const page = await desktop.window('story.dot');
      await shows(page, { status: 'ready', nodes: 3 });
      desktop.screenshot('view.png');

      writeFileSync(file, 'digraph { a -> b; b -> c; c -> d }');
      await shows(page, { status: 'ready', nodes: 4 });

      writeFileSync(file, 'digraph {\n a -> b\n b ->\n}');
      await shows(page, { status: 'problem', nodes: 4 });
      await expect.poll(() => page.locator('body').innerText()).toMatch(/line 4/);
      desktop.screenshot('problem.png');

      // As editors save: another file takes the name.
      renameSync(desktop.write('story.new', 'digraph { x }'), file);
      await shows(page, { status: 'ready', nodes: 1 });

      rmSync(file);
      await shows(page, { status: 'problem', nodes: 1 });

      await page.close();
      expect(await command.ended).toBe(0);
      await until('the viewer to end', () => desktop.viewers().length === 0 || null);
      await expect.poll(() => desktop.leftovers()).toEqual([]);
      expect(command.stdout + command.stderr).toBe('');
    });

    it('opens a second file in the viewer that runs, as a new window', async () => {
      const first = desktop.command(objgraph, ['view', desktop.write('first.dot', 'digraph { a -> b }')]);
      const firstPage = await desktop.window('first.dot');
      const [viewer] = desktop.viewers();
      const second = desktop.command(xdot, [desktop.write('second.dot', 'graph { p; q; r }'), '-f', 'neato']);
      const secondPage = await desktop.window('second.dot');
      await shows(secondPage, { status: 'ready', nodes: 3 });
      expect(desktop.viewers()).toEqual([viewer]);

      // Ctrl-C in one terminal closes that command's window and no other.
      second.child.kill('SIGINT');
      await until('its window to close', () => secondPage.isClosed() || null);
      expect(firstPage.isClosed()).toBe(false);
      await firstPage.close();
      expect(await first.ended).toBe(0);
      await until('the viewer to end', () => desktop.viewers().length === 0 || null);
    });

    it('shows each file of one command in a window of its own', async () => {
      const files = ['left.dot', 'right.gv'].map((name, i) =>
        desktop.write(name, `digraph { ${['a', 'b'].slice(i).join(' -> ')} }`),
      );
      const command = desktop.command(xdot, files);
      const [left, right] = await Promise.all([desktop.window('left.dot'), desktop.window('right.gv')]);
      await shows(left, { status: 'ready', nodes: 2 });
      await shows(right, { status: 'ready', nodes: 1 });
      await left.close();
      expect(command.child.exitCode).toBeNull();
      await right.close();
      expect(await command.ended).toBe(0);
    });

    it('starts one viewer for four commands at the same moment', async () => {
      const names = ['one', 'two', 'three', 'four'];
      const commands = names.map((name) =>
        desktop.command(objgraph, ['view', desktop.write(`${name}.dot`, 'digraph { a -> b }')]),
      );
      const pages = await Promise.all(names.map((name) => desktop.window(`${name}.dot`)));
      // Those that came second hand over their windows, and end.
      await expect.poll(() => desktop.viewers()).toHaveLength(1);
      for (const page of pages) expect(page.isClosed()).toBe(false);
      for (const page of pages) await page.close();
      expect(await Promise.all(commands.map(({ ended }) => ended))).toEqual([0, 0, 0, 0]);
    });

    it('starts again after a viewer that was killed', async () => {
      const file = desktop.write('killed.dot', 'digraph { a }');
      const command = desktop.command(objgraph, ['view', file]);
      await desktop.window('killed.dot');
      process.kill(desktop.viewers()[0], 'SIGKILL');
      await command.ended;
      await until('the browser to notice', async () => (await desktop.windows()).length === 0 || null);

      const again = desktop.command(objgraph, ['view', file]);
      const page = await desktop.window('killed.dot');
      await shows(page, { status: 'ready', nodes: 1 });
      await page.close();
      expect(await again.ended).toBe(0);
      await expect.poll(() => desktop.leftovers()).toEqual([]);
    });

    it('takes the options of xdot, and closes on q', async () => {
      const complaints: string[] = [];
      const file = desktop.write('options.dot', 'graph { a [pos="0,0"]; b [pos="200,0"]; a -- b }');
      const command = desktop.command(xdot, ['-n', '-g', '640x480', '--hide-toolbar', file]);
      const page = await desktop.window('options.dot');
      page.on('console', (message) => complaints.push(message.text()));
      await shows(page, { status: 'ready', nodes: 2 });
      expect(await page.getByRole('toolbar').count()).toBe(0);
      expect(await page.evaluate(() => [window.outerWidth, window.outerHeight])).toEqual([640, 480]);
      await page.reload();
      await shows(page, { status: 'ready', nodes: 2 });
      expect(complaints).toEqual([]);
      // The window may be gone before the key is released.
      await page.keyboard.press('q').catch(() => {});
      expect(await command.ended).toBe(0);
      await until('the window to be gone', () => page.isClosed() || null);
    });

    it('shows an empty window when no file is named', async () => {
      const command = desktop.command(objgraph, ['view']);
      const page = await desktop.window('objgraph');
      await shows(page, { status: 'empty', nodes: 0 });
      desktop.screenshot('empty.png');
      await page.close();
      expect(await command.ended).toBe(0);
    });

    it('removes a temporary file when its window closes, and does not hold its caller up', async () => {
      const folder = join(desktop.temporary, 'objgraph-of-library');
      mkdirSync(folder, { mode: 0o700 });
      const file = join(folder, 'objects.dot');
      writeFileSync(file, 'digraph { o1 -> o3 }', { mode: 0o600 });
      const command = desktop.command(objgraph, ['view', '--temporary', file]);
      const page = await desktop.window('objects.dot');
      expect(await command.ended).toBe(0);
      await shows(page, { status: 'ready', nodes: 2 });
      await page.close();
      await until('the folder to go', () => !desktop.leftovers().includes('objgraph-of-library') || null);
    });

    it('keeps what comes by standard input to itself, and removes it', async () => {
      const command = desktop.command(xdot, ['-'], { input: 'digraph { in -> put }' });
      const page = await desktop.window('standard input');
      await shows(page, { status: 'ready', nodes: 2 });
      const [folder] = desktop.leftovers().filter((name) => !name.includes('browser'));
      expect(statSync(join(desktop.temporary, folder)).mode & 0o777).toBe(0o700);
      expect(statSync(join(desktop.temporary, folder, 'stdin.dot')).mode & 0o777).toBe(0o600);
      expect(command.child.exitCode).toBeNull();
      await page.close();
      expect(await command.ended).toBe(0);
      await expect.poll(() => desktop.leftovers()).toEqual([]);
    });
  },
);

describe.skipIf(missing.length > 0)(
  `a browser that shows the window ${missing.length > 0 ? `(no ${missing.join(', ')})` : ''}`,
  () => {
    let desktop: Desktop;
    beforeAll(async () => void (desktop = await Desktop.start()));
    afterAll(() => desktop?.close());

    it('knows the paths of files that are chosen in the page: it follows them, and offers them again', async () => {
      const empty = desktop.command(objgraph, ['view']);
      const page = await desktop.window('objgraph');
      await shows(page, { status: 'empty' });
      const files = ['chosen.dot', 'other.dot'].map((name) => desktop.write(name, 'digraph { a -> b }'));
      await chooseInPage(page, files);
      await shows(page, { status: 'ready', nodes: 2 });
      await shows(await desktop.window('other.dot'), { status: 'ready', nodes: 2 });
      desktop.write('chosen.dot', 'digraph { a -> b -> c }');
      await shows(page, { status: 'ready', nodes: 3 });
      for (const window of await desktop.windows()) await window.close();
      expect(await empty.ended).toBe(0);
      await until('the viewer to end', () => desktop.viewers().length === 0 || null);

      const again = desktop.command(objgraph, ['view']);
      const next = await desktop.window('objgraph');
      await next.getByRole('region', { name: 'Recent files' }).getByText('chosen.dot').click();
      await shows(next, { status: 'ready', nodes: 3 });
      await next.close();
      expect(await again.ended).toBe(0);
    });

    it('opens in the browser when Electron is there but cannot start', async () => {
      const electron = desktop.write('electron-broken', '#!/bin/sh\nkill -TRAP $$\n');
      chmodSync(electron, 0o755);
      desktop.env.OBJGRAPH_VIEWER = electron;
      const command = desktop.command(objgraph, ['view', desktop.write('sandbox.dot', 'digraph { a }')]);
      const page = await desktop.window('sandbox.dot');
      desktop.env.OBJGRAPH_VIEWER = 'chromium';
      expect(command.stderr).toMatch(
        /^electron-broken ended at once with SIGTRAP, .* sandbox.*; Chromium opens instead\n$/,
      );
      await page.close();
      expect(await command.ended).toBe(0);
    });

    it("opens a tab where there is only the user's own browser, and leaves that browser alone", async () => {
      // Stands in for xdg-open: a browser that goes on after its window is closed.
      const programs = join(desktop.folder, 'opener');
      mkdirSync(programs);
      writeFileSync(
        join(programs, 'xdg-open'),
        '#!/bin/sh\necho $$ "$1" > "$TMPDIR/address.txt"\nexec sleep 60\n',
        { mode: 0o755 },
      );
      desktop.env.OBJGRAPH_VIEWER = 'browser';
      const file = desktop.write('tab.dot', 'digraph { a -> b }');
      const command = desktop.start(process.execPath, [objgraph, 'view', file], { path: programs });
      const [pid, address] = await until('an address', () => {
        const note = join(desktop.temporary, 'address.txt');
        const text = existsSync(note) ? readFileSync(note, 'utf8') : '';
        return text.includes('#') ? text.trim().split(' ') : null;
      });
      desktop.env.OBJGRAPH_VIEWER = 'chromium';
      const browser = await chromium.launch({ executablePath: '/usr/bin/chromium' });
      const page = await browser.newPage();
      await page.goto(address);
      await shows(page, { status: 'ready', nodes: 2 });
      await browser.close();
      expect(await command.ended).toBe(0);
      // Throws if it is no longer there.
      process.kill(Number(pid));
    });

    it('says so when the browser cannot start', async () => {
      const broken = desktop.write('chromium-broken', '#!/bin/sh\necho "no such display" >&2\nexit 7\n');
      chmodSync(broken, 0o755);
      desktop.env.OBJGRAPH_VIEWER = broken;
      const command = desktop.command(objgraph, ['view', desktop.write('a.dot', 'digraph { a }')]);
      expect(await command.ended).toBe(1);
      desktop.env.OBJGRAPH_VIEWER = 'chromium';
      expect(command.stderr).toBe('objgraph: chromium-broken ended with status 7: no such display\n');
    });

    it('says so when the browser ends without a window', async () => {
      const silent = desktop.write('chromium-silent', '#!/bin/sh\nexit 0\n');
      chmodSync(silent, 0o755);
      desktop.env.OBJGRAPH_VIEWER = silent;
      const command = desktop.command(objgraph, ['view', desktop.write('a.dot', 'digraph { a }')]);
      expect(await command.ended).toBe(1);
      desktop.env.OBJGRAPH_VIEWER = 'chromium';
      expect(command.stderr).toBe('objgraph: chromium-silent ended without a window\n');
    });
  },
);

describe('without a screen', () => {
  it('writes a png beside the file and says where', async () => {
    const desktop = Desktop.withoutScreen();
    const file = desktop.write('story.dot', 'digraph { a -> b }');
    const command = desktop.command(objgraph, ['view', file]);
    expect(await command.ended).toBe(0);
    expect(command.stdout).toBe(`${file}.png\n`);
    expect(command.stderr).toContain('no screen');
    expect(statSync(`${file}.png`).size).toBeGreaterThan(1000);
    await desktop.close();
  });

  it('writes the png of standard input into the current folder, and leaves nothing else', async () => {
    const desktop = Desktop.withoutScreen();
    const command = desktop.command(xdot, ['-'], { input: 'digraph { a -> b }' });
    expect(await command.ended).toBe(0);
    expect(command.stdout).toBe(`${join(desktop.folder, 'stdin.dot.png')}\n`);
    expect(desktop.leftovers()).toEqual([]);
    await desktop.close();
  });

  it('says what is wrong with a file all the same', async () => {
    const desktop = Desktop.withoutScreen();
    const command = desktop.command(xdot, [desktop.write('bad.dot', 'digraph {\n a ->\n}')]);
    expect(await command.ended).toBe(1);
    expect(command.stderr).toBe("xdot: bad.dot:3: syntax error in line 3 near '}'\n");
    await desktop.close();
  });
});

/** As the browser's own dialog does it: Playwright itself would hand over the contents, without paths. */
async function chooseInPage(page: Page, files: string[]): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send('Page.enable');
  await session.send('Page.setInterceptFileChooserDialog', { enabled: true });
  const asked = new Promise<number>((resolve) =>
    session.once('Page.fileChooserOpened', ({ backendNodeId }) => resolve(backendNodeId!)),
  );
  await page.getByRole('button', { name: 'Open a file…' }).click();
  await session.send('DOM.setFileInputFiles', { files, backendNodeId: await asked });
  await session.detach();
}
