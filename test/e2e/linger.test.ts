// The viewer after its last window: it stays for the next one, is seen by no one, keeps nothing alive, and goes.
import { chmodSync, existsSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { basename, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  Desktop,
  hostsToTest,
  missingPrograms,
  objgraph,
  root,
  shows,
  until,
  type HostName,
} from './desktop.ts';

/** The browser of a desktop, by the lock of its profile. */
function browserOf(desktop: Desktop): number {
  const profiles = desktop.leftovers().filter((name) => name.startsWith('objgraph-browser-'));
  expect(profiles).toHaveLength(1);
  return Number(
    readlinkSync(join(desktop.temporary, profiles[0], 'SingletonLock'))
      .split('-')
      .at(-1),
  );
}

/** The processes of a browser that have pages. */
function renderers(browser: number): number[] {
  const read = (pid: string, file: string) => {
    try {
      return readFileSync(`/proc/${pid}/${file}`, 'latin1');
    } catch {
      return '';
    }
  };
  const processes = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  const parents = new Map(processes.map((pid) => [pid, /\) \S (\d+)/.exec(read(pid, 'stat'))?.[1] ?? '0']));
  const descends = (pid: string): boolean =>
    pid === String(browser) || (Number(pid) > 1 && descends(parents.get(pid) ?? '0'));
  return processes
    .filter((pid) => read(pid, 'cmdline').includes('--type=renderer') && descends(pid))
    .map(Number);
}

const missing = missingPrograms('Xvfb', 'chromium', 'xwininfo');
const hosts = missing.length > 0 ? [] : hostsToTest();

