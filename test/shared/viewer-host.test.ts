import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { findViewerHost } from '../../shared/viewer-host.ts';

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
const find = (env: NodeJS.ProcessEnv = {}, platform: NodeJS.Platform = 'linux') =>
  findViewerHost({ PATH: join(folder, 'bin'), DISPLAY: ':0', ...env }, platform, [
    join(folder, 'app', 'src'),
  ]);

it('is Electron, else a Chromium, else the default browser, else nothing', () => {
  expect(find()).toEqual({ kind: 'none', name: '', command: '' });
  const opener = program('bin', 'xdg-open');
  expect(find()).toEqual({ kind: 'browser', name: 'the default browser', command: opener });
  const chrome = program('bin', 'google-chrome-stable');
  expect(find()).toEqual({ kind: 'chromium', name: 'Chrome', command: chrome });
  const chromium = program('bin', 'chromium');
  expect(find()).toEqual({ kind: 'chromium', name: 'Chromium', command: chromium });
  const electron = program('app', 'node_modules', 'electron', 'dist', 'electron');
  expect(find()).toEqual({ kind: 'electron', name: 'Electron', command: electron });
});

it('is not Electron while its binary is not downloaded', () => {
  mkdirSync(join(folder, 'app', 'node_modules', 'electron'), { recursive: true });
  writeFileSync(join(folder, 'app', 'node_modules', 'electron', 'path.txt'), 'electron');
  expect(find().kind).toBe('none');
});

it('is nothing where there is no screen, except where there always is one', () => {
  program('bin', 'chromium');
  expect(find({ DISPLAY: '' }).kind).toBe('none');
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
  expect(find({ OBJGRAPH_VIEWER: '/no/such/program' }).kind).toBe('none');
});
