import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeHeapSnapshot } from 'node:v8';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SnapshotError } from '../../../shared/heap/snapshot-error.ts';
import type { HeapGraph } from '../../../shared/heap/heap-graph.ts';
import { edgeTypeNames, nodeTypeNames } from '../../../shared/heap/node-types.ts';
import { SnapshotReader } from '../../../shared/heap/snapshot-reader.ts';
import { describeSnapshot, fastRows, readText, type SnapshotJson } from './build-graph.ts';

const small = describeSnapshot({
  nodes: ['synthetic (root)', 'object Foo', 'string a "quoted" \\ text — ü', 'closure bar'],
  edges: ['0 element 1 1', '1 property name 2', '1 property bar 3', '3 weak 7 1', '3 hidden 9 2'],
});
const smallText = JSON.stringify(small);

/** What a graph says, as a list of plain rows: the slow way for a snapshot's JSON… */
function* rowsOfJson(json: SnapshotJson): Generator<unknown[]> {
  const { meta } = json.snapshot;
  const fields = meta.node_fields;
  const [typeNames] = meta.node_types as string[][];
  const [edgeNames] = meta.edge_types as string[][];
  const at = (row: number, field: string) => json.nodes[row * fields.length + fields.indexOf(field)] ?? 0;
  let edge = 0;
  for (let node = 0; node < json.nodes.length / fields.length; node++) {
    yield [
      typeNames[at(node, 'type')],
      json.strings[at(node, 'name')],
      at(node, 'id'),
      at(node, 'self_size'),
      fields.includes('detachedness') ? at(node, 'detachedness') : 0,
    ];
    for (let i = 0; i < at(node, 'edge_count'); i++, edge += 3) {
      const [type, name, target] = json.edges.slice(edge, edge + 3);
      const kind = edgeNames[type];
      const text = kind === 'element' || kind === 'hidden' ? String(name) : json.strings[name];
      yield [kind, text, target / fields.length];
    }
  }
}

/** … and the same of a graph that was read. */
function* rowsOfGraph(graph: HeapGraph): Generator<unknown[]> {
  for (let node = 0; node < graph.nodeCount; node++) {
    yield [
      nodeTypeNames[graph.nodeTypes[node]],
      graph.nodeName(node),
      graph.nodeIds[node],
      graph.selfSizes[node],
      graph.detachedness[node],
    ];
    for (let edge = graph.firstEdges[node]; edge < graph.firstEdges[node + 1]; edge++)
      yield [edgeTypeNames[graph.edgeType(edge)], graph.edgeName(edge), graph.edgeTargets[edge]];
  }
}

/** The first row that differs, so that a failure is one line and not two millions. */
function firstDifference(graph: HeapGraph, json: SnapshotJson): string | null {
  const expected = rowsOfJson(json);
  let row = 0;
  for (const found of rowsOfGraph(graph)) {
    const wanted = expected.next().value as unknown;
    if (JSON.stringify(found) !== JSON.stringify(wanted))
      return `row ${row}: ${JSON.stringify(found)} instead of ${JSON.stringify(wanted)}`;
    row++;
  }
  return expected.next().done ? null : `only ${row} rows`;
}

describe('a snapshot of a real heap', () => {
  let folder = '';
  let bytes: Uint8Array;
  let json: SnapshotJson;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'objgraph-test-'));
    bytes = readFileSync(writeHeapSnapshot(join(folder, 'own.heapsnapshot')));
    json = JSON.parse(new TextDecoder().decode(bytes)) as SnapshotJson;
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it.each([Infinity, 64 << 10, 1000, 7])('is what JSON.parse gives, in chunks of %s bytes', (chunkSize) => {
    expect(firstDifference(readText(bytes, chunkSize), json)).toBeNull();
    expect(firstDifference(readText(bytes, chunkSize, null), json)).toBeNull();
  });

  it('has its locations, each of them once', () => {
    const graph = readText(bytes);
    const { scriptIds, lines, columns } = graph.locations;
    const expected: number[][] = [];
    for (let at = 0; at < json.locations.length; at += 4)
      expected.push([
        json.locations[at] / json.snapshot.meta.node_fields.length,
        ...json.locations.slice(at + 1, at + 4),
      ]);
    expected.sort((a, b) => a[0] - b[0]);
    const found = Array.from({ length: graph.nodeCount }, (_, node) => [node, graph.locationOf(node)])
      .filter(([, location]) => location >= 0)
      .map(([node, location]) => [node, scriptIds[location], lines[location], columns[location]]);
    expect(found).toEqual(expected);
    expect(found.length).toBeGreaterThan(1000);
    const places = Array.from(lines, (line, location) =>
      [scriptIds[location], line, columns[location]].join(),
    );
    expect(new Set(places).size).toBe(places.length);
    expect(places.length).toBeLessThan(found.length);
  });

  it('is refused wherever it is cut off', () => {
    // Every part of the file, and the last bytes one by one.
    const ends = Array.from({ length: 40 }, (_, i) => Math.floor((bytes.length * i) / 40));
    for (let end = bytes.length - 12; end < bytes.length - 1; end++) ends.push(end);
    for (const end of ends)
      expect(() => readText(bytes.subarray(0, end)), `cut at ${end}`).toThrow(SnapshotError);
  });
});

