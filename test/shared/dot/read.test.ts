// Real output of the Graphviz that ships with objgraph, read back.
import { Graphviz } from '@hpcc-js/wasm-graphviz';
import { beforeAll, describe, expect, it } from 'vitest';
import { runGraphviz } from '../../../main/workers/graphviz.ts';
import { readDrawing } from '../../../shared/dot/drawing.ts';
import { readXdot } from '../../../shared/dot/read.ts';
import type { Scene, Shape } from '../../../shared/scene/scene.ts';

let graphviz: Graphviz;
beforeAll(async () => {
  graphviz = await Graphviz.load();
});

const outputOf = (dot: string, engine = 'dot') => graphviz.layout(dot, 'xdot' as 'dot', engine as 'dot');
const read = (dot: string, engine?: string): Scene => readXdot(outputOf(dot, engine));
const node = (scene: Scene, name: string) => scene.nodes.find((one) => one.name === name)!;
const kinds = (shapes: Shape[]) => shapes.map((shape) => shape.kind);
const only = <K extends Shape['kind']>(shapes: Shape[], kind: K) =>
  shapes.filter((shape): shape is Shape & { kind: K } => shape.kind === kind);

describe('a graph', () => {
  it('has the nodes and edges of the file, by name', () => {
    const scene = read('digraph holders { a -> b [label=x]; b -> b }');
    expect(scene.name).toBe('holders');
    expect(scene.directed).toBe(true);
    expect(scene.nodes.map(({ name, label }) => [name, label])).toEqual([
      ['a', 'a'],
      ['b', 'b'],
    ]);
    expect(scene.edges.map(({ name, label, tail, head }) => [name, label, tail, head])).toEqual([
      ['a->b', 'x', 0, 1],
      ['b->b', '', 1, 1],
    ]);
  });

  it('grows downwards: the source of an edge is above its destination', () => {
    const scene = read('digraph { a -> b }');
    expect(node(scene, 'a').bounds[3]).toBeLessThan(node(scene, 'b').bounds[1]);
    expect(scene.bounds).toEqual([0, 0, 54, 108]);
  });

  it('may be undirected, nameless and empty', () => {
    const empty = read('graph { }');
    expect(empty).toMatchObject({
      name: '',
      directed: false,
      nodes: [],
      edges: [],
      clusters: [],
      background: null,
    });
    expect(read('graph { a -- b }').edges[0].name).toBe('a--b');
  });

  it.each(['dot', 'neato', 'fdp', 'sfdp', 'twopi', 'circo', 'osage', 'patchwork'])(
    'is laid out by %s',
    (engine) => {
      const scene = read('digraph { a -> b -> c; a -> c }', engine);
      expect(scene.nodes).toHaveLength(3);
      expect(scene.nodes.every(({ bounds }) => bounds.every(Number.isFinite))).toBe(true);
    },
  );

  it('has plain paper unless its author chose a colour', () => {
    expect(read('digraph { a }')).toMatchObject({ background: null, shapes: [] });
    expect(read('digraph { bgcolor=transparent; a }').background).toBeNull();
    expect(read('digraph { bgcolor=lightblue; a }')).toMatchObject({ background: '#add8e6', shapes: [] });
  });

  it('may have a gradient for its page, and a title', () => {
    const { background, shapes } = read('digraph { bgcolor="red:blue"; label=Title; a }');
    expect(kinds(shapes)).toEqual(['text']);
    expect(background).toMatchObject({
      kind: 'linear',
      stops: [{ color: '#ff0000' }, { color: '#0000ff' }],
    });
  });

  it('says when its edges belong below its nodes', () => {
    for (const order of ['edgesfirst', 'nodesfirst', 'breadthfirst'])
      expect(read(`digraph { outputorder=${order}; a -> b }`).outputOrder).toBe(order);
    expect(read('digraph { a -> b }').outputOrder).toBe('breadthfirst');
  });

  it('keeps clusters and forgets subgraphs that draw nothing', () => {
    const scene = read(
      'digraph { subgraph cluster_one { label=One; a; subgraph cluster_two { label=Two; b } } {rank=same; c; d} }',
    );
    expect(scene.clusters.map(({ name, label }) => [name, label])).toEqual([
      ['cluster_one', 'One'],
      ['cluster_two', 'Two'],
    ]);
    expect(scene.nodes).toHaveLength(4);
    const [one, two] = scene.clusters;
    expect(one.bounds[0]).toBeLessThan(two.bounds[0]);
    expect(one.bounds[3]).toBeGreaterThan(two.bounds[3]);
  });
});

