// Listeners that pile up on one emitter: each request adds one, none is removed. Node's emitters keep them in `_events`,
// by event; a list of its own per event when there are several.
import type { HeapGraph } from '../heap-graph.ts';
import { EdgeType, NodeType } from '../node-types.ts';
import { grouped } from '../quantities.ts';
import type { Detector } from './finding.ts';
import { groupByFunction, type Held } from './group-by-function.ts';

const leastCount = 100;

export const listeners: Detector = ({ now, words }) =>
  crowdedEvents(now.graph).flatMap(({ emitter, event, held }) => {
    const [{ members, bytes }] = groupByFunction(now, held);
    if (members.length < leastCount) return [];
    const { closure } = members[0];
    const { name, chain } = words.holder(emitter);
    return {
      className: 'Function',
      place: words.names.place(closure),
      count: members.length,
      bytes,
      node: emitter,
      summary: `${name} has ${grouped(members.length)} listeners of \`${event}\`: ${words.names.describe(closure)}`,
      chain,
      confidence: 0.8,
      because:
        'All are the same function, added again and again: each should be removed when its work is done.',
    };
  });

/** The events of all emitters that have very many listeners. */
function crowdedEvents(graph: HeapGraph): { emitter: number; event: string; held: Held[] }[] {
  const { firstEdges, edgeTypes, edgeNames, edgeTargets } = graph;
  const name = graph.strings.indexOf('_events');
  const found = [];
  for (let emitter = 0; emitter < graph.nodeCount; emitter++) {
    for (let edge = firstEdges[emitter]; edge < firstEdges[emitter + 1]; edge++) {
      if (edgeTypes[edge] !== EdgeType.property || edgeNames[edge] !== name) continue;
      const events = edgeTargets[edge];
      for (let event = firstEdges[events]; event < firstEdges[events + 1]; event++) {
        if (edgeTypes[event] !== EdgeType.property) continue;
        const held = listenersIn(graph, edgeTargets[event]);
        if (held.length >= leastCount) found.push({ emitter, event: graph.edgeName(event), held });
      }
    }
  }
  return found;
}

function listenersIn(graph: HeapGraph, list: number): Held[] {
  const held: Held[] = [];
  for (let edge = graph.firstEdges[list]; edge < graph.firstEdges[list + 1]; edge++) {
    const holder = graph.edgeTargets[edge];
    if (graph.edgeTypes[edge] !== EdgeType.element || graph.nodeTypes[holder] !== NodeType.closure) continue;
    // `once` wraps a listener in a bound function.
    const original = graph.childNamed(holder, 'listener');
    held.push({ holder, closure: original >= 0 ? original : holder });
  }
  return held;
}
