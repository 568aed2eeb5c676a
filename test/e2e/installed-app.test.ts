// The desktop app as a user has it installed, by a stand-in in its place: a program with the built app and the test host for
// Electron in it (test/electron-host), and a desktop entry. The library and the commands find it and speak with it.
import { createServer } from 'node:net';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { rendezvousOf } from '../../main/viewer/rendezvous.ts';
import { viewerProtocol } from '../../shared/viewer-host/protocol.ts';
import { Desktop, missingPrograms, objgraph, root, shows, until, type HostName } from './desktop.ts';

const missing = missingPrograms('Xvfb', 'chromium');

describe.skipIf(missing.length > 0)('the installed app', () => {
  let desktop: Desktop;
  afterEach(() => desktop?.close());

  /** Installs the stand-in, as an AppImage is integrated. */
  const install = async (host: HostName, lines: string[] = []) => {
    desktop = await Desktop.start(host);
    const app = join(desktop.folder, 'objgraph-0.1.0.AppImage');
    const electron = join(root, 'test/electron-host/electron.mjs');
    const start = `exec "${process.execPath}" "${electron}" "${join(root, 'dist/electron.js')}" "$@"`;
    const env = 'ELECTRON_HOST_PACKAGED=1 ELECTRON_HOST_DEBUGGED=1';
    writeFileSync(app, `#!/bin/sh\nexport ${env}\n${start}\n`, { mode: 0o755 });
    desktop.installed.push(app);
    const applications = join(desktop.folder, 'share/applications');
    mkdirSync(applications, { recursive: true });
    const entry = [
      '[Desktop Entry]',
      'Type=Application',
      'StartupWMClass=objgraph',
      `Exec=${app} %U`,
      ...lines,
    ];
    writeFileSync(join(applications, 'objgraph.desktop'), `${entry.join('\n')}\n`);
    desktop.env.XDG_DATA_HOME = join(desktop.folder, 'share');
    delete desktop.env.OBJGRAPH_VIEWER;
    return app;
  };

  it('shows what the library draws, and the next picture in the same process', async () => {
    await install("Electron's test host");
    // The installed app takes no switches by which it could be steered.
    delete desktop.env.OBJGRAPH_CHROMIUM_ARGS;
    const program = desktop.write(
      'program.mjs',
      `import { showRefs } from ${JSON.stringify(join(root, 'dist/index.js'))};\nshowRefs([{ a: { b: 1 } }]);\n`,
    );
    const running = desktop.start(process.execPath, [program]);
    expect(await running.ended).toBe(0);
    expect(running.stdout).toContain('Spawning graph viewer (the objgraph app)');
    expect(running.stdout).not.toContain('For the desktop window');
    const page = await desktop.window('');
    await shows(page, { status: 'ready' });

    const [viewer] = desktop.viewers();
    const second = desktop.command(objgraph, ['view', desktop.write('second.dot', 'digraph { a -> b }')]);
    const secondPage = await desktop.window('second.dot');
    await shows(secondPage, { status: 'ready', nodes: 2 });
    expect(desktop.viewers()).toEqual([viewer]);
    await secondPage.close();
    expect(await second.ended).toBe(0);
    await page.close();
  });

  it('is passed over, in one sentence, when its entry has another protocol', async () => {
    await install('Chromium', ['X-Objgraph-Protocol=99', 'X-Objgraph-Version=7.0.0']);
    const running = desktop.command(objgraph, ['view', desktop.write('a.dot', 'digraph { a -> b }')]);
    const page = await desktop.window('a.dot');
    await shows(page, { status: 'ready', nodes: 2 });
    expect(running.stderr.trim().split('\n')).toEqual([
      expect.stringMatching(
        /^The desktop app 7\.0\.0 .*\(protocols 99 and \d+\): update this program's objgraph; Chromium opens instead$/,
      ),
    ]);
    await page.close();
    expect(await running.ended).toBe(0);
  });

  describe('that only says at its door which protocol it has', () => {
    let close: () => void;
    beforeEach(() => void (close = () => {}));
    afterEach(() => close());

    it('is given up for the next host, in one sentence, when it is another one', async () => {
      const app = await install('Chromium');
      // A fake: the door of an app of another version, which runs.
      const { address } = rendezvousOf('app', desktop.env);
      const asked: string[] = [];
      const door = createServer((socket) => {
        socket.write(`${JSON.stringify({ protocol: viewerProtocol + 1, version: '5.0.0' })}\n`);
        socket.on('data', (data) => asked.push(String(data))).on('error', () => {});
      });
      await new Promise<void>((resolve) => door.listen(address, resolve));
      close = () => door.close();
      const running = desktop.command(objgraph, ['view', desktop.write('a.dot', 'digraph { a -> b }')]);
      const page = await desktop.window('a.dot');
      await shows(page, { status: 'ready', nodes: 2 });
      await until('the sentence', () => running.stderr.includes('\n') || null);
      expect(running.stderr).toBe(
        `The desktop app 5.0.0 (${app}) and this objgraph do not understand each other (protocols ${viewerProtocol + 1} and ${viewerProtocol}): update this program's objgraph; Chromium opens instead\n`,
      );
      expect(asked).toEqual([]);
      await page.close();
      expect(await running.ended).toBe(0);
    });
  });
});
