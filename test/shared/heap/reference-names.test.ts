// What references are called that a snapshot names only by their slots.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { HeapAnalysis } from '../../../shared/heap/analysis.ts';
import { NodeNames } from '../../../shared/heap/node-names.ts';
import { ReferenceNames } from '../../../shared/heap/reference-names.ts';
import { readText } from './build-graph.ts';

it('of a Map are its keys, or the places of those that are numbers', () => {
  const folder = mkdtempSync(join(tmpdir(), 'objgraph-names-'));
  const file = join(folder, 'map.heapsnapshot');
  execFileSync(process.execPath, [
    '-e',
    `class Kept {}
     globalThis.kept = new Map([[7, new Kept()], ['a', new Kept()], [-1, new Kept()], [{ b: [] }, new Kept()]]);
     require('node:v8').writeHeapSnapshot(${JSON.stringify(file)})`,
  ]);
  const { objects, graph } = new HeapAnalysis(readText(readFileSync(file)));
  rmSync(folder, { recursive: true });
  const nodes = new NodeNames(objects);
  const names = new ReferenceNames(objects, nodes);
  const found: string[] = [];
  for (let node = 0; node < graph.nodeCount; node++) {
    if (!objects.isVisible(node) || nodes.type(node) !== 'Kept') continue;
    objects.eachReferrer(node, (owner, edge) => {
      if (nodes.type(owner) === 'Map') found.push(names.of(owner, edge));
    });
  }
  expect(found.sort()).toEqual(['"a"', '(Object {b})', '[entry 0]', '[entry 2]']);
});

it('of an array: how many items it has, where a snapshot has them', () => {
  const folder = mkdtempSync(join(tmpdir(), 'objgraph-names-'));
  const file = join(folder, 'array.heapsnapshot');
  execFileSync(process.execPath, [
    '-e',
    `globalThis.kept = { objects: [{}, {}], none: [], numbers: Array.from({ length: 1000 }, (_, i) => i), mixed: [1, 2, 3, {}], trailing: [{}, 1, 2, 3], doubles: [1.5, 2.5], holey: [, {}], pushed: [] };
     for (let i = 0; i < 40; i++) kept.pushed.push({});
     require('node:v8').writeHeapSnapshot(${JSON.stringify(file)})`,
  ]);
  const { objects, graph } = new HeapAnalysis(readText(readFileSync(file)));
  rmSync(folder, { recursive: true });
  const nodes = new NodeNames(objects);
  const global = [...objects.roots.kinds.keys()].find((node) => graph.childNamed(node, 'kept') >= 0)!;
  const kept = graph.childNamed(global, 'kept');
  const described = ['objects', 'none', 'numbers', 'mixed', 'trailing', 'doubles', 'holey', 'pushed'].map(
    (name) => nodes.describe(graph.childNamed(kept, name)),
  );
  expect(described).toEqual([
    '2 items',
    '0 items',
    '',
    '4 items or more',
    '1 item or more',
    '',
    '2 items or more',
    '40 items',
  ]);
});
