// Retainers, chains, selections and exclusion, on random graphs against the slowest thing that can work.
import { describe, expect, it } from 'vitest';
import { findChain } from '../../../shared/heap/chain.ts';
import { reachableOnlyThrough } from '../../../shared/heap/excluded.ts';
import type { HeapGraph } from '../../../shared/heap/heap-graph.ts';
import { EdgeType } from '../../../shared/heap/node-types.ts';
import { ObjectGraph } from '../../../shared/heap/object-graph.ts';
import { buildRetainers } from '../../../shared/heap/retainers.ts';
import { select, type Direction, type SelectionOptions } from '../../../shared/heap/selection.ts';
import { buildGraph, randomNumbers } from './build-graph.ts';

interface Reference {
  from: number;
  to: number;
  edge: number;
}

/** A heap of plain objects that refer to each other by properties, now and then weakly. */
function randomGraph(seed: number): { heap: HeapGraph; references: Reference[]; strong: Reference[] } {
  const random = randomNumbers(seed);
  const count = 2 + random(30);
  const edges = Array.from(
    { length: random(3 * count) },
    (_, i) => `${random(count)} ${random(5) === 0 ? 'weak' : 'property'} p${i} ${random(count)}`,
  );
  const heap = buildGraph({
    nodes: Array.from({ length: count }, (_, i) => `object Thing${i}`),
    edges,
  });
  const references: Reference[] = [];
  for (let from = 0; from < count; from++)
    for (let edge = heap.firstEdges[from]; edge < heap.firstEdges[from + 1]; edge++)
      references.push({ from, to: heap.edgeTargets[edge], edge });
  const strong = references.filter(({ edge }) => heap.edgeType(edge) !== EdgeType.weak);
  return { heap, references, strong };
}

const seeds = Array.from({ length: 300 }, (_, i) => i + 1);

/** Steps from a node to every other by references; Infinity where there is no way. Relaxed until nothing changes. */
function distances(
  count: number,
  start: number,
  references: Reference[],
  accepts: (node: number) => boolean,
): number[] {
  const steps = new Array<number>(count).fill(Infinity);
  steps[start] = 0;
  for (let changed = true; changed;) {
    changed = false;
    for (const { from, to } of references)
      if (accepts(to) && steps[from] + 1 < steps[to]) {
        steps[to] = steps[from] + 1;
        changed = true;
      }
  }
  return steps;
}

const turned = (references: Reference[]): Reference[] =>
  references.map(({ from, to, edge }) => ({ from: to, to: from, edge }));

describe('retainers', () => {
  it.each(seeds.slice(0, 50))('are the edges turned round (heap %i)', (seed) => {
    const { heap, references } = randomGraph(seed);
    const { first, nodes, edges } = buildRetainers(heap);
    for (let node = 0; node < heap.nodeCount; node++) {
      const found = Array.from(nodes.subarray(first[node], first[node + 1]), (from, i) => [
        from,
        edges[first[node] + i],
      ]);
      expect(found).toEqual(references.filter(({ to }) => to === node).map(({ from, edge }) => [from, edge]));
    }
  });
});

describe('a chain', () => {
  it.each<Direction>(['references', 'referrers'])('is a shortest one along %s, or null', (direction) => {
    let found = 0;
    for (const seed of seeds) {
      const { heap, strong } = randomGraph(seed);
      const random = randomNumbers(seed + 1000);
      const [start, end, avoided] = [random(heap.nodeCount), random(heap.nodeCount), random(heap.nodeCount)];
      const maxDepth = random(8);
      const accepts = (node: number) => node !== avoided;
      const chain = findChain(new ObjectGraph(heap), start, {
        direction,
        maxDepth,
        isEnd: (node) => node === end,
        accepts,
      });
      const walked = direction === 'references' ? strong : turned(strong);
      const steps = distances(heap.nodeCount, start, walked, accepts)[end];
      if (steps > maxDepth) {
        expect(chain, `heap ${seed}`).toBeNull();
        continue;
      }
      found++;
      expect(chain, `heap ${seed}`).toHaveLength(steps + 1);
      const nodes = chain!.map(({ node }) => node);
      expect(direction === 'references' ? [nodes[0], nodes.at(-1)] : [nodes.at(-1), nodes[0]]).toEqual([
        start,
        end,
      ]);
      chain!.slice(0, -1).forEach(({ node, edge }, i) => {
        expect(strong).toContainEqual({ from: node, to: nodes[i + 1], edge });
      });
      expect(chain!.at(-1)!.edge).toBe(-1);
    }
    expect(found).toBeGreaterThan(30);
  });

  it('may be a million objects long', () => {
    const length = 1_000_000;
    const heap = buildLongList(length);
    const chain = findChain(new ObjectGraph(heap), 0, {
      direction: 'references',
      maxDepth: Infinity,
      isEnd: (node) => node === length - 1,
      accepts: () => true,
    });
    expect(chain).toHaveLength(length);
  });
});

