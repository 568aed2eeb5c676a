// Classes in the snapshot of a real program, by their names and places.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { classIds } from '../../../main/allocations/classes-in-heap.ts';
import type { HeapGraph } from '../../../shared/heap/heap-graph.ts';
import { SnapshotReader } from '../../../shared/heap/snapshot-reader.ts';
import { oldestAndNewest } from '../targets/programs.ts';

const folder = mkdtempSync(join(tmpdir(), 'objgraph-classes-'));
afterAll(() => rmSync(folder, { recursive: true }));

const program = join(folder, 'program.cjs');
const code = `
class Session { constructor() { this.id = 1; } }
function Unused() { this.id = 1; }
const Größe = class {};
const renamed = class n { };
Object.defineProperty(renamed, 'name', { value: 'Renamed', configurable: true });
const exported = { Session: () => Session };
const mixins = [1, 2, 3].map(() => class Mixin {});
const elsewhere = require('node:vm').runInNewContext('class Elsewhere {}; Elsewhere', {}, 'elsewhere.js');
class Static { static name = 'Other'; }
globalThis.kept = [new Session(), Unused, Größe, renamed, exported, mixins, elsewhere, Static];
require('node:v8').writeHeapSnapshot(process.argv[2]);
`;
writeFileSync(program, code);
const lineOf = (text: string) => code.split('\n').findIndex((line) => line.includes(text)) + 1;

describe.each(oldestAndNewest)('$name', ({ name, path }) => {
  const file = join(folder, `${name}.heapsnapshot`);
  execFileSync(path, [program, file]);
  const reader = new SnapshotReader();
  reader.write(readFileSync(file));
  const graph = reader.end();
  /** The first lines of the functions. */
  const found = (wanted: string) => classIds(graph, wanted).map((id) => lineOfFunction(graph, id));

  it.each([
    ['of a class', 'Session', 'class Session'],
    ['of a function that has made nothing yet', 'Unused', 'function Unused'],
    ['that is not plain ASCII', 'Größe', 'const Größe'],
    ['that the program gave it', 'Renamed', 'class n'],
    ['that a static field gave it', 'Other', 'class Static'],
  ])('a name %s', (_what, wanted, text) => {
    expect(found(wanted)).toContain(lineOf(text));
  });

  it('a name with a place is of that place alone', () => {
    const line = lineOf('class Session');
    expect(found(`Session — ${program}:${line}`)).toEqual([line]);
    expect(found(`Session — ${program}:${line + 1}`)).toEqual([]);
    const wanted = { type: 'Session', script: program, line };
    expect(classIds(graph, wanted)).toHaveLength(1);
  });

  it('all classes of a name, also of another global object', () => {
    expect(found('Mixin')).toEqual(Array(3).fill(lineOf('class Mixin')));
    expect(found('Elsewhere')).toEqual([1]);
  });

  it('no class of the language, and none that there is not', () => {
    expect(found('Map')).toEqual([]);
    expect(found('Nothing')).toEqual([]);
  });
});

function lineOfFunction(graph: HeapGraph, id: number): number {
  return graph.locations.lines[graph.locationOf(graph.nodeWithId(id))] + 1;
}
