// The soaks in short; by hand they last as long as docs/reliability.md says.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { comparisonOf, isBack, tableOf } from './measure.ts';

const soak = (...args: string[]) =>
  spawnSync(process.execPath, [join(import.meta.dirname, 'run.mjs'), ...args], { encoding: 'utf8' });

describe('everything is back where it was after', () => {
  it.each([
    ['documents', '6', /6 windows on graphs and 1 on heaps/],
    ['attaches', '3', /3 times attached and detached, with 1 snapshots/],
    ['reloads', '12', /12 changes of .*, 1 of them from a broken/],
  ])(
    '%s, %s of them',
    (name, times, told) => {
      const { status, stdout, stderr } = soak('--only', name, '--times', times);
      expect(stdout).toMatch(told);
      expect(stdout).not.toContain('| NO');
      expect(status, stderr).toBe(0);
    },
    240_000,
  );
});

describe('a leak', () => {
  const before = { 'memory, MB': 100, 'open files': 20, 'handle Timeout': 1 };

  it.each([
    ['one file too many', { ...before, 'open files': 21 }, 'open files'],
    ['a kind of handle that was not there', { ...before, 'handle MessagePort': 1 }, 'handle MessagePort'],
    ['more memory than the allocator may keep', { ...before, 'memory, MB': 165 }, 'memory, MB'],
  ])('is seen: %s', (_what, after, leaked) => {
    const compared = comparisonOf(before, after);
    expect(compared.filter((each) => !isBack(each)).map(({ what }) => what)).toEqual([leaked]);
    expect(tableOf('a process', compared)).toMatch(new RegExp(`\\| ${leaked} \\|.*\\| NO \\|`));
  });

  it('is not what was given back, nor what the allocator keeps', () => {
    const after = { 'memory, MB': 120, 'open files': 19 };
    expect(comparisonOf(before, after).every(isBack)).toBe(true);
  });
});

it('says which soaks there are', () => {
  const { status, stderr } = soak('--only', 'naps');
  expect(stderr).toContain('no soak called naps: they are documents, attaches, reloads, windows, lingering');
  expect(status).toBe(2);
});
