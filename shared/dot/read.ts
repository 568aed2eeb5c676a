// Reads what `dot -Txdot` writes into a Scene.
import { isEmpty, union } from '../scene/bounds.ts';
import { boundsOfShapes } from '../scene/shapes.ts';
import { inLandscape } from '../scene/landscape.ts';
import type {
  Box,
  OutputOrder,
  Part,
  Scene,
  SceneCluster,
  SceneEdge,
  SceneNode,
  Shape,
} from '../scene/scene.ts';
import { readDrawing, type Flip } from './drawing.ts';
import { readEdgeParts } from './edge-parts.ts';
import { expandEscapes, type Substitutions } from './escape-string.ts';
import { linkedCellsInSvg, partsOfCells } from './linked-cells.ts';
import {
  attribute,
  GraphvizOutputError,
  inOrder,
  numbersIn,
  parseXdot,
  type Attributes,
  type XdotEdge,
  type XdotItem,
} from './xdot-graph.ts';

/** What xdot does not have. */
export interface Besides {
  /** The names of the nodes, in the order of the author's text. */
  order?: readonly string[];
  /** The same graph as SVG, for one with links in the cells of tables. */
  svg?: string | null;
}

/**
 * `xdot` is the output of `graphviz.layout(dot, 'xdot', engine)`.
 * @throws GraphvizOutputError that names the place where it is not what Graphviz writes.
 */
export function readXdot(xdot: string, { order, svg = null }: Besides = {}): Scene {
  const parsed = parseXdot(xdot);
  const graph = order ? inOrder(parsed, order) : parsed;
  const { directed, attributes } = graph;
  const bb = numbersIn(attributes, 'bb', 4);
  const flip: Flip = bb ? (y) => rounded(bb[1] + bb[3] - y) : (y) => -y;
  const cells = svg === null ? null : linkedCellsInSvg(svg);
  const surroundings: Surroundings = {
    graph: plainName(graph),
    flip,
    cellsIn: (key, shapes) => (cells ? partsOfCells(cells.get(key), shapes, flip) : []),
  };
  const clusters = graph.subgraphs.filter(isCluster).map((item) => readCluster(item, surroundings));
  const nodes = graph.nodes.map((item) => readNode(item, surroundings));
  const edges = graph.edges.map((item) => readEdge(item, surroundings, { directed, nodes }));
  const scene: Scene = {
    name: surroundings.graph,
    directed,
    outputOrder: outputOrder(attribute(attributes, 'outputorder')),
    bounds: bb ? (bb.slice(0, 4) as Box) : boundsOfAll([...clusters, ...nodes, ...edges]),
    ...readPage(attributes, surroundings),
    clusters,
    nodes,
    edges,
  };
  return isLandscape(attributes) ? inLandscape(scene) : scene;
}

/** To a hundredth of a point, as Graphviz writes: a difference has many more figures, which would cross all borders. */
const rounded = (value: number) => Math.round(100 * value) / 100;

/** What every item is read with. */
interface Surroundings {
  /** The name of the graph. */
  graph: string;
  flip: Flip;
  /** The cells with links in a `node`, an `edge` or a `cluster` and its name, which drew these shapes. */
  cellsIn(key: string, shapes: readonly Shape[]): Part[];
}

function outputOrder(written: string | null): OutputOrder {
  return written === 'nodesfirst' || written === 'edgesfirst' ? written : 'breadthfirst';
}

/** As Graphviz decides it: the first of the three that is there counts. */
function isLandscape(graph: Attributes): boolean {
  const rotate = attribute(graph, 'rotate');
  if (rotate !== null) return Number.parseInt(rotate) === 90;
  const orientation = attribute(graph, 'orientation');
  if (orientation !== null) return /^l/i.test(orientation);
  const landscape = attribute(graph, 'landscape') ?? '';
  return /^(true|yes)$/i.test(landscape) || Number.parseInt(landscape) > 0;
}

/** Only clusters are drawn; other subgraphs say things about their nodes. The graph's own drawing is not theirs. */
const isCluster = ({ attributes }: XdotItem) =>
  Object.hasOwn(attributes, '_draw_') || Object.hasOwn(attributes, '_ldraw_');

/** Graphviz calls what has no name `%1`. */
const plainName = ({ name }: XdotItem) => (/^%\d+$/.test(name) ? '' : name);

/** The page is white unless the author says otherwise. */
function readPage(graph: Attributes, { flip }: Surroundings): Pick<Scene, 'background' | 'shapes'> {
  const label = readDrawing(graph._ldraw_ ?? '', flip, 'the _ldraw_ of the graph');
  const bgcolor = attribute(graph, 'bgcolor');
  if (!bgcolor || bgcolor === 'transparent') return { background: null, shapes: label };
  const [page, ...rest] = readDrawing(graph._draw_ ?? '', flip, 'the _draw_ of the graph');
  if (page?.kind === 'polygon') return { background: page.fill, shapes: [...rest, ...label] };
  return { background: null, shapes: page ? [page, ...rest, ...label] : label };
}

function readCluster({ name, attributes }: XdotItem, { flip, cellsIn }: Surroundings): SceneCluster {
  const key = `cluster ${name}`;
  const { label, shapes } = readLayers(attributes, ['_draw_', '_ldraw_'], flip, key);
  return {
    name,
    label,
    // To a cluster, the graph is the cluster itself.
    ...readLinks(attributes, '', { G: name, L: label }),
    bounds: boundsOfShapes(shapes),
    shapes,
    ...partly(cellsIn(key, shapes)),
  };
}

