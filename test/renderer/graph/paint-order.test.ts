// The order in which the window paints, against that in which Graphviz writes its SVG.
import { expect, it } from 'vitest';
import { decodeEntities } from '../../../shared/dot/escape-string.ts';
import { runGraphviz } from '../../../main/workers/graphviz.ts';
import { layOutScene } from '../../../main/workers/lay-out-scene.ts';
import { Drawing } from '../../../renderer/graph/drawing.ts';
import { randomFrom } from '../random.ts';

function randomGraph(next: () => number, outputOrder: string): string {
  const count = 2 + Math.floor(next() * 8);
  const node = () => `n${Math.floor(next() * count)}`;
  const statements = Array.from({ length: 3 * count }, () => {
    const statement = `${node()} -> ${node()}`;
    return next() < 0.2 ? node() : statement;
  });
  return `strict digraph { outputorder=${outputOrder}; ${statements.join('; ')} }`;
}

async function orders(dot: string) {
  const { output } = await runGraphviz({ dot, engine: 'dot', format: 'svg' });
  const inSvg = [...output.matchAll(/class="(?:node|edge)">\s*<title>([^<]*)/g)].map(([, title]) =>
    decodeEntities(title),
  );
  const { scene } = await layOutScene({ dot, engine: 'dot' });
  const { nodes, edges } = scene;
  const painted = new Drawing(scene)
    .inPaintOrder([...nodes.keys()], [...edges.keys()])
    .map((i) =>
      i < nodes.length
        ? nodes[i].name
        : `${nodes[edges[i - nodes.length].tail].name}->${nodes[edges[i - nodes.length].head].name}`,
    );
  return { inSvg, painted };
}

it.each(['breadthfirst', 'nodesfirst', 'edgesfirst'])('is that of the svg where it is %s', async (order) => {
  for (let seed = 0; seed < 30; seed++) {
    const dot = randomGraph(randomFrom(seed), order);
    const { inSvg, painted } = await orders(dot);
    expect(painted, dot).toEqual(inSvg);
  }
});
