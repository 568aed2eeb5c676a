// All analyses of one heap graph, each computed when it is first asked for, and kept.
import { classify, type Classes } from './classes.ts';
import { detachedDom, domStates } from './detached-dom.ts';
import { detachedTrees, type DetachedTrees } from './detached-trees.ts';
import { computeDistances, type Distances } from './distances.ts';
import { dominatorChildren, type DominatorChildren } from './dominator-children.ts';
import { computeDominators, type DominatorTree } from './dominators.ts';
import { duplicateStrings, type DuplicateString } from './duplicate-strings.ts';
import { findEphemerons, type Ephemerons } from './ephemerons.ts';
import { essentialEdge } from './essential-edges.ts';
import type { HeapGraph } from './heap-graph.ts';
import { computeHistogram, countClasses, type ClassCounts, type Histogram } from './histogram.ts';
import { instancesOf } from './instances.ts';
import { ObjectGraph } from './object-graph.ts';
import { Owners } from './owner.ts';
import { retainedSizes } from './retained-sizes.ts';
import { buildRetainers, type Retainers } from './retainers.ts';
import { Scratch } from './scratch.ts';
import { shallowSizes } from './shallow-sizes.ts';
import type { Sizes } from './sizes.ts';
import { groupBySource, type SourceGroup, type SourceGrouping } from './source-groups.ts';
import { markUserNodes } from './user-nodes.ts';

/**
 * Lazily computed analyses of one heap. @beta
 *
 * Figures are those of Chrome DevTools, node for node.
 *
 * @example
 * const analysis = new HeapAnalysis(graph);
 * analysis.retainedSizes[node]; // bytes
 */
export class HeapAnalysis {
  readonly #kept = new Map<string, unknown>();
  readonly #scratch: Scratch;
  #instances: { index: number; nodes: Uint32Array } | null = null;

  /** @param excluded per node, 1 for nodes that `objects` must never show; null for none */
  constructor(
    /** What is analysed. */
    readonly graph: HeapGraph,
    private readonly excluded: Uint8Array | null = null,
  ) {
    this.#scratch = new Scratch(graph.nodeCount);
  }

  /** Edges by the node that they lead to. */
  get retainers(): Retainers {
    return this.#once('retainers', () => buildRetainers(this.graph));
  }

  /** Entries of WeakMaps: values that live as long as their keys do. */
  get ephemerons(): Ephemerons {
    return this.#once('ephemerons', () => findEphemerons(this.graph));
  }

  /** Per node, bytes of its own, hidden nodes that only it owns included. */
  get shallowSizes(): Sizes {
    return this.#once('shallow', () => shallowSizes(this.graph, this.#scratch));
  }

  /** Per node, the fewest references from the global object. */
  get distances(): Distances {
    return this.#once('distances', () => computeDistances(this.graph, this.ephemerons, this.#scratch));
  }

  /** Per node, the one that frees it. */
  get dominatorTree(): DominatorTree {
    return this.#once('dominators', () => {
      const userNodes = markUserNodes(this.graph, this.distances, this.#scratch);
      const isEssential = essentialEdge(this.graph, this.ephemerons, userNodes);
      return computeDominators(this.graph, isEssential, this.#scratch);
    });
  }

  /** Per node, bytes that would be freed with it. */
  get retainedSizes(): Sizes {
    return this.#once('retained', () => retainedSizes(this.dominatorTree, this.shallowSizes));
  }

  /** The same tree, from each node to those that it frees. */
  get dominatorChildren(): DominatorChildren {
    return this.#once('children', () => dominatorChildren(this.dominatorTree));
  }

  /** The class of each node. */
  get classes(): Classes {
    return this.#once('classes', () => classify(this.graph, domStates(this.graph)));
  }

  /** Counts and shallow bytes per class of `classes.list`: there long before distances and retained sizes are. */
  get classCounts(): ClassCounts {
    return this.#once('counts', () => countClasses(this));
  }

  /** Counts, bytes and distances per class of `classes.list`. */
  get histogram(): Histogram {
    return this.#once('histogram', () => {
      // First what needs most memory: the figures of classes come when it is free again.
      void this.dominatorTree;
      return computeHistogram(this, this.#scratch);
    });
  }

  /** The heap as a JavaScript reader thinks of it: names, references and roots. */
  get objects(): ObjectGraph {
    return this.#once('objects', () => new ObjectGraph(this.graph, this.excluded, this));
  }

  /** Whose each node is: the program's, a package's, or internal. */
  get owners(): Owners {
    return this.#once('owners', () => new Owners(this.objects));
  }

  /** Whose the heap is, by package or by file. */
  sources(by: SourceGrouping): SourceGroup[] {
    return this.#once(`sources by ${by}`, () => groupBySource(this, by));
  }

  /** Texts that are in memory more than once, those that waste the most first. */
  get duplicateStrings(): DuplicateString[] {
    return this.#once('strings', () => duplicateStrings(this.graph, this.shallowSizes));
  }

  /** Ordinals of detached DOM nodes, those that retain the most first. */
  get detachedDom(): Uint32Array {
    return this.#once('dom', () => detachedDom(this.graph, this.retainedSizes));
  }

  /** The trees of detached DOM nodes, those that retain the most first. */
  get detachedTrees(): DetachedTrees {
    return this.#once('trees', () => {
      const { distances, retainedSizes, dominatorTree } = this;
      const states = domStates(this.graph);
      return detachedTrees(this.graph, { states, distances, retainedSizes, dominatorTree });
    });
  }

  /** Ordinals of the objects of a class of `classes.list`, those that retain the most first; the last list is kept. */
  instances(index: number): Uint32Array {
    if (this.#instances?.index !== index)
      this.#instances = { index, nodes: instancesOf(this.classes, index, this) };
    return this.#instances.nodes;
  }

  #once<T>(name: string, compute: () => T): T {
    if (!this.#kept.has(name)) this.#kept.set(name, compute());
    return this.#kept.get(name) as T;
  }
}
