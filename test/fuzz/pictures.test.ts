// One random graph after the other in three ways, by pixels: the window, its svg and its png show the same. For longer:
// `FUZZ_SECONDS=3600 FUZZ_SEED=1000 npx vitest run test/fuzz/pictures.test.ts`. What differs is left in test-results/pictures.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Scene, Shape } from '../../shared/scene/scene.ts';
import { FakeHost } from '../renderer/fake-host.ts';
import { randomFrom } from '../renderer/random.ts';
import { differencesBetween } from '../renderer/compare-pictures.ts';
import { drawThreeWays, framesOf, paintedInstead, type ThreeWays } from '../renderer/three-ways.ts';
import { randomGraph } from './random-graph.ts';
import { seed } from './run-fuzzer.ts';

type Text = Extract<Shape, { kind: 'text' }>;
type Outline = Exclude<Shape, { kind: 'text' | 'image' }>;
type Line = Extract<Shape, { points: number[] }>;

const folder = resolve(import.meta.dirname, '../../test-results/pictures');
const seconds = Number(process.env.FUZZ_SECONDS ?? (process.env.OBJGRAPH_ALL ? 6 : 3));

let host: FakeHost;
beforeAll(async () => {
  host = await FakeHost.ofWorker();
});

/** For people, who want to see what differs. */
function leave(name: string, dot: string, { files }: ThreeWays): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, `${name}.dot`), dot);
  for (const [way, picture] of Object.entries(files))
    writeFileSync(join(folder, `${name}.${way}.png`), picture);
}

it(
  `window, svg and png are one picture, seeds from ${seed}`,
  { timeout: seconds * 1000 + 120_000 },
  async () => {
    const end = Date.now() + seconds * 1000;
    const different: unknown[] = [];
    let tried = 0;
    // A few in any case, however slow the machine is.
    for (let next = seed; Date.now() < end || tried < 5; next++) {
      tried++;
      const dot = randomGraph(randomFrom(next));
      const drawn = await drawThreeWays(host, dot).catch((error: unknown) => {
        different.push({ seed: next, error: String(error), dot });
        return null;
      });
      if (!drawn) continue;
      const { svg, png } = drawn.differences;
      if (svg.length + png.length === 0) continue;
      different.push({ seed: next, svg, png });
      leave(String(next), dot, drawn);
    }
    console.log(`${tried} random graphs drawn in three ways, ${different.length} of them differ`);
    expect(different).toEqual([]);
  },
);

describe('a fault of the window is noticed:', () => {
  const dot = `digraph { node [fontname=Helvetica];
    box [shape=box style=filled fillcolor="#336699" fontcolor=white label="some words"];
    bare [shape=box label="plain words"];
    table [shape=plain label=<<TABLE CELLBORDER="0"><TR><TD>one</TD></TR><HR/><TR><TD>two</TD></TR></TABLE>>];
    subgraph cluster_c { label="a cluster"; color=blue; bare }
    box -> bare [label="an edge"]; box -> table [style=dashed color=red]; box -> far [arrowhead=diamond] }`;
  const node = ({ nodes }: Scene, name: string) => nodes.find((each) => each.name === name)!;
  const edge = ({ edges }: Scene, name: string) => edges.find((each) => each.name === name)!;
  const outlineOf = (item: { shapes: Shape[] }) =>
    item.shapes.find((shape): shape is Outline => shape.kind !== 'text' && shape.kind !== 'image')!;
  const textOf = (item: { shapes: Shape[] }) =>
    item.shapes.find((shape): shape is Text => shape.kind === 'text')!;
  const without = (item: { shapes: Shape[] }, kind: Shape['kind']) =>
    (item.shapes = item.shapes.filter((shape) => shape.kind !== kind));

  const faults: Record<string, (scene: Scene) => void> = {
    'a fill that is missing': (scene) => (outlineOf(node(scene, 'box')).fill = null),
    'another colour': (scene) => (outlineOf(node(scene, 'box')).fill = '#996633'),
    'an outline that is missing': (scene) => (outlineOf(node(scene, 'bare')).stroke = null),
    'an outline of a cluster that is missing': (scene) => without(scene.clusters[0], 'polygon'),
    'an edge that is missing': (scene) => without(edge(scene, 'box->bare'), 'bezier'),
    'an arrowhead that is missing': (scene) => without(edge(scene, 'box->far'), 'polygon'),
    'dashes that are missing': (scene) => (outlineOf(edge(scene, 'box->table')).stroke!.dash = null),
    'a text that is missing': (scene) => without(node(scene, 'bare'), 'text'),
    'a text that is bold': (scene) => (textOf(node(scene, 'bare')).font.bold = true),
    'a text that is too short': (scene) => (textOf(node(scene, 'bare')).width /= 2),
    'another text': (scene) => (textOf(edge(scene, 'box->bare')).text = 'x'),
    'a rule that is missing': (scene) => node(scene, 'table').shapes.splice(1, 1),
    'a node that is elsewhere': (scene) => {
      const { points } = outlineOf(node(scene, 'bare')) as Line;
      for (let i = 0; i < points.length; i += 2) points[i] += 4;
    },
  };

  let drawn: ThreeWays;
  beforeAll(async () => {
    drawn = await drawThreeWays(host, dot);
  });

  it('there is none', () => expect(drawn.differences).toEqual({ svg: [], png: [] }));

  it.each(Object.keys(faults))('%s', async (fault) => {
    const scene = structuredClone(drawn.scene);
    faults[fault](scene);
    const window = await paintedInstead(host, scene);
    const { svg, png } = framesOf(drawn);
    const found = [svg, png].map((file) => differencesBetween(drawn.scene, window, file).length);
    expect(Math.min(...found)).toBeGreaterThan(0);
  });
});
