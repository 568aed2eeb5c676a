// Types and names of edges in three bytes, beside plain lists; and of heaps whose numbers do not fit there.
import { expect, it } from 'vitest';
import { EdgeLabels, numberIn, typeIn } from '../../../shared/heap/edge-labels.ts';
import { EdgeType } from '../../../shared/heap/node-types.ts';
import { buildGraph, randomNumbers } from './build-graph.ts';

const largestNarrow = 2 ** 21 - 1;
const types = Object.values(EdgeType);

function labelsOf(numbers: readonly number[], largest?: number) {
  const labels = new EdgeLabels(numbers.length, largest);
  numbers.forEach((number, edge) => labels.put(edge, types[edge % types.length], number));
  const { heads, tails } = labels;
  const together = new EdgeLabels(numbers.length, largest);
  const kinds = Uint8Array.from(numbers, (_, edge) => types[edge % types.length]);
  const half = numbers.length >> 1;
  together.putAll(0, kinds, Uint32Array.from(numbers), half);
  together.putAll(half, kinds.subarray(half), Uint32Array.from(numbers.slice(half)), numbers.length - half);
  expect([together.heads, together.tails]).toEqual([heads, tails]);
  return {
    bytes: heads.BYTES_PER_ELEMENT + tails.BYTES_PER_ELEMENT,
    types: [...heads].map(typeIn),
    numbers: [...heads].map((head, edge) => numberIn(head, tails[edge])),
  };
}

const random = randomNumbers(1);
const small = Array.from({ length: 1000 }, () => random(largestNarrow + 1));
small.splice(10, 4, 0, 0xffff, 0x10000, largestNarrow);
const kept = (numbers: readonly number[], bytes: number) => ({
  bytes,
  types: numbers.map((_, edge) => types[edge % types.length]),
  numbers,
});

it('are three bytes where all numbers fit', () => {
  expect(labelsOf(small)).toEqual(kept(small, 3));
});

it.each([largestNarrow + 1, 2 ** 24, 2 ** 31, 0xffffffff])('become five where number %d comes', (large) => {
  for (const at of [0, 500, small.length - 1]) {
    const numbers = small.with(at, large);
    expect(labelsOf(numbers)).toEqual(kept(numbers, 5));
  }
});

it('are five from the start where larger names are known', () => {
  expect(labelsOf(small, largestNarrow)).toEqual(kept(small, 3));
  expect(labelsOf([...small, 0xffffffff], largestNarrow + 1)).toEqual(kept([...small, 0xffffffff], 5));
});

it('name the edges of a heap, before and behind an index that does not fit', () => {
  const edges = Array.from({ length: 3000 }, (_, i) => {
    const index = i === 2000 ? 0xfffffffe : 700 * i;
    return i % 3 === 0 ? `0 property key${i} 1` : `0 ${i % 3 === 1 ? 'element' : 'hidden'} ${index} 1`;
  });
  const graph = buildGraph({ nodes: ['synthetic (root)', 'object Foo'], edges });
  const names = edges.map((edge) => edge.split(' ')[2]);
  expect(names.map((_, edge) => graph.edgeName(edge))).toEqual(names);
  const kinds = edges.map((edge) => EdgeType[edge.split(' ')[1] as keyof typeof EdgeType]);
  expect(kinds.map((_, edge) => graph.edgeType(edge))).toEqual(kinds);
  expect(graph.edgeNamed(0, 'key2997')).toBe(2997);
});
