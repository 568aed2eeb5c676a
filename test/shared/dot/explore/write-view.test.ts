// The DOT of what is shown, judged by Graphviz: what is written must say what the author's text said.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Graphviz } from '@hpcc-js/wasm-graphviz';
import { beforeAll, describe, expect, it } from 'vitest';
import { readDocument } from '../../../../main/documents/formats.ts';
import { graphsIn } from '../../../../main/documents/graphs.ts';
import { explore } from '../../../../shared/dot/explore/explore.ts';
import type { Operation } from '../../../../shared/dot/explore/operation.ts';
import { structureOf } from '../../../../shared/dot/explore/structure.ts';
import { writeView } from '../../../../shared/dot/explore/write-view.ts';
import { readStatements } from '../../../../shared/dot/statements.ts';

let graphviz: Graphviz;
beforeAll(async () => void (graphviz = await Graphviz.load()));

function write(dot: string, ...operations: Operation[]): string {
  const text = readStatements(dot);
  const structure = structureOf(text);
  return writeView(text, structure, explore(structure, operations));
}

/** What stands between the braces, in one line. */
const inside = (dot: string, ...operations: Operation[]) =>
  write(dot, ...operations)
    .replace(/\s+/g, ' ')
    .replace(/^[^{]*\{ ?(.*?) ?\} $/, '$1');

const folder = join(import.meta.dirname, '../../../fixtures/dot');
const drawable = readdirSync(folder).filter(
  (name) =>
    name.endsWith('.dot') &&
    !/^(binary|no-graph|nothing|wrong-edge)\.|^unterminated|^second-broken/.test(name),
);

describe('of a graph of which nothing is hidden', () => {
  it.each(drawable)('%s is the same picture to the last attribute', (name) => {
    const [{ dot }] = graphsIn(readDocument(readFileSync(join(folder, name)), name).dot);
    const layOut = (text: string) => graphviz.layout(text, 'json', 'dot');
    expect(layOut(write(dot))).toBe(layOut(dot));
  });
});

describe('of a part', () => {
  const hide = (...nodes: string[]): Operation => ({ kind: 'hide', nodes, clusters: [] });

  it.each([
    ['a chain, cut', 'digraph { a -> b -> c [color=red] }', ['b'], 'a; c;'],
    ['a chain, shortened', 'digraph { a -> b -> c -> d [x=y] }', ['a'], 'b -> c [x=y]; c -> d [x=y];'],
    ['a group', 'graph { a -- {b c} [x=y] }', ['b'], '{ c; }; a -- c [x=y];'],
    ['ports and strings', 'digraph { a:p:n -> "b c":"q" -> x }', ['x'], 'a:p:n -> "b c":"q";'],
    ['defaults', 'digraph { node [] a; edge [x=<<b>y</b>>] b }', ['a'], 'node []; edge [x=<<b>y</b>>]; b;'],
    ['an attribute of its own', 'digraph { a b [x=1] a [x=2] a -> b }', ['b'], 'a; a [x=2];'],
    ['a cluster that is empty then', 'digraph { subgraph cluster_a { x } b }', ['x'], 'b;'],
  ])('%s', (_what, dot, nodes, written) => {
    expect(inside(dot, hide(...nodes))).toBe(written);
  });

  const parts = `digraph { node [shape=box]; in -> a [lhead=cluster_p];
    subgraph cluster_p { label="Part \\"P\\""; a -> b } b:e -> out; a -> out [color=red]; { rank=same; b; z } }`;

  it('draws a cluster as one node, with an edge for all that were parallel', () => {
    const dot = write(parts, { kind: 'fold', cluster: 'cluster_p' });
    const json = JSON.parse(graphviz.layout(dot, 'json', 'dot')) as {
      objects: { name: string; label?: string; shape?: string }[];
      edges: unknown[];
    };
    const nodes = json.objects.filter(({ label }) => label);
    expect(nodes.map(({ name }) => name)).toEqual(['in', 'cluster_p', 'out', 'z']);
    expect(nodes[1]).toMatchObject({ label: 'Part "P"\\n2 nodes', shape: 'folder' });
    expect(json.edges).toHaveLength(2);
    expect(dot).toContain('in -> "cluster_p";');
    expect(dot).toContain('"cluster_p" -> out;');
  });

  it('leaves edges between nodes that are shown as they are', () => {
    const dot = 'digraph { a -> b [lhead=cluster_p, label=x]; a -> b; c; subgraph cluster_p { b } }';
    expect(inside(dot, hide('c'))).toBe(
      'a -> b [lhead=cluster_p, label=x]; a -> b; subgraph cluster_p { b; };',
    );
  });

  it('says the same when it is read and written once more', () => {
    const once = write(parts, { kind: 'fold', cluster: 'cluster_p' });
    expect(write(once)).toBe(once);
  });
});