function readNode({ name, attributes }: XdotItem, { graph, flip, cellsIn }: Surroundings): SceneNode {
  const key = `node ${name}`;
  const { label, shapes } = readLayers(attributes, ['_draw_', '_ldraw_'], flip, key);
  const bounds = union(boundsOfShapes(shapes), boxOfNode(attributes, flip));
  if (isEmpty(bounds)) throw new GraphvizOutputError(`Graphviz output: ${key} has no position`);
  return {
    name,
    label,
    ...readLinks(attributes, '', { G: graph, L: label, N: name }),
    bounds,
    shapes,
    ...partly(cellsIn(key, shapes)),
  };
}

/** Most items have no parts: they need not say so. */
const partly = (parts: Part[]) => (parts.length > 0 ? { parts } : {});

const layersOfEdges = ['_draw_', '_tdraw_', '_hdraw_', '_ldraw_', '_tldraw_', '_hldraw_'];

function readEdge(
  { tail, head, attributes }: XdotEdge,
  { graph, flip, cellsIn }: Surroundings,
  { directed, nodes }: { directed: boolean; nodes: SceneNode[] },
): SceneEdge {
  const [T, H] = [nodes[tail].name, nodes[head].name];
  const name = `${T}${directed ? '->' : '--'}${H}`;
  const key = `edge ${name}`;
  const { label, shapes, shapesIn } = readLayers(attributes, layersOfEdges, flip, key);
  const substitutions = { G: graph, E: name, L: label, T, H };
  const parts = [...cellsIn(key, shapes), ...readEdgeParts(attributes, substitutions, shapesIn)];
  const drawn = boundsOfShapes(shapes);
  // An invisible edge still lies somewhere: between its ends.
  const bounds = isEmpty(drawn) ? union(nodes[tail].bounds, nodes[head].bounds) : drawn;
  return {
    name,
    label,
    tail,
    head,
    ...readLinks(attributes, 'edge', substitutions),
    bounds,
    shapes,
    ...partly(parts),
  };
}

/** The shapes of an item from bottom to top, and the text of its own label. */
function readLayers(attributes: Attributes, layers: readonly string[], flip: Flip, of: string) {
  const drawings = layers.map((layer) => {
    const operations = Object.hasOwn(attributes, layer) ? attributes[layer] : undefined;
    const isRaw = of.startsWith('cluster ') || layer === '_tldraw_' || layer === '_hldraw_';
    return operations ? readDrawing(operations, flip, `the ${layer} of ${of}`, isRaw) : [];
  });
  const shapesIn = (layer: string) => drawings[layers.indexOf(layer)];
  return { label: textOf(shapesIn('_ldraw_')), shapes: drawings.flat(), shapesIn };
}

/** Runs on one baseline are one line; a gap between them (cells of a table) reads as a space. */
function textOf(shapes: Shape[]): string {
  let text = '';
  let last: { y: number; right: number } | null = null;
  for (const shape of shapes) {
    if (shape.kind !== 'text') continue;
    const left = shape.x - shape.width * { left: 0, center: 0.5, right: 1 }[shape.align];
    if (last) text += Math.abs(last.y - shape.y) > 0.5 ? '\n' : left - last.right > 1 ? ' ' : '';
    text += shape.text;
    last = { y: shape.y, right: left + shape.width };
  }
  return text;
}

/** Edges say `edgetooltip` and `edgeURL` as well as plain `tooltip`, `URL` and `href`. */
function readLinks(item: Attributes, prefix: string, substitutions: Substitutions) {
  const first = (...names: string[]) => {
    for (const name of names) {
      const text = attribute(item, name);
      if (text) return expandEscapes(text, substitutions);
    }
    return null;
  };
  return {
    tooltip: first(`${prefix}tooltip`, 'tooltip'),
    url: first(`${prefix}URL`, `${prefix}href`, 'URL', 'href') ?? placeOf(item),
  };
}

/** Some tools write where a node is from in an attribute of its own: `source="src/a.js:12"`, or `file` and `line`. */
function placeOf(item: Attributes): string | null {
  for (const name of ['source', 'location', 'loc', 'place', 'file', 'src']) {
    const text = attribute(item, name) ?? '';
    if (/\.\w+:\d+(?::\d+)?$/.test(text)) return text;
  }
  const [file, line] = [attribute(item, 'file'), attribute(item, 'line')];
  return file && line && /^\d+$/.test(line) ? `${file}:${line}` : null;
}

/** `pos` is the centre in points, `width` and `height` are inches. */
function boxOfNode(item: Attributes, flip: Flip): Box {
  const pos = numbersIn(item, 'pos', 2);
  if (!pos) return [Infinity, Infinity, -Infinity, -Infinity];
  const half = (name: string) => ((numbersIn(item, name, 1)?.[0] ?? 0) * 72) / 2;
  const [x, y, w, h] = [pos[0], flip(pos[1]), half('width'), half('height')];
  return [x - w, y - h, x + w, y + h];
}

function boundsOfAll(items: { bounds: Box }[]): Box {
  const box = items.reduce<Box>(
    (all, item) => union(all, item.bounds),
    [Infinity, Infinity, -Infinity, -Infinity],
  );
  return isEmpty(box) ? [0, 0, 0, 0] : box;
}
