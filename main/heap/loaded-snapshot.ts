// A snapshot in memory, with what was made of it so far, and the lists that its tables were last asked for.
import { HeapAnalysis } from '../../shared/heap/analysis.ts';
import type { HeapGraph } from '../../shared/heap/heap-graph.ts';
import { IdIndex } from '../../shared/heap/id-index.ts';
import type { HeapAnalysisName, ObjectRow } from '../../shared/protocol/heap.ts';
import { HeapDescriber, type DescribeOptions } from './describe.ts';

/** Orders of a million rows are worth caching, but not many of them. */
const maxCached = 8;

let snapshots = 0;

export class LoadedSnapshot {
  /** Identifies it: two snapshots may have one name. */
  readonly number = ++snapshots;
  /** The snapshot with its strings, by which rows are filtered and sorted. */
  unredacted: LoadedSnapshot = this;
  readonly analysis: HeapAnalysis;
  readonly describer: HeapDescriber;
  readonly #kept = new Map<string, unknown>();
  #ids: IdIndex | null = null;

  /** @param ready which analyses are there already */
  constructor(
    readonly name: string,
    readonly graph: HeapGraph,
    private readonly options: DescribeOptions = {},
    readonly ready: Set<HeapAnalysisName> = new Set(),
    analysis: HeapAnalysis = new HeapAnalysis(graph),
  ) {
    this.analysis = analysis;
    this.describer = new HeapDescriber(analysis, options);
  }

  /** File names inside it are shown relative to it. */
  get folder(): string | undefined {
    return this.options.folder;
  }

  /** The same snapshot, with only the lengths of its strings. */
  redacted(): LoadedSnapshot {
    const redacted = new LoadedSnapshot(
      this.name,
      this.graph,
      { ...this.options, redacted: true },
      this.ready,
      this.analysis,
    );
    redacted.unredacted = this;
    return redacted;
  }

  get isRedacted(): boolean {
    return this.options.redacted ?? false;
  }

  get ids(): IdIndex {
    return (this.#ids ??= new IdIndex(this.graph));
  }

  /** @throws Error in words when there is none */
  nodeWithId(id: number): number {
    const node = this.ids.find(id);
    if (node < 0) throw new Error(`${this.name} has no object @${id}`);
    return node;
  }

  /** One object in a table; needs `counts`. */
  row(node: number): ObjectRow {
    const hasRetained = this.ready.has('retainedSizes');
    return {
      ...this.describer.objectBefore(node),
      retainedSize: hasRetained ? this.analysis.retainedSizes[node] : null,
    };
  }

  /** What `make` made when it was last asked for by this key. */
  keep<T>(key: string, make: () => T): T {
    const value = this.#kept.has(key) ? (this.#kept.get(key) as T) : make();
    this.#kept.delete(key);
    this.#kept.set(key, value);
    if (this.#kept.size > maxCached) this.#kept.delete(this.#kept.keys().next().value!);
    return value;
  }
}
