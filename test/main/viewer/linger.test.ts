import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { isShort, Linger, lingerSeconds, memoryOfMachine, type Memory } from '../../../main/viewer/linger.ts';

describe('how long a viewer stays', () => {
  it('is a minute, or what OBJGRAPH_VIEWER_LINGER says', () => {
    expect(lingerSeconds({}, false)).toBe(60);
    expect(lingerSeconds({ OBJGRAPH_VIEWER_LINGER: '0' }, false)).toBe(0);
    expect(lingerSeconds({ OBJGRAPH_VIEWER_LINGER: '2.5' }, false)).toBe(2.5);
    expect(lingerSeconds({ OBJGRAPH_VIEWER_LINGER: '1e9' }, false)).toBe(60);
    expect(lingerSeconds({ OBJGRAPH_VIEWER_LINGER: '99999999' }, false)).toBe(86_400);
    for (const wrong of ['', ' ', '-1', 'long', 'NaN'])
      expect(lingerSeconds({ OBJGRAPH_VIEWER_LINGER: wrong }, false)).toBe(60);
  });

  it('is nothing in a CI job, unless it is asked for', () => {
    expect(lingerSeconds({ CI: 'true' }, false)).toBe(0);
    expect(lingerSeconds({ CI: 'true', OBJGRAPH_VIEWER_LINGER: '5' }, false)).toBe(5);
  });

  it('is nothing while it writes to the standard error of a command', () => {
    expect(lingerSeconds({ OBJGRAPH_VIEWER_LINGER: '5' }, true)).toBe(0);
  });
});

it('calls memory short that is a small share and few bytes', () => {
  expect(isShort({ available: 100 * 2 ** 20, total: 16 * 2 ** 30 })).toBe(true);
  expect(isShort({ available: 300 * 2 ** 20, total: 512 * 2 ** 20 })).toBe(false);
  expect(isShort({ available: 2 * 2 ** 30, total: 64 * 2 ** 30 })).toBe(false);
});

it.skipIf(process.platform === 'darwin')('knows the memory of this machine', () => {
  const { available, total } = memoryOfMachine()!;
  expect(available).toBeGreaterThan(0);
  expect(available).toBeLessThanOrEqual(total);
});

describe('a viewer without windows', () => {
  const plenty: Memory = { available: 8e9, total: 16e9 };
  let memory: Memory | null;
  const end = vi.fn();
  const linger = (seconds: number) => new Linger(end, seconds, () => memory);
  beforeEach(() => {
    vi.useFakeTimers();
    memory = plenty;
    end.mockReset();
  });
  afterEach(() => void vi.useRealTimers());

  it('ends after its time, and once', () => {
    const waiting = linger(60);
    expect(waiting.secondsLeft).toBeNull();
    waiting.start();
    vi.advanceTimersByTime(20_000);
    expect(waiting.secondsLeft).toBe(40);
    expect(end).not.toHaveBeenCalled();
    vi.advanceTimersByTime(100_000);
    expect(end).toHaveBeenCalledOnce();
    expect(waiting.secondsLeft).toBeNull();
  });

  it('ends at once with 0', () => {
    linger(0).start();
    expect(end).toHaveBeenCalledOnce();
    expect(vi.getTimerCount()).toBe(0);
  });

  it('does not end when a window opens; its time begins anew after that', () => {
    const waiting = linger(60);
    waiting.start();
    vi.advanceTimersByTime(50_000);
    waiting.stop();
    vi.advanceTimersByTime(100_000);
    waiting.start();
    vi.advanceTimersByTime(50_000);
    expect(end).not.toHaveBeenCalled();
    vi.advanceTimersByTime(10_000);
    expect(end).toHaveBeenCalledOnce();
  });

  it('ends early when memory becomes short, and at once when it is', () => {
    const waiting = linger(60);
    waiting.start();
    memory = { available: 1e8, total: 16e9 };
    vi.advanceTimersByTime(5000);
    expect(end).toHaveBeenCalledOnce();
    waiting.start();
    expect(end).toHaveBeenCalledTimes(2);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('stays where the system does not say what memory there is', () => {
    memory = null;
    linger(60).start();
    vi.advanceTimersByTime(59_000);
    expect(end).not.toHaveBeenCalled();
  });
});
