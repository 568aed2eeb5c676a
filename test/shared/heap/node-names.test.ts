// What a reader calls a string that V8 has not written out.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { HeapAnalysis } from '../../../shared/heap/analysis.ts';
import { NodeNames } from '../../../shared/heap/node-names.ts';
import { NodeType } from '../../../shared/heap/node-types.ts';
import { buildGraph, readText } from './build-graph.ts';

it('a slice is a part of its whole, in a real heap', () => {
  const folder = mkdtempSync(join(tmpdir(), 'objgraph-names-'));
  const file = join(folder, 'slice.heapsnapshot');
  execFileSync(process.execPath, [
    '-e',
    `globalThis.whole = 'a letter to '.repeat(9) + process.pid; globalThis.part = whole.slice(12, 50);
     require('node:v8').writeHeapSnapshot(${JSON.stringify(file)})`,
  ]);
  const { objects, graph } = new HeapAnalysis(readText(readFileSync(file)));
  rmSync(folder, { recursive: true });
  const names = new NodeNames(objects);
  const slices = [...graph.nodeTypes.keys()].filter(
    (node) => graph.nodeTypes[node] === NodeType.slicedString,
  );
  expect(slices.map((node) => names.describe(node))).toContain(
    'part of "a letter to a letter to a letter to a …',
  );
});

const graph = buildGraph({
  nodes: [
    'synthetic (root)',
    'string the whole text',
    'sliced-string (sliced string)',
    'concatenated-string (concatenated string)',
    'string end',
    'sliced-string (sliced string)',
  ],
  edges: [
    '0 element 1 3',
    '2 internal parent 1',
    '3 internal first 2',
    '3 internal second 4',
    '5 internal parent 5',
  ],
});
const { objects } = new HeapAnalysis(graph);

it.each([
  [2, 'part of "the whole text"', 'part of string of 14 characters'],
  [3, '"…end"', 'string of 4 characters'],
  [5, '"…"', 'string of 1 character'],
])('node %d is %s, or %s where strings are not told', (node, text, redacted) => {
  expect(new NodeNames(objects).describe(node)).toBe(text);
  expect(new NodeNames(objects, '', true).describe(node)).toBe(redacted);
});
