// The merged picture: what refers to all objects of a class, or what they refer to, in one graph, level by level, with counts
// and bytes.
import { writePicture } from '../dot/write-picture.ts';
import { mergeReferences, mergeReferrers } from '../heap/merge.ts';
import type { Direction } from '../heap/selection.ts';
import { checkCounts, checkOptions } from './arguments.ts';
import { locate } from './chains.ts';
import { pictureOfMerged } from '../picture/draw-picture.ts';
import type { PictureStyle } from '../picture/picture.ts';
import { checkStyle, wordsOf } from './live-words.ts';
import { checkDestination, present, type Destination } from './present.ts';
import { snapshotNow, type Snapshot } from './snapshot.ts';
import { workingFolder } from './working-folder.ts';

/** The options of the merged picture. */
export interface MergeOptions extends Destination {
  /** True draws all objects of a kind as one box. */
  merge: boolean;
  /** Steps away from the objects (default 8). */
  maxDepth?: number;
  /** Groups drawn next to each group (default 10). */
  tooMany?: number;
  /** A moment to draw instead of the present. */
  snapshot?: Snapshot;
  /** See `ShowOptions`. */
  style?: PictureStyle;
}

/**
 * Draws what refers to many objects, or what they refer to, merged by class and by the name of the reference.
 *
 * @param objects objects of one class in an array, or the name of a class
 * @throws TypeError for objects of several classes, and as `showRefs`; Error when there is no instance
 */
export function showMerged(
  name: string,
  direction: Direction,
  objects: unknown,
  options: MergeOptions,
): void {
  checkOptions(`${name} with merge`, options, [
    'maxDepth',
    'tooMany',
    'snapshot',
    'filename',
    'output',
    'merge',
    'style',
  ]);
  checkDestination(name, options);
  const { maxDepth = 8, tooMany = 10 } = options;
  checkCounts(name, { maxDepth, tooMany });
  checkStyle(name, options.style);
  const { snapshot, nodes } =
    typeof objects === 'string'
      ? instances(name, objects, options.snapshot ?? snapshotNow([], 'none').snapshot)
      : locate(name, objects, options.snapshot, 'none');
  const classes = new Set(nodes.map((node) => snapshot.names.type(node)));
  if (classes.size > 1)
    throw new TypeError(`${name}: merge takes objects of one class: not ${[...classes].join(' and ')}`);
  const merge = direction === 'references' ? mergeReferences : mergeReferrers;
  const merged = merge(snapshot.analysis, nodes, { maxDepth, tooMany, folder: workingFolder() });
  const picture = pictureOfMerged(snapshot.analysis, merged, options.style ?? 'cards', wordsOf(snapshot));
  present({ written: writePicture(picture), snapshot: null }, options);
}

function instances(
  name: string,
  className: string,
  snapshot: Snapshot,
): { snapshot: Snapshot; nodes: number[] } {
  const { heap, graph, names } = snapshot;
  const nameOf = className.includes(' — ')
    ? (node: number) => names.longType(node)
    : (node: number) => names.type(node);
  const nodes: number[] = [];
  for (let node = 0; node < heap.nodeCount; node++)
    if (graph.isCounted(node) && nameOf(node) === className) nodes.push(node);
  if (nodes.length === 0) throw new Error(`${name}: there is no ${className} in the heap`);
  return { snapshot, nodes };
}
