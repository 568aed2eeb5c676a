// The names of WeakMap pairs, read byte by byte, against DevTools' own regular expression.
import { expect, it } from 'vitest';
import { findEphemerons } from '../../../shared/heap/ephemerons.ts';
import { buildGraph, randomNumbers } from './build-graph.ts';

/** Source: DevTools, HeapSnapshot.ts (tryParseWeakMapEdgeName). */
const pairName =
  /^\d+ \/ part of key \(.*? @(?<key>\d+)\) -> value \(.*? @\d+\) pair in WeakMap \(table @(?<table>\d+)\)$/;

const parts = ['1', '23', ' / part of key (', 'Key', ' @7', ' @41', ') -> value (', 'Value', ')', ' @', '('];
const endings = [
  ') pair in WeakMap (table @9)',
  ') pair in WeakMap (table @10)',
  ') pair in WeakMap (table @)',
  '',
];

it('finds the same pairs and tables in all kinds of names', () => {
  const random = randomNumbers(11);
  const pick = (list: string[]) => list[random(list.length)];
  const names = Array.from({ length: 600 }, (_, i) =>
    i % 2 === 0
      ? `${String(i)} / part of key (K @${String(1 + random(60))}) -> value (V @5${pick(endings)}`
      : `${String(i)} / part of key (${Array.from({ length: random(6) }, () => pick(parts)).join('')} @${String(1 + random(8))}) -> value (V @5${pick(endings)}`,
  );
  const graph = buildGraph({
    nodes: ['object Table', 'object Value'],
    edges: names.map((name) => `0 internal ${name} 1`),
  });
  const { tables, pairs, count } = findEphemerons(graph);
  const numbers = new Map<string, number>();
  for (let index = 0; index < graph.strings.length; index++) {
    const { key, table } = pairName.exec(graph.strings.get(index))?.groups ?? {};
    const pair = `${key} ${table}`;
    if (key && !numbers.has(pair)) numbers.set(pair, numbers.size + 1);
    expect(tables[index]).toBe(Number(table ?? 0));
    expect(pairs[index]).toBe(key ? numbers.get(pair) : 0);
  }
  expect(count).toBe(numbers.size);
  expect(count).toBeGreaterThan(50);
});
