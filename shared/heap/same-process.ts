// Whether two snapshots are of one process: only then does an id mean the same object in both. V8 numbers the objects of
// a heap when it first takes a snapshot, in the order in which they lie there, and never uses a number again. In another
// process, even of the same program, that order differs: of the first 50,000 numbers, 5 to 60 % name something else
// (measured: Node 20 to 26); in the same process, none.
import type { HeapGraph } from './heap-graph.ts';
import { NodeType } from './node-types.ts';

/** Ids up to here are compared: they are those of V8's own objects and the start of the program, which stay. */
const lastCompared = 100_000;
/** Fewer ids in common say nothing. */
const leastCommon = 100;
const maxDifferent = 0.005;

/** Whether ids mean the same in both. */
export function isSameProcess(before: HeapGraph, after: HeapGraph): boolean {
  const { visit } = after.language;
  // Python's ids are addresses, in the order in which a visit met them.
  if (after.language.name !== 'javascript') return visit !== null && visit === before.language.visit;
  const earlierNodes = firstNodes(before);
  let common = 0;
  let different = 0;
  for (let node = 0; node < after.nodeCount; node++) {
    if (after.nodeIds[node] > lastCompared) continue;
    const earlier = earlierNodes[after.nodeIds[node]] - 1;
    if (earlier < 0 || (isCode(before.nodeTypes[earlier]) && isCode(after.nodeTypes[node]))) continue;
    common++;
    if (!isAlike(before, earlier, after, node)) different++;
  }
  return (
    common >= Math.min(leastCommon, before.nodeCount, after.nodeCount) && different <= maxDifferent * common
  );
}

/** Per id that is compared, the first node with it plus one; 0 where there is none. */
function firstNodes({ nodeIds }: HeapGraph): Uint32Array {
  const nodes = new Uint32Array(lastCompared + 1);
  for (let node = nodeIds.length - 1; node >= 0; node--)
    if (nodeIds[node] <= lastCompared) nodes[nodeIds[node]] = node + 1;
  return nodes;
}

/** Texts and tables may change within one process, what they are does not. */
function isAlike(before: HeapGraph, earlier: number, after: HeapGraph, later: number): boolean {
  const type = before.nodeTypes[earlier];
  if (type !== after.nodeTypes[later]) return isText(type) && isText(after.nodeTypes[later]);
  const isNamed = type === NodeType.object || type === NodeType.closure || type === NodeType.native;
  return !isNamed || before.nodeName(earlier) === after.nodeName(later);
}

/**
 * V8's own objects, among them compiled code: that of a function that has not run for a while becomes a note where its text is,
 * in the same place, with the same number.
 */
function isCode(type: number): boolean {
  return type === NodeType.code || type === NodeType.hidden;
}

/** A rope becomes a plain string when it is read. */
function isText(type: number): boolean {
  return type === NodeType.string || type === NodeType.concatenatedString || type === NodeType.slicedString;
}
