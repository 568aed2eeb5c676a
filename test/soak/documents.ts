// Windows on graphs and heaps, opened and closed one after the other in one process.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { writeTemporary } from '../../main/documents/temporary.ts';
import { compare, ourHoldings } from './measure.ts';
import type { Bound, SoakResult } from './program.ts';
import { ofWindows, StandInWindow } from './stand-in-window.ts';

/** Every so many graphs, a heap: 20 beside 500. */
const graphsAHeap = 25;
/** Until Graphviz, the threads' code and the pools of Node are there. */
const warmUp = 12;

const chain = (length: number) =>
  `digraph { ${Array.from({ length }, (_, i) => `n${i} -> n${i + 1} [label="edge ${i}"]`).join('; ')} }`;

export async function soakDocuments({ times, deadline }: Bound): Promise<SoakResult> {
  const folder = mkdtempSync(join(tmpdir(), 'documents-'));
  const graph = join(folder, 'graph.dot');
  writeFileSync(graph, chain(60));
  const heap = join(folder, 'heap.heapsnapshot');
  execFileSync(process.execPath, ['-e', `require('node:v8').writeHeapSnapshot(${JSON.stringify(heap)})`]);
  try {
    let graphs = 0;
    let heaps = 0;
    for (; graphs < warmUp; graphs++) await openGraph(graph, graphs);
    for (let i = 0; i < 3; i++) await openHeap(heap, i);

    const measure = () => ourHoldings(ofWindows);
    const before = await measure();
    for (graphs = 0; graphs < times && performance.now() < deadline; graphs++) {
      await openGraph(graph, graphs);
      if (graphs % graphsAHeap === 0) await openHeap(heap, heaps++);
    }
    const compared = await compare(before, measure);
    return {
      done: `${graphs} windows on graphs and ${heaps} on heaps, opened and closed`,
      compared: { 'the viewer (stand-in windows)': compared },
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** People close windows early, late, and with something temporary in them. */
async function openGraph(file: string, turn: number): Promise<void> {
  const temporary = turn % 4 === 3;
  const path = temporary ? writeTemporary('stdin.dot', Buffer.from(chain(20))) : file;
  const window = new StandInWindow({ path, temporary });
  const isDrawn = () => window.until('a picture', ({ document }) => document.state.scene !== null);
  switch (turn % 6) {
    case 0: // Closed before the file was even looked at.
      break;
    case 1: // Closed somewhere on the way.
      await sleep(turn % 60);
      break;
    case 2: // Another text, given up half-way, and closed.
      await isDrawn();
      await Promise.all([
        window.ask('document.openText', { name: 'text', text: chain(300) }),
        sleep(20).then(() => window.ask('document.cancel')),
      ]);
      break;
    case 3: // Explored, laid out anew, exported.
      await isDrawn();
      await window.ask('document.engine', { engine: 'neato' });
      await window.ask('document.export', { format: 'svg', scale: 1 });
      break;
    default:
      await isDrawn();
  }
  await window.close();
}

async function openHeap(file: string, turn: number): Promise<void> {
  const window = new StandInWindow(turn % 2 === 0 ? { snapshots: [file] } : { path: file });
  // Every fifth is closed while it is read.
  if (turn % 5 === 4) await sleep(50);
  else {
    await window.until(
      'the classes of a heap',
      ({ heap }) => heap.state?.snapshots[0].ready.includes('counts') ?? false,
    );
    await window.ask('heap.types', {
      ...{ snapshot: 0, offset: 0, limit: 100, filter: '', sort: 'count', direction: 'descending' },
    });
  }
  await window.close();
}