describe.skipIf(missing.length > 0).each(hosts)(
  'the viewer after its last window, on %s',
  (host: HostName) => {
    let desktop: Desktop;
    beforeEach(async () => {
      desktop = await Desktop.start(host);
      delete desktop.env.OBJGRAPH_VIEWER_LINGER;
      delete desktop.env.CI;
    });
    afterEach(() => desktop?.close());

    const list = async () => {
      const command = desktop.command(objgraph, ['ps', '--viewers', '--json']);
      await command.ended;
      const { viewers } = JSON.parse(command.stdout) as {
        viewers: { pid: number; windows: number; secondsLeft: number | null }[];
      };
      return viewers;
    };
    const openAndClose = async (name: string) => {
      const command = desktop.command(objgraph, ['view', desktop.write(name, 'digraph { a -> b }')]);
      const page = await desktop.window(name);
      await shows(page, { status: 'ready', nodes: 2 });
      await page.close();
      // The command does not wait for the viewer.
      expect(await command.ended).toBe(0);
    };
    /** What a window manager would have to show. */
    const windowsOnScreen = async () => {
      const tree = desktop.start('xwininfo', ['-root', '-tree']);
      await tree.ended;
      return tree.stdout.split('\n').filter((line) => line.includes('objgraph') && line.includes('.dot'));
    };

    it('stays for a minute without a window, and shows the next one in the same process', async () => {
      await openAndClose('first.dot');
      const [viewer] = desktop.viewers();
      const [{ pid, windows, secondsLeft }] = await list();
      expect({ pid, windows }).toEqual({ pid: viewer, windows: 0 });
      expect(secondsLeft).toBeGreaterThan(30);
      expect(secondsLeft).toBeLessThanOrEqual(60);
      expect(await windowsOnScreen()).toEqual([]);
      for (const name of ['second.dot', 'third.dot']) await openAndClose(name);
      expect(desktop.viewers()).toEqual([viewer]);

      const quit = desktop.command(objgraph, ['quit']);
      expect(await quit.ended).toBe(0);
      expect(quit.stdout).toBe(`Ended the viewer, process ${viewer}, with 0 windows\n`);
      await until('the viewer to end', () => desktop.viewers().length === 0 || null);
      await until('nothing to be left', () => desktop.leftovers().length === 0 || null);
      expect(await list()).toEqual([]);
    });

    it.skipIf(host !== 'Chromium')(
      'keeps the process of its pages, in which our code is compiled',
      async () => {
        const look = async (name: string) => {
          const command = desktop.command(objgraph, ['view', desktop.write(name, 'digraph { a -> b }')]);
          await shows(await desktop.window(name), { status: 'ready', nodes: 2 });
          return command;
        };
        const pageProcesses = () => renderers(browserOf(desktop));
        // Its command is stopped at once, as by Ctrl-C.
        const first = await look('first.dot');
        const before = pageProcesses();
        expect(before).toHaveLength(1);
        first.child.kill('SIGINT');
        await until('the window to close', async () => (await list())[0].windows === 0 || null);
        await sleep(2000);
        expect(pageProcesses()).toEqual(before);
        expect(await windowsOnScreen()).toEqual([]);
        // Its user closes it.
        const second = await look('second.dot');
        await (await desktop.window('second.dot')).close();
        await second.ended;
        await sleep(2000);
        expect(pageProcesses()).toEqual(before);
        expect(await list()).toMatchObject([{ windows: 0 }]);
      },
    );

    it('ends after the time of OBJGRAPH_VIEWER_LINGER, and leaves nothing', async () => {
      desktop.env.OBJGRAPH_VIEWER_LINGER = '1';
      await openAndClose('a.dot');
      await until('the viewer to end', () => desktop.viewers().length === 0 || null);
      await until('nothing to be left', () => desktop.leftovers().length === 0 || null);
    });

    it('is ended by objgraph quit with its windows, and their commands end', async () => {
      const command = desktop.command(objgraph, ['view', desktop.write('open.dot', 'digraph { a }')]);
      await shows(await desktop.window('open.dot'), { status: 'ready', nodes: 1 });
      const quit = desktop.command(objgraph, ['quit']);
      expect(await quit.ended).toBe(0);
      expect(quit.stdout).toMatch(/with 1 window\n$/);
      expect(await command.ended).toBe(0);
    });

    it('holds no stream, terminal or process group of the program whose picture it showed', async () => {
      const program = desktop.write(
        'program.mjs',
        `import { showRefs } from ${JSON.stringify(join(root, 'dist/index.js'))};\nshowRefs([{ a: 1 }]);\n`,
      );
      // It waits for the end of all that holds its output, as `docker run`, `ssh` and test runners do.
      const shell = desktop.start('sh', ['-c', `"${process.execPath}" "${program}" 2>&1 | cat`]);
      const closed = new Promise((resolve) => shell.child.once('close', resolve));
      const page = await desktop.window('');
      await shows(page, { status: 'ready' });
      await page.close();
      await closed;
      const [viewer] = desktop.viewers();
      const session = Number(
        /\) \S (\d+) (\d+) (\d+)/.exec(readFileSync(`/proc/${viewer}/stat`, 'utf8'))![3],
      );
      expect(session).toBe(viewer);
      expect([0, 1, 2].map((fd) => readlinkSync(`/proc/${viewer}/fd/${fd}`))).toEqual(
        Array(3).fill('/dev/null'),
      );
    });

    describe.skipIf(host !== 'Chromium')('the browser that the command starts for the viewer', () => {
      const view = (name: string) =>
        desktop.command(objgraph, ['view', desktop.write(name, 'digraph { a -> b }')]);
      const script = (name: string, text: string) => {
        const file = desktop.write(name, `#!/bin/sh\n${text}\n`);
        chmodSync(file, 0o755);
        desktop.env.OBJGRAPH_VIEWER = file;
      };
      const startsOfBrowser = () =>
        desktop
          .programs()
          .filter(({ what, file }) => what === 'started' && basename(file).startsWith('chromium'));

      it('is the one that shows the window, and holds nothing of the terminal', async () => {
        await openAndClose('first.dot');
        expect(startsOfBrowser().map(({ by }) => by)).toEqual(['cli.js']);
        const browser = browserOf(desktop);
        const status = readFileSync(`/proc/${browser}/stat`, 'utf8');
        expect(Number(/\) \S \d+ \d+ (\d+)/.exec(status)![1])).toBe(browser);
        for (const fd of [0, 1, 2]) expect(readlinkSync(`/proc/${browser}/fd/${fd}`)).toBe('/dev/null');
        // Nothing that the viewer starts has the ends of its pipe.
        const quit = desktop.command(objgraph, ['quit']);
        await quit.ended;
        await until('nothing to be left', () => desktop.leftovers().length === 0 || null);
      });

      it('ends when the viewer is killed, and the next viewer removes its profile', async () => {
        await openAndClose('first.dot');
        const [browser, leftovers] = [browserOf(desktop), desktop.leftovers()];
        expect(leftovers).not.toEqual([]);
        process.kill(desktop.viewers()[0], 'SIGKILL');
        await until('the browser to end', () => !existsSync(`/proc/${browser}/fd/0`) || null);
        await openAndClose('second.dot');
        await until(
          'the profile to be removed',
          () => !desktop.leftovers().some((name) => leftovers.includes(name)) || null,
        );
      });

      it('is started again by the viewer where it ends at once', async () => {
        const mark = join(desktop.temporary, 'started-once');
        script('chromium-tired', `[ -e "${mark}" ] && exec /usr/bin/chromium "$@"\n: > "${mark}"\nexit 3`);
        await openAndClose('first.dot');
        expect(startsOfBrowser().map(({ by }) => by)).toEqual(['cli.js', 'viewer.js']);
        desktop.env.OBJGRAPH_VIEWER = 'chromium';
        expect(desktop.viewers()).toHaveLength(1);
      });

      it.each([
        ['chromium-broken', 'echo "no such display" >&2\nexit 7', 'ended with status 7: no such display'],
        ['chromium-silent', 'exit 0', 'ended without a window'],
      ])(
        '%s: what is wrong is said once, by the one that the viewer starts',
        async (name, text, sentence) => {
          script(name, text);
          const command = view('a.dot');
          expect(await command.ended).toBe(1);
          expect(command.stderr).toBe(`objgraph: ${name} ${sentence}\n`);
          desktop.env.OBJGRAPH_VIEWER = 'chromium';
          await desktop.command(objgraph, ['quit']).ended;
          await until('the viewer to end', () => desktop.viewers().length === 0 || null);
          await until('nothing to be left', () => desktop.leftovers().length === 0 || null);
        },
      );

      it('is ended by a viewer that comes second', async () => {
        const [one, other] = [view('one.dot'), view('other.dot')];
        for (const name of ['one.dot', 'other.dot'])
          await shows(await desktop.window(name), { status: 'ready', nodes: 2 });
        await until('one browser', () => (startsOfBrowser().length === 2 && countProfiles() === 1) || null);
        expect(desktop.viewers()).toHaveLength(1);
        const quit = desktop.command(objgraph, ['quit']);
        await quit.ended;
        expect([await one.ended, await other.ended]).toEqual([0, 0]);
      });
      const countProfiles = () =>
        desktop.leftovers().filter((name) => name.startsWith('objgraph-browser-')).length;
    });

    // The test host for Electron has its Chromium only while there are windows; Electron itself is one, and ends with its screen.
    it.skipIf(host === "Electron's test host")('ends when its screen goes away', async () => {
      await openAndClose('a.dot');
      expect(desktop.viewers()).toHaveLength(1);
      desktop.endScreen();
      await until('the viewer to end', () => desktop.viewers().length === 0 || null);
    });
  },
);
