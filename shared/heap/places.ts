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
  const { nodeTypes, firstEdges, edgeTypes, edgeNames } = graph;
  const edge = firstEdges[node];
  if (nodeTypes[node] !== NodeType.object || edge === firstEdges[node + 1]) return false;
  if (edgeTypes[edge] !== EdgeType.internal) return false;
  return functionName === undefined ? graph.edgeName(edge) === 'function' : edgeNames[edge] === functionName;
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

  constructor({ locations, nodeTypes }: HeapGraph) {
    const { nodes, scriptIds, lines, columns } = locations;
    // Instances of one class often follow one another.
    let [lastLine, lastColumn] = [-1, -1];
    for (let row = 0; row < nodes.length; row++) {
      if (nodeTypes[nodes[row]] === NodeType.closure) continue;
      const line = lineKey(scriptIds[row], lines[row]);
      if (line === lastLine && columns[row] === lastColumn) continue;
      [lastLine, lastColumn] = [line, columns[row]];
      const known = this.#columns.get(line);
      if (known === undefined) this.#columns.set(line, columns[row]);
      else if (known !== columns[row]) this.#columns.set(line, -1);
    }
  }

  /** Whether a place needs its column. @param column counted from 0 */
  needColumn(scriptId: number, line: number, column: number): boolean {
    return column >= longLine || this.#columns.get(lineKey(scriptId, line)) === -1;
  }
}

/** One number for a line of a script; V8's longest text has 2^29 characters, and so no more lines. */
const lineKey = (scriptId: number, line: number): number => scriptId * 2 ** 29 + line;
