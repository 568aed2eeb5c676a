// `objgraph desktop`, as its user runs it; servers are stood in for on loopback.
import { spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { isNewer } from '../../../main/desktop/newest-version.ts';
import { isRegistered, register, unregister } from '../../../main/desktop/register.ts';
import { version } from '../../../main/package.ts';
import { findDesktopEntries } from '../../../shared/viewer-host/desktop-entry.ts';
import { electronVersion } from '../../../shared/viewer-host/electron.ts';
import { Mirror } from '../desktop/mirror.ts';

const cli = resolve('dist/cli.js');
let folder: string;
let env: NodeJS.ProcessEnv;
let registry: Server;
let newest: string;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'objgraph-command-'));
  newest = JSON.stringify({ name: 'objgraph', version });
  registry = createServer((request, response) => {
    response.writeHead(request.url === '/npm/objgraph/latest' ? 200 : 404).end(newest);
  });
  await new Promise<void>((done) => registry.listen(0, '127.0.0.1', done));
  env = {
    PATH: process.env.PATH,
    HOME: folder,
    XDG_DATA_HOME: join(folder, 'data'),
    XDG_DATA_DIRS: join(folder, 'none'),
    electron_config_cache: join(folder, 'cache'),
    npm_config_registry: `http://127.0.0.1:${(registry.address() as AddressInfo).port}/npm`,
  };
});
afterEach(() => {
  registry.close();
  rmSync(folder, { recursive: true });
});

const start = (args: string[]) => {
  const child = spawn(process.execPath, [cli, 'desktop', ...args], { env });
  const result = { child, stdout: '', stderr: '', ended: Promise.resolve<number | null>(null) };
  child.stdout.on('data', (data) => (result.stdout += String(data)));
  child.stderr.on('data', (data) => (result.stderr += String(data)));
  result.ended = new Promise((done) => child.once('close', done));
  return result;
};
const run = async (...args: string[]) => {
  const running = start(args);
  const status = await running.ended;
  return { status, stdout: running.stdout, stderr: running.stderr };
};
const electron = () => join(folder, 'data/objgraph/electron', electronVersion, 'electron');
const bring = () => {
  mkdirSync(join(electron(), '..'), { recursive: true });
  writeFileSync(electron(), '#!/bin/sh\n');
  chmodSync(electron(), 0o755);
};

describe.skipIf(process.platform !== 'linux')('objgraph desktop', () => {
  it('says what shows windows, and what is installed', async () => {
    expect((await run('status', '--offline')).stdout).toBe(
      [
        `objgraph   ${version}`,
        'windows    none: there is no screen to show a window on',
        'app        not installed',
        'Electron   not brought; objgraph desktop install brings it',
        'menu       not registered',
        '',
      ].join('\n'),
    );
    bring();
    env.DISPLAY = ':1';
    const { stdout } = await run('status', '--offline', '--json');
    expect(JSON.parse(stdout)).toEqual({
      version,
      newest: null,
      host: { kind: 'electron', name: 'Electron', command: electron(), reason: null },
      app: null,
      electron: { command: electron(), version: electronVersion },
      registered: false,
    });
  });

  it('asks for a newer version only when its status is asked for, and says when it cannot', async () => {
    const first = async () => (await run('status')).stdout.split('\n')[0];
    expect(await first()).toBe(`objgraph   ${version}, the newest`);
    newest = '{"version":"99.0.0"}';
    expect(await first()).toBe(`objgraph   ${version}; 99.0.0 is there: npm install -g objgraph`);
    for (const wrong of ['{"version":"; rm -rf"}', '[]', 'null']) {
      newest = wrong;
      expect(await first()).toMatch(
        /\(whether there is a newer one is not known: 127\.0\.0\.1:\d+ does not say\)$/,
      );
    }
    env.npm_config_registry = 'http://127.0.0.1:9/';
    expect(await first()).toMatch(/is not known: 127\.0\.0\.1:9 cannot be reached \(ECONNREFUSED\)/);
  });

  it('takes away what it has brought', async () => {
    expect((await run('remove')).stdout).toBe('There is no Electron that objgraph has brought\n');
    bring();
    const { stdout, status } = await run('remove');
    expect(status).toBe(0);
    expect(stdout).toContain('objgraph/electron');
    expect(existsSync(join(folder, 'data/objgraph'))).toBe(false);
  });

  it('is stopped by Ctrl-C, and installs nothing that is not Electron', async () => {
    const mirror = await Mirror.start(Buffer.alloc(300_000, 7));
    mirror.stallAfter = 100_000;
    env.ELECTRON_MIRROR = mirror.url;
    const running = start(['install']);
    await vi.waitFor(() => expect(mirror.asked).toHaveLength(1), 15_000);
    running.child.kill('SIGINT');
    expect(await running.ended).toBe(130);
    expect(running.stderr).toBe('objgraph: stopped\n');
    mirror.stallAfter = null;
    const again = start(['install']);
    expect(await again.ended).toBe(1);
    expect(again.stderr).toMatch(
      /^objgraph: What was downloaded is not Electron .*: its checksum is another one\./,
    );
    expect(existsSync(electron())).toBe(false);
    mirror.close();
  });

  it.each([
    [[], 'say install, status or remove'],
    [['update'], '"update" is none of install, status, remove'],
    [['install', 'now'], 'it does not take "now"'],
    [['remove', '--all'], 'it does not take "--all"'],
  ])('refuses %j', async (args, message) => {
    const { status, stderr } = await run(...args);
    expect(status).toBe(2);
    expect(stderr).toBe(`objgraph: ${message} (see objgraph desktop --help)\n`);
  });
});

describe.skipIf(process.platform !== 'linux')('the entry in the menu', () => {
  it('starts Electron with the app of this package, opens its files, and is taken away again', async () => {
    const program = join(folder, 'a "b" $c%\\d', 'electron');
    await register(program, env);
    expect(isRegistered(env)).toBe(true);
    const entry = readFileSync(join(folder, 'data/applications/io.github.objgraph.viewer.desktop'), 'utf8');
    const exec = /^Exec=(.*) %F$/m.exec(entry)![1];
    expect(exec).toContain('\\\\"b\\\\" \\\\$c%%\\\\\\\\d');
    expect(exec).toMatch(/dist\/electron\.js"$/);
    expect(entry).toContain('MimeType=text/vnd.graphviz;application/x-v8-heapsnapshot;\n');
    expect(existsSync(join(folder, 'data/icons/hicolor/128x128/apps/io.github.objgraph.viewer.png'))).toBe(
      true,
    );
    expect(readFileSync(join(folder, 'data/mime/packages/io.github.objgraph.viewer.xml'), 'utf8')).toContain(
      '*.heapsnapshot',
    );
    // It is no installed app with code of its own.
    expect(findDesktopEntries(env)).toEqual([]);
    await unregister(env);
    expect(isRegistered(env)).toBe(false);
  });
});

it('compares versions', () => {
  expect(isNewer('1.0.0', '0.9.9')).toBe(true);
  expect(isNewer('0.10.0', '0.9.0')).toBe(true);
  expect(isNewer('1.0.0', '1.0.0')).toBe(false);
  expect(isNewer('0.9.9', '1.0.0')).toBe(false);
  expect(isNewer('1.0.0', '1.0.0-rc.1')).toBe(true);
  expect(isNewer('1.0.0-rc.1', '1.0.0')).toBe(false);
});
