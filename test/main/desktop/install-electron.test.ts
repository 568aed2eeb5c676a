// Electron is brought from a mirror on loopback; the zip stands in for Electron's.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { installElectron, type Installation } from '../../../main/desktop/install-electron.ts';
import { electronChecksums } from '../../../main/desktop/electron-checksums.ts';
import { electronVersion } from '../../../shared/viewer-host/electron.ts';
import { findViewerHost } from '../../../shared/viewer-host.ts';
import { Mirror, startProxy } from './mirror.ts';
import { zipOf, type ZipEntry } from './zip.ts';

const name = `electron-v${electronVersion}-linux-x64.zip`;
const entries: ZipEntry[] = [
  { name: 'electron', content: '#!/bin/sh\necho electron\n', mode: 0o100755 },
  { name: 'locales/', content: '', mode: 0o040755 },
  { name: 'locales/en.pak', content: Buffer.alloc(400_000, 'x') },
  { name: 'link', content: 'locales/en.pak', mode: 0o120777 },
];
const sha256 = (data: Buffer) => createHash('sha256').update(data).digest('hex');

let folder: string;
let zip: Buffer;
let mirror: Mirror;
let env: NodeJS.ProcessEnv;
let progress: [string, number, number | null][];
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'objgraph-install-'));
  zip = zipOf(entries);
  mirror = await Mirror.start(zip);
  env = { XDG_DATA_HOME: join(folder, 'data'), electron_config_cache: join(folder, 'cache') };
  progress = [];
  vi.stubEnv('ELECTRON_MIRROR', mirror.url);
  for (const each of [
    'HTTP_PROXY',
    'HTTPS_PROXY',
    'http_proxy',
    'https_proxy',
    'ALL_PROXY',
    'NO_PROXY',
    'no_proxy',
  ])
    vi.stubEnv(each, '');
});
afterEach(() => {
  mirror.close();
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

const home = () => join(folder, 'data/objgraph');
const install = (more: Partial<Installation> = {}) =>
  installElectron({
    signal: new AbortController().signal,
    progress: (...state) => void progress.push(state),
    env,
    platform: 'linux',
    arch: 'x64',
    checksums: { [name]: sha256(zip) },
    silent: 400,
    ...more,
  });
/** All that is there of it, files and folders. */
const left = () =>
  existsSync(home()) ? readdirSync(home(), { recursive: true, encoding: 'utf8' }).sort() : [];
const nothing = ['electron'];

it('brings Electron into a folder of its user, where the viewer finds it', async () => {
  const installed = await install();
  const electron = join(home(), 'electron', electronVersion);
  expect(installed).toEqual({ folder: electron, isNew: true });
  expect(readFileSync(join(electron, 'locales/en.pak'), 'utf8')).toBe('x'.repeat(400_000));
  expect(statSync(join(electron, 'electron')).mode & 0o777).toBe(0o755);
  expect(readlinkSync(join(electron, 'link'))).toBe('locales/en.pak');
  expect(mirror.asked).toEqual([{ path: `/v${electronVersion}/${name}`, range: undefined }]);
  expect(readdirSync(home())).toEqual(['electron']);
  expect(readdirSync(join(home(), 'electron'))).toEqual([electronVersion]);
  expect(existsSync(join(folder, 'cache'))).toBe(false);
  const host = findViewerHost({ ...env, OBJGRAPH_VIEWER: 'electron', DISPLAY: ':0' }, 'linux', '/nowhere');
  expect(host.command).toBe(join(electron, 'electron'));

  expect(await install()).toEqual({ folder: electron, isNew: false });
  expect(mirror.asked).toHaveLength(1);
});

it('says how far it is', async () => {
  await install();
  expect(progress.at(0)![0]).toBe(`Downloading ${name}`);
  expect(progress.filter(([task]) => task !== 'Unpacking').at(-1)).toEqual([
    `Downloading ${name}`,
    zip.length,
    zip.length,
  ]);
  expect(progress.at(-1)).toEqual(['Unpacking', entries.length, entries.length]);
});

it('takes nothing whose checksum is another one', async () => {
  mirror.content = zipOf([{ name: 'electron', content: 'evil', mode: 0o100755 }]);
  await expect(install()).rejects.toThrow(
    `What was downloaded is not Electron ${electronVersion}: its checksum is another one. Nothing was installed; check ELECTRON_MIRROR and the proxy, and try again`,
  );
  expect(left()).toEqual(['download', 'electron'].filter((each) => existsSync(join(home(), each))));
  expect(left()).not.toContain(`electron/${electronVersion}`);
  // The next attempt begins anew.
  mirror.content = zip;
  expect((await install()).isNew).toBe(true);
});

it('knows the checksums of the release', () => {
  expect(Object.keys(electronChecksums)).toEqual(
    ['darwin-arm64', 'darwin-x64', 'linux-arm64', 'linux-x64', 'win32-arm64', 'win32-x64'].map(
      (system) => `electron-v${electronVersion}-${system}.zip`,
    ),
  );
  const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as Record<string, Record<string, string>>;
  expect(manifest.devDependencies.electron).toBe(electronVersion);
  expect(manifest.peerDependencies.electron).toBe(`^${electronVersion}`);
});

it('goes on where a connection broke', async () => {
  mirror.breakAfter = 150_000;
  await install();
  const [first, ...others] = mirror.asked.map(({ range = 'all' }) => range);
  expect(first).toBe('all');
  expect(others.filter((range) => /^bytes=[1-9]\d*-$/.test(range)).length).toBeGreaterThanOrEqual(2);
});

it('begins anew where a server takes no ranges, and where what was begun is too long', async () => {
  mkdirSync(join(home(), 'download'), { recursive: true });
  writeFileSync(join(home(), 'download', `${name}.part`), Buffer.alloc(1000));
  mirror.takesRanges = false;
  await install();
  rmSync(home(), { recursive: true });

  mkdirSync(join(home(), 'download'), { recursive: true });
  writeFileSync(join(home(), 'download', `${name}.part`), Buffer.alloc(zip.length + 5));
  mirror.takesRanges = true;
  expect((await install()).isNew).toBe(true);
});

it('gives up a server that sends nothing more, and keeps what it has for the next time', async () => {
  mirror.stallAfter = 0;
  await expect(install()).rejects.toThrow(/broke after 0 bytes; run the command again to go on/);
  mirror.stallAfter = 100_000;
  const failing = install().catch((error: Error) => error.message);
  await vi.waitFor(() => expect(mirror.asked.length).toBeGreaterThan(4), 5000);
  mirror.stallAfter = null;
  await failing;
  await install();
  expect(mirror.asked.at(-1)!.range ?? 'bytes=').toMatch(/^bytes=/);
});

it('stops when its user stops it, and the next time goes on', async () => {
  mirror.stallAfter = 200_000;
  const stop = new AbortController();
  const stopped = new Error('stopped');
  const installing = install({
    signal: stop.signal,
    silent: 20_000,
    progress: (_task, done) => {
      if (done >= 200_000) stop.abort(stopped);
    },
  });
  await expect(installing).rejects.toBe(stopped);
  expect(left()).toEqual(['download', `download/${name}.part`, 'electron']);
  mirror.stallAfter = null;
  await install();
  // What was on its way to the disk is asked for again.
  expect(mirror.asked.at(-1)!.range).toMatch(/^bytes=[1-9]\d{4,5}-$/);
});

it.each([
  [404, /does not give http.*\(status 404\): check ELECTRON_MIRROR/],
  [403, /does not give http.*\(status 403\)/],
  [503, /failed \(status 503\); try again later/],
])('says what a server answers with %i', async (status, message) => {
  mirror.status = status;
  await expect(install()).rejects.toThrow(message);
  expect(left()).toEqual(expect.arrayContaining(nothing));
  expect(left().filter((each) => each.startsWith('electron/'))).toEqual([]);
});

it('follows a server that leads elsewhere', async () => {
  mirror.redirect = `${mirror.url}elsewhere.zip`;
  await install();
  expect(mirror.asked.map(({ path }) => path)).toEqual([`/v${electronVersion}/${name}`, '/elsewhere.zip']);
});

describe('behind a proxy', () => {
  it('goes through it, and past it where NO_PROXY says so', async () => {
    const proxy = await startProxy();
    vi.stubEnv('HTTP_PROXY', proxy.url);
    await install();
    expect(proxy.tunnels).toEqual([new URL(mirror.url).host]);
    rmSync(home(), { recursive: true });
    vi.stubEnv('NO_PROXY', '127.0.0.1');
    await install();
    expect(proxy.tunnels).toHaveLength(1);
    proxy.close();
  });

  it('says the name and the password that it wants', async () => {
    const proxy = await startProxy('jo:secret');
    vi.stubEnv('HTTP_PROXY', proxy.url);
    await expect(install()).rejects.toThrow(/the proxy asks for a password: HTTPS_PROXY=http/);
    vi.stubEnv('HTTP_PROXY', proxy.url.replace('http://', 'http://jo:secret@'));
    expect((await install()).isNew).toBe(true);
    proxy.close();
  });

  it('says what to do when it is not there; no password is printed', async () => {
    vi.stubEnv('HTTP_PROXY', 'http://jo:secret@127.0.0.1:9');
    const message = await install().catch((error: Error) => error.message);
    expect(message).toMatch(
      /cannot be reached through the proxy http:\/\/127\.0\.0\.1:9 \(ECONNREFUSED\): check HTTPS_PROXY/,
    );
    expect(message).not.toContain('secret');
  });
});

it('says what to do without a connection, and takes a zip that came by another way', async () => {
  mirror.close();
  await expect(install()).rejects.toThrow(
    /^127\.0\.0\.1:\d+ cannot be reached \(ECONNREFUSED\)\. Behind a proxy, set HTTPS_PROXY=http:\/\/HOST:PORT\. Without a connection: download electron-v.*, then objgraph desktop install --from FILE$/,
  );
  const file = join(folder, 'carried.zip');
  writeFileSync(file, zip);
  expect((await install({ from: file })).isNew).toBe(true);
  rmSync(home(), { recursive: true });
  writeFileSync(file, 'damaged');
  await expect(install({ from: file })).rejects.toThrow(/its checksum is another one/);
  await expect(install({ from: join(folder, 'gone') })).rejects.toThrow(/There is no file/);
});

it('takes what is in the cache of Electron already, and says for which systems there is none', async () => {
  await expect(install({ arch: 'mips' })).rejects.toThrow(
    `There is no Electron ${electronVersion} for linux on mips`,
  );
  expect(mirror.asked).toEqual([]);
});

it.each([
  ['out of the folder', [{ name: 'electron', content: '../../../../etc/passwd', mode: 0o120777 }]],
  ['to an absolute path', [{ name: 'electron', content: '/etc/passwd', mode: 0o120777 }]],
  ['without Electron', [{ name: 'readme', content: 'x' }]],
  [
    'over itself',
    [
      { name: 'electron', content: 'a' },
      { name: 'electron', content: 'b' },
    ],
  ],
  ['with a name that leads out', [{ name: '../electron', content: 'a', mode: 0o100755 }]],
])('installs nothing of a zip %s', async (_what, bad) => {
  zip = mirror.content = zipOf(bad);
  await expect(install()).rejects.toThrow();
  expect(left().filter((each) => each.startsWith('electron/'))).toEqual([]);
});

it('does not get in the way of an installation that runs, but of none that was killed', async () => {
  mkdirSync(join(home(), 'electron'), { recursive: true });
  writeFileSync(join(home(), 'electron', 'installing'), String(process.pid));
  await expect(install()).rejects.toThrow(`Electron is being installed already, by process ${process.pid}`);
  writeFileSync(join(home(), 'electron', 'installing'), '4194304');
  expect((await install()).isNew).toBe(true);
});

const hasNamespaces = spawnSync('unshare', ['-rm', 'true']).status === 0;
if (!hasNamespaces)
  console.warn('NOT RUN for want of user namespaces: a full disk while Electron is installed');

describe.skipIf(!hasNamespaces)('on a disk that is full', () => {
  it('says so, and leaves nothing', async () => {
    mirror.content = Buffer.alloc(6 * 2 ** 20, 1);
    const disk = join(folder, 'disk');
    mkdirSync(disk);
    const script = `mount -t tmpfs -o size=2m none "${disk}" && "${process.execPath}" dist/cli.js desktop install; echo "status $?"; ls -A "${disk}/objgraph" "${disk}/objgraph/electron"`;
    const { spawn } = await import('node:child_process');
    const child = spawn('unshare', ['-rm', 'sh', '-c', script], {
      env: { ...process.env, ...env, XDG_DATA_HOME: disk },
    });
    let out = '';
    let err = '';
    child.stdout.on('data', (data) => (out += String(data)));
    child.stderr.on('data', (data) => (err += String(data)));
    await new Promise((resolve) => child.once('close', resolve));
    expect(err).toBe(
      `objgraph: The disk of ${disk}/objgraph is full: Electron needs about 450 MB. Nothing was installed; free some space, or set XDG_DATA_HOME to a folder on another disk\n`,
    );
    expect(out).toBe(`status 1\n${disk}/objgraph:\nelectron\n\n${disk}/objgraph/electron:\n`);
  });
});
