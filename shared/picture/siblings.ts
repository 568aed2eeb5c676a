// Like siblings: neighbours of one object that are of one class and that it refers to in one way. A Map of 700 sessions shows
// three of them, and one box for the others.
import type { HeapAnalysis } from '../heap/analysis.ts';
import { isMapKey } from '../heap/hash-tables.ts';
import { EdgeType, NodeType } from '../heap/node-types.ts';

/** An object with more properties is a table: its properties are entries, each like the others. */
const maxFields = 20;

export interface Neighbour {
  node: number;
  /** The heap's edge between the two. */
  edge: number;
}

export class Siblings {
  constructor(private readonly analysis: HeapAnalysis) {}

  /** What a neighbour has in common with others of the same owner: equal for all that may be merged. */
  like(owner: number, { node, edge }: Neighbour): string {
    return `${this.classOf(node)} ${this.wayOf(owner, edge)}`;
  }

  /** Functions of one place in the source are alike, as objects of one class are. */
  private classOf(node: number): string {
    const { graph, classes } = this.analysis;
    if (graph.nodeTypes[node] !== NodeType.closure) return String(classes.ofNode[node]);
    const row = graph.locationOf(node);
    if (row < 0) return `function ${graph.nodeNames[node]}`;
    const { scriptIds, lines, columns } = graph.locations;
    return `function ${scriptIds[row]}:${lines[row]}:${columns[row]}`;
  }

  private wayOf(owner: number, edge: number): string {
    const { graph, objects } = this.analysis;
    const type = graph.edgeType(edge);
    if (type === EdgeType.element) return 'element';
    const source = objects.sourceOf(edge);
    if (type === EdgeType.property) {
      const isTable = graph.firstEdges[source + 1] - graph.firstEdges[source] > maxFields;
      return isTable && !objects.isRoot(owner) ? 'property' : `property ${graph.edgeNumber(edge)}`;
    }
    if (type === EdgeType.context) return `variable ${graph.edgeNumber(edge)}`;
    if (source === owner) return `internal ${graph.edgeNumber(edge)}`;
    const slot = Number(graph.edgeName(edge));
    return graph.nodeName(owner) === 'Map' && isMapKey(graph.selfSizes[source], slot) ? 'key' : 'entry';
  }
}
