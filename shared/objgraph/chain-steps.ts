// A chain in words. Lists of timers, signals and promises are as long as there are timers: runs of the same step are one.
import type { HeapNode } from './heap-node.ts';

/** What a step needs to know of an object. */
type Linked = Pick<HeapNode, 'className' | 'edge'>;

/** A step of a chain: a reference, and the object that it leads to. */
export interface ChainStep<N extends Linked = HeapNode> {
  /** The name of the reference; empty on the first step, and where V8 has none. */
  edge: string;
  /** The object at the end of the step; of a run, the last one. */
  node: N;
  /** How many equal references follow one another, by objects of one class. */
  run: number;
}

/**
 * The steps of a chain, as `findBackrefChain` gives it, with runs of the same reference between objects of one class as
 * one step.
 *
 * @example
 * chainSteps(chain).map(({ edge, node, run }) => `${edge} × ${run} → ${node}`);
 */
export function chainSteps<N extends Linked>(chain: readonly N[]): ChainStep<N>[] {
  const steps: ChainStep<N>[] = [];
  chain.forEach((node, i) => {
    const edge = i === 0 ? '' : (chain[i - 1].edge ?? '');
    const last = steps.at(-1);
    if (last && i > 1 && isSame(last, edge, node)) {
      last.node = node;
      last.run++;
    } else steps.push({ edge, node, run: 1 });
  });
  return steps;
}

/** Indices and keys differ where they look alike: `[0]` of one array is not `[0]` of the next. */
function isSame(step: ChainStep<Linked>, edge: string, node: Linked): boolean {
  return edge !== '' && edge === step.edge && !/^[["(]/.test(edge) && node.className === step.node.className;
}
