// Modules that are loaded again and again, from ever new files or under ever new names: Node keeps each for ever.
import { grouped } from '../../quantities.ts';
import { RootKind } from '../roots.ts';
import type { HeapAnalysis } from '../analysis.ts';
import type { Detector } from './finding.ts';

const minAdded = 10;

/** Per kind, the words for modules that stay. */
const kinds: readonly { kind: RootKind; says: (count: string) => string; why: string }[] = [
  {
    kind: RootKind.commonJs,
    says: (count) => `Node keeps ${count} modules in \`require.cache\``,
    why: 'A module that was loaded is never dropped.',
  },
  {
    kind: RootKind.esModule,
    says: (count) => `${count} ES modules are loaded`,
    why: 'A module that was imported is never dropped, and each URL is a module of its own.',
  },
];

/** Of a whole path or URL. */
const beginOf = (script: string | null) =>
  script !== null && /^(?:[a-z][\w+.-]*:|[\\/])/i.test(script) ? { script, line: 1, column: 1 } : null;

export const modules: Detector = ({ now, earlier, words }) =>
  earlier.length === 0
    ? []
    : kinds.flatMap(({ kind, says, why }) => {
        const found = modulesOf(now, kind);
        const counts = [...earlier.map((analysis) => modulesOf(analysis, kind).length), found.length];
        const steps = counts.slice(1).map((count, i) => count - counts[i]);
        const added = counts.at(-1)! - counts[0];
        if (added < minAdded || steps.some((step) => step <= 0)) return [];
        const newest = found.reduce((a, b) => (now.graph.nodeIds[a] > now.graph.nodeIds[b] ? a : b));
        const file = words.names.describe(newest);
        return [
          {
            className: 'Module',
            place:
              file === ''
                ? null
                : { text: file, location: beginOf(words.names.moduleFile(newest)), generated: null },
            count: found.length,
            bytes: found.reduce((sum, node) => sum + now.retainedSizes[node], 0),
            node: newest,
            summary: `${says(grouped(found.length))}, ${grouped(added)} more than before: ${file}`,
            chain: words.holder(newest).chain,
            confidence: steps.length > 1 ? (added >= 30 ? 0.9 : 0.6) : 0.4,
            because: `They became more from snapshot to snapshot: ${counts.map(grouped).join(', ')}. ${why}`,
            growth: counts.map((count) => ({ count, bytes: 0 })),
          },
        ];
      });

function modulesOf({ graph, objects }: HeapAnalysis, kind: RootKind): number[] {
  const found: number[] = [];
  for (let node = 0; node < graph.nodeCount; node++) if (objects.roots.kinds[node] === kind) found.push(node);
  return found;
}
