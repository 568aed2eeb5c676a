// Stand-ins for each way in which the desktop app is installed: its folders, its desktop entries, what Windows' registry answers.
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findInstalledApp } from '../../../shared/viewer-host/installed-app.ts';
import { protocolFile, viewerProtocol } from '../../../shared/viewer-host/protocol.ts';

let folder: string;
let asked: number;
let registered: string[];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'objgraph-app-'));
  asked = 0;
  registered = [];
});
afterEach(() => rmSync(folder, { recursive: true }));

const write = (path: string, content: string, mode = 0o644) => {
  const file = join(folder, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, content, { mode });
  return file;
};
const program = (path: string) => write(path, '#!/bin/sh\n', 0o755);
const protocol = (path: string, number = viewerProtocol, version = '9.8.7') =>
  write(join(path, protocolFile), JSON.stringify({ protocol: number, version }));

const find = (platform: NodeJS.Platform, env: NodeJS.ProcessEnv = {}) =>
  findInstalledApp({ HOME: join(folder, 'home'), XDG_DATA_DIRS: join(folder, 'share'), ...env }, platform, {
    opt: join(folder, 'opt'),
    applications: join(folder, 'Applications'),
    registry: () => {
      asked++;
      return registered;
    },
  });
const command = (...args: Parameters<typeof find>) => find(...args).app?.command;

const entry = (name: string, lines: string[], data = 'share') =>
  write(
    join(data, 'applications', name),
    ['[Desktop Entry]', 'Type=Application', 'StartupWMClass=objgraph', ...lines, ''].join('\n'),
  );

it('is not there when it is not installed', () => {
  for (const platform of ['linux', 'darwin', 'win32'] as const)
    expect(find(platform)).toEqual({ app: null, note: null });
});

describe('on Linux', () => {
  it('is in the folder of the deb and the rpm', () => {
    const app = program('opt/objgraph/objgraph');
    protocol('opt/objgraph/resources');
    expect(find('linux').app).toEqual({
      command: app,
      protocol: { protocol: viewerProtocol, version: '9.8.7' },
    });
  });

  it('is where the desktop entry of a package says', () => {
    const app = program('elsewhere/objgraph/objgraph');
    entry('objgraph.desktop', [`Exec=${app} %U`]);
    expect(command('linux')).toBe(app);
  });

  it.each([
    ['appimagekit_0123456789abcdef-objgraph.desktop', (app: string) => `Exec="${app}" --no-sandbox %U`],
    ['objgraph-0.1.0.desktop', (app: string) => `Exec=env DESKTOPINTEGRATION=1 APPIMAGE=x ${app} %U`],
    ['objgraph.desktop', (app: string) => `TryExec=${app}\nExec=${app} %F`],
  ])('is the AppImage that is integrated as %s', (name, exec) => {
    const app = program('home/Applications/objgraph-0.1.0-x86_64.AppImage');
    entry(name, [exec(app), `X-Objgraph-Protocol=${viewerProtocol}`], 'home/.local/share');
    expect(command('linux')).toBe(app);
  });

  it('is found by a path with spaces, quotes and backslashes', () => {
    const app = program('home/my "apps"/a\\b/objgraph');
    const quoted = app.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\\', '\\\\');
    entry('objgraph.desktop', [`Exec="${quoted}" %U`]);
    expect(command('linux')).toBe(app);
  });

  it("looks into the user's own folder first, and only into absolute ones", () => {
    const [own, shared] = [program('home/own/objgraph'), program('usr/objgraph')];
    entry('objgraph.desktop', [`Exec=${shared}`]);
    entry('objgraph.desktop', [`Exec=${own}`], 'data');
    expect(command('linux', { XDG_DATA_HOME: join(folder, 'data') })).toBe(own);
    expect(command('linux', { XDG_DATA_HOME: 'data' })).toBe(shared);
  });

  it.each([
    ["another program's window", (app: string) => ['StartupWMClass=other', `Exec=${app}`]],
    ['a relative program', () => ['Exec=objgraph %U']],
    ['an entry that is hidden', (app: string) => ['Hidden=true', `Exec=${app}`]],
    ['no program', () => []],
    ['a program of another group', (app: string) => ['[Desktop Action New]', `Exec=${app}`]],
  ])('is not %s', (_what, lines) => {
    const app = program('usr/objgraph');
    write(
      'share/applications/objgraph.desktop',
      ['[Desktop Entry]', 'Type=Application', ...lines(app)].join('\n'),
    );
    expect(find('linux').app).toBeNull();
  });

  it.skipIf(process.platform === 'win32')('is none that everyone may change', () => {
    chmodSync(program('opt/objgraph/objgraph'), 0o777);
    expect(find('linux').app).toBeNull();
  });
});

