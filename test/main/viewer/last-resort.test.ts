import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { faultLog, keepWindowsThroughFaults, reportFault } from '../../../main/viewer/last-resort.ts';

let folder: string;
const shown = vi.fn<(message: string) => void>();
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'objgraph-fault-'));
  vi.stubEnv('XDG_STATE_HOME', folder);
  shown.mockReset();
  keepWindowsThroughFaults(shown);
});
afterEach(() => {
  process.off('uncaughtException', reportFault).off('unhandledRejection', reportFault);
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

it('logs the error where only its user can read it, and shows its first line with the place of the log', () => {
  reportFault(new Error('out of luck\nsecond line'));
  expect(shown).toHaveBeenCalledExactlyOnceWith(
    `An error inside objgraph: out of luck. Your windows stay open; the details are in ${faultLog()}.`,
  );
  const log = readFileSync(faultLog(), 'utf8');
  expect(log).toContain('second line');
  expect(log).toContain('last-resort.test.ts');
  expect(statSync(faultLog()).mode & 0o777).toBe(0o600);
});

it('shows the error where nothing can be logged', () => {
  writeFileSync(join(folder, 'file'), '');
  vi.stubEnv('XDG_STATE_HOME', join(folder, 'file', 'none'));
  reportFault('a text');
  expect(shown).toHaveBeenCalledExactlyOnceWith('An error inside objgraph: a text. Your windows stay open.');
});

it('begins a new log when the old one is large, and keeps that one', () => {
  reportFault(new Error('first'));
  writeFileSync(faultLog(), 'x'.repeat(300 * 1024));
  reportFault(new Error('next'));
  expect(readFileSync(faultLog(), 'utf8')).toContain('next');
  expect(statSync(faultLog()).size).toBeLessThan(10_000);
  expect(existsSync(`${faultLog()}.1`)).toBe(true);
});

it('survives windows that cannot show anything', () => {
  shown.mockImplementation(() => {
    throw new Error('no window');
  });
  expect(() => reportFault(new Error('first'))).not.toThrow();
});
