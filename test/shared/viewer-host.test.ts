import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { findViewerHost, nextViewerHost } from '../../shared/viewer-host.ts';
import { electronVersion } from '../../shared/viewer-host/electron.ts';

let folder: string;
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'objgraph-host-'))));
afterEach(() => rmSync(folder, { recursive: true }));

const program = (...path: string[]) => {
  const file = join(folder, ...path);
  mkdirSync(join(file, '..'), { recursive: true });
  writeFileSync(file, '#!/bin/sh\n');
  chmodSync(file, 0o755);
  return file;
};
const ownFolder = () => join(folder, 'app', 'node_modules', 'objgraph', 'dist');
const find = (env: NodeJS.ProcessEnv = {}, platform: NodeJS.Platform = 'linux') =>
  findViewerHost(
    { PATH: join(folder, 'bin'), HOME: join(folder, 'home'), XDG_DATA_DIRS: '/', DISPLAY: ':0', ...env },
    platform,
    ownFolder(),
    { opt: join(folder, 'opt'), applications: join(folder, 'Applications'), registry: () => [] },
  );

it('is the desktop app, else Electron, else a Chromium, else the default browser, else nothing', () => {
  expect(find()).toEqual({ kind: 'none', name: '', command: '', reason: 'no browser was found here' });
  const opener = program('bin', 'xdg-open');
  expect(find()).toEqual({ kind: 'browser', name: 'the default browser', command: opener });
  const chrome = program('bin', 'google-chrome-stable');
  expect(find()).toEqual({ kind: 'chromium', name: 'Chrome', command: chrome });
  const chromium = program('bin', 'chromium');
  expect(find()).toEqual({ kind: 'chromium', name: 'Chromium', command: chromium });
  const brought = program('home/.local/share/objgraph/electron', electronVersion, 'electron');
  expect(find()).toEqual({ kind: 'electron', name: 'Electron', command: brought });
  const electron = program('app', 'node_modules', 'electron', 'dist', 'electron');
  expect(find()).toEqual({ kind: 'electron', name: 'Electron', command: electron });
  const app = program('opt', 'objgraph', 'objgraph');
  expect(find()).toEqual({ kind: 'app', name: 'the objgraph app', command: app });
});

it('is the next in this order where one does not come up', () => {
  program('bin', 'xdg-open');
  program('bin', 'chromium');
  program('app', 'node_modules', 'electron', 'dist', 'electron');
  const after = (kind: 'app' | 'electron' | 'chromium' | 'browser') =>
    nextViewerHost({ kind, name: '', command: '' }, ({ OBJGRAPH_VIEWER }) => find({ OBJGRAPH_VIEWER })).kind;
  expect((['app', 'electron', 'chromium', 'browser'] as const).map(after)).toEqual([
    'electron',
    'chromium',
    'browser',
    'none',
  ]);
});

it('is not Electron while its binary is not downloaded', () => {
  mkdirSync(join(folder, 'app', 'node_modules', 'electron'), { recursive: true });
  writeFileSync(join(folder, 'app', 'node_modules', 'electron', 'path.txt'), 'electron');
  expect(find().kind).toBe('none');
});

it('is nothing where there is no screen, except where there always is one', () => {
  program('bin', 'chromium');
  expect(find({ DISPLAY: '' })).toMatchObject({
    kind: 'none',
    reason: 'there is no screen to show a window on',
  });
  expect(find({ DISPLAY: '', WAYLAND_DISPLAY: 'wayland-0' }).kind).toBe('chromium');
  expect(find({ DISPLAY: '' }, 'darwin').kind).toBe('chromium');
});

