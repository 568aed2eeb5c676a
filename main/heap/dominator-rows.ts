// What each object alone keeps alive: as a tree that is opened row by row, and as a treemap.
import type { HeapAnalysis } from '../../shared/heap/analysis.ts';
import { dominatedBy } from '../../shared/heap/dominator-children.ts';
import { sortedNodes } from '../../shared/heap/sorted-nodes.ts';
import type { DominatorRow, OwnerFilter, Page, TreemapNode } from '../../shared/protocol/heap.ts';
import { ownerName, passesOwner } from './describe.ts';
import type { LoadedSnapshot } from './loaded-snapshot.ts';
import { pageOf, type Part } from './pages.ts';

/** @param only at the top, the outermost objects of an owner: none of them is dominated by another one of its */
export function dominatorPage(
  snapshot: LoadedSnapshot,
  node: number,
  part: Part,
  only: OwnerFilter = 'all',
): Page<DominatorRow> {
  const nodes = snapshot.keep(['dominated', node, only].join(), () =>
    dominatedNodes(snapshot.analysis, node, only),
  );
  return pageOf(nodes, part, (child: number) => dominatorRow(snapshot, child));
}

/** What a node dominates, the largest first; `only` counts below V8's root. */
export function dominatedNodes(analysis: HeapAnalysis, node: number, only: OwnerFilter): Uint32Array {
  const { dominatorChildren, retainedSizes } = analysis;
  return only === 'all' || node !== 0
    ? dominatedBy(dominatorChildren, retainedSizes, node)
    : sortedNodes(outermost(analysis, only), retainedSizes, 'descending');
}

function outermost(analysis: HeapAnalysis, only: OwnerFilter): Uint32Array {
  const { dominatorChildren, retainedSizes, owners, objects, graph } = analysis;
  const { first, nodes } = dominatorChildren;
  const found = new Uint32Array(graph.nodeCount);
  const waiting = new Uint32Array(graph.nodeCount);
  let [count, length] = [0, 1];
  while (length > 0) {
    const node = waiting[--length];
    for (let child = first[node]; child < first[node + 1]; child++) {
      const below = nodes[child];
      const isTheirs =
        retainedSizes[below] > 0 &&
        objects.isVisible(below) &&
        !objects.isSynthetic(below) &&
        passesOwner(ownerName(owners.ofNode[below]), only);
      if (isTheirs) found[count++] = below;
      else waiting[length++] = below;
    }
  }
  return found.slice(0, count);
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

/** @param least the smallest part of all bytes that is listed; with `depth`, it bounds how many there are */
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
