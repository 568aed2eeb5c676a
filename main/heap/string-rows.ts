// Texts that are in memory more than once.
import { redactedText } from '../../shared/heap/node-names.ts';
import type { HeapRequests, StringRow } from '../../shared/protocol/heap.ts';
import type { LoadedSnapshot } from './loaded-snapshot.ts';
import { matcher, pageOf, type Part } from './pages.ts';

/** Those that waste most first. */
function stringRows({ analysis, graph }: LoadedSnapshot): StringRow[] {
  return analysis.duplicateStrings.map(({ text, isCut, count, size, wasted, node }) => ({
    text,
    isCut,
    count,
    shallowSize: size,
    wasted,
    id: graph.nodeIds[node],
  }));
}

export function stringPage(
  snapshot: LoadedSnapshot,
  { filter, ...part }: Part & { filter: string },
): HeapRequests['heap.strings']['result'] {
  const { rows, wasted } = snapshot.unredacted.keep(['strings', filter].join(), () => {
    const matches = matcher(filter);
    const found = stringRows(snapshot.unredacted).filter(({ text }) => matches(text));
    return { rows: found, wasted: found.reduce((sum, row) => sum + row.wasted, 0) };
  });
  const tell = (row: StringRow) =>
    snapshot.isRedacted ? { ...row, text: redactedText('string', row.text) } : row;
  return { ...pageOf(rows, part, tell), wasted };
}
