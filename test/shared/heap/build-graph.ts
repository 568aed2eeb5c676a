// Makes a heap graph, or the text of a snapshot, from a description that can be read:
// `{ nodes: ['synthetic (root)', 'object Foo'], edges: ['0 property foo 1', '1 element 3 2'] }`.
import { FastRows } from '../../../shared/heap/fast-rows.ts';
import { SnapshotReader } from '../../../shared/heap/snapshot-reader.ts';
import type { HeapGraph } from '../../../shared/heap/heap-graph.ts';

export interface Description {
  /** `type name`, for each node; types with a space in them are written with a dash: `sliced-string`. */
  nodes: string[];
  /** `from type name to`, nodes by their position. */
  edges: string[];
}

const nodeTypes = [
  'hidden',
  'array',
  'string',
  'object',
  'code',
  'closure',
  'regexp',
  'number',
  'native',
  'synthetic',
  'concatenated string',
  'sliced string',
  'symbol',
  'bigint',
];
const edgeTypes = ['context', 'element', 'property', 'internal', 'hidden', 'shortcut', 'weak'];

/** A snapshot as plain data: what JSON.parse gives for a file. */
export interface SnapshotJson {
  snapshot: {
    meta: Record<string, unknown> & { node_fields: string[]; edge_fields: string[] };
    node_count: number;
    edge_count: number;
  };
  nodes: number[];
  edges: number[];
  locations: number[];
  strings: string[];
  [section: string]: unknown;
}

/** Ids are 1, 3, 5, … and every node has 8 bytes. */
export function describeSnapshot({ nodes, edges }: Description): SnapshotJson {
  const strings: string[] = [];
  const string = (text: string): number =>
    strings.includes(text) ? strings.indexOf(text) : strings.push(text) - 1;
  const split = edges.map((edge) => {
    const [, from, type, name, to] = /^(\d+) (\w+) (.*) (\d+)$/.exec(edge)!;
    return { from: Number(from), type: edgeTypes.indexOf(type), name, to: Number(to) };
  });
  const sorted = nodes.map((_, node) => split.filter(({ from }) => from === node));
  return {
    snapshot: {
      meta: {
        node_fields: ['type', 'name', 'id', 'self_size', 'edge_count', 'trace_node_id', 'detachedness'],
        node_types: [nodeTypes, 'string', 'number', 'number', 'number', 'number', 'number'],
        edge_fields: ['type', 'name_or_index', 'to_node'],
        edge_types: [edgeTypes, 'string_or_number', 'node'],
        location_fields: ['object_index', 'script_id', 'line', 'column'],
      },
      node_count: nodes.length,
      edge_count: edges.length,
    },
    nodes: nodes.flatMap((node, i) => {
      const [type, ...name] = node.split(' ');
      return [
        nodeTypes.indexOf(type.replace('-', ' ')),
        string(name.join(' ')),
        2 * i + 1,
        8,
        sorted[i].length,
        0,
        0,
      ];
    }),
    edges: sorted
      .flat()
      .flatMap(({ type, name, to }) => [
        type,
        type === 1 || type === 4 ? Number(name) : string(name),
        7 * to,
      ]),
    locations: [],
    strings,
  };
}

/** The graph of a described heap. */
export function buildGraph(description: Description): HeapGraph {
  return readText(JSON.stringify(describeSnapshot(description)));
}

/** Of one reader after the other. */
export const fastRows = FastRows.create();

/** Reads the text of a snapshot, `chunkSize` bytes at a time. */
export function readText(text: string | Uint8Array, chunkSize = Infinity, fast = fastRows): HeapGraph {
  const bytes = typeof text === 'string' ? new TextEncoder().encode(text) : text;
  const reader = new SnapshotReader(fast);
  for (let from = 0; from < bytes.length; from += chunkSize)
    reader.write(bytes.subarray(from, Math.min(bytes.length, from + chunkSize)));
  return reader.end();
}

/** Whole numbers from 0 to below `bound`, the same for the same seed. */
export function randomNumbers(seed: number): (bound: number) => number {
  let state = seed;
  return (bound) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * bound);
  };
}
