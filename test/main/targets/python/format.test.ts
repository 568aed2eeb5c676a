// docs/heap-format.md: its example is a snapshot, and what it says of runtimes holds.
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { HeapAnalysis } from '../../../../shared/heap/analysis.ts';
import { NodeNames } from '../../../../shared/heap/node-names.ts';
import { findPaths } from '../../../../shared/heap/paths.ts';
import { ReferenceNames } from '../../../../shared/heap/reference-names.ts';
import { SnapshotReader } from '../../../../shared/heap/snapshot-reader.ts';

const page = readFileSync('docs/heap-format.md', 'utf8');
const example = page.slice(page.indexOf('## Writing one')).match(/```json\n([^]*?)```/)![1];

function read(text: string): HeapAnalysis {
  const reader = new SnapshotReader();
  reader.write(Buffer.from(text));
  return new HeapAnalysis(reader.end());
}

it('the smallest file is read: a module refers to a text by its variable', () => {
  const { objects, graph, retainedSizes } = read(example);
  const names = new NodeNames(objects);
  const references = new ReferenceNames(objects, names);
  const [path] = findPaths(objects, 2, { count: 1 });
  expect(path.map(({ node }) => names.type(node))).toEqual(['module', 'str']);
  expect(references.of(path[0].node, path[0].edge)).toBe('greeting');
  expect(graph.nodeName(2)).toBe('text');
  expect(retainedSizes[1]).toBe(125);
});

it.each([
  ['"name": "python"', '"name": "cobol"', 'names the runtime "cobol": only "python" is known'],
  ['"name": "python"', '"name": "python", "modules": [1]', 'has no usable list "modules"'],
  ['"name": "python"', '"name": "python", "modules": [[99, 1]]', 'A name refers to string 99'],
])('with %s as %s it says what is wrong', (from, to, problem) => {
  expect(() => read(example.replace(from, to))).toThrow(problem);
});
