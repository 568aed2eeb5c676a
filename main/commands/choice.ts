// The objects that a user means: `--id 1234` (where several may be drawn, more than once) as every command prints ids, or `--type NAME` as `objgraph types` prints it.
import { HeapDescriber } from '../heap/describe.ts';
import type { Heap } from './heaps.ts';
import { UsageError, warn } from './run.ts';

/** There is no such object, or no such class. */
export class ChoiceError extends Error {}

export interface Choice {
  id?: string | string[];
  type?: string;
}

/** One of the two, and what it says looks as it should. @throws UsageError */
export function checkChoice({ id, type }: Choice): void {
  if ((id === undefined) === (type === undefined))
    throw new UsageError('say which objects: --id ID or --type NAME');
  for (const one of listOf(id))
    if (!/^[@o]?\d{1,15}$/.test(one))
      throw new UsageError(`--id is a number as the commands print it, not ${JSON.stringify(one)}`);
}

const listOf = (id: string | string[] = []): string[] => (typeof id === 'string' ? [id] : id);

/** The ids of a process are new ones at every visit: a number from the last one may mean anything. */
function warnOfIds({ name, isLive }: Heap): void {
  if (isLive)
    warn('objgraph', [
      `the ids of ${name} may have changed since it was last asked; to ask twice, use a file (objgraph snapshot)`,
    ]);
}

/**
 * The nodes that are meant; those of a class by what they retain, the most first.
 * @throws ChoiceError that says how to find out what there is
 */
export function chosenNodes(heap: Heap, { id, type }: Choice): number[] {
  if (id !== undefined) {
    warnOfIds(heap);
    return listOf(id).map((one) => {
      const node = heap.analysis.graph.nodeWithId(Number(one.replace(/^[@o]/, '')));
      if (node < 0) throw new ChoiceError(`${heap.name} has no object with the id ${one}`);
      return node;
    });
  }
  return [...instancesNamed(heap, type!)];
}

/** The instances of all classes of a name; with a place behind it (`User — src/user.js:12`), of that one. */
export function instancesNamed({ name, analysis }: Heap, type: string): Uint32Array {
  const describer = new HeapDescriber(analysis);
  const { list } = analysis.classes;
  const found = list.flatMap((heapClass, index) =>
    describer.isCalled(describer.class(heapClass), type) ? [index] : [],
  );
  const nodes = found.length === 1 ? analysis.instances(found[0]) : merge(analysis, found);
  if (nodes.length > 0) return nodes;
  // Python's classes have their module before the name.
  const isSimilar = (other: string) =>
    other === type.toLowerCase() || other.endsWith(`.${type.toLowerCase()}`);
  const similar = list.map((heapClass) => heapClass.name).find((other) => isSimilar(other.toLowerCase()));
  const hint = similar ? `did you mean ${similar}?` : 'objgraph types lists them';
  throw new ChoiceError(`${name} has no objects of type ${JSON.stringify(type)}; ${hint}`);
}

function merge(analysis: Heap['analysis'], classes: readonly number[]): Uint32Array {
  const { retainedSizes } = analysis;
  return Uint32Array.from(classes.flatMap((index) => [...analysis.instances(index)])).sort(
    (a, b) => retainedSizes[b] - retainedSizes[a] || a - b,
  );
}
