// Many objects of one class under one retainer: a cache without a bound, a queue that is never emptied, a list of everything.
import type { HeapAnalysis } from '../analysis.ts';
import { NodeType } from '../node-types.ts';
import { grouped, inBytes } from '../../quantities.ts';
import type { Detector } from './finding.ts';
import { mainClass } from './main-class.ts';

const leastCount = 1000;
const leastShare = 0.05;

export const lookAlikes: Detector = ({ now, words, leastBytes }) => {
  const least = Math.max(leastBytes, leastShare * now.retainedSizes[0]);
  return crowdedHolders(now).flatMap((node) => {
    const { className, count, elsewhere, example } = mainClass(now, node);
    const bytes = now.retainedSizes[node] + elsewhere;
    if (count < leastCount || bytes < least || words.isInternal(node)) return [];
    const { name, chain } = words.holder(node);
    const share = bytes / now.retainedSizes[0];
    return {
      className,
      place: words.names.sourcePlace(example),
      count,
      bytes,
      node,
      summary: `${name} holds ${grouped(count)} ${className}`,
      chain,
      confidence: Math.min(0.6, 0.3 + share / 2),
      because: `They are ${inBytes(bytes)}, ${Math.round(100 * share)} % of the heap; a second snapshot would show whether they become more.`,
    };
  });
};

/** Objects that refer to very many things, by themselves or through their tables. */
function crowdedHolders({ graph, objects, retainers }: HeapAnalysis): number[] {
  const found = new Set<number>();
  for (let node = 0; node < graph.nodeCount; node++) {
    if (graph.firstEdges[node + 1] - graph.firstEdges[node] < leastCount) continue;
    if (objects.isVisible(node)) {
      if (graph.nodeTypes[node] === NodeType.object && !objects.isRoot(node)) found.add(node);
      continue;
    }
    for (let slot = retainers.first[node]; slot < retainers.first[node + 1]; slot++) {
      const owner = retainers.nodes[slot];
      if (graph.nodeTypes[owner] === NodeType.object && objects.isVisible(owner) && !objects.isRoot(owner))
        found.add(owner);
    }
  }
  return [...found];
}
