// Listeners that pile up on one emitter: each request adds one, none is removed. Node's emitters keep them in `_events`,
// by event; a list of its own per event when there are several. A page's targets of events keep theirs in Blink.
import type { HeapAnalysis } from '../analysis.ts';
import type { HeapGraph } from '../heap-graph.ts';
import { EdgeType, NodeType } from '../node-types.ts';
import { grouped } from '../../quantities.ts';
import type { Detector } from './finding.ts';
import { groupByFunction, type Held } from './group-by-function.ts';
import { pageListeners } from './page-callbacks.ts';

const leastCount = 100;

export const listeners: Detector = ({ now, words }) =>
  crowds(now).flatMap(({ emitter, list, event, held }) => {
    const [{ members, bytes }] = groupByFunction(now, held);
    if (members.length < leastCount) return [];
    const { closure } = members[0];
    // The way to a page's element leads through Blink's own tables, which explain nothing.
    const { name, chain } =
      list === emitter
        ? { name: words.className(emitter), chain: [] }
        : { name: words.holder(emitter).name, chain: words.holder(list).chain };
    const what = `${grouped(members.length)} listeners${event === null ? '' : ` of \`${event}\``}`;
    return {
      className: 'Function',
      place: words.names.sourcePlace(closure),
      count: members.length,
      bytes,
      node: list,
      summary: `${name} has ${what}: ${words.names.describe(closure)}`,
      chain,
      // That the list has grown says less of it, and nothing new.
      confidence: 0.92,
      because:
        'All are the same function, added again and again: each should be removed when its work is done.',
    };
  });

/** Very many listeners of one emitter. */
interface Crowd {
  emitter: number;
  /** What keeps them; of a page's target, itself. */
  list: number;
  /** Null where no snapshot has it. */
  event: string | null;
  held: Held[];
}

function crowds(now: HeapAnalysis): Crowd[] {
  const ofPage = pageListeners(now).map(({ target, held }) => ({
    emitter: target,
    list: target,
    event: null,
    held,
  }));
  return [...ofEmitters(now.graph), ...ofPage].filter(({ held }) => held.length >= leastCount);
}

function ofEmitters(graph: HeapGraph): Crowd[] {
  const { firstEdges, edgeTargets } = graph;
  const name = graph.strings.indexOf('_events');
  const found: Crowd[] = [];
  for (let emitter = 0; emitter < graph.nodeCount; emitter++) {
    for (let edge = firstEdges[emitter]; edge < firstEdges[emitter + 1]; edge++) {
      if (graph.edgeType(edge) !== EdgeType.property || graph.edgeNumber(edge) !== name) continue;
      const events = edgeTargets[edge];
      for (let event = firstEdges[events]; event < firstEdges[events + 1]; event++) {
        if (graph.edgeType(event) !== EdgeType.property) continue;
        const list = edgeTargets[event];
        if (firstEdges[list + 1] - firstEdges[list] < leastCount) continue;
        found.push({ emitter, list, event: graph.edgeName(event), held: listenersIn(graph, list) });
      }
    }
  }
  return found;
}

function listenersIn(graph: HeapGraph, list: number): Held[] {
  const held: Held[] = [];
  for (let edge = graph.firstEdges[list]; edge < graph.firstEdges[list + 1]; edge++) {
    const holder = graph.edgeTargets[edge];
    if (graph.edgeType(edge) !== EdgeType.element || graph.nodeTypes[holder] !== NodeType.closure) continue;
    // `once` wraps a listener in a bound function.
    const original = graph.childNamed(holder, 'listener');
    held.push({ holder, closure: original >= 0 ? original : holder });
  }
  return held;
}