describe('styles', () => {
  const shapesOf = (attributes: string) => read(`digraph { a [${attributes}] }`).nodes[0].shapes;
  const strokeOf = (attributes: string) => only(shapesOf(attributes), 'ellipse')[0].stroke;

  it.each([
    ['', { color: '#000000', width: 1, dash: null }],
    ['style=dashed', { color: '#000000', width: 1, dash: [5, 2] }],
    ['style=dotted', { color: '#000000', width: 1, dash: [1, 5] }],
    ['style=bold', { color: '#000000', width: 2, dash: null }],
    ['style="setlinewidth(3)"', { color: '#000000', width: 3, dash: null }],
    ['penwidth=0.5 color=red', { color: '#ff0000', width: 0.5, dash: null }],
    ['color="#ff000080"', { color: '#ff000080', width: 1, dash: null }],
    ['color="0.3,1,1"', { color: '#33ff00', width: 1, dash: null }],
    ['color="/accent8/1"', { color: '#7fc97f', width: 1, dash: null }],
  ])('of a pen: [%s]', (attributes, stroke) => expect(strokeOf(attributes)).toEqual(stroke));

  it('of a transparent pen and an empty fill: nothing', () => {
    expect(strokeOf('color=transparent style=filled fillcolor=red')).toBeNull();
    expect(only(shapesOf('style=filled fillcolor=transparent'), 'ellipse')[0].fill).toBeNull();
  });

  it('leave an invisible node its place and nothing to see', () => {
    const { nodes } = read('digraph { a [style=invis] }');
    expect(nodes[0]).toMatchObject({ shapes: [], bounds: [0, 0, 54, 36] });
  });

  it('leave an invisible edge nothing to see', () => {
    expect(read('digraph { a -> b [style=invis] }').edges[0].shapes).toEqual([]);
  });

  it('fill with gradients, linear and radial, turned over with the picture', () => {
    const [linear] = only(
      shapesOf('shape=box style=filled fillcolor="red:blue" gradientangle=90'),
      'polygon',
    );
    expect(linear.fill).toMatchObject({
      kind: 'linear',
      stops: [
        { offset: 0, color: '#ff0000' },
        { offset: 1, color: '#0000ff' },
      ],
    });
    // 90° runs upwards: red starts at the foot.
    const { at } = linear.fill as { at: number[] };
    expect(at[1]).toBeGreaterThan(at[3]);
    const [radial] = only(shapesOf('style=radial fillcolor="yellow:green"'), 'ellipse');
    expect(radial.fill).toMatchObject({ kind: 'radial' });
    expect((radial.fill as { at: number[] }).at).toHaveLength(6);
  });

  it('round corners into a closed curve', () => {
    const [outline] = shapesOf('shape=box style="rounded,filled" fillcolor=pink');
    expect(outline).toMatchObject({ kind: 'bezier', fill: '#ffc0cb' });
  });

  it('wedge and stripe', () => {
    const filled = (attributes: string) =>
      shapesOf(attributes).flatMap((shape) => ('fill' in shape && shape.fill ? [shape.fill] : []));
    expect(filled('shape=circle style=wedged fillcolor="red;0.3:blue"')).toEqual(['#ff0000', '#0000ff']);
    expect(filled('shape=box style=striped fillcolor="red;0.3:blue"')).toEqual(['#ff0000', '#0000ff']);
  });

  it('draw an edge as a curve and the head in its colour', () => {
    const { shapes } = read('digraph { a -> b [color=red] }').edges[0];
    expect(shapes).toMatchObject([
      { kind: 'bezier', fill: null, stroke: { color: '#ff0000' } },
      { kind: 'polygon', fill: '#ff0000' },
    ]);
    const [curve] = only(shapes, 'bezier');
    expect((curve.points.length / 2) % 3).toBe(1);
  });

  it('draw parallel colours, heads and tails of an edge', () => {
    const { shapes } = read('digraph { a -> b [color="red:blue" dir=both arrowtail=odot] }').edges[0];
    expect(only(shapes, 'bezier').map(({ stroke }) => stroke!.color)).toEqual(['#ff0000', '#0000ff']);
    expect(only(shapes, 'ellipse')).toHaveLength(1);
  });
});

