// The trees of DOM nodes that are in no document any more.
import type { DetachedRow, Page } from '../../shared/protocol/heap.ts';
import type { LoadedSnapshot } from './loaded-snapshot.ts';
import { matcher, pageOf, type Part } from './pages.ts';

export function detachedPage(
  snapshot: LoadedSnapshot,
  { filter, ...part }: Part & { filter: string },
): Page<DetachedRow> {
  const rows = snapshot.keep(['detached', filter].join(), () => {
    const matches = matcher(filter);
    return detachedRows(snapshot).filter(({ top, held }) => matches(top, held ?? ''));
  });
  return pageOf(rows, part, (row) => row);
}

/** Those that retain the most first. */
function detachedRows({ analysis, graph, isRedacted }: LoadedSnapshot): DetachedRow[] {
  const { tops, held, counts, retainedSizes } = analysis.detachedTrees;
  // Ids and classes of elements are texts of the page.
  const nameOf = (node: number) => {
    const name = graph.nodeName(node);
    return isRedacted ? name.replace(/^(<[^\s>]+).*$/s, '$1>') : name;
  };
  return Array.from(tops, (top, tree) => ({
    id: graph.nodeIds[held[tree]],
    top: nameOf(top),
    topId: graph.nodeIds[top],
    held: held[tree] === top ? null : nameOf(held[tree]),
    count: counts[tree],
    retainedSize: retainedSizes[tree],
  }));
}
