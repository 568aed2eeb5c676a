// Paths of random heaps against the slowest thing that can work.
import { describe, expect, it } from 'vitest';
import { HeapAnalysis } from '../../../../shared/heap/analysis.ts';
import type { ObjectGraph } from '../../../../shared/heap/object-graph.ts';
import { findPaths } from '../../../../shared/heap/paths.ts';
import { buildGraph, randomNumbers } from '../build-graph.ts';

/** A global object, some modules, and objects that refer to each other. */
function randomProgram(seed: number): ObjectGraph {
  const random = randomNumbers(Math.imul(seed, 0x9e3779b1) >>> 0);
  const count = 8 + random(30);
  const nodes = ['synthetic ', 'hidden system / NativeContext', 'object global'];
  while (nodes.length < count) nodes.push(`object Thing${nodes.length}`);
  const edges = ['0 shortcut 1 1', '1 internal global_object 2', `0 element 5 ${3 + random(count - 3)}`];
  for (let i = random(3 * count); i > 0; i--)
    edges.push(
      `${2 + random(count - 2)} ${random(6) === 0 ? 'weak' : 'property'} p${i} ${2 + random(count - 2)}`,
    );
  return new HeapAnalysis(buildGraph({ nodes, edges })).objects;
}

/** Steps from the global object, by relaxation; `avoided` nodes and edges are no way. */
function steps(graph: ObjectGraph, avoided: Set<number>, edges: Set<number>): number[] {
  const found = new Array<number>(graph.heap.nodeCount).fill(Infinity);
  found[2] = 0;
  for (let changed = true; changed;) {
    changed = false;
    for (let node = 2; node < found.length; node++)
      graph.eachReference(node, (target, edge) => {
        if (avoided.has(target) || edges.has(edge) || found[node] + 1 >= found[target]) return;
        found[target] = found[node] + 1;
        changed = true;
      });
  }
  return found;
}

describe('findPaths', () => {
  it('gives the shortest chain first, then others through other objects, until there is none', () => {
    let several = 0;
    for (let seed = 1; seed <= 200; seed++) {
      const graph = randomProgram(seed);
      for (let node = 3; node < graph.heap.nodeCount; node++) {
        const used = new Set<number>();
        const edges = new Set<number>();
        const paths = findPaths(graph, node, { count: 10 }).filter((path) => path[0].node === 2);
        for (const path of paths) {
          // Each is as short as can be without the objects of those before it.
          expect(path.length - 1, `node ${node}, seed ${seed}`).toBe(steps(graph, used, edges)[node]);
          for (let i = 1; i < path.length; i++) {
            const { node: owner, edge } = path[i - 1];
            const references: number[] = [];
            graph.eachReference(
              owner,
              (target, entering) => void (entering === edge && references.push(target)),
            );
            expect(references).toEqual([path[i].node]);
          }
          for (const link of path.slice(1, -1)) {
            expect(used.has(link.node)).toBe(false);
            used.add(link.node);
          }
          if (path.length === 2) edges.add(path[0].edge);
        }
        if (paths.length < 10)
          expect(steps(graph, used, edges)[node], `no more to ${node}, seed ${seed}`).toBe(Infinity);
        if (paths.length > 1) several++;
        const isHeld = steps(graph, new Set(), new Set())[node] < Infinity;
        expect(paths.length > 0, `node ${node}, seed ${seed}`).toBe(isHeld);
      }
    }
    expect(several).toBeGreaterThan(100);
  });

  it('gives what V8 holds only where the program does not', () => {
    const analysis = new HeapAnalysis(
      buildGraph({
        nodes: ['synthetic ', 'synthetic (Global-handles)', 'object Thing', 'object Lost'],
        edges: ['0 element 1 1', '1 element 1 2', '2 weak lost 3'],
      }),
    );
    expect(findPaths(analysis.objects, 2).map((path) => path.map(({ node }) => node))).toEqual([[1, 2]]);
    expect(findPaths(analysis.objects, 3)).toEqual([]);
  });

  it('goes by prototypes only where no other way leads there', () => {
    const nodes = [
      'synthetic ',
      'hidden system / NativeContext',
      'object global',
      'object Request',
      'object Settings',
    ];
    const edges = [
      '0 shortcut 1 1',
      '1 internal global_object 2',
      '2 property request 3',
      '3 property __proto__ 4',
    ];
    const pathsOf = (more: string[]) =>
      findPaths(new HeapAnalysis(buildGraph({ nodes, edges: [...edges, ...more] })).objects, 4).map((path) =>
        path.map(({ node }) => node),
      );
    expect(pathsOf([])).toEqual([[2, 3, 4]]);
    expect(pathsOf(['2 property settings 4'])).toEqual([[2, 4]]);
  });
});
