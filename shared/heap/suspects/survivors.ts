// The rule of three snapshots: what was allocated after the first, and is there in the second and still in the third, has
// outlived the work that made it. What belongs to other such objects is told with these.
import type { HeapAnalysis } from '../analysis.ts';
import { IdIndex } from '../id-index.ts';
import { grouped } from '../quantities.ts';
import type { Detector } from './finding.ts';

const leastCount = 50;
const mostTold = 10;
/** An object has at most so many parts of one class; what has more is a collection. */
const mostParts = 20;

export const survivors: Detector = ({ now, earlier, words, leastBytes }) => {
  if (earlier.length < 2) return [];
  const { classes } = now;
  const { counts, later, bytes, example, inside } = countSurvivors(now, earlier[0], earlier[1]);
  const isMany = (index: number): boolean => counts[index] >= leastCount && bytes[index] >= leastBytes;
  // What belongs to another class of many is told with that one.
  const isPart = (index: number): boolean => {
    let parts = 0;
    for (const { part, owner, count, owners } of inside.values())
      if (part === index && owner !== index && isMany(owner) && count <= mostParts * owners) parts += count;
    return parts > counts[index] / 2;
  };
  return Array.from(counts.keys())
    .filter((index) => isMany(index) && !isPart(index))
    .sort((a, b) => bytes[b] - bytes[a])
    .slice(0, mostTold)
    .flatMap((index) => {
      const owner = words.ownerOf(example[index]);
      if (owner < 0 || words.isInternal(owner)) return [];
      const { name, chain } = words.holder(owner);
      const goesOn = later[index] >= counts[index] / 2;
      return {
        className: classes.list[index].name,
        place: words.names.place(example[index]),
        count: counts[index],
        bytes: bytes[index],
        node: owner,
        summary: `${name} holds ${grouped(counts[index])} ${classes.list[index].name} that outlived the work that made them`,
        chain,
        confidence: goesOn ? 0.85 : 0.65,
        because:
          `They were allocated after the first snapshot, and are in the second and the last one; ` +
          (goesOn
            ? `${grouped(later[index])} more have come since.`
            : 'no more have come since, so that they may be kept on purpose.'),
      };
    });
};

interface Survivors {
  /** Per class, objects allocated between the first two snapshots, and after these. */
  counts: Uint32Array;
  later: Uint32Array;
  /** Per class, bytes that the first of these keep. */
  bytes: Float64Array;
  /** Per class, the one that keeps most, or -1. */
  example: Int32Array;
  /** Per pair of classes, how many objects of one belong to how many of the other. */
  inside: Map<number, Belonging>;
}

interface Belonging {
  part: number;
  owner: number;
  count: number;
  owners: number;
  lastOwner: number;
}

function countSurvivors(
  { graph, objects, classes, retainedSizes, dominatorTree }: HeapAnalysis,
  before: HeapAnalysis,
  during: HeapAnalysis,
): Survivors {
  const { dominators, order } = dominatorTree;
  const { ofNode, list } = classes;
  const idsBefore = new IdIndex(before.graph);
  const idsDuring = new IdIndex(during.graph);
  const counts = new Uint32Array(list.length);
  const later = new Uint32Array(list.length);
  const bytes = new Float64Array(list.length);
  const example = new Int32Array(list.length).fill(-1);
  const inside = new Map<number, Belonging>();
  // Per node, the nearest new object that dominates it, or itself; -1 for none. Tables in between are V8's.
  const nearest = new Int32Array(graph.nodeCount).fill(-1);
  for (const node of order) {
    const owner = nearest[dominators[node]];
    nearest[node] = owner;
    if (!objects.isCounted(node) || idsBefore.find(graph.nodeIds[node]) >= 0) continue;
    nearest[node] = node;
    const index = ofNode[node];
    if (idsDuring.find(graph.nodeIds[node]) < 0) {
      later[index]++;
      continue;
    }
    counts[index]++;
    const isInLater = owner >= 0 && idsDuring.find(graph.nodeIds[owner]) < 0;
    if (owner < 0 || isInLater || ofNode[owner] !== index) {
      bytes[index] += retainedSizes[node];
      if (example[index] < 0 || retainedSizes[node] > retainedSizes[example[index]]) example[index] = node;
    }
    if (owner >= 0) addBelonging(inside, index, ofNode[owner], owner, list.length);
  }
  return { counts, later, bytes, example, inside };
}

function addBelonging(
  inside: Map<number, Belonging>,
  part: number,
  owner: number,
  node: number,
  classCount: number,
): void {
  const pair = part * classCount + owner;
  const known = inside.get(pair) ?? { part, owner, count: 0, owners: 0, lastOwner: -1 };
  known.count++;
  // In the order of the search, the parts of one owner come one after the other.
  if (known.lastOwner !== node) known.owners++;
  known.lastOwner = node;
  inside.set(pair, known);
}
