// Reads what `dot -Tjson` writes (https://graphviz.org/docs/outputs/json/) into a Scene. Objects are the subgraphs
// and then the nodes; edges name their ends by `_gvid`.
import { boundsOfShapes, isEmpty, union } from '../scene/bounds.ts';
import { inLandscape } from '../scene/landscape.ts';
import type { Box, Part, Scene, SceneCluster, SceneEdge, SceneNode, Shape } from '../scene/scene.ts';
import { readDrawing, type Flip } from './drawing.ts';
import { imagesInSvg } from './placed-images.ts';
import { readEdgeParts } from './edge-parts.ts';
import { expandEscapes, type Substitutions } from './escape-string.ts';
import { linkedCellsInSvg, partsOfCells } from './linked-cells.ts';
import {
  attribute,
  GraphvizOutputError,
  list,
  number,
  numbersIn,
  object,
  string,
  type Json,
} from './json.ts';

/**
 * `json` is the parsed output of `graphviz.layout(dot, 'json', engine)`; `svg` that of the same graph as SVG, for a graph with
 * images or with links in the cells of tables, of which the JSON says nothing.
 * @throws GraphvizOutputError that names the place where it is not what Graphviz writes.
 */
export function readGraphvizJson(json: unknown, svg: string | null = null): Scene {
  const graph = object(json, 'the whole');
  const directed = graph.directed === true;
  const bb = numbersIn(graph, 'bb', 4);
  const flip: Flip = bb ? (y) => bb[1] + bb[3] - y : (y) => -y;
  const surroundings = { graph: plainName(graph), flip, ...inSvg(svg, flip) };

  const objects = list(graph.objects, 'objects').map((item, i) => object(item, `objects[${i}]`));
  const clusters: SceneCluster[] = [];
  const nodes: SceneNode[] = [];
  const indexOfNode = new Map<number, number>();
  objects.forEach((item, i) => {
    const at = `objects[${i}]`;
    if (isSubgraph(item, i, graph)) {
      if (isCluster(item)) clusters.push(readCluster(item, at, surroundings));
    } else {
      indexOfNode.set(number(item._gvid, `${at}._gvid`), nodes.length);
      nodes.push(readNode(item, at, surroundings));
    }
  });
  const ends = { directed, nodes, indexOfNode };
  const edges = list(graph.edges, 'edges').map((item, i) => {
    const at = `edges[${i}]`;
    return readEdge(object(item, at), at, surroundings, ends);
  });

  const scene: Scene = {
    name: surroundings.graph,
    directed,
    edgesFirst: attribute(graph, 'outputorder') === 'edgesfirst',
    bounds: bb ? (bb.slice(0, 4) as Box) : boundsOfAll([...clusters, ...nodes, ...edges]),
    ...readPage(graph, surroundings),
    clusters,
    nodes,
    edges,
  };
  return isLandscape(graph) ? inLandscape(scene) : scene;
}

/** What every item is read with. */
interface Surroundings {
  /** The name of the graph. */
  graph: string;
  flip: Flip;
  /** The images in `graph`, or in a `node`, an `edge` or a `cluster` and its name; null when nobody said where. */
  picturesIn(key: string): Shape[] | null;
  /** The cells with links in an item that drew these shapes. */
  cellsIn(key: string, shapes: readonly Shape[]): Part[];
}

function inSvg(svg: string | null, flip: Flip): Pick<Surroundings, 'picturesIn' | 'cellsIn'> {
  if (svg === null) return { picturesIn: () => null, cellsIn: () => [] };
  const images = imagesInSvg(svg);
  const cells = linkedCellsInSvg(svg);
  return {
    picturesIn: (key) =>
      images.get(key)?.map((image) => ({ kind: 'image', ...image, y: flip(-image.y) })) ?? [],
    cellsIn: (key, shapes) => partsOfCells(cells.get(key), shapes, flip),
  };
}

/** As Graphviz decides it: the first of the three that is there counts. */
function isLandscape(graph: Json): boolean {
  const rotate = attribute(graph, 'rotate');
  if (rotate !== null) return Number.parseInt(rotate) === 90;
  const orientation = attribute(graph, 'orientation');
  if (orientation !== null) return /^l/i.test(orientation);
  const landscape = attribute(graph, 'landscape') ?? '';
  return /^(true|yes)$/i.test(landscape) || Number.parseInt(landscape) > 0;
}

/** Graphviz counts its subgraphs first; output without the count tells them by what only they have. */
function isSubgraph(item: Json, index: number, graph: Json): boolean {
  if (typeof graph._subgraph_cnt === 'number') return index < graph._subgraph_cnt;
  return 'nodes' in item || 'subgraphs' in item || 'edges' in item;
}

/** Only clusters are drawn; other subgraphs say things about their nodes. */
const isCluster = (item: Json) => '_draw_' in item || '_ldraw_' in item;

/** Graphviz calls what has no name `%1`. */
const plainName = (item: Json) => {
  const name = typeof item.name === 'string' ? item.name : '';
  return /^%\d+$/.test(name) ? '' : name;
};

