import { describe, expect, it } from 'vitest';
import { growthVerdict } from '../../../../shared/heap/pages/growth-verdict.ts';

const runs = [7, 5, 11];
const kind = (...left: number[]) => growthVerdict(left, runs.slice(0, left.length)).kind;

describe('growthVerdict', () => {
  it('calls a leak what comes with every run', () => {
    expect(growthVerdict([7, 5, 11], runs)).toEqual({ kind: 'leak', perRun: 1 });
    expect(growthVerdict([28, 20, 44], runs)).toEqual({ kind: 'leak', perRun: 4 });
  });

  it('calls a leak what comes with every second or third run', () => {
    expect(growthVerdict([4, 2, 6], runs).kind).toBe('leak');
    expect(growthVerdict([2, 2, 4], runs).kind).toBe('leak');
    expect(kind(10, 8, 17)).toBe('leak');
  });

  it('lets the last run hold a little more, or lack what the next one leaves', () => {
    expect(kind(7, 5, 12)).toBe('leak');
    expect(kind(7, 5, 10)).toBe('leak');
    expect(kind(14, 10, 24)).toBe('leak');
  });

  it('lets large numbers differ by two in a hundred', () => {
    expect(kind(704, 500, 1090)).toBe('leak');
    expect(kind(760, 500, 1090)).not.toBe('leak');
  });

  it('calls no leak what came once, what is kept for the last run, and a cache with a limit', () => {
    expect(kind(7, 0, 0)).toBe('bounded');
    expect(kind(0, 0, 7)).toBe('bounded');
    expect(kind(0, 0, 1)).toBe('bounded');
    expect(kind(0, 4, 11)).toBe('bounded');
    expect(kind(0, 0, 4)).toBe('bounded');
    expect(kind(0, 0, 0)).toBe('bounded');
  });

  it('calls no leak what does not fit the windows', () => {
    expect(kind(7, 9, 8)).not.toBe('leak');
    expect(kind(14, 5, 11)).not.toBe('leak');
    expect(kind(5, 5, 5)).not.toBe('leak');
  });

  it('calls no fraction a leak before the third window', () => {
    expect(kind(4, 2)).toBe('grows');
    expect(kind(7)).toBe('leak');
  });

  it('is passed by one in a hundred of all groups of up to twenty objects', () => {
    const counts = Array.from({ length: 20 }, (_, count) => count);
    const all = counts.flatMap((a) => counts.flatMap((b) => counts.map((c) => [a, b, c])));
    const passed = all.filter((left) => growthVerdict(left, runs).kind === 'leak');
    expect(passed.length / all.length).toBeLessThan(0.01);
  });
});
