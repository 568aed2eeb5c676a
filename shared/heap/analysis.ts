// All analyses of one heap graph, each computed when it is first asked for, and kept.
import { computeDistances, type Distances } from './distances.ts';
import { computeDominators, type DominatorTree } from './dominators.ts';
import { findEphemerons, type Ephemerons } from './ephemerons.ts';
import { essentialEdges } from './essential-edges.ts';
import type { HeapGraph } from './heap-graph.ts';
import { retainedSizes } from './retained-sizes.ts';
import { buildRetainers, type Retainers } from './retainers.ts';
import { shallowSizes } from './shallow-sizes.ts';
import { markUserNodes } from './user-roots.ts';

/**
 * Lazily computed analyses; figures are those of Chrome DevTools, node for node.
 *
 * @example
 * const analysis = new HeapAnalysis(graph);
 * analysis.retainedSizes[node]; // bytes
 */
export class HeapAnalysis {
  readonly #kept = new Map<string, unknown>();

  constructor(readonly graph: HeapGraph) {}

  get retainers(): Retainers {
    return this.#once('retainers', () => buildRetainers(this.graph));
  }

  get ephemerons(): Ephemerons {
    return this.#once('ephemerons', () => findEphemerons(this.graph));
  }

  /** Per node, bytes of its own, hidden nodes that only it owns included. */
  get shallowSizes(): Float64Array {
    return this.#once('shallow', () => shallowSizes(this.graph));
  }

  get distances(): Distances {
    return this.#once('distances', () => computeDistances(this.graph, this.ephemerons));
  }

  get dominatorTree(): DominatorTree {
    return this.#once('dominators', () => {
      const essential = essentialEdges(this.graph, this.ephemerons, markUserNodes(this.graph));
      return computeDominators(this.graph, this.retainers, essential);
    });
  }

  /** Per node, bytes that would be freed with it. */
  get retainedSizes(): Float64Array {
    return this.#once('retained', () => retainedSizes(this.dominatorTree, this.shallowSizes));
  }

  #once<T>(name: string, compute: () => T): T {
    if (!this.#kept.has(name)) this.#kept.set(name, compute());
    return this.#kept.get(name) as T;
  }
}
