// What a holder is full of: of the classes that it refers to, the one with most bytes.
import type { HeapAnalysis } from '../analysis.ts';

export interface MainClass {
  className: string;
  count: number;
  /** Bytes of these that the holder does not dominate, because something else holds them, too. */
  elsewhere: number;
  /** The ordinal of one of them. */
  example: number;
}

/** Steps from a holder to what is in it: a Map's table lies between. */
const mostSteps = 3;

/** The class that a holder holds most bytes of; an empty one for a holder of nothing. */
export function mainClass(analysis: HeapAnalysis, holder: number): MainClass {
  const { objects, classes, retainedSizes } = analysis;
  const found = new Map<number, MainClass & { bytes: number }>();
  objects.eachReference(holder, (node) => {
    const index = classes.ofNode[node];
    const known = found.get(index) ?? {
      className: classes.list[index].name,
      count: 0,
      elsewhere: 0,
      example: node,
      bytes: 0,
    };
    known.count++;
    known.bytes += retainedSizes[node];
    if (!dominates(analysis, holder, node)) known.elsewhere += retainedSizes[node];
    found.set(index, known);
  });
  const [first] = [...found.values()].sort((a, b) => b.bytes - a.bytes);
  return first ?? { className: '', count: 0, elsewhere: 0, example: holder };
}

function dominates({ dominatorTree }: HeapAnalysis, holder: number, node: number): boolean {
  let above = node;
  for (let step = 0; step < mostSteps && above !== 0; step++) {
    above = dominatorTree.dominators[above];
    if (above === holder) return true;
  }
  return false;
}
