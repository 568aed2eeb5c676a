// Original places: where a function or class is in the file that its author wrote, when a source map says so. The heap core only
// asks; who reads maps (main/source-maps) answers.
import type { HeapGraph } from './heap-graph.ts';
import { EdgeType, NodeType } from './node-types.ts';
import type { OriginalPlace } from './original-place.ts';

export type { GeneratedPlace, OriginalPlace, Places } from './original-place.ts';

/** A place in a file; `line` and `column` are counted from 1. */
export interface PlaceInFile {
  /** A path or URL. */
  script: string;
  line: number;
  column: number;
}

/** Where a class or function is written. */
export interface SourcePlace {
  /** As a reader calls it: `src/user.js:12`. */
  text: string;
  /** The author's, where there is a source map; null where only the file is known. */
  location: PlaceInFile | null;
  /** In the code that ran, and what it is called there; null where `location` is that place. */
  generated: (PlaceInFile & { name: string }) | null;
}

/**
 * Whether a node is a generator object: its place is that of its function, by which V8 names it too. The function is its first
 * reference.
 *
 * @param functionName the number of the string `function`, where it is asked for many nodes
 */
export function isGenerator(graph: HeapGraph, node: number, functionName?: number): boolean {
  const { nodeTypes, firstEdges } = graph;
  const edge = firstEdges[node];
  if (nodeTypes[node] !== NodeType.object || edge === firstEdges[node + 1]) return false;
  if (graph.edgeType(edge) !== EdgeType.internal) return false;
  return functionName === undefined
    ? graph.edgeName(edge) === 'function'
    : graph.edgeNumber(edge) === functionName;
}

/** The original place of a located node; null for others, and where there is no map. */
export function originalPlaceOf(graph: HeapGraph, node: number): OriginalPlace | null {
  if (graph.places === null) return null;
  const row = graph.locationOf(node);
  if (row < 0) return null;
  const { scriptIds, lines, columns } = graph.locations;
  return graph.places.original({
    kind: graph.nodeTypes[node] === NodeType.closure || isGenerator(graph, node) ? 'function' : 'class',
    name: graph.nodeName(node),
    scriptId: scriptIds[row],
    line: lines[row],
    column: columns[row],
  });
}

/** Longer lines than people write: there a line alone is no place. */
export const longLine = 250;

/** Lines on which a line number is no place: several classes begin there, as in a bundle of one line. */
export class CrowdedLines {
  /** Per line, the column of its class; -1 where there are several. */
  readonly #columns = new Map<number, number>();

  constructor(graph: HeapGraph) {
    const { scriptIds, lines, columns } = graph.locations;
    const isOfClass = new Uint8Array(lines.length);
    for (let node = 0; node < graph.nodeCount; node++) {
      const location = graph.locationOf(node);
      if (location >= 0 && graph.nodeTypes[node] !== NodeType.closure) isOfClass[location] = 1;
    }
    for (let location = 0; location < lines.length; location++) {
      if (isOfClass[location] === 0) continue;
      const line = lineKey(scriptIds[location], lines[location]);
      // Of one line, each location has another column.
      this.#columns.set(line, this.#columns.has(line) ? -1 : columns[location]);
    }
  }

  /** Whether a place needs its column. @param column counted from 0 */
  needColumn(scriptId: number, line: number, column: number): boolean {
    return column >= longLine || this.#columns.get(lineKey(scriptId, line)) === -1;
  }
}

/** One number for a line of a script; V8's longest text has 2^29 characters, and so no more lines. */
const lineKey = (scriptId: number, line: number): number => scriptId * 2 ** 29 + line;