describe('a small snapshot', () => {
  it('is read byte by byte', () => {
    expect(firstDifference(readText(smallText, 1), small)).toBeNull();
  });

  it('is refused wherever it is cut off, with the byte where it ends', () => {
    const bytes = new TextEncoder().encode(smallText);
    for (let end = 0; end < bytes.length; end++) {
      const error = errorOf(bytes.subarray(0, end));
      expect(error.offset, `cut at ${end}`).toBeLessThanOrEqual(end);
    }
  });

  it('may have white space wherever JSON allows it', () => {
    const spaced = JSON.stringify(small, null, 3).replace(/(\d),/g, `$1 \n\t${' '.repeat(2000)},`);
    for (const chunkSize of [Infinity, 1, 333])
      expect(firstDifference(readText(spaced, chunkSize), small)).toBeNull();
  });

  it('may have sections that nobody knows, before, between and behind', () => {
    const { snapshot, nodes, ...rest } = small;
    const odd = {
      more: ['}', { '"': '\\"[' }],
      number: 5,
      word: null,
      snapshot,
      scopes: [[1], {}],
      nodes,
      ...rest,
      last: 'x,y]',
    };
    for (const chunkSize of [Infinity, 1])
      expect(firstDifference(readText(JSON.stringify(odd), chunkSize), small)).toBeNull();
  });

  it('may have its fields in another order, and others that nobody knows', () => {
    const fields = ['name', 'self_size', 'new_field', 'type', 'edge_count', 'id'];
    const old = small.snapshot.meta.node_fields;
    const count = small.nodes.length / old.length;
    const moved: SnapshotJson = {
      ...small,
      snapshot: {
        ...small.snapshot,
        meta: { ...small.snapshot.meta, node_fields: fields },
      },
      nodes: Array.from({ length: count }, (_, node) =>
        fields.map((field) =>
          old.includes(field) ? small.nodes[node * old.length + old.indexOf(field)] : 77,
        ),
      ).flat(),
      edges: small.edges.map((value, i) => (i % 3 === 2 ? (value / old.length) * fields.length : value)),
    };
    expect(firstDifference(readText(JSON.stringify(moved)), small)).toBeNull();
  });

  it('keeps sizes above 32 bits, and ids up to 32', () => {
    const large = structuredClone(small);
    large.nodes[3] = 2 ** 40 + 1;
    large.nodes[2] = 4_000_000_001;
    const graph = readText(JSON.stringify(large));
    expect(graph.selfSizes[0]).toBe(2 ** 40 + 1);
    expect(graph.nodeIds[0]).toBe(4_000_000_001);
  });

  it('calls types that a newer V8 may have unknown', () => {
    const newer = structuredClone(small);
    (newer.snapshot.meta.node_types as string[][])[0][3] = 'something new';
    expect(nodeTypeNames[readText(JSON.stringify(newer)).nodeTypes[1]]).toBe('unknown');
  });

  it('needs no locations', () => {
    const { locations, ...rest } = small;
    expect(locations).toEqual([]);
    const graph = readText(JSON.stringify(rest));
    expect(graph.locations.lines).toHaveLength(0);
    expect(graph.locationOf(graph.nodeCount - 1)).toBe(-1);
  });
});

