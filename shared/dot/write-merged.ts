// Writes a merged graph as DOT: a box a group with its count and bytes, edges as thick as they are many.
import type { MergedEdge, MergedGraph, MergedNode } from '../heap/merged-graph.ts';
import { grouped, inBytes } from '../heap/quantities.ts';
import { quoteLabel as quote } from './tokens.ts';

/**
 * The DOT text of a merged graph.
 *
 * @param idOf the heap object id of a node: a group of one object is called by it (`o123`), as in all pictures
 * @example
 * writeMergedDot(mergeReferrers(analysis, instances), (node) => analysis.graph.nodeIds[node]);
 */
export function writeMergedDot(merged: MergedGraph, idOf: (node: number) => number): string {
  const { nodes, edges } = merged;
  const lines = ['digraph ObjectGraph {'];
  lines.push('  graph[fontname="Helvetica"];');
  lines.push('  node[shape=box, style=filled, fillcolor=white, fontname="Helvetica"];');
  lines.push('  edge[fontname="Helvetica", fontsize=11];');
  const names = nodes.map((node, index) => (node.count === 1 ? `o${idOf(node.example)}` : `group${index}`));
  nodes.forEach((node, index) => lines.push(...nodeStatements(node, names[index], merged)));
  for (const edge of edges) lines.push(edgeStatement(edge, names));
  lines.push('}');
  return `${lines.join('\n')}\n`;
}

function nodeStatements(node: MergedNode, name: string, { direction }: MergedGraph): string[] {
  const title = node.count === 1 ? node.className : `${grouped(node.count)} × ${node.className}`;
  const label = [title, node.description, inBytes(node.bytes)].filter(Boolean).join('\n');
  const colours = [
    node.isStart ? ', fontcolor=red' : '',
    node.isRoot ? ', fillcolor="0.3,1,1"' : '',
    node.count > 1 ? ', peripheries=2' : '',
  ];
  const statements = [`  ${name}[label=${quote(label)}${colours.join('')}];`];
  if (node.skipped > 0) {
    const rest = `too_many_${name}`;
    const [what, edge] =
      direction === 'references'
        ? ['references', `${name}->${rest}`]
        : ['backreferences', `${rest}->${name}`];
    const text = quote(`${grouped(node.skipped)} more ${what}`);
    statements.push(
      `  ${edge}[color=red,style=dotted,len=0.25,weight=10];`,
      `  ${rest}[label=${text},shape=box,height=0.25,color=red,fillcolor="0,1,1",fontcolor=white,fontsize=6];`,
    );
  }
  return statements;
}

function edgeStatement({ owner, target, label, count, bytes }: MergedEdge, names: string[]): string {
  const figures = count === 1 ? inBytes(bytes) : `${grouped(count)} · ${inBytes(bytes)}`;
  const text = quote([label, figures].filter(Boolean).join('\n'));
  const width = (1 + Math.log10(count)).toFixed(1);
  return `  ${names[owner]} -> ${names[target]} [label=${text}, penwidth=${width}];`;
}