describe('text', () => {
  const textOf = (dot: string) => only(read(`digraph { ${dot} }`).nodes[0].shapes, 'text');

  it('keeps its lines, their alignment and width', () => {
    expect(textOf('a [label="left\\lmiddle\\nright\\r"]').map(({ text, align }) => [text, align])).toEqual([
      ['left', 'left'],
      ['middle', 'center'],
      ['right', 'right'],
    ]);
    expect(textOf('a [label=WWWW]')[0].width).toBeGreaterThan(textOf('a [label=iiii]')[0].width * 2);
  });

  it('has a family, a size and a style', () => {
    const fontOf = (fontname: string) => textOf(`a [fontname="${fontname}" fontsize=20]`)[0].font;
    expect(fontOf('Times-Roman')).toMatchObject({ family: 'Times', size: 20, bold: false, italic: false });
    expect(fontOf('Helvetica-BoldOblique')).toMatchObject({ family: 'Helvetica', bold: true, italic: true });
    expect(fontOf('Courier New Bold')).toMatchObject({ family: 'Courier New', bold: true, italic: false });
    expect(fontOf('Arial,sans-Serif')).toMatchObject({ family: 'Arial' });
  });

  it('of HTML labels has runs, read as one line', () => {
    const scene = read('digraph { a [label=<<B>b</B><I>i</I> <U>u</U><S>s</S>x<SUP>2</SUP>y<SUB>1</SUB>>] }');
    const fonts = Object.fromEntries(
      only(scene.nodes[0].shapes, 'text').map(({ text, font }) => [text, font]),
    );
    expect(fonts.b).toMatchObject({ bold: true, italic: false });
    expect(fonts.i).toMatchObject({ bold: false, italic: true });
    expect(fonts.u.underline).toBe(true);
    expect(fonts.s).toMatchObject({ strike: true, underline: false });
    expect([fonts['2'].script, fonts['1'].script, fonts.x.script]).toEqual(['super', 'sub', null]);
    expect(scene.nodes[0].label).toBe('bi usx2y1');
  });

  it('of a table is read row by row', () => {
    const table = '<<TABLE><TR><TD>one</TD><TD>two</TD></TR><TR><TD>three</TD></TR></TABLE>>';
    expect(read(`digraph { a [shape=plain label=${table}] }`).nodes[0].label).toBe('one two\nthree');
  });

  it('of an edge includes what stands at its ends, but its label is its own', () => {
    const [edge] = read('digraph { a -> b [label=own headlabel=head taillabel=tail] }').edges;
    expect(edge.label).toBe('own');
    expect(only(edge.shapes, 'text').map(({ text }) => text)).toEqual(['own', 'tail', 'head']);
  });

  it('is any Unicode', () => {
    expect(textOf('a [label="Zoë 数 &eacute;"]')[0].text).toBe('Zoë 数 é');
  });
});

describe('tooltips and links', () => {
  it('have their escapes replaced', () => {
    const scene = read(
      'digraph G { a [tooltip="\\\\N is \\N\\nof \\G &lt;b&gt;" URL="http://x/\\N?a&amp;b"] }',
    );
    expect(scene.nodes[0]).toMatchObject({ tooltip: '\\N is a\nof G <b>', url: 'http://x/a?a&b' });
  });

  it('of edges know both ends', () => {
    const [edge] = read(
      'digraph { a -> b [edgetooltip="\\T to \\H: \\E" edgeURL="http://e" tooltip=other] }',
    ).edges;
    expect(edge).toMatchObject({ tooltip: 'a to b: a->b', url: 'http://e' });
  });

  it.each([
    ['source="src/a.js:12"', 'src/a.js:12'],
    ['location="/app/a.ts:12:5"', '/app/a.ts:12:5'],
    ['file="a.c" line=7', 'a.c:7'],
    ['source="src/a.js:12" URL="http://x"', 'http://x'],
    ['source="registry:2"', null],
    ['file="a.c"', null],
  ])('are read of a place in an attribute: %s', (attributes, url) => {
    expect(read(`digraph { a [${attributes}] }`).nodes[0].url).toBe(url);
  });

  it('are null when there are none', () => {
    expect(read('digraph { a }').nodes[0]).toMatchObject({ tooltip: null, url: null });
  });
});

it('keeps what the ends and the label of an edge say apart from the edge', () => {
  const { edges } = read(`digraph {
    a -> b [edgetooltip=whole headtooltip="into \\H" tailURL="http://tail" tail_lp="" taillabel=t label=l labelhref="http://label/\\L"]
    a -> c [tooltip=plain]
  }`);
  const [edge, plain] = edges;
  expect(edge).toMatchObject({ tooltip: 'whole', url: null });
  expect(edge.parts!.map(({ tooltip, url }) => [tooltip, url])).toEqual([
    ['into b', null],
    [null, 'http://tail'],
    [null, 'http://label/l'],
  ]);
  const [head, tail] = edge.parts!.map(({ bounds }) => (bounds[1] + bounds[3]) / 2);
  expect(head).toBeGreaterThan(tail);
  expect(plain).toMatchObject({ tooltip: 'plain' });
  expect(plain.parts).toBeUndefined();
});

