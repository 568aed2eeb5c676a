import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { expanded, explore, hidden, nameOfVertex } from '../../../../shared/dot/explore/explore.ts';
import { operation, type Operation } from '../../../../shared/dot/explore/operation.ts';
import { structureOf } from '../../../../shared/dot/explore/structure.ts';
import { readStatements } from '../../../../shared/dot/statements.ts';

/** What is shown, by name, in the order of the graph. */
function shown(dot: string, ...operations: Operation[]): string[] {
  const structure = structureOf(readStatements(dot));
  const { standIn } = explore(structure, operations);
  const vertices = new Set(standIn.filter((vertex) => vertex !== hidden));
  return [...vertices].map((vertex) => nameOfVertex(structure, vertex));
}

const chain = 'digraph { a -> b -> c -> d -> e; x -> c }';
const parts =
  'digraph { in -> a; subgraph cluster_p { a -> b; subgraph cluster_q { c } } b -> c -> out; in -> c }';

describe('the structure of a graph', () => {
  it.each([
    ['digraph { a -> {b c} -> d }', [...'abcd'], 'ab ac bd cd'],
    ['graph { a, b -- c; subgraph s { d } subgraph s { e } -- f }', [...'abcdef'], 'ac bc df ef'],
    ['digraph { "a" -> a:p:n -> <a> ; node [shape=box] graph [x=y] z=1 "a" + "b" }', ['a', 'ab'], 'aa aa'],
    ['strict graph "-" { 1 -- -.5 /* 2 */ -- 3. // 4\n# 5\n }', ['1', '-.5', '3.'], '1-.5 -.53.'],
  ])('of %s', (dot, nodes, edges) => {
    const structure = structureOf(readStatements(dot));
    expect(structure.nodes).toEqual(nodes);
    const names = structure.ends.map((node) => structure.nodes[node]);
    expect(names.flatMap((tail, i) => (i % 2 ? [] : [tail + names[i + 1]])).join(' ')).toBe(edges);
  });

  it('knows clusters, what is in them at any depth, and their labels', () => {
    const { clusters, nodes } = structureOf(
      readStatements(`digraph {
        subgraph cluster_a { label="A"; x; subgraph Cluster1 { graph [label=<<b>in</b>side>]; y } }
        subgraph s { cluster=true z } subgraph t { w }
      }`),
    );
    const described = clusters.map((cluster) => [
      cluster.name,
      cluster.label,
      [...cluster.nodes].map((i) => nodes[i]).join(''),
    ]);
    expect(described).toEqual([
      ['cluster_a', 'A', 'xy'],
      ['Cluster1', 'in side', 'y'],
      ['s', 's', 'z'],
    ]);
  });
});