it('is what OBJGRAPH_VIEWER says', () => {
  program('bin', 'chromium');
  program('bin', 'xdg-open');
  const electron = program('my-electron');
  expect(find({ OBJGRAPH_VIEWER: 'none' }).kind).toBe('none');
  expect(find({ OBJGRAPH_VIEWER: 'browser' }).kind).toBe('browser');
  expect(find({ OBJGRAPH_VIEWER: 'electron' }).kind).toBe('none');
  expect(find({ OBJGRAPH_VIEWER: electron })).toEqual({
    kind: 'electron',
    name: 'my-electron',
    command: electron,
  });
  for (const name of ['objgraph', 'objgraph-0.1.0-x86_64.AppImage', 'objgraph.exe'])
    expect(find({ OBJGRAPH_VIEWER: program('apps', name) }).kind).toBe('app');
  expect(find({ OBJGRAPH_VIEWER: 'chromium-of-mine' })).toMatchObject({ kind: 'none' });
  program('bin', 'chromium-of-mine');
  expect(find({ OBJGRAPH_VIEWER: 'chromium-of-mine' }).command).toBe(join(folder, 'bin', 'chromium-of-mine'));
  for (const wish of ['/no/such/program', 'my-electron', './my-electron', 'constructor', folder])
    expect(find({ OBJGRAPH_VIEWER: wish })).toEqual({
      kind: 'none',
      name: '',
      command: '',
      reason: `OBJGRAPH_VIEWER names ${wish}, which is neither the full path of a program nor on the PATH`,
    });
});

it('is the Electron in this package or beside it, and none of a folder further up', () => {
  const manifest = join(ownFolder(), '..', 'package.json');
  mkdirSync(ownFolder(), { recursive: true });
  writeFileSync(manifest, '{}');
  for (const stranger of [['node_modules'], ['app', 'node_modules', 'objgraph', 'dist', 'node_modules', 'x']])
    program(...stranger, 'electron', 'dist', 'electron');
  expect(find().kind).toBe('none');
  const beside = program('app', 'node_modules', 'electron', 'dist', 'electron');
  expect(find().command).toBe(beside);
  const within = program('app', 'node_modules', 'objgraph', 'node_modules', 'electron', 'dist', 'electron');
  expect(find().command).toBe(within);
});

it("does not follow a path that Electron's package names", () => {
  program('app', 'node_modules', 'elsewhere');
  mkdirSync(join(folder, 'app', 'node_modules', 'electron', 'dist'), { recursive: true });
  writeFileSync(join(folder, 'app', 'node_modules', 'electron', 'path.txt'), '../../elsewhere');
  expect(find().kind).toBe('none');
});

it.skipIf(process.platform === 'win32')(
  'is no program that everyone may change, and says so of a named one',
  () => {
    const chromium = program('bin', 'chromium');
    chmodSync(chromium, 0o777);
    expect(find().kind).toBe('none');
    expect(find({ OBJGRAPH_VIEWER: chromium }).reason).toBe(
      `OBJGRAPH_VIEWER names ${chromium}, which may be changed by everyone: see the permissions of ${chromium}`,
    );
  },
);

it('starts nothing of the working folder or its parents (an unpacked archive with a graph in it)', () => {
  const here = join(folder, 'archive', 'graphs');
  mkdirSync(here, { recursive: true });
  const note = join(folder, 'ran');
  for (const place of [join(folder, 'archive'), here]) {
    const planted = join(place, 'node_modules', 'electron', 'dist');
    mkdirSync(planted, { recursive: true });
    for (const file of [join(planted, 'electron'), join(place, 'chromium'), join(place, 'xdg-open')])
      writeFileSync(file, `#!/bin/sh\ntouch ${note}\n`, { mode: 0o755 });
  }
  writeFileSync(join(here, 'g.dot'), 'digraph { a -> b }');
  const cli = resolve('dist/cli.js');
  const env = {
    DISPLAY: ':77',
    PATH: `.:${here}/../archive/nowhere::`,
    TMPDIR: folder,
    HOME: folder,
    XDG_DATA_DIRS: './share',
  };
  const { stderr } = spawnSync(process.execPath, [cli, 'view', 'g.dot'], {
    cwd: here,
    env,
    encoding: 'utf8',
  });
  expect(stderr).toContain('no browser was found here');
  expect(existsSync(note)).toBe(false);
});
