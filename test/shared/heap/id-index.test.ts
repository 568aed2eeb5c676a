// The index of ids, beside a Map.
import { expect, it } from 'vitest';
import { IdIndex } from '../../../shared/heap/id-index.ts';

/** Ids of every kind that heaps have, in one heap. */
const kinds: Record<string, (i: number) => number> = {
  'V8 numbers objects by odd ids': (i) => 2 * i + 1,
  'every number': (i) => i + 1,
  'a process that has run for long': (i) => 1_000_000_001 + 4096 * i,
  addresses: (i) => Math.imul(i + 1, 0x9e3779b0) >>> 0,
  'the same id again and again': (i) => i % 7,
};

it.each(Object.keys(kinds))('finds the first node of each id, and nothing else: %s', (kind) => {
  const others = Object.values(kinds);
  const idOf = (i: number): number => (i % 3 === 0 ? others[i % others.length](i) : kinds[kind](i));
  const nodeIds = Uint32Array.from({ length: 20_000 }, (_, i) => idOf(i));
  const firstNodes = new Map<number, number>();
  nodeIds.forEach((id, node) => firstNodes.set(id, firstNodes.get(id) ?? node));
  const index = new IdIndex({ nodeCount: nodeIds.length, nodeIds });
  const wrong = [...firstNodes].filter(([id, node]) => index.find(id) !== node);
  expect(wrong).toEqual([]);
  const unknown = [0xffffffff, ...nodeIds.map((id) => id ^ 0x5555)].filter((id) => !firstNodes.has(id));
  expect(unknown.filter((id) => index.find(id) >= 0)).toEqual([]);
});
