// What a page of Chromium waits for: listeners of its nodes, and its timers. Blink keeps them in objects of its own, which a
// snapshot calls by their names in C++: EventTargetData … RegisteredEventListener → EventListener → V8EventListener, and
// DOMTimer → ScheduledAction → V8Function.
import type { HeapAnalysis } from '../analysis.ts';
import type { HeapGraph } from '../heap-graph.ts';
import { NodeType } from '../node-types.ts';
import { functionOf, type Held } from './group-by-function.ts';

/** Steps from a listener up to the data of its target. */
const mostSteps = 10;

/** The listeners of one target of events: an element, a document, a window. */
export interface TargetListeners {
  target: number;
  held: Held[];
}

/** All listeners of a page, by their target; of which events they are, no snapshot has. */
export function pageListeners(analysis: HeapAnalysis): TargetListeners[] {
  const { graph } = analysis;
  const targets = new Map<number, TargetListeners>();
  for (const holder of natives(graph, 'V8EventListener')) {
    const closure = functionOf(graph, holder);
    if (closure < 0) continue;
    let data = holder;
    for (let step = 0; step < mostSteps && data >= 0 && !isTargetData(graph, data); step++)
      data = above(data);
    const target = data < 0 || !isTargetData(graph, data) ? -1 : above(data);
    if (target < 0) continue;
    const known = targets.get(target) ?? { target, held: [] };
    known.held.push({ holder, closure });
    targets.set(target, known);
  }
  return [...targets.values()];

  /** The first of Blink's objects that refers to one of them. */
  function above(node: number): number {
    // Of other programs than pages, nothing needs them.
    const { retainers } = analysis;
    for (let slot = retainers.first[node]; slot < retainers.first[node + 1]; slot++)
      if (graph.nodeTypes[retainers.nodes[slot]] === NodeType.native) return retainers.nodes[slot];
    return -1;
  }
}

/** All timers of a page. */
export function pageTimers(graph: HeapGraph): Held[] {
  const { firstEdges, edgeTargets } = graph;
  const held: Held[] = [];
  for (const holder of natives(graph, 'ScheduledAction'))
    for (let edge = firstEdges[holder]; edge < firstEdges[holder + 1]; edge++) {
      const closure = functionOf(graph, edgeTargets[edge]);
      if (closure >= 0) held.push({ holder, closure });
    }
  return held;
}

function natives({ nodeCount, nodeTypes, nodeNames, strings }: HeapGraph, name: string): number[] {
  const found: number[] = [];
  const names = [strings.indexOf(name), strings.indexOf(`blink::${name}`)].filter((index) => index >= 0);
  if (names.length === 0) return found;
  for (let node = 0; node < nodeCount; node++)
    if (nodeTypes[node] === NodeType.native && names.includes(nodeNames[node])) found.push(node);
  return found;
}

function isTargetData(graph: HeapGraph, node: number): boolean {
  return /^(blink::)?EventTargetData$/.test(graph.nodeName(node));
}
