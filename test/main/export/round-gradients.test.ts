// Radial gradients in svg are those of the window, whose places Graphviz's xdot has.
import { expect, it } from 'vitest';
import { withRoundGradients } from '../../../main/export/round-gradients.ts';
import { runGraphviz } from '../../../main/workers/graphviz.ts';
import { layOutScene } from '../../../main/workers/lay-out-scene.ts';

const valuesOf = (svg: string) =>
  [
    ...svg.matchAll(
      /<radialGradient[^>]* cx="([\d.-]+)" cy="([\d.-]+)" r="([\d.-]+)" fx="([\d.-]+)" fy="([\d.-]+)"/g,
    ),
  ].map(([, ...numbers]) => numbers.map(Number));

it.each([
  ['a circle', 'shape=circle'],
  ['a wide ellipse', 'width=3'],
  ['a box, from its side', 'shape=box width=2 gradientangle=45'],
  ['a rounded box', 'shape=box style="radial,rounded"'],
  ['a tall polygon', 'shape=hexagon height=2 gradientangle=200'],
])('%s', async (_, look) => {
  const dot = `graph { a [style=radial fillcolor="red:blue" label="" ${look}] }`;
  const { scene } = await layOutScene({ dot, engine: 'dot' });
  const { fill } = scene.nodes[0].shapes.find(
    (shape) => 'fill' in shape && typeof shape.fill === 'object',
  ) as {
    fill: { kind: string; at: number[] };
  };
  expect(fill.kind).toBe('radial');
  const [x0, y0, r0, x1, y1, r1] = fill.at;
  const { output } = await runGraphviz({ dot, engine: 'dot', format: 'svg' });
  const svg = withRoundGradients(output);
  const [[cx, cy, r, fx, fy]] = valuesOf(svg);
  // The scene has the drawing's upper left corner at 0, 0; SVG its lower left one.
  const down = scene.bounds[3];
  expect([cx, cy + down]).toEqual([expect.closeTo(x1, 1), expect.closeTo(y1, 1)]);
  expect(r).toBeCloseTo(r1, 1);
  // On the way from the focus to the middle the inner circle lies where the first stop is.
  const first = Number(/offset="([\d.]+)"/.exec(svg)![1]);
  expect(first * r).toBeCloseTo(r0, 0);
  expect(fx + first * (cx - fx)).toBeCloseTo(x0, 0);
  expect(fy + first * (cy - fy) + down).toBeCloseTo(y0, 0);
});

it('ends a colour where its author says', async () => {
  const dot = 'graph { a [style=radial fillcolor="red;0.4:white"]; b [style=radial fillcolor="red:white"] }';
  const [{ output: svg }, { output: xdot }] = [
    await runGraphviz({ dot, engine: 'dot', format: 'svg' }),
    await runGraphviz({ dot, engine: 'dot', format: 'xdot' }),
  ];
  const offsets = [...withRoundGradients(svg, xdot).matchAll(/offset="([\d.]+)"/g)].map(
    ([, offset]) => offset,
  );
  expect(offsets).toEqual(['0.550', '0.550', '0.250', '1.000']);
});

it('leaves all else as it is', async () => {
  const { output } = await runGraphviz({
    dot: 'graph { a [style=filled fillcolor="red:blue"] }',
    engine: 'dot',
    format: 'svg',
  });
  expect(withRoundGradients(output)).toBe(output);
});
