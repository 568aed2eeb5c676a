// Timers that pile up: intervals that are never cleared, timeouts that are set faster than they fire. Node keeps a `Timeout`
// for each, Chromium a `ScheduledAction`; they are grouped by the function that they will call.
import type { HeapAnalysis } from '../analysis.ts';
import { NodeType } from '../node-types.ts';
import { grouped } from '../../quantities.ts';
import type { Detector } from './finding.ts';
import { groupByFunction, type Held } from './group-by-function.ts';
import { pageTimers } from './page-callbacks.ts';

const leastCount = 200;

/** The function that a `Timeout` will call; -1 for one that has fired or was cleared, which is in no list any more. */
function waitingCallback({ graph, objects }: HeapAnalysis, timeout: number): number {
  const next = graph.childNamed(timeout, '_idleNext');
  const closure = graph.childNamed(timeout, '_onTimeout');
  if (next < 0 || next === timeout || !objects.isVisible(next)) return -1;
  return closure >= 0 && graph.nodeTypes[closure] === NodeType.closure ? closure : -1;
}

export const timers: Detector = ({ now, words }) => {
  const { graph, classes } = now;
  const isTimer = classes.list.map(
    ({ name, location }) => name === 'Timeout' && (location?.script ?? 'node:').startsWith('node:'),
  );
  const timeouts: Held[] = pageTimers(graph);
  for (let node = 0; node < graph.nodeCount; node++) {
    if (!isTimer[classes.ofNode[node]]) continue;
    const closure = waitingCallback(now, node);
    if (closure >= 0) timeouts.push({ holder: node, closure });
  }
  return groupByFunction(now, timeouts)
    .filter(({ members }) => members.length >= leastCount)
    .map(({ members, bytes }) => {
      const { holder, closure } = members[0];
      const isOfPage = graph.nodeTypes[holder] === NodeType.native;
      // An interval's is a number, which is in no snapshot; a timeout's is null, which is. A page's cannot be distinguished.
      const isInterval = !isOfPage && graph.childNamed(holder, '_repeat') < 0;
      const what = words.names.describe(closure);
      return {
        className: isOfPage ? 'ScheduledAction' : 'Timeout',
        place: words.names.sourcePlace(closure),
        count: members.length,
        bytes,
        node: closure,
        summary: `${grouped(members.length)} timers wait to call ${what}`,
        // The way to a page's timer leads through Blink's own tables, which explain nothing.
        chain: isOfPage ? [] : words.holder(holder).chain,
        confidence: 0.75,
        because: isInterval
          ? 'Each calls the same function again and again, until it is cleared.'
          : 'That many timers for one function are rarely meant.',
      };
    });
};
