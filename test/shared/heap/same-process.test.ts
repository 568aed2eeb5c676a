// Whether two snapshots are of one process, where V8 changes its own objects in place.
import { expect, it } from 'vitest';
import type { HeapGraph } from '../../../shared/heap/heap-graph.ts';
import { isSameProcess } from '../../../shared/heap/same-process.ts';
import { buildGraph } from './build-graph.ts';

/** Many objects, and as many of another kind, by the same numbers in each heap. */
const heap = (other: string): HeapGraph =>
  buildGraph({
    nodes: [
      'synthetic (root)',
      ...Array.from({ length: 400 }, (_, i) => (i % 2 === 0 ? 'object Order' : other)),
    ],
    edges: [],
  });

const isSame = (before: string, after: string): boolean => {
  const graph = heap(before);
  return isSameProcess(graph, heap(after));
};

// As V8 does with functions that have not run for a while; seen with undici on Node 22.
it('takes a process whose compiled code was flushed for the same', () => {
  expect(isSame('hidden system / BytecodeWrapper', 'code system / UncompiledDataWithoutPreparseData')).toBe(
    true,
  );
});

it('takes one whose numbers name other objects for another', () => {
  expect(isSame('hidden system / BytecodeWrapper', 'object Session')).toBe(false);
  expect(isSame('object Session', 'object Order')).toBe(false);
});
