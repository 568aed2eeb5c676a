// Modules that are loaded again and again, from ever new files or under ever new names: Node keeps each for ever.
import { grouped } from '../../quantities.ts';
import { RootKind } from '../roots.ts';
import type { HeapAnalysis } from '../analysis.ts';
import type { Detector } from './finding.ts';

const minAdded = 10;

export const modules: Detector = ({ now, earlier, words }) => {
  if (earlier.length === 0) return [];
  const counts = [...earlier, now].map((analysis) => modulesOf(analysis).length);
  const steps = counts.slice(1).map((count, i) => count - counts[i]);
  const added = counts.at(-1)! - counts[0];
  if (added < minAdded || steps.some((step) => step <= 0)) return [];
  const found = modulesOf(now);
  const newest = found.reduce((a, b) => (now.graph.nodeIds[a] > now.graph.nodeIds[b] ? a : b));
  const bytes = found.reduce((sum, node) => sum + now.retainedSizes[node], 0);
  return [
    {
      className: 'Module',
      place: words.names.describe(newest) || null,
      count: found.length,
      bytes,
      node: newest,
      summary: `Node keeps ${grouped(found.length)} modules in \`require.cache\`, ${grouped(added)} more than before: ${words.names.describe(newest)}`,
      chain: words.holder(newest).chain,
      confidence: steps.length > 1 ? (added >= 30 ? 0.9 : 0.6) : 0.4,
      because: `They became more from snapshot to snapshot: ${counts.map(grouped).join(', ')}. A module that was loaded is never dropped.`,
      growth: counts.map((count) => ({ count, bytes: 0 })),
    },
  ];
};

function modulesOf({ graph, objects }: HeapAnalysis): number[] {
  const found: number[] = [];
  for (let node = 0; node < graph.nodeCount; node++) {
    const kind = objects.roots.kinds[node];
    if (kind === RootKind.commonJs || kind === RootKind.esModule) found.push(node);
  }
  return found;
}
