// The desktop app as electron-builder packs it, around a stand-in for Electron's folder, and started on the test host.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { extractAll, listPackage, statFile } from '@electron/asar';
import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { version } from '../../main/package.ts';
import { protocolFile, readAppProtocol, viewerProtocol } from '../../shared/viewer-host/protocol.ts';
import type { HeapState } from '../../shared/protocol/heap.ts';
import { Desktop, missingPrograms, shows, until } from '../e2e/desktop.ts';

const root = resolve(import.meta.dirname, '../..');
const missing = missingPrograms('Xvfb', 'chromium');

let folder: string;
let unpacked: string;
let asar: string;
let files: { path: string; size: number }[];

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'objgraph-desktop-'));
  const builder = join(root, 'node_modules/.bin/electron-builder');
  execFileSync(
    builder,
    [
      ...['--dir', '--linux', '--config', 'build/desktop.config.mjs'],
      ...[`-c.electronDist=${standInForElectron()}`, `-c.directories.output=${join(folder, 'release')}`],
    ],
    { cwd: root, stdio: 'pipe' },
  );
  unpacked = join(folder, 'release/linux-unpacked');
  asar = join(unpacked, 'resources/app.asar');
  files = listPackage(asar, { isPack: false })
    .map((path) => ({ path: path.slice(1), stats: statFile(asar, path.slice(1)) }))
    .flatMap(({ path, stats }) => ('size' in stats ? [{ path, size: Number(stats.size) }] : []));
}, 180_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** As electron-builder finds it: a program with the wire of fuses in it, all set as Electron ships them. */
function standInForElectron(): string {
  const dist = join(folder, 'electron');
  mkdirSync(join(dist, 'resources'), { recursive: true });
  const sentinel = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';
  const shipped = '101100111';
  const wire = Buffer.from([1, shipped.length]);
  writeFileSync(join(dist, 'electron'), Buffer.concat([Buffer.from(sentinel), wire, Buffer.from(shipped)]), {
    mode: 0o755,
  });
  for (const name of ['LICENSE', 'LICENSES.chromium.html', 'version']) writeFileSync(join(dist, name), '');
  return dist;
}

it('has the fuses blown that would let it be used for something else', async () => {
  const fuses = await getCurrentFuseWire(join(unpacked, 'objgraph'));
  const [ENABLE, DISABLE] = Buffer.from('10');
  expect(fuses).toMatchObject({
    [FuseV1Options.RunAsNode]: DISABLE,
    [FuseV1Options.EnableCookieEncryption]: ENABLE,
    [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: DISABLE,
    [FuseV1Options.EnableNodeCliInspectArguments]: DISABLE,
    [FuseV1Options.EnableEmbeddedAsarIntegrityValidation]: ENABLE,
    [FuseV1Options.OnlyLoadAppFromAsar]: ENABLE,
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: DISABLE,
    [FuseV1Options.GrantFileProtocolExtraPrivileges]: DISABLE,
  });
});

it('says beside its archive which protocol it has, by which the library knows it', () => {
  const text = readFileSync(join(unpacked, 'resources', protocolFile), 'utf8');
  expect(readAppProtocol(text)).toEqual({ protocol: viewerProtocol, version });
});

it('holds nothing that it does not need', () => {
  const needless = /\.(d\.[cm]?ts|map|md|ts|html\.gz)$|\/(test|tests|src|types|example)\//;
  expect(files.filter(({ path }) => needless.test(path))).toEqual([]);
  const tops = new Set(
    files.map(({ path }) =>
      path
        .split('/')
        .slice(0, path.startsWith('dist') ? 2 : 1)
        .join('/'),
    ),
  );
  expect([...tops].sort()).toEqual(
    [
      ...['LICENSE', 'node_modules', 'package.json', 'dist/chunks', 'dist/renderer', 'dist/graphviz.wasm'],
      'dist/third-party-licences.txt',
      ...['dist/electron.js', 'dist/preload.cjs', 'dist/layout-worker.js', 'dist/heap-worker.js'],
      ...['dist/png-process.js', 'dist/image-process.js'],
    ].sort(),
  );
});

it('is as large as ARCHITECTURE.md says', () => {
  const sizeOf = (beginning: string) =>
    files.filter(({ path }) => path.startsWith(beginning)).reduce((sum, { size }) => sum + size, 0) / 1e6;
  const table = readFileSync(join(root, 'ARCHITECTURE.md'), 'utf8');
  const rows = [...table.matchAll(/^\| `([^`]+)` +\| ([\d.]+) MB +\|/gm)];
  expect(rows.length).toBeGreaterThanOrEqual(5);
  for (const [, beginning, megabytes] of rows)
    expect([
      beginning,
      Math.abs(sizeOf(beginning) - Number(megabytes)) < 0.2 + Number(megabytes) / 10,
    ]).toEqual([beginning, true]);
  const told = rows.reduce((sum, [, , megabytes]) => sum + Number(megabytes), 0);
  expect(Math.abs(told - sizeOf(''))).toBeLessThan(0.5);
});

describe.skipIf(missing.length > 0)('started on the test host', () => {
  it('opens a graph and a heap snapshot, and draws a png, with nothing but what it brings', async () => {
    const app = join(folder, 'app');
    extractAll(asar, app);
    const desktop = await Desktop.start("Electron's test host");
    desktop.env.ELECTRON_HOST_PACKAGED = '1';
    desktop.env.ELECTRON_HOST_DEBUGGED = '1';
    const electron = join(root, 'test/electron-host/electron.mjs');
    const start = (file: string) =>
      desktop.start(process.execPath, [electron, join(app, 'dist/electron.js'), file]);
    const steered = desktop.start(process.execPath, [
      electron,
      '--remote-debugging-port=0',
      join(app, 'dist/electron.js'),
    ]);
    expect(await steered.ended).toBe(2);
    expect(steered.stderr).toBe('objgraph: the installed app does not take --remote-debugging-port\n');

    const running = start(desktop.write('packed.dot', 'digraph { a -> b -> c }'));
    const page = await desktop.window('packed.dot');
    await shows(page, { status: 'ready', nodes: 3 });

    const png = join(desktop.folder, 'packed.png');
    await desktop.hands('answer', { filePath: png });
    await page.evaluate(() => {
      window.objgraphHost!.send({ id: 900, method: 'document.export', params: { format: 'png', scale: 1 } });
    });
    await expect.poll(() => statSync(png, { throwIfNoEntry: false })?.size ?? 0).toBeGreaterThan(500);

    const snapshot = join(desktop.folder, 'packed.heapsnapshot');
    const script = `require('node:v8').writeHeapSnapshot(${JSON.stringify(snapshot)})`;
    expect(spawnSync(process.execPath, ['-e', script]).status).toBe(0);
    expect(await start(snapshot).ended).toBe(0);
    const heap = await until(
      'a second window',
      async () => (await desktop.windows()).find((window) => window !== page) ?? null,
    );
    // Read by its thread, which the app starts by name.
    const nodes = () =>
      heap.evaluate(
        () =>
          new Promise<number>((told) => {
            const host = window.objgraphHost!;
            host.receive((message) => {
              if (!('id' in message) || message.id !== 900 || !message.ok) return;
              const heap = message.result as HeapState | null;
              told(heap?.snapshots[0]?.nodes ?? 0);
            });
            host.send({ id: 900, method: 'heap.get', params: null });
          }),
      );
    await expect.poll(nodes).toBeGreaterThan(1000);
    await heap.close();
    await page.close();
    expect(await running.ended, running.stderr).toBe(0);
    await desktop.close();
  });
});
