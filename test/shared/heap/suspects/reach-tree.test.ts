// The values of WeakMaps: they live as long as their key and their WeakMap do, so that the search enters them from the later
// of the two, and no chain says that a WeakMap keeps the key of its own value.
import { describe, expect, it } from 'vitest';
import { HeapAnalysis } from '../../../../shared/heap/analysis.ts';
import { findPaths } from '../../../../shared/heap/paths.ts';
import { reachTree } from '../../../../shared/heap/suspects/reach-tree.ts';
import { buildGraph, randomNumbers } from '../build-graph.ts';

interface Pair {
  key: number;
  table: number;
  value: number;
}

const global = 2;
const first = 3;

/** Objects that refer to each other, WeakMaps among them, whose keys and values are any of these objects. */
function randomProgram(seed: number): {
  analysis: HeapAnalysis;
  references: [number, number][];
  pairs: Pair[];
} {
  const random = randomNumbers(Math.imul(seed, 0x9e3779b1) >>> 0);
  const objects = 6 + random(16);
  const maps = 1 + random(3);
  const nodes = ['synthetic ', 'hidden system / NativeContext', 'object global'];
  for (let i = 0; i < objects; i++) nodes.push(`object Thing${String(i)}`);
  const edges = ['0 shortcut 1 1', '1 internal global_object 2'];
  const references: [number, number][] = [];
  for (let i = random(2 * objects); i > 0; i--) {
    const [from, to] = [global + random(objects + 1), first + random(objects)];
    references.push([from, to]);
    edges.push(`${String(from)} property p${String(i)} ${String(to)}`);
  }
  const pairs: Pair[] = [];
  for (let i = 0; i < maps; i++) {
    const map = nodes.push('object WeakMap') - 1;
    const table = nodes.push('array ') - 1;
    const holder = global + random(objects + 1);
    references.push([holder, map], [map, table]);
    edges.push(
      `${String(holder)} property map${String(i)} ${String(map)}`,
      `${String(map)} internal table ${String(table)}`,
    );
    const keys = new Set(Array.from({ length: 1 + random(4) }, () => first + random(objects)));
    for (const key of keys) {
      const value = first + random(objects);
      if (value === key) continue;
      pairs.push({ key, table, value });
      const name = `1 / part of key (K @${String(2 * key + 1)}) -> value (V @${String(2 * value + 1)}) pair in WeakMap (table @${String(2 * table + 1)})`;
      edges.push(
        `${String(key)} internal ${name} ${String(value)}`,
        `${String(table)} internal ${name} ${String(value)}`,
      );
    }
  }
  return { analysis: new HeapAnalysis(buildGraph({ nodes, edges })), references, pairs };
}

/** What lives, by the definition: again and again, until nothing more is found. */
function living(references: readonly [number, number][], pairs: readonly Pair[]): Set<number> {
  const found = new Set([global]);
  for (let before = 0; before < found.size;) {
    before = found.size;
    for (const [from, to] of references) if (found.has(from)) found.add(to);
    for (const { key, table, value } of pairs) if (found.has(key) && found.has(table)) found.add(value);
  }
  return found;
}

const heaps = Array.from({ length: 300 }, (_, seed) => randomProgram(seed));

describe('the tree of shortest ways', () => {
  it('enters a value behind its key and its WeakMap, wherever that is what keeps it', () => {
    let entered = 0;
    for (const { analysis, references, pairs } of heaps) {
      const { order, edges, sources } = reachTree(analysis);
      const alive = living(references, pairs);
      const places = new Map([...order].map((node, place) => [node, place]));
      for (const node of alive) expect(places.has(node)).toBe(true);
      for (const node of alive) {
        if (sources[node] < 0 || analysis.ephemerons.pairs[analysis.graph.edgeNumber(edges[node])] === 0)
          continue;
        const source = sources[node];
        const ofIt = pairs.filter(
          ({ key, table, value }) => value === node && (key === source || table === source),
        );
        const isBehindBoth = ({ key, table }: Pair) =>
          places.get(key)! < places.get(node)! && places.get(table)! < places.get(node)!;
        expect(ofIt.some(isBehindBoth)).toBe(true);
        entered++;
      }
    }
    expect(entered).toBeGreaterThan(50);
  });
});

describe('findPaths', () => {
  it('leads to what lives by its keys, and never from a WeakMap through a value to the key of that value', () => {
    let byKey = 0;
    for (const { analysis, references, pairs } of heaps)
      for (const node of living(references, pairs)) {
        if (node === global || analysis.graph.nodeName(node) === '') continue;
        const [path] = findPaths(analysis.objects, node, { count: 1 });
        expect(path[0].node).toBe(global);
        path.slice(0, -1).forEach(({ node: from, edge }, i) => {
          if (analysis.ephemerons.pairs[analysis.graph.edgeNumber(edge)] === 0) return;
          expect(pairs.some(({ key, value }) => key === from && value === path[i + 1].node)).toBe(true);
          byKey++;
        });
      }
    expect(byKey).toBeGreaterThan(50);
  });
});
