// Listeners and timers of a page of Chromium that become more: Blink keeps them in objects of its own, which say nothing
// to a reader, so that they are counted by the functions that they call.
import type { HeapAnalysis } from '../analysis.ts';
import { grouped } from '../../quantities.ts';
import type { Detector } from './finding.ts';
import { groupByFunction, type FunctionGroup, type Held } from './group-by-function.ts';
import { pageListeners, pageTimers } from './page-callbacks.ts';

const minAdded = 30;

export const pageGrowth: Detector = ({ now, earlier, words }) => {
  if (earlier.length === 0) return [];
  const snapshots = [...earlier, now];
  return kinds.flatMap(({ what, className, held }) => {
    const before = earlier.map((analysis) => byPlace(analysis, held(analysis)));
    return [...byPlace(now, held(now))].flatMap(([key, { members, bytes }]) => {
      const counts = [...before.map((groups) => groups.get(key)?.members.length ?? 0), members.length];
      const steps = counts.slice(1).map((count, i) => count - counts[i]);
      const added = counts.at(-1)! - counts[0];
      if (added < minAdded || steps.some((step) => step <= 0)) return [];
      const { closure } = members[0];
      return [
        {
          className,
          place: words.names.sourcePlace(closure),
          count: members.length,
          bytes,
          node: closure,
          summary: `The page has ${grouped(members.length)} ${what} ${words.names.describe(closure)}, ${grouped(added)} more than before`,
          chain: [],
          confidence: snapshots.length > 2 ? 0.9 : 0.5,
          because: `They became more from snapshot to snapshot: ${counts.map(grouped).join(', ')}.`,
          growth: counts.map((count) => ({ count, bytes: 0 })),
        },
      ];
    });
  });
};

interface Kind {
  what: string;
  className: string;
  held: (analysis: HeapAnalysis) => Held[];
}

const kinds: readonly Kind[] = [
  {
    what: 'listeners that call',
    className: 'Function',
    held: (analysis) => pageListeners(analysis).flatMap(({ held }) => held),
  },
  { what: 'timers that wait to call', className: 'ScheduledAction', held: ({ graph }) => pageTimers(graph) },
];

/** Groups by where functions are written, which is the same in all snapshots of a page. */
function byPlace(analysis: HeapAnalysis, held: readonly Held[]): Map<string, FunctionGroup> {
  const { graph } = analysis;
  const { scriptIds, lines, columns } = graph.locations;
  return new Map(
    groupByFunction(analysis, held).map((group) => {
      const { closure } = group.members[0];
      const row = graph.locationOf(closure);
      const place = row < 0 ? '' : `${scriptIds[row]} ${lines[row]} ${columns[row]}`;
      return [`${graph.nodeName(closure)} ${place}`, group];
    }),
  );
}
