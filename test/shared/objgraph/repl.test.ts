// What a REPL prints: one line for a snapshot, an object of it, a set of ids.
import { inspect } from 'node:util';
import { afterAll, expect, it } from 'vitest';
import { findBackrefChain, forgetIds, getNewIds, id, takeSnapshot } from '../../../shared/objgraph/index.ts';

afterAll(forgetIds);

class Kept {}

it('a snapshot is where it is from, how many nodes and how many bytes', () => {
  expect(inspect(takeSnapshot())).toMatch(/^Snapshot { this process, [\d,]+ nodes, [\d.]+ MB }$/);
});

it('an object in a chain is its class and id', () => {
  const kept = new Kept();
  expect(inspect(findBackrefChain(kept).at(-1))).toBe(`HeapNode { Kept @${id(kept)} }`);
});

it('a large set of ids is its first ones and how many more there are', () => {
  const output = { write: () => true };
  getNewIds({ limit: 0, output });
  const kept = Array.from({ length: 2000 }, () => new Kept());
  const ids = getNewIds({ limit: 0, output });
  expect(kept).toHaveLength(2000);
  expect(ids.Kept.size).toBe(2000);
  expect(inspect(ids.Kept)).toMatch(/^Set\(2000\) { @\d+, @\d+, @\d+, … 1997 more }$/);
  expect(
    inspect(ids)
      .split('\n')
      .filter((line) => line.includes('Kept')),
  ).toHaveLength(1);
});
