// What each object alone keeps alive: as a tree that is opened row by row, and as a treemap.
import { dominatedBy } from '../../shared/heap/dominator-children.ts';
import { sortedNodes } from '../../shared/heap/sorted-nodes.ts';
import type { DominatorRow, Page, TreemapNode } from '../../shared/protocol/heap.ts';
import type { LoadedSnapshot } from './loaded-snapshot.ts';
import { pageOf, type Part } from './pages.ts';

export function dominatorPage(snapshot: LoadedSnapshot, node: number, part: Part): Page<DominatorRow> {
  const { dominatorChildren, retainedSizes } = snapshot.analysis;
  const nodes = snapshot.keep(['dominated', node].join(), () =>
    dominatedBy(dominatorChildren, retainedSizes, node),
  );
  return pageOf(nodes, part, (child: number) => dominatorRow(snapshot, child));
}

function dominatorRow(snapshot: LoadedSnapshot, node: number): DominatorRow {
  const { dominatorChildren, retainedSizes } = snapshot.analysis;
  const { first } = dominatorChildren;
  return {
    ...snapshot.row(node),
    share: retainedSizes[node] / retainedSizes[0],
    dominated: first[node + 1] - first[node],
  };
}

/** @param least the smallest part of all bytes that is told; with `depth`, it bounds how many there are */
export function treemap(snapshot: LoadedSnapshot, top: number, least: number, depth: number): TreemapNode {
  const { dominatorChildren, retainedSizes } = snapshot.analysis;
  const { first, nodes } = dominatorChildren;
  const smallest = least * retainedSizes[0];
  const below = (node: number, level: number): TreemapNode => {
    const children = nodes.subarray(first[node], first[node + 1]);
    const large = level < depth ? children.filter((child) => retainedSizes[child] >= smallest) : [];
    return {
      object: snapshot.row(node),
      size: retainedSizes[node],
      parts: Array.from(sortedNodes(Uint32Array.from(large), retainedSizes, 'descending'), (child) =>
        below(child, level + 1),
      ),
    };
  };
  return below(top, 0);
}
