// Graphviz's text, as cgraph writes it, read back.
import { describe, expect, it } from 'vitest';
import { layOutScene } from '../../../main/workers/lay-out-scene.ts';
import { nodeNames, runGraphviz } from '../../../main/workers/graphviz.ts';
import { inOrder, parseXdot, type XdotGraph } from '../../../shared/dot/xdot-graph.ts';

const parsed = async (dot: string) =>
  parseXdot((await runGraphviz({ dot, engine: 'dot', format: 'xdot' })).output);
const node = ({ nodes }: XdotGraph, name: string) => nodes.find((each) => each.name === name)!.attributes;

describe('an attribute', () => {
  it('is what its surroundings say unless the item says otherwise', async () => {
    const graph = await parsed(`digraph {
      node [tooltip=outer]; edge [color=red]
      a; a -> b
      subgraph cluster_one { tooltip=cluster; node [tooltip=inner]; c; d [tooltip=own]; e [tooltip=""]; c -> d }
    }`);
    const tooltips = ['a', 'c', 'd', 'e'].map((name) => node(graph, name).tooltip);
    expect(tooltips).toEqual(['outer', 'inner', 'own', '']);
    expect(graph.edges.map(({ attributes }) => attributes.color)).toEqual(['red', 'red']);
    expect(graph.subgraphs.map(({ name, attributes }) => [name, attributes.tooltip])).toEqual([
      ['cluster_one', 'cluster'],
    ]);
  });

  it.each([
    ['quotes', 'say \\"hello\\"', 'say "hello"'],
    ['backslashes', 'C:\\\\dir \\N', 'C:\\\\dir \\N'],
    ['a backslash at its end', 'C:\\\\', 'C:\\\\'],
    ['the end of a list', '], b [x=y]; }', '], b [x=y]; }'],
    ['more than a line', 'long '.repeat(100), 'long '.repeat(100)],
    ['letters of any kind', 'Zoë 数 😀', 'Zoë 数 😀'],
  ])('may have %s', async (_, written, meant) => {
    expect(node(await parsed(`digraph { a [tooltip="${written}"] }`), 'a').tooltip).toBe(meant);
  });

  it('may be a label of HTML, and be called as what every object has', async () => {
    const graph = await parsed('digraph { a [label=<<b>x &gt; y</b>> __proto__=odd constructor=odder] }');
    expect(node(graph, 'a')).toMatchObject({ label: '<b>x &gt; y</b>', constructor: 'odder' });
    expect(node(graph, 'a')['__proto__']).toBe('odd');
  });
});

it.each([
  ['quoted', '"a b" -> "-> c"', ['a b', '-> c']],
  ['words of DOT', '"node" -> "graph" -> "subgraph"', ['node', 'graph', 'subgraph']],
  ['numbers', '-1.5 -> .25', ['-1.5', '.25']],
  ['HTML', '<<i>one</i>> -> <two>', ['<i>one</i>', 'two']],
  ['with ports', 'a:n -> b:p:s', ['a', 'b']],
  ['not of our letters', 'Контра -> gråt', ['Контра', 'gråt']],
  ['quotes', '"say \\"x\\"" -> "\\\\"', ['say "x"', '\\\\']],
])('names may be %s', async (_, edges, names) => {
  const graph = await parsed(`digraph { ${edges} }`);
  expect(graph.nodes.map(({ name }) => name)).toEqual(names);
  const pairs = graph.edges.map(({ tail, head }) => [graph.nodes[tail].name, graph.nodes[head].name]);
  expect(pairs).toEqual(names.slice(1).map((name, i) => [names[i], name]));
});

it('of a hundred thousand subgraphs in each other ends no stack', () => {
  const depth = 100_000;
  const { subgraphs } = parseXdot(`graph {${'{'.repeat(depth)}${'}'.repeat(depth)}}`);
  expect(subgraphs).toHaveLength(depth);
});

it('has its nodes, and edges by their tails, as Graphviz draws them', async () => {
  const dot = 'digraph { late; a; b; subgraph cluster_x { b -> c; a -> b } a -> c; late -> a }';
  const graph = inOrder(await parsed(dot), await nodeNames(dot));
  expect(graph.nodes.map(({ name }) => name)).toEqual(['late', 'a', 'b', 'c']);
  const { scene } = await layOutScene({ dot, engine: 'dot' });
  const { output } = await runGraphviz({ dot, engine: 'dot', format: 'svg' });
  const drawn = (kind: string) =>
    [...output.matchAll(new RegExp(`class="${kind}">\\s*<title>([^<]*)`, 'g'))].map(([, title]) =>
      title.replace('&#45;&gt;', '->'),
    );
  expect(scene.nodes.map(({ name }) => name).sort()).toEqual(drawn('node').sort());
  expect(scene.edges.map(({ name }) => name).sort()).toEqual(drawn('edge').sort());
  expect(scene.edges.map(({ tail }) => tail)).toEqual([0, 1, 1, 2]);
});