it.each(['Applications', 'home/Applications'])('is in %s on macOS', (place) => {
  const app = program(join(place, 'objgraph.app/Contents/MacOS/objgraph'));
  protocol(join(place, 'objgraph.app/Contents/Resources'));
  expect(find('darwin').app).toEqual({
    command: app,
    protocol: { protocol: viewerProtocol, version: '9.8.7' },
  });
});

describe('on Windows', () => {
  const env = () => ({ LOCALAPPDATA: join(folder, 'local'), PROGRAMFILES: join(folder, 'programs') });

  it("is in the installer's folder of the user, then in that of the machine; the registry is not asked", () => {
    const machine = program('programs/objgraph/objgraph.exe');
    protocol('programs/objgraph/resources');
    expect(command('win32', env())).toBe(machine);
    const user = program('local/Programs/objgraph/objgraph.exe');
    expect(command('win32', env())).toBe(user);
    expect(asked).toBe(0);
  });

  it('is in the folder that the registry names', () => {
    const app = program('chosen/objgraph.exe');
    registered = [join(folder, 'gone'), join(folder, 'chosen')];
    expect(command('win32', env())).toBe(app);
  });
});

describe('an app of another version', () => {
  it('is used when it has our protocol', () => {
    const app = program('opt/objgraph/objgraph');
    protocol('opt/objgraph/resources', viewerProtocol, '0.0.1');
    expect(find('linux')).toEqual({
      app: { command: app, protocol: { protocol: viewerProtocol, version: '0.0.1' } },
      note: null,
    });
  });

  it.each([
    [viewerProtocol + 1, "update this program's objgraph"],
    [viewerProtocol - 1, 'update the desktop app'],
  ])('is passed over with one sentence when its protocol is %i', (number, advice) => {
    const app = program('opt/objgraph/objgraph');
    protocol('opt/objgraph/resources', number, '2.0.0');
    expect(find('linux')).toEqual({
      app: null,
      note: `The desktop app 2.0.0 (${app}) and this objgraph do not understand each other (protocols ${number} and ${viewerProtocol}): ${advice}`,
    });
    // Another one beside it may be of ours.
    const image = program('home/objgraph.AppImage');
    entry('objgraph.desktop', [`Exec=${image}`, `X-Objgraph-Protocol=${viewerProtocol}`]);
    expect(command('linux')).toBe(image);
  });

  it('says so in the desktop entry of an AppImage, too', () => {
    const app = program('home/objgraph.AppImage');
    entry('objgraph.desktop', [`Exec=${app}`, 'X-Objgraph-Protocol=77', 'X-AppImage-Version=3.0.0']);
    expect(find('linux')).toEqual({
      app: null,
      note: expect.stringContaining('The desktop app 3.0.0') as string,
    });
  });

  it.each([
    '',
    '{',
    '[]',
    '{"protocol":"1","version":"1"}',
    '{"protocol":1}',
    '{"protocol":1e99,"version":"1"}',
  ])('is asked at its door when its file has %s', (text) => {
    const app = program('opt/objgraph/objgraph');
    write(join('opt/objgraph/resources', protocolFile), text);
    expect(find('linux').app).toEqual({ command: app, protocol: null });
  });
});
