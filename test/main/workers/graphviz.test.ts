// What Graphviz says besides drawing.
import { expect, it } from 'vitest';
import { layOutScene } from '../../../main/workers/lay-out-scene.ts';
import { GraphvizError, runGraphviz } from '../../../main/workers/graphviz.ts';

const warningsOf = async (dot: string) =>
  (await runGraphviz({ dot, format: 'json', engine: 'dot' })).warnings;

it('reports every warning once, in the order in which they came', async () => {
  const dot = `digraph {
    a [shape=foo color=blurple]; b [label=<<table><tr><td>x</td></table>>]; c [label=<<b>>]; a:nope -> b; d [shape=foo]
  }`;
  expect(await warningsOf(dot)).toEqual([
    'Graphviz: using box for unknown shape foo',
    'The HTML label of node b is not well-formed (mismatched tag near "</td></table>"); its text is shown plainly',
    'The HTML label of node c is not well-formed (mismatched tag near "<b>"); its text is shown plainly',
    'Graphviz: node a, port nope unrecognized',
    'Graphviz: blurple is not a known color.',
  ]);
  expect(await warningsOf('digraph { a [fontname="No Such Font" label=é] }')).toEqual([]);
});

it('counts what is too much to be told', async () => {
  const nodes = Array.from({ length: 250 }, (_, i) => `n${i} [shape=s${i}]`).join(';');
  const warnings = await warningsOf(`graph { ${nodes} }`);
  expect(warnings).toHaveLength(101);
  expect(warnings.at(-1)).toBe('… and 150 more');
});

it('warns still after an error', async () => {
  await expect(warningsOf('graph { a -> b }')).rejects.toThrow(
    new GraphvizError("syntax error in line 1 near '->'"),
  );
  expect(await warningsOf('graph { a [shape=foo] }')).toEqual(['Graphviz: using box for unknown shape foo']);
});

it('leaves no node of sfdp on another, unless the graph says so', async () => {
  const edges = Array.from({ length: 300 }, (_, i) => `n${i + 1} -- n${(i * 7919) % (i + 1)}`).join(';');
  const overlapping = async (dot: string) => {
    const { output } = await runGraphviz({ dot, format: 'plain', engine: 'sfdp' });
    const boxes = [...output.matchAll(/^node \S+ (\S+) (\S+) (\S+) (\S+)/gm)].map((found) =>
      found.slice(1, 5).map(Number),
    );
    expect(boxes).toHaveLength(301);
    return boxes.filter(([x, y, width, height], i) =>
      boxes.some(
        ([x2, y2, width2, height2], j) =>
          i !== j &&
          Math.abs(x - x2) < (width + width2) / 2 - 0.01 &&
          Math.abs(y - y2) < (height + height2) / 2 - 0.01,
      ),
    ).length;
  };
  expect(await overlapping(`/* { */ strict graph "{" { ${edges} }`)).toBe(0);
  expect(await overlapping(`graph { overlap=true; ${edges} }`)).toBeGreaterThan(100);
});

it.each([
  ['<R&D dept>', 'R&D dept'],
  ['<one<br>two>', 'one\ntwo'],
  ['<<b>unclosed>', 'unclosed'],
  ['<<foo>bar</foo>>', 'bar'],
  ['<<table><tr><td>a</td></tr><tr><td>b &lt; c</table>>', 'a\nb < c'],
])('draws the text of a label that it cannot read, on nodes, edges and clusters: %s', async (html, text) => {
  const dot = `digraph { subgraph cluster_a { label=${html}; a [label=${html}] } a -> b [label=${html}] b [label=<<b>fine</b>>] }`;
  const { scene, warnings } = await layOutScene({ dot, engine: 'dot' });
  expect(
    [scene.clusters[0], scene.nodes[0], scene.edges[0], scene.nodes[1]].map(({ label }) => label),
  ).toEqual([text, text, text, 'fine']);
  expect(warnings).toHaveLength(3);
  for (const warning of warnings)
    expect(warning).toMatch(/^The HTML label of .* is not well-formed \(.+\); its text is shown plainly$/);
});

it.each(['sfdp', 'fdp', 'neato', 'circo', 'dot'] as const)(
  '%s gives a graph the same places each time, so that a file shows what its window does',
  async (engine) => {
    const edges = Array.from({ length: 60 }, (_, i) => `n${i} -- n${(i * 7) % 40}`).join(';');
    const asked = await runGraphviz({ dot: `graph { ${edges} }`, engine, format: 'plain' });
    const again = await runGraphviz({ dot: `graph { ${edges} }`, engine, format: 'plain' });
    expect(again.output).toBe(asked.output);
    const written = `graph { layout="${engine}"; ${edges} }`;
    const [first, second] = [
      await runGraphviz({ dot: written, engine: 'dot', format: 'plain' }),
      await runGraphviz({ dot: written, engine: 'dot', format: 'plain' }),
    ];
    expect(second.output).toBe(first.output);
  },
);