/** The page is white unless the author says otherwise. */
function readPage(graph: Json, { flip, picturesIn }: Surroundings): Pick<Scene, 'background' | 'shapes'> {
  const label = readDrawing(graph._ldraw_, flip, '_ldraw_', picturesIn('graph') ?? []);
  const bgcolor = attribute(graph, 'bgcolor');
  if (!bgcolor || bgcolor === 'transparent') return { background: null, shapes: label };
  const [page, ...rest] = readDrawing(graph._draw_, flip, '_draw_');
  if (page?.kind === 'polygon') return { background: page.fill, shapes: [...rest, ...label] };
  return { background: null, shapes: page ? [page, ...rest, ...label] : label };
}

function readCluster(item: Json, at: string, { flip, picturesIn, cellsIn }: Surroundings): SceneCluster {
  const name = plainName(item);
  const key = `cluster ${name}`;
  const { label, shapes } = readLayers(item, ['_draw_', '_ldraw_'], flip, at, picturesIn(key) ?? []);
  return {
    name,
    label,
    // To a cluster, the graph is the cluster itself.
    ...readLinks(item, '', { G: name, L: label }),
    bounds: boundsOfShapes(shapes),
    shapes,
    ...partly(cellsIn(key, shapes)),
  };
}

function readNode(item: Json, at: string, { graph, flip, picturesIn, cellsIn }: Surroundings): SceneNode {
  const name = string(item.name, `${at}.name`);
  const key = `node ${name}`;
  const box = boxOfNode(item, flip);
  const pictures = picturesIn(key) ?? pictureIn(item, box);
  const { label, shapes } = readLayers(item, ['_draw_', '_ldraw_'], flip, at, pictures);
  const bounds = union(boundsOfShapes(shapes), box);
  if (isEmpty(bounds)) throw new GraphvizOutputError(`Graphviz output: ${at} (node ${name}) has no position`);
  return {
    name,
    label,
    ...readLinks(item, '', { G: graph, L: label, N: name }),
    bounds,
    shapes,
    ...partly(cellsIn(key, shapes)),
  };
}

/** Most items have no parts: they need not say so. */
const partly = (parts: Part[]) => (parts.length > 0 ? { parts } : {});

interface Ends {
  directed: boolean;
  nodes: SceneNode[];
  indexOfNode: Map<number, number>;
}

function readEdge(
  item: Json,
  at: string,
  { graph, flip, picturesIn, cellsIn }: Surroundings,
  { directed, nodes, indexOfNode }: Ends,
): SceneEdge {
  const end = (key: 'tail' | 'head') => {
    const index = indexOfNode.get(number(item[key], `${at}.${key}`));
    if (index === undefined)
      throw new GraphvizOutputError(`Graphviz output: ${at}.${key} is no node: ${item[key]}`);
    return index;
  };
  const tail = end('tail');
  const head = end('head');
  const [T, H] = [nodes[tail].name, nodes[head].name];
  const name = `${T}${directed ? '->' : '--'}${H}`;
  const layers = ['_draw_', '_tdraw_', '_hdraw_', '_ldraw_', '_tldraw_', '_hldraw_'];
  const key = `edge ${name}`;
  const { label, shapes, shapesIn } = readLayers(item, layers, flip, at, picturesIn(key) ?? []);
  const substitutions = { G: graph, E: name, L: label, T, H };
  const parts = [...cellsIn(key, shapes), ...readEdgeParts(item, substitutions, shapesIn)];
  const drawn = boundsOfShapes(shapes);
  // An invisible edge still lies somewhere: between its ends.
  const bounds = isEmpty(drawn) ? union(nodes[tail].bounds, nodes[head].bounds) : drawn;
  return {
    name,
    label,
    tail,
    head,
    ...readLinks(item, 'edge', substitutions),
    bounds,
    shapes,
    ...partly(parts),
  };
}

/** The shapes of an item from bottom to top, and the text of its own label. */
function readLayers(item: Json, layers: string[], flip: Flip, at: string, pictures: Shape[]) {
  const drawings = layers.map((layer) =>
    item[layer] === undefined ? [] : readDrawing(item[layer], flip, `${at}.${layer}`, pictures),
  );
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
function readLinks(item: Json, prefix: string, substitutions: Substitutions) {
  const first = (...names: string[]) => {
    for (const name of names) {
      const text = attribute(item, name);
      if (text) return expandEscapes(text, substitutions);
    }
    return null;
  };
  return {
    tooltip: first(`${prefix}tooltip`, 'tooltip'),
    url: first(`${prefix}URL`, `${prefix}href`, 'URL', 'href'),
  };
}

/** The image of a node whose place nobody said, filling its box. */
function pictureIn(item: Json, [left, top, right, bottom]: Box): Shape[] {
  const href = attribute(item, 'image');
  return href ? [{ kind: 'image', x: left, y: top, width: right - left, height: bottom - top, href }] : [];
}

/** `pos` is the centre in points, `width` and `height` are inches. */
function boxOfNode(item: Json, flip: Flip): Box {
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
