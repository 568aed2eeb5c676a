// Writes a picture as DOT in the classic style, statement by statement as Python's objgraph does:
// red start nodes, shading by depth, green modules, blue highlights, dotted "more references".
import { grouped, inBytes } from '../quantities.ts';
import type { GroupBox, ObjectBox, Picture, PictureEdge, RestBox } from '../picture/picture.ts';
import { gradient } from './gradient.ts';
import { quoteLabel as quote } from './tokens.ts';

/** The DOT text of a picture in the classic style. */
export function writeClassic(picture: Picture): string {
  const lines = ['digraph ObjectGraph {'];
  lines.push('  graph[fontname="Helvetica"];');
  lines.push('  node[shape=box, style=filled, fillcolor=white, fontname="Helvetica"];');
  lines.push('  edge[fontname="Helvetica", fontsize=11];');
  const objects = picture.boxes.filter((box) => box.kind === 'object');
  // Without a bound, Graphviz's network simplex takes seconds on some graphs of a few hundred objects.
  if (objects.length > 100) lines.push(`  graph[nslimit=${simplexLimit(objects.length)}];`);
  for (const box of objects) if (box.isStart) lines.push(`  ${box.name}[fontcolor=red];`);
  const edgesOf = groupEdges(picture);
  for (const box of picture.boxes) {
    if (box.kind === 'object') lines.push(...objectStatements(box, picture));
    else if (box.kind === 'group') lines.push(...groupStatements(box));
    else continue;
    for (const edge of edgesOf.get(box.name) ?? []) lines.push(edgeStatement(edge));
    for (const rest of picture.boxes)
      if (rest.kind === 'rest' && rest.of === box.name) lines.push(...restStatements(rest, picture));
  }
  lines.push('}');
  return `${lines.join('\n')}\n`;
}

function simplexLimit(nodes: number): number {
  return nodes > 1000 ? 0.2 : nodes > 300 ? 0.5 : 1;
}

/** The edges that belong behind each box; those of a box that counts are written with it. */
function groupEdges({ kind, direction, boxes, edges }: Picture): Map<string, PictureEdge[]> {
  const counting = new Set(boxes.flatMap((box) => (box.kind === 'rest' ? [box.name] : [])));
  const groups = new Map<string, PictureEdge[]>();
  for (const edge of edges) {
    if (counting.has(edge.tail) || counting.has(edge.head)) continue;
    const from = kind === 'merged' || direction === 'references' ? edge.tail : edge.head;
    const group = groups.get(from);
    if (group) group.push(edge);
    else groups.set(from, [edge]);
  }
  return groups;
}

/** What says all of an object but its edges. */
function objectStatements(box: ObjectBox, { maxDepth }: Picture): string[] {
  const { name } = box;
  const attributes = Object.entries(box.attributes)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, value]) => `, ${attributeName(key)}=${quote(value)}`);
  const label = quote([...box.lines, ...box.notes].join('\n'));
  const statements = [`  ${name}[label=${label}${attributes.join('')}];`];
  let [h, s, v] = gradient([0, 0, 1], [0, 0, 0.3], Math.min(box.depth, maxDepth), maxDepth);
  if (box.isRoot) [h, s] = [0.3, 1];
  if (box.isHighlighted) [h, s, v] = [0.6, 0.6, 0.5 + v * 0.5];
  statements.push(`  ${name}[fillcolor="${colour(h, s, v)}"];`);
  if (v < 0.5) statements.push(`  ${name}[fontcolor=white];`);
  if (box.hasFinalizer) {
    const mark = `${name}_has_a_finalizer`;
    statements.push(`  ${name}->${mark}[color=red,style=dotted,len=0.25,weight=10];`);
    statements.push(
      `  ${mark}[label="finalizer",shape=doublecircle,height=0.25,color=red,fillcolor="0,.5,1",fontsize=6];`,
    );
  }
  return statements;
}

/** A merged group with its count and bytes. */
function groupStatements(box: GroupBox): string[] {
  const title = box.count === 1 ? box.type : `${grouped(box.count)} × ${box.type}`;
  const label = [title, box.text, inBytes(box.size ?? 0)].filter(Boolean).join('\n');
  const colours = [
    box.isStart ? ', fontcolor=red' : '',
    box.isRoot ? ', fillcolor="0.3,1,1"' : '',
    box.count > 1 ? ', peripheries=2' : '',
  ];
  return [`  ${box.name}[label=${quote(label)}${colours.join('')}];`];
}

function edgeStatement({ tail, head, label, edge, count }: PictureEdge): string {
  // Several references are as thick as they are many.
  if (edge === null)
    return `  ${tail} -> ${head} [label=${quote(label)}, penwidth=${(1 + Math.log10(count)).toFixed(1)}];`;
  if (label === '') return `  ${tail} -> ${head};`;
  const weight = /^[A-Za-z_$][\w$]*$/.test(label) ? ',weight=2' : '';
  return `  ${tail} -> ${head} [label=${quote(label)}${weight}];`;
}

/** The box that counts what was too much to draw. */
function restStatements({ name, of, depth, direction, count }: RestBox, { maxDepth }: Picture): string[] {
  const [h, s, v] = gradient([0, 1, 1], [0, 1, 0.3], Math.min(depth, maxDepth), maxDepth);
  const [what, edge] =
    direction === 'references' ? ['references', `${of}->${name}`] : ['backreferences', `${name}->${of}`];
  return [
    `  ${edge}[color=red,style=dotted,len=0.25,weight=10];`,
    `  ${name}[label=${quote(`${grouped(count)} more ${what}`)},shape=box,height=0.25,color=red,fillcolor="${colour(h, s, v)}",fontsize=6];`,
    `  ${name}[fontcolor=white];`,
  ];
}

/** Six digits, as C's %g writes them. */
function colour(...hsv: number[]): string {
  return hsv.map((value) => String(Number(value.toPrecision(6)))).join(',');
}

function attributeName(name: string): string {
  return /^[A-Za-z_]\w*$/.test(name) ? name : quote(name);
}