describe('exploring', () => {
  it('hides nodes and clusters', () => {
    expect(shown(chain, { kind: 'hide', nodes: ['b', 'x'], clusters: [] })).toEqual(['a', 'c', 'd', 'e']);
    expect(shown(parts, { kind: 'hide', nodes: [], clusters: ['cluster_q'] })).toEqual([
      'in',
      'a',
      'b',
      'out',
    ]);
    expect(shown(parts, { kind: 'hide', nodes: [], clusters: ['cluster_p'] })).toEqual(['in', 'out']);
  });

  it('keeps some nodes, and passes names over that are not there', () => {
    expect(shown(chain, { kind: 'keep', nodes: ['d', 'a', 'gone'] })).toEqual(['a', 'd']);
    expect(shown(chain, { kind: 'keep', nodes: ['gone'] })).toHaveLength(6);
    expect(shown(chain, { kind: 'collapse', node: 'gone' }, { kind: 'fold', cluster: 'gone' })).toHaveLength(
      6,
    );
  });

  it.each([
    [0, ['c']],
    [1, ['b', 'c', 'd', 'x']],
    [2, ['a', 'b', 'c', 'd', 'e', 'x']],
  ])('shows what is within %d steps, whichever way edges go', (steps, names) => {
    expect(shown(chain, { kind: 'near', nodes: ['c'], steps })).toEqual(names);
  });

  it('counts steps in what is still shown', () => {
    const hide: Operation = { kind: 'hide', nodes: ['d'], clusters: [] };
    expect(shown(chain, hide, { kind: 'near', nodes: ['c'], steps: 9 })).toEqual(['a', 'b', 'c', 'x']);
  });

  it.each([
    ['the roots alone', chain, 0, ['a', 'x']],
    ['what is near a root, by the shortest way', chain, 1, ['a', 'b', 'c', 'x']],
    ['nodes without edges', 'digraph { a -> b; alone }', 0, ['a', 'alone']],
    ['of a circle the node that comes first', 'digraph { b -> c -> a -> b; b -> b }', 1, ['b', 'c']],
    ['circles behind a root from where it enters them', 'digraph { c -> d -> c; r -> d }', 1, ['d', 'r']],
    ['all, with enough steps', chain, 99, ['a', 'b', 'c', 'd', 'e', 'x']],
  ])('shows the first steps from the roots: %s', (_what, dot, steps, names) => {
    expect(shown(dot, { kind: 'roots', steps })).toEqual(names);
  });

  it('finds the roots of what is still shown', () => {
    expect(
      shown(chain, { kind: 'hide', nodes: ['a', 'b', 'x'], clusters: [] }, { kind: 'roots', steps: 1 }),
    ).toEqual(['c', 'd']);
    expect(shown(parts, { kind: 'fold', cluster: 'cluster_p' }, { kind: 'roots', steps: 1 })).toEqual([
      'in',
      'cluster_p',
    ]);
  });

  it('draws a cluster as one node, with clusters inside it, and goes on with that node', () => {
    const fold: Operation = { kind: 'fold', cluster: 'cluster_p' };
    expect(shown(parts, { kind: 'fold', cluster: 'cluster_q' }, fold)).toEqual(['in', 'cluster_p', 'out']);
    expect(shown(parts, fold, { kind: 'near', nodes: ['out'], steps: 1 })).toEqual(['cluster_p', 'out']);
    expect(shown(parts, fold, { kind: 'hide', nodes: ['cluster_p'], clusters: [] })).toEqual(['in', 'out']);
  });

  it('calls a cluster otherwise when a node has its name', () => {
    const dot = 'digraph { subgraph cluster_a { x } cluster_a -> x }';
    expect(shown(dot, { kind: 'fold', cluster: 'cluster_a' })).toEqual(['cluster_a′', 'cluster_a']);
  });

  it.each([
    ['all that a root leads to', chain, 'a', ['a', 'c', 'd', 'e', 'x']],
    ['nothing that has another way in', chain, 'b', ['a', 'b', 'c', 'd', 'e', 'x']],
    ['a circle with its way out', 'digraph { a -> b -> c -> b; c -> d; e -> a }', 'a', ['a', 'e']],
    ['what leads back to the node itself', 'digraph { a -> b -> a; b -> c }', 'a', ['a']],
    [
      'what two ways lead to, if both go through it',
      'digraph { r -> a -> b -> d; a -> c -> d -> e; r -> x -> e }',
      'a',
      ['r', 'a', 'e', 'x'],
    ],
  ])('collapses %s', (_what, dot, node, names) => {
    expect(shown(dot, { kind: 'collapse', node })).toEqual(names);
  });

  it('collapses in random graphs what can no longer be come to when the node is taken away', () => {
    let seed = 7;
    const random = (below: number) => (seed = (seed * 48271) % 2147483647) % below;
    for (let round = 0; round < 200; round++) {
      const edges = Array.from({ length: 3 + random(25) }, () => [`n${random(12)}`, `n${random(12)}`]);
      const dot = `digraph { n0; ${edges.map((edge) => edge.join('->')).join(' ')} }`;
      const all = structureOf(readStatements(dot)).nodes;
      const reach = (from: string[], without?: string) => {
        const found = new Set(from);
        for (const here of found)
          for (const [tail, head] of edges) if (tail === here && here !== without) found.add(head);
        return found;
      };
      const below = reach(['n0']);
      const others = all.filter((name) => !below.has(name));
      const stays = reach(others, 'n0').add('n0');
      expect(shown(dot, { kind: 'collapse', node: 'n0' })).toEqual(all.filter((name) => stays.has(name)));
    }
  });

  it('shows hidden neighbours again', () => {
    const keep: Operation = { kind: 'keep', nodes: ['c'] };
    expect(shown(chain, keep, { kind: 'reveal', node: 'c' })).toEqual(['b', 'c', 'd', 'x']);
  });

  it('expands what was folded or collapsed last, and nothing else', () => {
    const fold: Operation = { kind: 'fold', cluster: 'p' };
    const hide: Operation = { kind: 'hide', nodes: ['a'], clusters: [] };
    expect(expanded([fold, hide], 'p')).toEqual([hide]);
    expect(expanded([fold, hide], 'a')).toBeNull();
  });
});

it.each([
  null,
  3,
  {},
  { kind: 'shout' },
  { kind: 'hide', nodes: ['a'] },
  { kind: 'keep', nodes: 'a' },
  { kind: 'near', nodes: ['a'], steps: -1 },
  { kind: 'near', nodes: ['a'], steps: 1e9 },
  { kind: 'roots' },
  { kind: 'roots', steps: 1.5 },
  { kind: 'fold' },
  { kind: 'collapse', node: 3 },
])('does not take %j for an operation', (value) => {
  expect(v.safeParse(operation, value).success).toBe(false);
});
