// What the system says of a process, and when it is believed.
import { expect, it } from 'vitest';
import { lastingObstacle, type ProcessState } from '../../../main/targets/process-state.ts';

const state: ProcessState = {
  program: 'node',
  path: '/usr/bin/node',
  isNamedLikeNode: true,
  onSignal: 'catches',
  isStopped: false,
  pids: [7],
};

/** Shows one state after the other, and the last one for ever. */
function looker(...signals: ProcessState['onSignal'][]) {
  return () => Promise.resolve({ ...state, onSignal: signals.length > 1 ? signals.shift()! : signals[0] });
}

it('a process that starts a child blocks SIGUSR1 for a moment, and is no obstacle', async () => {
  expect(await lastingObstacle(7, looker('blocks', 'blocks', 'catches'))).toBeNull();
});

it('one that blocks it at every look was told to', async () => {
  expect(await lastingObstacle(7, looker('blocks'))).toBe(
    'process 7 was started with --disable-sigusr1, so its inspector cannot be opened: start it with --inspect',
  );
});

it('one that ends by it is reported at once', async () => {
  const look = looker('ends', 'catches');
  expect(await lastingObstacle(7, look)).toContain('would not open its inspector on SIGUSR1, but end');
});
