// An object that alone keeps more than a tenth of the heap. Of a chain of such objects, the last one is reported: where
// the bytes divide among many. Source of the idea: Eclipse MAT's leak suspects (accumulation points).
import type { HeapAnalysis } from '../analysis.ts';
import { inBytes } from '../../quantities.ts';
import type { Detector } from './finding.ts';

const leastShare = 0.1;
/** A child that keeps so much of what its parent keeps is the one to look at. */
const mostInOneChild = 0.8;

export const dominating: Detector = ({ now, words, leastBytes }) => {
  const { retainedSizes, objects } = now;
  const total = retainedSizes[0];
  return accumulationPoints(now, Math.max(leastBytes, leastShare * total)).flatMap((point) => {
    const node = visibleOwner(now, point);
    if (node < 0 || objects.isRoot(node) || words.isInternal(node)) return [];
    const { name, chain } = words.holder(node);
    const share = retainedSizes[point] / total;
    const percent = `${Math.round(100 * share)} % of the heap`;
    return {
      className: words.className(node),
      place: words.names.sourcePlace(node),
      count: 1,
      bytes: retainedSizes[point],
      node,
      summary: `${name} keeps ${inBytes(retainedSizes[point])}, ${percent}`,
      chain,
      confidence: Math.min(0.6, 0.2 + share / 2),
      because: `It alone keeps ${percent}; whether that is too much, one snapshot cannot tell.`,
    };
  });
};

/** Where `least` bytes divide, and where chains of objects of one class that never divide begin. */
function accumulationPoints(analysis: HeapAnalysis, least: number): number[] {
  const { retainedSizes, dominatorChildren, classes, objects } = analysis;
  const { first, nodes } = dominatorChildren;
  const points: number[] = [];
  const stack = [0];
  while (stack.length > 0) {
    let node = stack.pop()!;
    // Down one branch as long as nearly all bytes are in one child.
    for (let listStart = -1; ;) {
      let heaviest = -1;
      for (let at = first[node]; at < first[node + 1]; at++)
        if (heaviest < 0 || retainedSizes[nodes[at]] > retainedSizes[heaviest]) heaviest = nodes[at];
      const goesOn = heaviest >= 0 && retainedSizes[heaviest] > mostInOneChild * retainedSizes[node];
      if (goesOn && retainedSizes[heaviest] >= least) {
        if (listStart < 0 && objects.isVisible(node) && classes.ofNode[node] === classes.ofNode[heaviest])
          listStart = node;
        node = heaviest;
        continue;
      }
      if (goesOn && listStart >= 0) points.push(listStart);
      else if (node !== 0) points.push(node);
      for (let at = first[node]; at < first[node + 1]; at++)
        if (retainedSizes[nodes[at]] >= least) stack.push(nodes[at]);
      break;
    }
  }
  return points;
}

/** The nearest dominator that a reader knows; -1 when that is V8's. */
function visibleOwner({ objects, dominatorTree }: HeapAnalysis, node: number): number {
  let owner = node;
  while (owner !== 0 && !objects.isVisible(owner)) owner = dominatorTree.dominators[owner];
  return owner === 0 || objects.isSynthetic(owner) ? -1 : owner;
}
