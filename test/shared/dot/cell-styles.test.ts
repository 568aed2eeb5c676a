// Dashed and dotted frames of HTML tables, of which Graphviz's xdot writer does not write the end.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { layOutScene } from '../../../main/workers/lay-out-scene.ts';
import { runGraphviz } from '../../../main/workers/graphviz.ts';
import { withoutCellStyles } from '../../../shared/dot/cell-styles.ts';
import type { Shape } from '../../../shared/scene/scene.ts';

const fixture = (name: string) =>
  readFileSync(join(import.meta.dirname, `../../fixtures/dot/tools/${name}.dot`), 'utf8');

/** The dashes of the lines of each node, edge and cluster. */
async function dashesOf(dot: string) {
  const { scene } = await layOutScene({ dot, engine: 'dot' });
  const dashes = (shapes: Shape[]) =>
    shapes.flatMap((shape) =>
      'stroke' in shape && shape.stroke ? [shape.stroke.dash?.join(',') ?? 'solid'] : [],
    );
  return [...scene.clusters, ...scene.nodes, ...scene.edges].map(({ shapes }) => dashes(shapes));
}

describe('a frame that is dashed or dotted', () => {
  it.each([
    ['a cell', fixture('dashcell'), [['solid', '5,2', 'solid']]],
    ['a table and its cells', fixture('dashcell2'), [['1,5', '5,2', '1,5'], ['solid'], ['solid', 'solid']]],
    [
      'round',
      'graph { a [shape=plain label=<<table style="rounded,dashed" cellborder="0"><tr><td>x</td></tr></table>>] }',
      [['5,2']],
    ],
    [
      'one side',
      "graph { a [shape=plain label=<<table border='0'><tr><td border='1' sides='T' style='dotted'>x</td></tr></table>>] }",
      [['1,5']],
    ],
    [
      'in an edge and a cluster',
      `digraph { subgraph cluster_a { label=<<table border="0"><tr><td border="1" style="dashed">c</td></tr></table>>; a }
        a -> b [label=<<table border="0"><tr><td border="1" style="dotted">e</td></tr></table>>] }`,
      [['solid', '5,2'], ['solid'], ['solid'], ['solid', 'solid', '1,5']],
    ],
  ])('is drawn so: %s', async (_, dot, expected) => {
    expect(await dashesOf(dot)).toEqual(expected);
  });

  it('costs no more than another: 400 of them', async () => {
    const cells = Array.from({ length: 400 }, (_, i) => `<tr><td style="dotted">${i}</td></tr>`).join('');
    const dot = `graph { a [shape=plain label=<<table>${cells}</table>>] }`;
    const { output } = await runGraphviz({ dot, engine: 'dot', format: 'xdot' });
    expect(output.match(/-dotted /g)).toHaveLength(400);
    // It was 22 MB of the memory of Graphviz.
    expect(output.length).toBeLessThan(200_000);
  });
});

it('keeps the label of its author in xdot', async () => {
  const dot = fixture('dashcell2');
  const { output } = await runGraphviz({ dot, engine: 'dot', format: 'xdot' });
  expect(output).toContain(/label=<(<TABLE.*<.TABLE>)>/.exec(dot)![1]);
});

it.each([
  'graph { a [style=dashed label="<td style=dashed>"] }',
  'graph { a [label=<<table style="rounded"><tr><td>dashed</td></tr></table>>] }',
  'graph { a [label=<dotted>] }',
])('leaves alone what has no such frame: %s', (dot) => {
  expect(withoutCellStyles(dot)).toBeNull();
});

it('leaves the other styles of a frame', () => {
  const dot = (style: string) => `graph { a [label=<<table ${style}><tr><td>x</td></tr></table>>] }`;
  expect(withoutCellStyles(dot('style="Dashed, rounded"'))?.dot).toBe(dot('style="rounded"'));
  expect(withoutCellStyles(dot("color='red' style='dotted'"))?.dot).toBe(dot("color='red'"));
});
