// What a REPL prints: one line for a snapshot, an object of it, a set of ids.
import { inspect } from 'node:util';
import { afterAll, expect, it } from 'vitest';
import {
  findBackrefChain,
  findRefChain,
  forgetIds,
  getNewIds,
  id,
  takeSnapshot,
} from '../../../shared/objgraph/index.ts';

afterAll(forgetIds);

class Kept {}

it('a snapshot is where it is from, how many nodes and how many bytes', () => {
  expect(inspect(takeSnapshot())).toMatch(/^Snapshot { this process, [\d,]+ nodes, [\d.]+ MB }$/);
});

it('an object in a chain is its class and id', () => {
  const kept = new Kept();
  expect(inspect(findBackrefChain(kept).at(-1))).toBe(`HeapNode { Kept @${id(kept)} }`);
});

it('a chain is a line for each object, and one for a run of the same reference', () => {
  let last: object = new Kept();
  const first = last;
  for (let i = 0; i < 40; i++) last = { next: last };
  const held = { last };
  const ids = findRefChain(held, ({ value }) => value === first).map((node) => node.id);
  expect(inspect(findRefChain(held, ({ value }) => value === first))).toBe(
    [
      '[',
      `  HeapNode { Object {last} @${ids[0]} —last→ },`,
      `  HeapNode { Object {next} @${ids[1]} —next × 39→ },`,
      `  HeapNode { Object {next} @${ids[40]} —next→ },`,
      `  HeapNode { Kept @${ids[41]} }`,
      ']',
    ].join('\n'),
  );
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