describe('a snapshot of more than 2 GiB', () => {
  it('is read to its end, and its errors tell the byte', { timeout: 120_000 }, () => {
    const reader = new SnapshotReader();
    const write = (text: string) => reader.write(new TextEncoder().encode(text));
    // Its edges stand behind white space, which nobody has to store.
    const edgesAt = smallText.indexOf('"edges"');
    const padding = new Uint8Array(16 << 20).fill(0x20);
    write(smallText.slice(0, edgesAt));
    for (let i = 0; i < 129; i++) reader.write(padding);
    write(smallText.slice(edgesAt));
    const graph = reader.end();
    const bytes = new TextEncoder().encode(smallText).length + 129 * padding.length;
    expect(bytes).toBeGreaterThan(2 ** 31);
    expect(reader.bytesRead).toBe(bytes);
    expect(graph.edgeCount).toBe(5);
    expect(graph.nodeName(graph.edgeTargets[2])).toBe('bar');
    expect(() => write('}')).toThrow(`at byte ${bytes}`);
  });
});

/** The error of a damaged snapshot: in one go or byte by byte, with WebAssembly or without, it is refused in the same words. */
function errorOf(text: string | Uint8Array): SnapshotError {
  const ways = [Infinity, 1].flatMap((chunkSize) => [fastRows, null].map((fast) => ({ chunkSize, fast })));
  const errors = ways.map(({ chunkSize, fast }) => {
    try {
      readText(text, chunkSize, fast);
    } catch (error) {
      if (error instanceof SnapshotError) return error;
      throw error;
    }
    throw new Error(`No error for ${String(text).slice(0, 200)}`);
  });
  for (const { message } of errors) expect(message).toBe(errors[0].message);
  return errors[0];
}

/** The small snapshot with something changed. */
function damaged(change: (json: SnapshotJson) => void): string {
  const json = structuredClone(small);
  change(json);
  return JSON.stringify(json);
}

