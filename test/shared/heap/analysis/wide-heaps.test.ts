// Heaps with numbers that the narrow arrays, in which nearly every heap has room, do not hold; and the smallest.
import { expect, it } from 'vitest';
import { HeapAnalysis } from '../../../../shared/heap/analysis.ts';
import { describeSnapshot, readText } from '../build-graph.ts';

const width = 7;

it('bytes that only together need more than 32 bits are added up', () => {
  const json = describeSnapshot({
    nodes: ['synthetic ', 'object Owner', 'array store', 'object Other'],
    edges: ['0 property app 1', '1 internal elements 2', '1 property other 3'],
  });
  for (const [node, bytes] of [0, 16, 3e9, 3e9].entries()) json.nodes[width * node + 3] = bytes;
  const { shallowSizes, retainedSizes } = new HeapAnalysis(readText(JSON.stringify(json)));
  expect([...shallowSizes]).toEqual([0, 3e9 + 16, 0, 3e9]);
  expect([...retainedSizes]).toEqual([6e9 + 16, 6e9 + 16, 0, 3e9]);
});

it('a node of more than 4 GiB may come behind others', () => {
  const json = describeSnapshot({
    nodes: ['synthetic ', 'object A', 'object B', 'object C'],
    edges: ['0 property a 1', '1 property b 2', '2 property c 3'],
  });
  for (const [node, bytes] of [0, 7, 2 ** 33, 9].entries()) json.nodes[width * node + 3] = bytes;
  const { graph, retainedSizes } = new HeapAnalysis(readText(JSON.stringify(json)));
  expect([...graph.selfSizes]).toEqual([0, 7, 2 ** 33, 9]);
  expect(retainedSizes[1]).toBe(2 ** 33 + 16);
});

it('there may be more classes than 16 bits can count', () => {
  const count = 70_000;
  const json = describeSnapshot({ nodes: ['synthetic '], edges: [] });
  json.strings = ['', ...Array.from({ length: count }, (_, i) => `Class${i}`)];
  json.snapshot.node_count = count + 1;
  json.nodes[4] = count;
  json.snapshot.edge_count = count;
  for (let node = 1; node <= count; node++) {
    json.nodes.push(3, node, 2 * node + 1, node, 0, 0, 0);
    json.edges.push(1, node, width * node);
  }
  const { classes, histogram } = new HeapAnalysis(readText(JSON.stringify(json)));
  for (const node of [1, 65_535, 65_536, 65_537, count]) {
    const index = classes.ofNode[node];
    expect(classes.list[index].name).toBe(`Class${node - 1}`);
    expect([histogram.counts[index], histogram.retainedSizes[index]]).toEqual([1, node]);
  }
});

it('places may be far to the right in a script of one line', () => {
  const json = describeSnapshot({
    nodes: ['synthetic ', 'closure a', 'closure b'],
    edges: ['0 property a 1'],
  });
  json.locations = [width, 3, 0, 70_000, 2 * width, 70_001, 2, 3];
  const { locations } = readText(JSON.stringify(json));
  expect([locations.scriptIds, locations.lines, locations.columns].map((column) => [...column])).toEqual([
    [3, 70_001],
    [0, 2],
    [70_000, 3],
  ]);
});

it('there may be more places than 16 bits can count, and of a node that comes twice the last counts', () => {
  const count = 2 ** 16 + 300;
  const json = describeSnapshot({ nodes: ['synthetic '], edges: [] });
  json.snapshot.node_count = count + 1;
  for (let node = 1; node <= count; node++) {
    json.nodes.push(5, 0, 2 * node + 1, 8, 0, 0, 0);
    json.locations.push(width * node, node % 3, node, 2 * node);
  }
  json.locations.push(width, 2, count, 5, 2 * width, 2 % 3, 2, 4);
  const graph = readText(JSON.stringify(json));
  const { scriptIds, lines, columns } = graph.locations;
  const placeOf = (node: number) => {
    const location = graph.locationOf(node);
    return location < 0 ? null : [scriptIds[location], lines[location], columns[location]];
  };
  expect(placeOf(0)).toBeNull();
  expect(placeOf(1)).toEqual([2, count, 5]);
  for (let node = 2; node <= count; node++)
    if (placeOf(node)!.join() !== [node % 3, node, 2 * node].join()) expect(placeOf(node)).toBe(node);
  expect(lines).toHaveLength(count + 1);
});

it('a heap may have no node, or only its root, and a file fewer bytes than a row may have', () => {
  const sizesOf = (nodes: string[]) => {
    const { histogram, retainedSizes } = new HeapAnalysis(
      readText(JSON.stringify(describeSnapshot({ nodes, edges: [] }))),
    );
    return { classes: [...histogram.counts], retained: [...retainedSizes] };
  };
  expect(sizesOf([])).toEqual({ classes: [], retained: [] });
  expect(sizesOf(['synthetic '])).toEqual({ classes: [1], retained: [8] });
});
