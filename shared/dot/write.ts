// Writes an object graph as DOT, statement by statement as Python's objgraph does, so that its readers feel at home:
// red start nodes, shading by depth, green modules, blue highlights, dotted "more references".
import { gradient } from './gradient.ts';
import { quoteLabel as quote } from './tokens.ts';

export interface PictureNode {
  /** The name in the DOT file: `o` and the heap object id. */
  name: string;
  /** The label, line by line. */
  lines: string[];
  depth: number;
  isStart: boolean;
  isModule: boolean;
  isHighlighted: boolean;
  /** Whether a FinalizationRegistry waits for the end of this object. */
  hasFinalizer: boolean;
  /** References that were too many to draw. */
  skipped: number;
  attributes: Record<string, unknown>;
}

export interface PictureEdge {
  tail: string;
  head: string;
  label: string;
}

export interface Picture {
  /** The way it was searched: from the start nodes forwards, or backwards. */
  direction: 'references' | 'referrers';
  maxDepth: number;
  nodes: PictureNode[];
  edges: PictureEdge[];
}

/** The DOT text of a picture. */
export function writeDot(picture: Picture): string {
  const lines = ['digraph ObjectGraph {'];
  lines.push('  graph[fontname="Helvetica"];');
  lines.push('  node[shape=box, style=filled, fillcolor=white, fontname="Helvetica"];');
  lines.push('  edge[fontname="Helvetica", fontsize=11];');
  // Without a bound, Graphviz's network simplex takes seconds on some graphs of a few hundred objects.
  if (picture.nodes.length > 100) lines.push(`  graph[nslimit=${simplexLimit(picture.nodes.length)}];`);
  for (const node of picture.nodes) if (node.isStart) lines.push(`  ${node.name}[fontcolor=red];`);
  const edgesOf = groupEdges(picture);
  for (const node of picture.nodes) {
    lines.push(...nodeStatements(node, picture));
    for (const edge of edgesOf.get(node.name) ?? []) lines.push(edgeStatement(edge));
    if (node.skipped > 0) lines.push(...tooManyStatements(node, picture));
  }
  lines.push('}');
  return `${lines.join('\n')}\n`;
}

function simplexLimit(nodes: number): number {
  return nodes > 1000 ? 0.2 : nodes > 300 ? 0.5 : 1;
}

function groupEdges(picture: Picture): Map<string, PictureEdge[]> {
  const groups = new Map<string, PictureEdge[]>();
  for (const edge of picture.edges) {
    const from = picture.direction === 'references' ? edge.tail : edge.head;
    const group = groups.get(from);
    if (group) group.push(edge);
    else groups.set(from, [edge]);
  }
  return groups;
}

/** What says all of a node but its edges. */
export function nodeStatements(node: PictureNode, { maxDepth }: Pick<Picture, 'maxDepth'>): string[] {
  const { name } = node;
  const attributes = Object.entries(node.attributes)
    .filter(([, value]) => value !== null && value !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, value]) => `, ${attributeName(key)}=${quote(String(value))}`);
  const statements = [`  ${name}[label=${quote(node.lines.join('\n'))}${attributes.join('')}];`];
  let [h, s, v] = gradient([0, 0, 1], [0, 0, 0.3], node.depth, maxDepth);
  if (node.isModule) [h, s] = [0.3, 1];
  if (node.isHighlighted) [h, s, v] = [0.6, 0.6, 0.5 + v * 0.5];
  statements.push(`  ${name}[fillcolor="${colour(h, s, v)}"];`);
  if (v < 0.5) statements.push(`  ${name}[fontcolor=white];`);
  if (node.hasFinalizer) {
    const mark = `${name}_has_a_finalizer`;
    statements.push(`  ${name}->${mark}[color=red,style=dotted,len=0.25,weight=10];`);
    statements.push(
      `  ${mark}[label="finalizer",shape=doublecircle,height=0.25,color=red,fillcolor="0,.5,1",fontsize=6];`,
    );
  }
  return statements;
}

export function edgeStatement({ tail, head, label }: PictureEdge): string {
  if (label === '') return `  ${tail} -> ${head};`;
  const weight = /^[A-Za-z_$][\w$]*$/.test(label) ? ',weight=2' : '';
  return `  ${tail} -> ${head} [label=${quote(label)}${weight}];`;
}

/** The box that counts what was too much to draw; @param rest what it is called */
export function tooManyStatements(
  node: Pick<PictureNode, 'name' | 'depth' | 'skipped'>,
  { direction, maxDepth }: Pick<Picture, 'direction' | 'maxDepth'>,
  rest = `too_many_${node.name}`,
): string[] {
  const [h, s, v] = gradient([0, 1, 1], [0, 1, 0.3], node.depth + 1, maxDepth);
  const [label, edge] =
    direction === 'references'
      ? [`${node.skipped} more references`, `${node.name}->${rest}`]
      : [`${node.skipped} more backreferences`, `${rest}->${node.name}`];
  return [
    `  ${edge}[color=red,style=dotted,len=0.25,weight=10];`,
    `  ${rest}[label=${quote(label)},shape=box,height=0.25,color=red,fillcolor="${colour(h, s, v)}",fontsize=6];`,
    `  ${rest}[fontcolor=white];`,
  ];
}

/** Six digits, as C's %g writes them. */
function colour(...hsv: number[]): string {
  return hsv.map((value) => String(Number(value.toPrecision(6)))).join(',');
}

function attributeName(name: string): string {
  return /^[A-Za-z_]\w*$/.test(name) ? name : quote(name);
}
