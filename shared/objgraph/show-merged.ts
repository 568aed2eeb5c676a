// The merged picture: the back references of all objects of a class in one graph, level by level, with counts and bytes.
import { writeMergedDot } from '../dot/write-merged.ts';
import { mergeReferrers } from '../heap/merge.ts';
import { checkCounts, checkOptions } from './arguments.ts';
import { locate } from './chains.ts';
import { checkDestination, present, type Destination } from './present.ts';
import { snapshotNow, type Snapshot } from './snapshot.ts';

/** The options of the merged picture. */
export interface MergeOptions extends Destination {
  merge: boolean;
  /** Steps away from the objects (default 8). */
  maxDepth?: number;
  /** Groups of referrers drawn per group (default 10). */
  tooMany?: number;
  /** A moment to draw instead of the present. */
  snapshot?: Snapshot;
}

/**
 * Draws what refers to many objects, merged by class and by the name of the reference.
 *
 * @param objects objects of one class in an array, or the name of a class
 * @throws TypeError for objects of several classes, and as `showBackrefs`; Error when there is no instance
 */
export function showMerged(objects: unknown, options: MergeOptions): void {
  checkOptions('showBackrefs with merge', options, [
    'maxDepth',
    'tooMany',
    'snapshot',
    'filename',
    'output',
    'merge',
  ]);
  checkDestination('showBackrefs', options);
  const { maxDepth = 8, tooMany = 10 } = options;
  checkCounts('showBackrefs', { maxDepth, tooMany });
  const { snapshot, nodes } =
    typeof objects === 'string'
      ? instances(objects, options.snapshot ?? snapshotNow([], 'none').snapshot)
      : locate('showBackrefs', objects, options.snapshot, 'none');
  const classes = new Set(nodes.map((node) => snapshot.names.type(node)));
  if (classes.size > 1)
    throw new TypeError(`showBackrefs: merge takes objects of one class: not ${[...classes].join(' and ')}`);
  const merged = mergeReferrers(snapshot.analysis, nodes, { maxDepth, tooMany, folder: process.cwd() });
  const dot = writeMergedDot(merged, (node) => snapshot.heap.nodeIds[node]);
  present(dot, merged.nodes.length, options);
}

function instances(className: string, snapshot: Snapshot): { snapshot: Snapshot; nodes: number[] } {
  const { heap, graph, names } = snapshot;
  const nameOf = className.includes(' — ')
    ? (node: number) => names.longType(node)
    : (node: number) => names.type(node);
  const nodes: number[] = [];
  for (let node = 0; node < heap.nodeCount; node++)
    if (graph.isCounted(node) && nameOf(node) === className) nodes.push(node);
  if (nodes.length === 0) throw new Error(`showBackrefs: there is no ${className} in the heap`);
  return { snapshot, nodes };
}
