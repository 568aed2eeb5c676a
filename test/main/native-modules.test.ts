// What the desktop app checks of the files that have to lie beside its archive.
import { appendFileSync, copyFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, expect, it } from 'vitest';
// @ts-expect-error a script of the build has no types
import { nativeModules as list } from '../../build/native-modules.mjs';
import { checkNativeModules } from '../../main/package.ts';

const root = resolve(import.meta.dirname, '../..');
const nativeModules = list as (platform: string) => Record<string, string>;
const folder = mkdtempSync(join(tmpdir(), 'objgraph-native-'));
afterAll(() => rmSync(folder, { recursive: true }));

it('the native modules of a packed app are checked by their checksums', () => {
  const modules = nativeModules('linux');
  const [file] = Object.keys(modules);
  expect(file).toMatch(/^node_modules\/@resvg\/resvg-js-.*\.node$/);
  const copy = join(folder, file);
  mkdirSync(dirname(copy), { recursive: true });
  copyFileSync(join(root, file), copy);
  expect(() => checkNativeModules(folder, { [file]: modules[file] })).not.toThrow();
  appendFileSync(copy, '\0');
  expect(() => checkNativeModules(folder, { [file]: modules[file] })).toThrow(
    /^resvgjs\..*\.node is not the one that this app was packed with: install objgraph again$/,
  );
});

it('on macOS their signature covers them, which changes them', () => {
  expect(nativeModules('darwin')).toEqual({});
});
