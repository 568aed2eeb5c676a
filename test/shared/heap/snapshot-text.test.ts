import { createHash } from 'node:crypto';
import { getHeapSnapshot } from 'node:v8';
import { expect, it } from 'vitest';
import { HeapGraph } from '../../../shared/heap/heap-graph.ts';
import { SnapshotReader } from '../../../shared/heap/snapshot-reader.ts';
import { snapshotText } from '../../../shared/heap/snapshot-text.ts';
import { describeSnapshot, readText } from './build-graph.ts';

/** Each array by name; of a million numbers, a mark that no others have. */
function arraysOf(graph: HeapGraph): Record<string, string> {
  const { nodeTypes, nodeNames, nodeIds, selfSizes, detachedness, firstEdges, ...rest } = graph;
  const { edgeTargets, strings, language, descriptions, scripts } = rest;
  const columns = {
    nodeTypes,
    nodeNames,
    nodeIds,
    selfSizes,
    detachedness,
    firstEdges,
    edgeTypes: Uint8Array.from({ length: graph.edgeCount }, (_, edge) => graph.edgeType(edge)),
    edgeNumbers: Uint32Array.from({ length: graph.edgeCount }, (_, edge) => graph.edgeNumber(edge)),
    edgeTargets,
  };
  const arrays = {
    ...columns,
    ...placesOf(graph),
    strings: strings.text,
    descriptions: descriptions ?? new Uint8Array(0),
  };
  const mark = ({ buffer, byteOffset, byteLength }: Uint8Array | Uint16Array | Uint32Array | Float64Array) =>
    createHash('sha1')
      .update(new Uint8Array(buffer, byteOffset, byteLength))
      .digest('hex');
  return {
    ...Object.fromEntries(Object.entries(arrays).map(([name, array]) => [name, mark(array)])),
    language: `${language.name} ${language.version}`,
    scripts: JSON.stringify([...(scripts ?? [])]),
  };
}

/** Of each node: their numbers are in the order of the file. */
function placesOf(graph: HeapGraph): Record<string, Float64Array> {
  const { scriptIds, lines, columns } = graph.locations;
  const of = (column: Uint32Array) =>
    Float64Array.from({ length: graph.nodeCount }, (_, node) => column[graph.locationOf(node)] ?? -1);
  return { scriptIds: of(scriptIds), lines: of(lines), columns: of(columns) };
}

function copyOf(graph: HeapGraph): HeapGraph {
  const reader = new SnapshotReader();
  for (const piece of snapshotText(graph)) reader.write(piece);
  return reader.end();
}

const small = describeSnapshot({
  nodes: [
    'synthetic (root)',
    'object Foo',
    'string a "quoted" \\ text — ü',
    'closure bar',
    'sliced-string s',
  ],
  edges: ['0 element 1 1', '1 property name 2', '1 property bar 3', '3 weak 7 1', '3 hidden 9 2'],
});

it('the text of a real heap is read as the same heap', async () => {
  const reader = new SnapshotReader();
  for await (const chunk of getHeapSnapshot()) reader.write(chunk as Uint8Array);
  const graph = reader.end();
  expect(graph.nodeCount).toBeGreaterThan(8192);
  expect(arraysOf(copyOf(graph))).toEqual(arraysOf(graph));
});

it('the text is JSON, with the fields of V8', () => {
  const graph = readText(JSON.stringify(small));
  const text = [...snapshotText(graph)].map((piece) => Buffer.from(piece).toString()).join('');
  const json = JSON.parse(text) as typeof small;
  expect(json.strings).toEqual(small.strings);
  expect(json.snapshot).toMatchObject({ node_count: 5, edge_count: 5 });
  expect(json.nodes.length).toBe(5 * json.snapshot.meta.node_fields.length);
  expect(arraysOf(readText(text))).toEqual(arraysOf(graph));
});

it.each([0, 9, 10, 99, 100, 2 ** 31 - 1, 2 ** 31, 2 ** 32, 1e14, 999_999_999_999_999])(
  'a size of %d bytes is kept',
  (size) => {
    const sized = structuredClone(small);
    sized.nodes[sized.snapshot.meta.node_fields.length + 3] = size;
    const graph = readText(JSON.stringify(sized));
    expect(graph.selfSizes[1]).toBe(size);
    expect(copyOf(graph).selfSizes[1]).toBe(size);
  },
);

it('an empty heap and types that nobody knows are kept', () => {
  const strange = structuredClone(small);
  (strange.snapshot.meta.node_types as string[][])[0][3] = 'of a later V8';
  (strange.snapshot.meta.edge_types as string[][])[0][2] = 'of a later V8';
  const graph = readText(JSON.stringify(strange));
  expect(arraysOf(copyOf(graph))).toEqual(arraysOf(graph));
  const empty = readText(JSON.stringify(describeSnapshot({ nodes: [], edges: [] })));
  expect(arraysOf(copyOf(empty))).toEqual(arraysOf(empty));
});
