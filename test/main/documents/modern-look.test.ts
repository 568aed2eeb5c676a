// The modern look of a document: off until it is chosen, remembered, and only for files without a look of their own.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { GraphDocument } from '../../../main/documents/document.ts';
import { writeSettings } from '../../../main/settings.ts';
import { sceneOf } from './scene-of.ts';

let folder: string;
let document: GraphDocument;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'look-'));
  vi.stubEnv('XDG_STATE_HOME', folder);
  document = new GraphDocument();
});
afterEach(() => {
  document.close();
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

const plain = 'digraph { a -> b [label="an edge"] }';
const familiesIn = ({ state }: GraphDocument) => {
  const { nodes, edges } = sceneOf(state);
  const texts = [...nodes, ...edges].flatMap(({ shapes }) => shapes).filter((shape) => shape.kind === 'text');
  return new Set(texts.map(({ font }) => font.family));
};

it('restyles a plain file, and gives its own look back', async () => {
  await document.openText('plain.dot', plain);
  expect(document.state).toMatchObject({ modernLook: false, isPlain: true });
  expect(familiesIn(document)).toEqual(new Set(['Times']));
  const before = sceneOf(document.state).nodes[0].shapes;
  await document.setModernLook(true);
  expect(document.state).toMatchObject({ modernLook: true, isPlain: true, problem: null });
  expect(familiesIn(document)).toEqual(new Set(['Helvetica']));
  expect(Buffer.from((await document.export('svg', 1)).data).toString()).toContain('font-family="Helvetica');
  await document.setModernLook(false);
  expect(sceneOf(document.state).nodes[0].shapes).toEqual(before);
});

it('leaves a file that has a colour as it is', async () => {
  await document.openText('own.dot', 'digraph { a [color=red]; a -> b }');
  const before = sceneOf(document.state);
  await document.setModernLook(true);
  expect(document.state.isPlain).toBe(false);
  expect(sceneOf(document.state)).toEqual(before);
});

it('leaves positions alone that a file brings', async () => {
  const file = join(folder, 'placed.dot');
  writeFileSync(file, 'graph { a [pos="0,0"]; b [pos="100,50"] }');
  const placed = new GraphDocument({ positioned: true });
  await placed.openFile(file);
  await placed.setModernLook(true);
  expect(familiesIn(placed)).toEqual(new Set(['Times']));
  placed.close();
});

it('is remembered for the next document', async () => {
  writeSettings({ modernLook: true });
  const next = new GraphDocument();
  await next.openText('plain.dot', plain);
  expect(familiesIn(next)).toEqual(new Set(['Helvetica']));
  next.close();
});
