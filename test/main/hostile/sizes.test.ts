// Graphs that are too much for any layout: each ends in a sentence, or can be given up, and the process stays awake meanwhile.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, expect, it, vi } from 'vitest';
import { GraphDocument } from '../../../main/documents/document.ts';
import { readDocumentFile } from '../../../main/documents/read-file.ts';
import { exportGraph } from '../../../main/documents/layout.ts';
import { findImages } from '../../../main/export/images.ts';
import { mayLinkCells } from '../../../shared/dot/linked-cells.ts';
import { sceneOf } from '../documents/scene-of.ts';

const folder = mkdtempSync(join(tmpdir(), 'objgraph-hostile-'));
afterAll(() => rmSync(folder, { recursive: true }));

let document: GraphDocument;
beforeEach(() => void (document = new GraphDocument()));
afterEach(() => document.close());

function write(text: string): string {
  const file = join(folder, 'graph.dot');
  writeFileSync(file, text);
  return file;
}

/** What comes after it works as ever. */
async function expectAlive(): Promise<void> {
  await document.openText('next', 'digraph { a -> b }');
  expect(document.state.problem).toBeNull();
  expect(sceneOf(document.state).nodes).toHaveLength(2);
}

/** Far more than is laid out; 100 MB with `OBJGRAPH_ALL=1`. */
const megabytes = process.env.OBJGRAPH_ALL ? 100 : 20;
const size = megabytes * 2 ** 20;

it.each([
  ['of one word', `digraph {\n a [label="${'x'.repeat(size)}"] }`],
  ['of many lines', `digraph {\n a [label="${'word \\n'.repeat(size / 7)}"] }`],
  ['in HTML', `digraph {\n a [label=<${'<b>x</b> '.repeat(size / 9)}>] }`],
  ['that never ends', `digraph {\n a [label="${'x '.repeat(size / 2)}`],
  ['that is a name', `digraph {\n ${'x'.repeat(size)} }`],
])(`says where a label of ${megabytes} MB is, %s`, async (_which, text) => {
  await document.openFile(write(text));
  expect(document.state.problem).toMatchObject({
    message: expect.stringMatching(
      /^a text of (more than )?\d+ MB, and the longest that can be laid out has 4 MB$/,
    ),
    line: 2,
  });
  await expectAlive();
});

it('stays awake over a million nodes, and gives them up when asked', async () => {
  const names = Array.from({ length: 1e6 }, (_, i) => `n${i};`);
  const opened = document.openFile(write(`digraph {\n${names.join('\n')}\n}`));
  await vi.waitFor(() => expect(document.state.busySince).not.toBeNull(), 60_000);
  // Until the layout's thread has worked for a while: reading takes a second or two.
  const { user } = process.cpuUsage();
  await vi.waitFor(() => expect(process.cpuUsage().user - user).toBeGreaterThan(3e6), 60_000);
  document.cancel();
  await opened;
  expect(document.state.problem?.message).toBe('The layout was cancelled');
  await expectAlive();
});

it.each([400, 1000, 10_000, 100_000])(
  'says that %i clusters inside each other are too many',
  async (count) => {
    const open = Array.from({ length: count }, (_, i) => `subgraph cluster_${i} {`);
    await document.openFile(write(`digraph { ${open.join('\n')} a ${'}'.repeat(count)} }`));
    expect(document.state.scene).toBeNull();
    expect(document.state.problem?.message).toMatch(/too large|too deeply|broke down/);
    await expectAlive();
  },
);

it('draws 200,000 edges between the same two nodes', async () => {
  const dot = `digraph { ${'a -> b;\n'.repeat(200_000)} }`;
  const task = { dot, engine: 'dot' as const, positioned: false, images: [], format: 'svg', scale: 1 };
  const { data } = await exportGraph(task, new AbortController().signal);
  expect(Buffer.from(data).toString().split('class="edge"')).toHaveLength(200_001);
}, 200_000);

it('says that a chain of 200,000 edges is too long for one statement', async () => {
  await document.openFile(
    write(`digraph { ${Array.from({ length: 100_000 }, () => 'a -> b').join(' -> ')} }`),
  );
  expect(document.state.problem?.message).toMatch(/^a chain of edges .* is too long for Graphviz/);
  await expectAlive();
});

it('explores no graph that is nested more deeply than it can read', async () => {
  await document.openText('deep', `digraph { a; ${'{'.repeat(200)} b ${'}'.repeat(200)} }`);
  await document.explore({ kind: 'hide', nodes: ['b'], clusters: [] });
  expect(document.state.problem).toBeNull();
  expect(sceneOf(document.state).nodes.map(({ name }) => name)).toEqual(['a']);
});

it('shows a bomb of entities as the text that it is', async () => {
  const bomb = Array.from({ length: 12 }, (_, i) => `<!ENTITY a${i + 1} "${`&a${i};`.repeat(10)}">`).join('');
  await document.openText('a', `digraph { a [label=<<!DOCTYPE x [<!ENTITY a0 "ha">${bomb}]>&a12;>] }`);
  expect(sceneOf(document.state).nodes).toHaveLength(1);
  expect(document.state.warnings[0]).toMatch(/not well-formed/);
});

it('reads no more of an endless file than could be laid out', async () => {
  await expect(readDocumentFile('/dev/zero')).rejects.toThrow(/too large: \d+ MB, and the most/);
});

it.each([
  ['<img '.repeat(2e6)],
  [`image="${'\\a'.repeat(5e6)}"`],
  ['image= '.repeat(1e6) + ' '.repeat(1e6)],
  ['<td '.repeat(2e6)],
])('looks through millions of unfinished pieces once', async (text) => {
  const began = performance.now();
  expect(await findImages(text, join(folder, 'graph.dot'))).toEqual([]);
  expect(mayLinkCells(text)).toBe(false);
  // Looking for the end of each anew would take hours.
  expect(performance.now() - began).toBeLessThan(30_000);
});
