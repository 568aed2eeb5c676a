import { describe, expect, it } from 'vitest';
import { HeapAnalysis } from '../../../shared/heap/analysis.ts';
import { NodeNames } from '../../../shared/heap/node-names.ts';
import { SnapshotReader } from '../../../shared/heap/snapshot-reader.ts';
import { snapshotText } from '../../../shared/heap/snapshot-text.ts';

const meta = {
  node_fields: ['type', 'name', 'id', 'self_size', 'edge_count'],
  node_types: [['hidden', 'array', 'string', 'object', 'synthetic'], 'string', 'number', 'number', 'number'],
  edge_fields: ['type', 'name_or_index', 'to_node'],
  edge_types: [['context', 'element', 'property', 'internal', 'hidden', 'shortcut', 'weak'], '', 'node'],
  location_fields: ['object_index', 'script_id', 'line', 'column'],
};

/** A module `shop` whose attribute `cart` is a Cart, in a dictionary of its own. */
function snapshot(runtime: unknown, descriptions: number[] = [1, 6]): string {
  return JSON.stringify({
    snapshot: { meta, node_count: 4, edge_count: 3, runtime },
    nodes: [
      [4, 0, 1, 0, 1],
      [3, 1, 3, 64, 1],
      [1, 2, 5, 100, 1],
      [3, 3, 7, 48, 0],
    ].flat(),
    edges: [
      [5, 6, 5],
      [3, 4, 10],
      [2, 5, 15],
    ].flat(),
    locations: [
      [15, 1, 11, 0],
      [5, 1, 0, 0],
    ].flat(),
    descriptions,
    strings: ['', 'module', 'dict', 'shop.Cart', '__dict__', 'cart', 'shop', '/app/shop "1".py'],
  });
}

function read(text: string): HeapAnalysis {
  const reader = new SnapshotReader();
  reader.write(new TextEncoder().encode(text));
  return new HeapAnalysis(reader.end());
}

const python = { name: 'python', version: '3.11.2', scripts: [[1, 7]] };

describe('a snapshot that names Python', () => {
  it('has modules as roots, described by their names', () => {
    const { objects } = read(snapshot(python));
    const names = new NodeNames(objects);
    expect(objects.isRoot(1)).toBe(true);
    expect([names.type(1), names.describe(1)]).toEqual(['module', 'shop']);
  });

  it('folds the dictionary of an object into it', () => {
    const { objects } = read(snapshot(python));
    const found: number[] = [];
    objects.eachReference(1, (node) => void found.push(node));
    expect(found).toEqual([3]);
  });

  it('places classes that have a module, and no built-in ones', () => {
    const { classes } = read(snapshot(python));
    const places = classes.list.map(({ name, location }) => [name, location?.script, location?.line]);
    expect(places).toContainEqual(['shop.Cart', '/app/shop "1".py', 12]);
    expect(places).toContainEqual(['module', undefined, undefined]);
    expect(places).toContainEqual(['dict', undefined, undefined]);
  });

  it('is written as it was read', () => {
    const { graph } = read(snapshot(python));
    const decoder = new TextDecoder();
    const text = Array.from(snapshotText(graph), (piece) => decoder.decode(piece.slice())).join('');
    const again = read(text);
    expect(again.graph.language).toMatchObject({ name: 'python', version: '3.11.2' });
    expect(again.graph.descriptions).toEqual(graph.descriptions);
    expect(again.classes.list).toEqual(read(snapshot(python)).classes.list);
  });
});

it.each([
  [{ name: 'ruby' }, 'names the runtime "ruby": only "python" is known'],
  [{}, 'names the runtime undefined: only "python" is known'],
  [null, 'names the runtime undefined: only "python" is known'],
  [{ name: 'python', scripts: [[1]] }, 'has no usable list "scripts"'],
  [{ name: 'python', scripts: [[1, -1]] }, 'has no usable list "scripts"'],
])('refuses the runtime %j', (runtime, message) => {
  expect(() => read(snapshot(runtime))).toThrow(message);
});

it.each([
  ['of a node that is not there', [4, 6], 'A description is of node 4, but there are 4 nodes'],
  ['by a string that is not there', [1, 8], 'A name refers to string 8, but there are 8 strings'],
])('refuses a description %s', (_, descriptions, message) => {
  expect(() => read(snapshot(python, descriptions))).toThrow(message);
});

it('refuses a script whose name is not there', () => {
  expect(() => read(snapshot({ ...python, scripts: [[1, 8]] }))).toThrow('A name refers to string 8');
});
