// A path in short: what is folded can be unfolded, and nothing is said twice.
import { expect, it } from 'vitest';
import { pathChips } from '../../../renderer/views/heap/path-chips.ts';
import type { PathStep } from '../../../shared/protocol/heap.ts';

type Owner = PathStep['object']['owner'];
const step = (id: number, type: string, owner: Owner, edge: string | null, name = '') =>
  ({ object: { id, type, name, owner }, edge }) as unknown as PathStep;

const path = [
  step(1, 'global', 'builtIn', 'setImmediate'),
  step(2, 'Function', 'internal', 'scope', 'setImmediate node:timers:282'),
  step(3, 'system / Context', 'internal', 'timerListMap'),
  step(4, 'TimersList', 'internal', '_idleNext'),
  step(5, 'Function', 'yours', 'scope', 'ask server.cjs:43'),
  step(6, 'system / Context', 'yours', 'receipts'),
  step(7, 'Array', 'builtIn', null, '703 items'),
];

it('folds runs of internals into one chip that has them as its parts', () => {
  const chips = pathChips(path);
  expect(chips.map(({ what }) => what)).toEqual([
    'globalThis',
    '+3 internal',
    'ask()',
    'scope',
    'Array 703 items',
  ]);
  expect(chips[1].id).toBeNull();
  expect(chips[1].parts.map(({ id, what }) => [id, what])).toEqual([
    [2, 'setImmediate()'],
    [3, 'scope'],
    [4, 'TimersList'],
  ]);
});

it('does not say a scope twice', () => {
  const scope = pathChips(path)[3];
  expect([scope.reference, scope.what, scope.isYours]).toEqual(['', 'scope', true]);
});

it('folds the middle of what is long, and loses nothing of it', () => {
  const long = [
    step(1, 'Module', 'yours', 'a', '/srv/a.js'),
    ...Array.from({ length: 20 }, (_, i) => step(i + 2, 'Node', 'yours', 'next')),
    step(99, 'Map', 'builtIn', null, '3 entries'),
  ];
  const chips = pathChips(long);
  expect(chips).toHaveLength(7);
  const all = chips.flatMap((chip) => (chip.parts.length > 0 ? chip.parts : [chip]));
  expect(all.map(({ id }) => id)).toEqual(long.map(({ object }) => object.id));
});