describe('images', () => {
  it('stand where Graphviz left room for them', () => {
    const dot = 'digraph { a [image="face.png" shape=none label=""] }';
    const options = { images: [{ path: 'face.png', width: '72px', height: '72px' }] };
    const scene = readXdot(graphviz.layout(dot, 'xdot' as 'dot', 'dot', options));
    // 72 pixels, 96 of which are an inch.
    expect(only(scene.nodes[0].shapes, 'image')).toMatchObject([{ href: 'face.png', width: 54 }]);
  });
});

describe('what Graphviz does not write', () => {
  it.each<[string, (output: string) => string, string]>([
    ['no graph', () => '{"name":"G"}', 'line 1 should have a name, not "{\\"name\\":\\"G\\"}"'],
    ['an end that is missing', (o) => o.replace(/\}\s*$/, ''), 'should have a name, not its end'],
    ['a string without an end', (o) => o.slice(0, o.lastIndexOf('"')), 'should have the end of a string'],
    [
      'an operation without numbers',
      (o) => o.replace(/ e (\S+) (\S+) \S+ \S+ "/, ' e $1 $2 "'),
      'the _draw_ of node a should have a number at character',
    ],
    [
      'more points than there are',
      (o) => o.replace(' B 4 ', ' B 4000000000 '),
      'the _draw_ of edge a->b should have how many follow at character 25, not "4000000000"',
    ],
    [
      'a text that is not there',
      (o) => o.replace('7 -#000000', '7 #000000'),
      'the _draw_ of node a should have a text after its length at character',
    ],
    ['an edge to nowhere', (o) => o.replace('a -> b', 'a -> c'), 'an edge to no node: c'],
    ['a node without a place', (o) => o.replace(/\ta\t\[[^\]]*\]/, '\ta'), 'node a has no position'],
  ])('is refused with its place: %s', (_, change, message) => {
    const output = outputOf('digraph { a -> b }');
    expect(change(output)).not.toBe(output);
    expect(() => readXdot(change(output))).toThrow(message);
  });

  it('are left out where Graphviz places them nowhere', () => {
    const scene = read('graph { a [shape=cylinder style=diagonals]; b [shape=cylinder] }');
    const [a, b] = scene.nodes;
    expect(a.bounds[2] - a.bounds[0]).toBeCloseTo(b.bounds[2] - b.bounds[0], 0);
    expect(new Set(kinds(a.shapes))).toEqual(new Set(['polygon', 'polyline', 'text']));
    // What JSON makes of a NaN.
    expect(JSON.stringify(scene)).not.toMatch(/"points":\[[^\]]*null/);
    expect(readDrawing('L 2 0 0 -nan nan e inf 1 2 3 L 2 1 1 2 2 ', (y) => y, 'a')).toMatchObject([
      { kind: 'polyline', points: [1, 1, 2, 2] },
    ]);
    expect(() => readDrawing('L 2 0 0 1 x', (y) => y, 'a')).toThrow('should have a number');
  });

  it('may be an operation of a later version: it is passed over', () => {
    const output = outputOf('digraph { a }').replace(' e ', ' Z 1 2 3 e ');
    expect(readXdot(output).nodes[0].shapes).toHaveLength(2);
  });
});

describe('backslashes before quotes', () => {
  const label = String.raw`name=\\\"foo\\\" C:\\\\dir \"plain\"`;
  const meant = String.raw`name=\"foo\" C:\\dir "plain"`;

  it.each([
    ['a node', `digraph { a [label="${label}"] }`],
    ['the graph', `digraph { label="${label}"; a }`],
    ['a cluster', `digraph { subgraph cluster_a { label="${label}\\l next"; a } }`],
    ['an edge', `digraph { a -> b [label="${label}"] }`],
    ['the head of an edge', `digraph { a -> b [headlabel="${label}"] }`],
    ['the tail of an edge', `digraph { a -> b [taillabel="${label}"] }`],
    ['beside a node', `digraph { a [xlabel="${label}"] }`],
  ])('are those of the author in the label of %s', async (_, dot) => {
    const { output } = await runGraphviz({ dot, engine: 'dot', format: 'xdot' });
    const scene = readXdot(output);
    const shapes = [scene, ...scene.clusters, ...scene.nodes, ...scene.edges].flatMap((item) => item.shapes);
    const texts = shapes.map((shape) => (shape.kind === 'text' ? shape.text : ''));
    expect(texts.filter((text) => text.startsWith('name'))).toEqual([meant]);
  });
});

it('reads what lies over a text', async () => {
  const { output } = await runGraphviz({
    dot: 'graph { a [label=<<o>x</o>>] }',
    engine: 'dot',
    format: 'xdot',
  });
  const [text] = readXdot(output).nodes[0].shapes.filter((shape) => shape.kind === 'text');
  expect(text.font).toMatchObject({ overline: true, underline: false });
});
