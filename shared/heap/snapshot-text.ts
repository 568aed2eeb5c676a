// Writes a heap graph as V8 writes a snapshot: the reader makes the very same graph of it, ordinals and ids included.
// Format: V8, src/profiler/heap-snapshot-generator.cc (HeapSnapshotJSONSerializer).
import { edgeTypeNames, nodeTypeNames } from './node-types.ts';
import type { HeapGraph } from './heap-graph.ts';

const rowsPerBlock = 8192;
/** A comma, and the digits of 2 ** 53. */
const longestNumber = 17;
const comma = 44;
const zero = 48;

const meta = {
  node_fields: ['type', 'name', 'id', 'self_size', 'edge_count', 'detachedness'],
  node_types: [nodeTypeNames, 'string', 'number', 'number', 'number', 'number'],
  edge_fields: ['type', 'name_or_index', 'to_node'],
  edge_types: [[...edgeTypeNames, 'unknown'], 'string_or_number', 'node'],
  location_fields: ['object_index', 'script_id', 'line', 'column'],
};
const nodeFields = meta.node_fields.length;

/**
 * The text of a snapshot, in pieces. A piece is gone when the next one is asked for: its memory is used again.
 *
 * @example
 * for (const piece of snapshotText(graph)) writeSync(descriptor, piece);
 */
export function* snapshotText(graph: HeapGraph): Generator<Uint8Array, void, undefined> {
  const { nodeCount, edgeCount, firstEdges, locations } = graph;
  const text = new TextEncoder();
  const header = { meta, node_count: nodeCount, edge_count: edgeCount, ...runtimeOf(graph) };
  yield text.encode(`{"snapshot":${JSON.stringify(header)},\n"nodes":[`);
  yield* numberRows(nodeCount, nodeFields, (node, values, at) => {
    values[at] = graph.nodeTypes[node];
    values[at + 1] = graph.nodeNames[node];
    values[at + 2] = graph.nodeIds[node];
    values[at + 3] = graph.selfSizes[node];
    values[at + 4] = firstEdges[node + 1] - firstEdges[node];
    values[at + 5] = graph.detachedness[node];
  });
  yield text.encode('],\n"edges":[');
  yield* numberRows(edgeCount, 3, (edge, values, at) => {
    values[at] = graph.edgeType(edge);
    values[at + 1] = graph.edgeNumber(edge);
    values[at + 2] = graph.edgeTargets[edge] * nodeFields;
  });
  yield text.encode('],\n"locations":[');
  const located = locatedNodes(graph);
  yield* numberRows(located.length, 4, (row, values, at) => {
    const node = located[row];
    const location = graph.locationOf(node);
    values[at] = node * nodeFields;
    values[at + 1] = locations.scriptIds[location];
    values[at + 2] = locations.lines[location];
    values[at + 3] = locations.columns[location];
  });
  if (graph.descriptions !== null) {
    const { descriptions } = graph;
    yield text.encode('],\n"descriptions":[');
    yield* numberRows(nodeCount, 2, (node, values, at) => {
      values[at] = node;
      values[at + 1] = descriptions[node];
    });
  }
  yield text.encode('],\n"strings":[');
  yield graph.strings.text;
  yield text.encode(']}\n');
}

function locatedNodes(graph: HeapGraph): Uint32Array {
  const nodes = new Uint32Array(graph.nodeCount);
  let count = 0;
  for (let node = 0; node < graph.nodeCount; node++) if (graph.locationOf(node) >= 0) nodes[count++] = node;
  return nodes.subarray(0, count);
}

/** The runtime of a snapshot of another language than JavaScript. */
function runtimeOf({ language, scripts, modules }: HeapGraph): object {
  if (language.name === 'javascript') return {};
  const { name, version, visit } = language;
  return { runtime: { name, version, visit, scripts: [...(scripts ?? [])], modules: [...(modules ?? [])] } };
}

/** Rows of numbers with commas between them, block by block; `fill` puts a row into the block. */
function* numberRows(
  count: number,
  fields: number,
  fill: (row: number, values: Float64Array, at: number) => void,
): Generator<Uint8Array, void, undefined> {
  const values = new Float64Array(rowsPerBlock * fields);
  const bytes = new Uint8Array(values.length * longestNumber);
  for (let from = 0; from < count; from += rowsPerBlock) {
    const rows = Math.min(rowsPerBlock, count - from);
    for (let row = 0; row < rows; row++) fill(from + row, values, row * fields);
    const length = writeNumbers(values, rows * fields, bytes);
    // Only between rows is there a comma.
    yield bytes.subarray(from === 0 ? 1 : 0, length);
  }
}

/** Each with a comma before it; gives how many bytes that are. */
function writeNumbers(values: Float64Array, count: number, bytes: Uint8Array): number {
  let length = 0;
  for (let i = 0; i < count; i++) {
    bytes[length++] = comma;
    let value = values[i];
    let end = length + 1;
    for (let limit = 10; limit <= value; limit *= 10) end++;
    length = end;
    // Beyond 32 bits, digits come off by division.
    for (; value > 0x7fffffff; value = Math.floor(value / 10)) bytes[--end] = zero + (value % 10);
    for (let rest = value | 0; ;) {
      const tenth = (rest / 10) | 0;
      bytes[--end] = zero + rest - tenth * 10;
      if (tenth === 0) break;
      rest = tenth;
    }
  }
  return length;
}
