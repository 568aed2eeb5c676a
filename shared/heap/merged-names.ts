// What a reader calls references of many objects at once: names that differ from entry to entry (indices, the keys of a
// Map) are left out.
import { isMapKey } from './hash-tables.ts';
import { EdgeType } from './node-types.ts';
import { NodeNames } from './node-names.ts';
import type { ObjectGraph } from './object-graph.ts';
import { ReferenceNames } from './reference-names.ts';
import { RootKind } from './roots.ts';

/** An object with more properties is a table: its properties' names are keys. */
const maxProperties = 100;

/** Names for the merged picture of one heap. */
export class MergedNames {
  private readonly nodes: NodeNames;
  private readonly references: ReferenceNames;
  private readonly map: number;

  /**
   * @param folder file names inside it are shown relative to it
   * @param redacted strings are left out, except for their length
   */
  constructor(
    private readonly graph: ObjectGraph,
    folder: string,
    redacted = false,
  ) {
    this.nodes = new NodeNames(graph, folder, redacted);
    this.references = new ReferenceNames(graph, this.nodes);
    this.map = graph.heap.strings.indexOf('Map');
  }

  type(node: number): string {
    return this.nodes.type(node);
  }

  describe(node: number): string {
    // The global object's properties say nothing: they are everybody's.
    return this.graph.roots.kinds[node] === RootKind.global ? '' : this.nodes.describe(node);
  }

  /** `cache`, `[…]`, `value`, `key`. */
  label(owner: number, edge: number): string {
    const { heap } = this.graph;
    const type = heap.edgeType(edge);
    if (type === EdgeType.element) return '[…]';
    if (type === EdgeType.property && heap.firstEdges[owner + 1] - heap.firstEdges[owner] > maxProperties)
      return this.graph.isRoot(owner) ? heap.edgeName(edge) : '[…]';
    if (type === EdgeType.property || type === EdgeType.context) return heap.edgeName(edge);
    if (heap.nodeNames[owner] === this.map && type === EdgeType.internal) {
      const table = this.graph.sourceOf(edge);
      return isMapKey(heap.selfSizes[table], Number(heap.edgeName(edge))) ? 'key' : 'value';
    }
    return this.references.of(owner, edge).replace(/^\[.*\]$|^\(.*\)$|^".*"$/, '[…]');
  }
}