/** A list whose every link holds the next one. */
function buildLongList(length: number): HeapGraph {
  const two = buildGraph({ nodes: ['object Link', 'object Link'], edges: ['0 property next 1'] });
  return Object.assign(Object.create(Object.getPrototypeOf(two) as object) as HeapGraph, two, {
    nodeTypes: new Uint8Array(length).fill(two.nodeTypes[0]),
    nodeNames: new Uint32Array(length).fill(two.nodeNames[0]),
    firstEdges: Uint32Array.from({ length: length + 1 }, (_, node) => Math.min(node, length - 1)),
    edgeHeads: new Uint8Array(length - 1).fill(two.edgeType(0)),
    edgeTails: new Uint16Array(length - 1).fill(two.edgeNumber(0)),
    edgeTargets: Uint32Array.from({ length: length - 1 }, (_, edge) => edge + 1),
  });
}

/** Python's `_show_graph`, word for word. */
function slowSelection(starts: number[], options: SelectionOptions, references: Reference[]): unknown {
  const depth = new Map(starts.map((start) => [start, 0]));
  const queue = [...depth.keys()];
  const nodes: unknown[] = [];
  const edges: number[] = [];
  while (queue.length > 0) {
    const target = queue.shift()!;
    const entry = { node: target, depth: depth.get(target)!, skipped: 0 };
    nodes.push(entry);
    if (entry.depth >= options.maxDepth || options.stopsAt(target)) continue;
    let n = 0;
    for (const { to, edge } of references.filter(({ from }) => from === target)) {
      if (!options.accepts(to, edge)) continue;
      if (n >= options.tooMany) {
        entry.skipped++;
        continue;
      }
      edges.push(edge);
      if (!depth.has(to)) {
        depth.set(to, entry.depth + 1);
        queue.push(to);
      }
      n++;
    }
  }
  return { nodes, edges };
}

describe('a selection', () => {
  it.each<Direction>(['references', 'referrers'])("is objgraph's, along %s", (direction) => {
    for (const seed of seeds) {
      const { heap, strong } = randomGraph(seed);
      const random = randomNumbers(seed + 2000);
      const starts = [random(heap.nodeCount), random(heap.nodeCount)];
      const [avoided, end] = [random(heap.nodeCount), random(heap.nodeCount)];
      const options: SelectionOptions = {
        direction,
        maxDepth: random(5),
        tooMany: random(4),
        accepts: (node) => node !== avoided,
        stopsAt: (node) => node === end,
      };
      const { nodes, edges } = select(new ObjectGraph(heap), starts, options);
      const expected = slowSelection(starts, options, direction === 'references' ? strong : turned(strong));
      expect({ nodes, edges: edges.map(({ edge }) => edge) }, `heap ${seed}`).toEqual(expected);
      for (const { owner, target, edge } of edges)
        expect(strong).toContainEqual({ from: owner, to: target, edge });
    }
  });

  const held = buildGraph({
    nodes: ['synthetic ', 'synthetic (Global handles)', 'object Held', 'object Owner', 'object Owned'],
    edges: ['1 element 1 2', '1 element 2 2', '1 element 3 4', '3 property owned 4'],
  });
  const options: SelectionOptions = {
    direction: 'referrers',
    maxDepth: 2,
    tooMany: 10,
    accepts: () => true,
    stopsAt: () => false,
  };

  it("draws V8's own roots for what nothing else refers to, and once", () => {
    expect(select(new ObjectGraph(held), [2], options).edges.map(({ owner }) => owner)).toEqual([1]);
  });

  it("leaves V8's own roots out where an object refers to it as well", () => {
    expect(select(new ObjectGraph(held), [4], options).edges.map(({ owner }) => owner)).toEqual([3]);
  });

  it("draws V8's own roots where every object that refers to it is left out", () => {
    const rootsAlone = { ...options, accepts: (node: number) => node !== 3 };
    expect(select(new ObjectGraph(held), [4], rootsAlone).edges.map(({ owner }) => owner)).toEqual([1]);
  });
});

describe('what is reachable only through the excluded', () => {
  it('is what removing them cuts off, and themselves', () => {
    for (const seed of seeds) {
      const { heap, strong } = randomGraph(seed);
      const random = randomNumbers(seed + 3000);
      const entries = Uint8Array.from({ length: heap.nodeCount }, (_, node) =>
        node > 0 && random(6) === 0 ? 1 : 0,
      );
      const without = distances(heap.nodeCount, 0, strong, (node) => entries[node] === 0);
      const fromEntries = new Uint8Array(heap.nodeCount);
      entries.forEach((isEntry, entry) => {
        if (!isEntry) return;
        distances(heap.nodeCount, entry, strong, () => true).forEach((steps, node) => {
          if (steps < Infinity) fromEntries[node] = 1;
        });
      });
      const expected = Array.from(without, (steps, node) =>
        steps === Infinity && fromEntries[node] ? 1 : 0,
      );
      expect([...reachableOnlyThrough(heap, entries)], `heap ${seed}`).toEqual(expected);
    }
  });
});
