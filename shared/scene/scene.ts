// A drawing as data: what Graphviz would paint, with every style resolved, in points, y growing downwards.
// A Scene is plain JSON: it crosses threads, processes and the protocol as it is.

import type { Box } from './bounds.ts';
import type { Paint, Shape } from './shapes.ts';

export type { Box } from './bounds.ts';
export type { Font, Gradient, Paint, Shape, Stroke } from './shapes.ts';

interface Item {
  /** The name in the DOT file. */
  name: string;
  /** What a reader sees: the text of the label, lines joined by a newline. */
  label: string;
  tooltip: string | null;
  url: string | null;
  bounds: Box;
  shapes: Shape[];
  /** Those that say something of their own; what lies inside of another comes before it. */
  parts?: Part[];
}

/** What a node of a heap's picture is of: an object by its heap object id, or more of what is drawn; `of` names the node it belongs to. */
export type NodeRef = { kind: 'object'; id: number } | { kind: 'more'; of: string | null };

export interface SceneNode extends Item {
  /** Only in pictures of a heap. */
  ref?: NodeRef;
}
export type SceneCluster = Item;

/** An end or a label of an edge, or a cell of an HTML table; what it does not say the whole does. */
export interface Part {
  tooltip: string | null;
  url: string | null;
  bounds: Box;
}

export interface SceneEdge extends Item {
  /** Indices into `nodes`. */
  tail: number;
  head: number;
}

/** As Graphviz calls them: nodes and edges as the graph is walked, or all of one kind below all of the other. */
export type OutputOrder = 'breadthfirst' | 'nodesfirst' | 'edgesfirst';

export interface Scene {
  /** The name of the graph; empty when it has none. */
  name: string;
  directed: boolean;
  /** What lies on what. */
  outputOrder: OutputOrder;
  bounds: Box;
  /** The graph's own drawing: its title; below everything. */
  shapes: Shape[];
  /** What the author wants behind everything, wherever one looks; null for plain paper. */
  background: Paint | null;
  clusters: SceneCluster[];
  nodes: SceneNode[];
  edges: SceneEdge[];
  /** The images that shapes name, as `data:` addresses; one that is not here is not shown. */
  images?: Record<string, string>;
}
