import { describe, expect, it, vi } from 'vitest';
import { PendingCalls } from '../../shared/pending-calls.ts';

describe('requests that wait for their answers', () => {
  it('are paired with them by number, in whatever order they come', async () => {
    const calls = new PendingCalls<string>();
    const sent: number[] = [];
    const [first, second] = [1, 2].map(() => calls.call((id) => sent.push(id)));
    calls.resolve(sent[1], 'second');
    calls.resolve(sent[0], 'first');
    expect(await Promise.all([first, second])).toEqual(['first', 'second']);
    expect(new Set(sent).size).toBe(2);
  });

  it('ignore answers to nothing, and a second answer', async () => {
    const calls = new PendingCalls<number>();
    let id = 0;
    const call = calls.call((given) => (id = given));
    calls.resolve(id + 1, 0);
    calls.resolve(id, 1);
    calls.reject(id, new Error('late'));
    expect(await call).toBe(1);
  });

  it('are all rejected when the other side ends, and so is each that follows, with the first reason', async () => {
    const calls = new PendingCalls();
    const send = vi.fn();
    const waiting = calls.call(send);
    calls.end(new Error('the first reason'));
    calls.end(new Error('another'));
    await expect(waiting).rejects.toThrow('the first reason');
    await expect(calls.call(send)).rejects.toThrow('the first reason');
    expect(send).toHaveBeenCalledOnce();
  });

  it('are rejected when they cannot be sent, and the others go on', async () => {
    const calls = new PendingCalls<string>();
    const failing = calls.call(() => {
      throw new Error('too large');
    });
    await expect(failing).rejects.toThrow('too large');
    let id = 0;
    const call = calls.call((given) => (id = given));
    calls.resolve(id, 'answered');
    expect(await call).toBe('answered');
  });

  it('are given up at their deadline', async () => {
    const calls = new PendingCalls();
    const deadline = { timeout: 1, error: () => new Error('no answer came') };
    await expect(calls.call(() => {}, deadline)).rejects.toThrow('no answer came');
  });

  it('wait for ever without one', async () => {
    vi.useFakeTimers();
    const calls = new PendingCalls();
    const settled = vi.fn();
    void calls.call(() => {}, { timeout: Infinity, error: () => new Error('given up') }).finally(settled);
    await vi.advanceTimersByTimeAsync(2 ** 32);
    expect(settled).not.toHaveBeenCalled();
    vi.useRealTimers();
  });
});
