// Pictures that the window draws of heaps of the catalogue of leaks: none of at most 60 cards is flatter than 4:1, its title and
// legend among it. A part of them, one of each shape; all with `OBJGRAPH_ALL=1`.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Graphviz } from '@hpcc-js/wasm-graphviz';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { drawPicture } from '../../../main/heap/draw.ts';
import { LoadedSnapshot } from '../../../main/heap/loaded-snapshot.ts';
import { Owner } from '../../../shared/heap/owner.ts';
import { SnapshotReader } from '../../../shared/heap/snapshot-reader.ts';
import { findSuspects } from '../../../shared/heap/suspects/index.ts';
import type { HeapPicture } from '../../../shared/protocol/heap.ts';

const catalogue = join(import.meta.dirname, '../../leaks');
/** Of each shape that the catalogue has: lone objects, chains, fans, objects that refer to each other, long names and keys. */
const representative = [
  'leaking/array-buffers',
  'leaking/double-array',
  'leaking/error-stacks',
  'leaking/getter-cache',
  'leaking/linked-list',
  'leaking/nested-maps',
  'leaking/once-wrappers',
  'leaking/stream-piping',
  'leaking/uuid-sessions',
  'healthy/abort-signals',
  'healthy/fetch',
  'healthy/lazy-modules',
  'healthy/server',
  'healthy/streams',
];
const all = ['leaking', 'healthy'].flatMap((kind) =>
  readdirSync(join(catalogue, kind)).map((name) => `${kind}/${name.replace(/\.cjs$/, '')}`),
);
const programs = process.env.OBJGRAPH_ALL ? all : representative;
/** As flat as a picture may be, and the cards from which on it may be what it is. */
const [flattest, most] = [4, 60];
const picturesOfEach = process.env.OBJGRAPH_ALL ? 3 : 2;

let folder: string;
let graphviz: Graphviz;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'objgraph-ribbons-'));
  graphviz = await Graphviz.load();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function load(program: string): LoadedSnapshot {
  execFileSync(
    process.execPath,
    [join(catalogue, 'drive.cjs'), folder, join(catalogue, `${program}.cjs`), '60'],
    {
      env: { ...process.env, NODE_OPTIONS: '' },
      stdio: 'ignore',
    },
  );
  const reader = new SnapshotReader();
  reader.write(readFileSync(join(folder, '3.heapsnapshot')));
  return new LoadedSnapshot(program, reader.end(), {}, new Set(['counts', 'retainedSizes', 'dominators']));
}

/** Of what a user would look at: the suspects, the largest objects of their own, and their classes. */
function picturesOf({ analysis, graph }: LoadedSnapshot): HeapPicture[] {
  const { retainedSizes, owners, classes } = analysis;
  const suspects = findSuspects([analysis])
    .slice(0, picturesOfEach)
    .map(({ node }) => node);
  const own: number[] = [];
  for (let node = 0; node < graph.nodeCount; node++) if (owners.ofNode[node] === Owner.yours) own.push(node);
  own.sort((a, b) => retainedSizes[b] - retainedSizes[a]);
  const nodes = [...new Set([...suspects, ...own.slice(0, picturesOfEach)])];
  const ids = nodes.map((node) => graph.nodeIds[node]);
  const types = [...new Set(nodes.map((node) => classes.ofNode[node]))].slice(0, picturesOfEach);
  return [
    ...ids.flatMap((id): HeapPicture[] => [
      { kind: 'references', ids: [id] },
      { kind: 'referrers', ids: [id] },
      { kind: 'path', id },
    ]),
    ...types.map((type): HeapPicture => ({ kind: 'merged', type })),
  ];
}

function shapeOf(dot: string): number {
  const { bb } = JSON.parse(graphviz.layout(dot, 'json', 'dot')) as { bb: string };
  const [left, bottom, right, top] = bb.split(',').map(Number);
  return (right - left) / (top - bottom);
}

it.each(programs)('of %s', (program) => {
  const snapshot = load(program);
  const pictures = picturesOf(snapshot);
  expect(pictures.length).toBeGreaterThan(3);
  const ribbons = pictures.flatMap((asked) => {
    const { dot, picture } = drawPicture(snapshot, asked);
    if (picture.boxes.length > most) return [];
    const shape = shapeOf(dot);
    return shape > flattest
      ? [`${JSON.stringify(asked)}: ${picture.boxes.length} cards, ${shape.toFixed(1)}:1`]
      : [];
  });
  expect(ribbons).toEqual([]);
});
