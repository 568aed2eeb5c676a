// Objects of Python classes with `__del__` that only the garbage collector frees: they are in cycles, and nothing reaches them.
import type { HeapAnalysis } from '../analysis.ts';
import { grouped } from '../../quantities.ts';
import { groupAlike } from './alike.ts';
import type { Detector } from './finding.ts';

const leastCount = 100;
/** The root of what nothing reaches; see docs/heap-format.md. */
const unreachable = '(unreachable, not collected yet)';

export const pythonFinalizers: Detector = ({ now, words }) => {
  const { graph } = now;
  if (graph.language.name !== 'python') return [];
  const waits = unreachableNodes(now);
  const hasFinalizer = new Map<number, boolean>();
  return groupAlike(now, leastCount, (node) => {
    if (waits[node] === 0) return null;
    const cls = graph.childNamed(node, '__class__');
    if (cls < 0) return null;
    let isFinalized = hasFinalizer.get(cls);
    if (isFinalized === undefined) hasFinalizer.set(cls, (isFinalized = definesDel(now, cls)));
    return isFinalized ? String(cls) : null;
  }).map(({ members, bytes }) => {
    const [node] = members;
    const className = words.className(node);
    return {
      className,
      place: words.names.sourcePlace(node),
      count: members.length,
      bytes,
      node,
      summary: `${grouped(members.length)} ${className} in cycles wait for the garbage collector, which has to call their __del__`,
      chain: words.holder(node).chain,
      confidence: 0.5,
      because:
        'Nothing reaches them: without the cycle, each would have been freed at once, when it was used last.',
    };
  });
};

/** Per node, 1 where only the root of what nothing reaches leads to it. */
function unreachableNodes({ graph, dominatorTree }: HeapAnalysis): Uint8Array {
  const found = new Uint8Array(graph.nodeCount);
  const { dominators } = dominatorTree;
  const name = graph.strings.indexOf(unreachable);
  if (name < 0) return found;
  for (let edge = graph.firstEdges[0]; edge < graph.firstEdges[1]; edge++)
    if (graph.nodeNames[graph.edgeTargets[edge]] === name) found[graph.edgeTargets[edge]] = 1;
  // Their dominators lie between them and that root.
  const known = new Uint8Array(graph.nodeCount);
  const way: number[] = [];
  for (let node = 1; node < graph.nodeCount; node++) {
    let at = node;
    while (at !== 0 && known[at] === 0 && found[at] === 0) {
      known[at] = 1;
      way.push(at);
      at = dominators[at];
    }
    const isBelow = at !== 0 && found[at] === 1;
    while (way.length > 0) found[way.pop()!] = isBelow ? 1 : 0;
  }
  return found;
}

/** Whether a class, or one of its bases, defines `__del__` in Python. */
function definesDel({ graph }: HeapAnalysis, cls: number): boolean {
  const { firstEdges, edgeTargets } = graph;
  const mro = graph.childNamed(cls, '__mro__');
  const classes = mro < 0 ? [cls] : Array.from(edgeTargets.subarray(firstEdges[mro], firstEdges[mro + 1]));
  return classes.some((one) => {
    const attributes = graph.childNamed(one, '__dict__');
    return attributes >= 0 && graph.childNamed(attributes, '__del__') >= 0;
  });
}