describe('a damaged snapshot', () => {
  it.each<[string, string, RegExp]>([
    ['nothing', '', /input is empty/],
    ['white space', '  \n ', /ends too early/],
    ['other JSON', '{"name":"objgraph","version":"1"}', /no heap snapshot: it has no "snapshot"/],
    ['a JSON list', '[1,2]', /does not begin with "{"/],
    ['an empty object', '{}', /it has no "snapshot"/],
    ['text', 'digraph {}', /does not begin with "{"/],
    ['a name without quotes', '{nodes:[]}', /section name was expected/],
    ['nodes before the header', '{"nodes":[]}', /"nodes" comes before "snapshot"/],
    ['a header that is no object', '{"snapshot":3,"nodes":[]}', /has no "snapshot"/],
    ['a header that is no JSON', '{"snapshot":{x},"nodes":[]}', /not valid JSON/],
    ['something behind the end', `${smallText}x`, /follows the end/],
    ['a section without a colon', smallText.replace('"nodes":', '"nodes"'), /colon was expected/],
    ['a section twice', `${smallText.slice(0, -1)},"nodes":[]}`, /"nodes" comes twice/],
    ['nodes that are no list', damaged((json) => void (json.nodes = 5 as never)), /"nodes" is not a list/],
    ['no edges', damaged((json) => delete (json as Partial<SnapshotJson>).edges), /it has no "edges"/],
    ['no strings', damaged((json) => delete (json as Partial<SnapshotJson>).strings), /it has no "strings"/],
    ['no node_count', damaged((json) => void (json.snapshot.node_count = -1)), /"node_count": -1/],
    [
      'a count that is no whole number',
      damaged((json) => void (json.snapshot.edge_count = 1.5)),
      /"edge_count": 1.5/,
    ],
    [
      'a missing field',
      damaged((json) => void (json.snapshot.meta.node_fields[2] = 'x')),
      /no node field "id"/,
    ],
    [
      'no fields',
      damaged((json) => void (json.snapshot.meta.edge_fields = null as never)),
      /no list "edge_fields"/,
    ],
    ['too few nodes', damaged((json) => void json.snapshot.node_count++), /says 5 nodes, but only 4/],
    ['too many nodes', damaged((json) => void json.snapshot.node_count--), /more nodes than the 3/],
    ['half a row', damaged((json) => void json.nodes.pop()), /row of whole numbers .* not "]"/],
    ['too few edges', damaged((json) => void json.edges.splice(-3)), /says 5 edges, but only 4/],
    ['too many edges', damaged((json) => void json.edges.push(1, 1, 7)), /more edges than the 5/],
    [
      'edges that belong to no node',
      damaged((json) => void json.nodes[4]--),
      /nodes have 4 edges, the header says 5/,
    ],
    [
      'nodes with more edges than there are',
      damaged((json) => void (json.nodes[4] = 99)),
      /more edges than the 5/,
    ],
    [
      'an edge to nowhere',
      damaged((json) => void (json.edges[2] = 28)),
      /Edge 0 leads to 28, where no node is/,
    ],
    [
      'an edge into a row',
      damaged((json) => void (json.edges[5] = 8)),
      /Edge 1 leads to 8, where no node is/,
    ],
    ['a negative number', damaged((json) => void (json.edges[5] = -7)), /not "-"/],
    ['a fraction', damaged((json) => void (json.nodes[3] = 1.5)), /not "\."/],
    ['a huge number', damaged((json) => void (json.nodes[3] = 1e20)), /at most 15 digits/],
    ['a string among the numbers', damaged((json) => void (json.nodes[3] = 'x' as never)), /not """/],
    ['two commas', smallText.replace('"nodes":[9,', '"nodes":[9,,'), /not ","/],
    ['a comma at the front', smallText.replace('"edges":[', '"edges":[,'), /not ","/],
    ['a missing comma', smallText.replace('"nodes":[9,', '"nodes":[9 '), /row of whole numbers/],
    ['an unknown node type', damaged((json) => void (json.nodes[7] = 99)), /Node 1 has the unknown type 99/],
    ['an unknown edge type', damaged((json) => void (json.edges[3] = 99)), /Edge 1 has the unknown type 99/],
    [
      'an id above 32 bits',
      damaged((json) => void (json.nodes[2] = 2 ** 33)),
      /Node 0 has a number out of range/,
    ],
    [
      'a name that is no string',
      damaged((json) => void (json.nodes[1] = 50)),
      /string 50, but there are 6 strings/,
    ],
    ['an edge named by no string', damaged((json) => void (json.edges[4] = 51)), /string 51, but/],
    ['a number among the strings', damaged((json) => void (json.strings[1] = 5 as never)), /Only strings/],
    [
      'a location of no node',
      damaged((json) => void json.locations.push(28, 1, 1, 1)),
      /Location 0 is of no node/,
    ],
    [
      'a location inside a row',
      damaged((json) => void json.locations.push(8, 1, 1, 1)),
      /Location 0 is of no node/,
    ],
    [
      'more nodes than memory',
      damaged((json) => void (json.snapshot.node_count = 4_294_967_294)),
      /more than there is memory for|but only 4/,
    ],
  ])('with %s is refused with a reason', (_what, text, reason) => {
    const error = errorOf(text);
    expect(error.message).toMatch(reason);
    expect(error.message).toContain(`at byte ${error.offset}`);
    expect(error.offset).toBeLessThanOrEqual(text.length + 8);
  });

  it('is told at the very row that is wrong', () => {
    const text = damaged((json) => void (json.edges[8] = 700));
    const row =
      text.indexOf('"edges":[') + '"edges":['.length + `${small.edges.slice(0, 6).join(',')},`.length;
    expect(errorOf(text).offset).toBe(new TextEncoder().encode(text.slice(0, row)).length);
  });

  it('with invalid UTF-8 in a string has the replacement character there, and is refused anywhere else', () => {
    const withByte = (before: string) => {
      const bytes = new TextEncoder().encode(smallText);
      const at = smallText.indexOf(before) + before.length;
      bytes[at] = 0xff;
      return { bytes, at };
    };
    const replaced = structuredClone(small);
    replaced.strings[small.strings.indexOf('Foo')] = 'F\ufffdo';
    expect(firstDifference(readText(withByte('"F').bytes), replaced)).toBeNull();
    const { bytes, at } = withByte('"edges":[');
    expect(errorOf(bytes).offset).toBe(at);
  });

  it('with a value of endless length is refused, and not waited for', () => {
    expect(() => readText(`{"snapshot":{"x":"${'x'.repeat(3 << 20)}`)).toThrow(/more than 1048576 bytes/);
  });

  it('with any one byte changed is refused or read, but neither hangs nor fails in another way', () => {
    const bytes = new TextEncoder().encode(smallText);
    for (let at = 0; at < bytes.length; at++)
      for (const byte of [0, 32, 34, 44, 45, 57, 92, 93, 125, 255]) {
        const changed = bytes.slice();
        changed[at] = byte;
        try {
          readText(changed);
        } catch (error) {
          if (!(error instanceof SnapshotError)) throw error;
        }
      }
  });
});
