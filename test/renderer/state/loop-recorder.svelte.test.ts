// The steps of a recorded loop: rounds, and the snapshots between them.
import { expect, it, vi } from 'vitest';
import { LoopRecorder } from '../../../renderer/state/loop-recorder.svelte.ts';
import { unreadSnapshot, type SnapshotState } from '../../../shared/protocol/heap.ts';
import type { AttachedState } from '../../../shared/protocol/targets.ts';

const attached: AttachedState = {
  address: '1',
  title: 'page',
  pid: 1,
  runtime: 'chromium',
  version: null,
  startedAt: null,
  isInspectable: true,
  status: 'attached',
  taken: [],
  progress: null,
  problem: null,
};

/** A target that is driven by hand. */
function setUp() {
  const snapshots: SnapshotState[] = [{ ...unreadSnapshot(0, 'before the loop', null), nodes: 5 }];
  const target = {
    state: attached,
    failure: null as string | null,
    takeSnapshot: vi.fn(() => Promise.resolve()),
    evaluate: vi.fn((_expression: string) => Promise.resolve({ description: '1', threw: false })),
  };
  const finished = vi.fn();
  const loop = new LoopRecorder(target, finished);
  const observe = (state: Partial<AttachedState> = {}) => loop.observe({ ...attached, ...state }, snapshots);
  const snapshotComes = (snapshot: Partial<SnapshotState> = {}) => {
    observe({ status: 'snapshot' });
    snapshots.push({ ...unreadSnapshot(snapshots.length, 'taken', null), nodes: 5, ...snapshot });
    observe();
  };
  return { target, finished, loop, observe, snapshotComes };
}

it('takes three snapshots: after one round to warm up, and after so many rounds twice', () => {
  const { target, finished, loop, observe, snapshotComes } = setUp();
  loop.open();
  loop.rounds = 2;
  loop.start();
  observe();
  const rounds = [1, 2, 2].map((count, part) => {
    for (let done = 0; done < count; done++) {
      expect(loop.step).toEqual({ kind: 'round', part, done });
      loop.roundDone();
    }
    expect(loop.step).toEqual({ kind: 'snapshot', part });
    // Too early: a round during a snapshot is ignored.
    loop.roundDone();
    snapshotComes();
    return target.takeSnapshot.mock.calls.length;
  });
  expect(rounds).toEqual([1, 2, 3]);
  expect(loop.isOpen).toBe(false);
  expect(finished).toHaveBeenCalledExactlyOnceWith([1, 2, 3]);
});

it('waits until a snapshot is read', () => {
  const { loop, observe, snapshotComes } = setUp();
  loop.start();
  observe();
  loop.roundDone();
  snapshotComes({ nodes: 0 });
  expect(loop.step.kind).toBe('snapshot');
});

it('has a script do the rounds', async () => {
  vi.useFakeTimers();
  try {
    const { target, loop, observe, snapshotComes } = setUp();
    loop.script = 'openDialog(); closeDialog()';
    loop.start();
    observe();
    await vi.runAllTimersAsync();
    expect(target.evaluate.mock.calls).toEqual([['openDialog(); closeDialog()']]);
    snapshotComes();
    await vi.runAllTimersAsync();
    expect(target.evaluate).toHaveBeenCalledTimes(1 + loop.rounds);
    expect(loop.step).toEqual({ kind: 'snapshot', part: 1 });
  } finally {
    vi.useRealTimers();
  }
});

it.each<[string, (set: ReturnType<typeof setUp>) => unknown, string]>([
  ['the target ends', ({ observe }) => observe({ status: 'ended' }), 'The target has ended'],
  [
    'a snapshot fails',
    ({ loop, observe }) => {
      loop.roundDone();
      observe({ status: 'snapshot' });
      observe({ problem: { message: 'too large' } });
    },
    'too large',
  ],
  [
    'a snapshot cannot be read',
    ({ loop, snapshotComes }) => {
      loop.roundDone();
      snapshotComes({ problem: { message: 'cut off' } });
    },
    'cut off',
  ],
  [
    'a snapshot is refused',
    async ({ loop, target }) => {
      target.failure = 'it is busy';
      loop.roundDone();
      await Promise.resolve();
    },
    'it is busy',
  ],
])('reports it when %s', async (_what, happen, message) => {
  const set = setUp();
  set.loop.start();
  set.observe();
  await happen(set);
  expect(set.loop.step).toMatchObject({
    kind: 'failed',
    message: expect.stringContaining(message) as string,
  });
  expect(set.finished).not.toHaveBeenCalled();
});

it('reports what a script throws', async () => {
  const { target, loop } = setUp();
  target.evaluate.mockResolvedValue({
    description: 'ReferenceError: openDialog is not defined',
    threw: true,
  });
  loop.script = 'openDialog()';
  loop.start();
  await vi.waitFor(() => expect(loop.step.kind).toBe('failed'));
  expect(loop.step).toMatchObject({ message: 'The script threw ReferenceError: openDialog is not defined' });
});

it('is cancelled at any moment, and does nothing afterwards', async () => {
  const { target, loop, observe, snapshotComes } = setUp();
  loop.start();
  observe();
  loop.roundDone();
  loop.close();
  snapshotComes();
  expect(loop.step).toEqual({ kind: 'closed' });
  expect(target.takeSnapshot).toHaveBeenCalledOnce();
});
