// Every graph that Debian's packages of Graphviz ship is opened.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { GraphDocument } from '../../../main/documents/document.ts';
import { sceneOf } from './scene-of.ts';

const packages = ['graphviz', 'graphviz-doc'];
const listed = spawnSync('dpkg', ['-L', ...packages], { encoding: 'utf8' });
const isInstalled = listed.error === undefined && listed.status === 0;
const files = (listed.stdout ?? '').split('\n').filter((file) => /\.(gv|dot)(\.gz)?$/.test(file));
if (!isInstalled) console.warn(`NOT RUN for want of ${packages.join(', ')}: ${import.meta.filename}`);

const folder = mkdtempSync(join(tmpdir(), 'debian-graphs-'));
const document = new GraphDocument();
afterAll(() => {
  document.close();
  rmSync(folder, { recursive: true });
});

/** Debian packs the larger ones. */
function unpacked(file: string): string {
  if (!file.endsWith('.gz')) return file;
  const plain = join(folder, basename(file, '.gz'));
  writeFileSync(plain, gunzipSync(readFileSync(file)));
  return plain;
}

describe.skipIf(!isInstalled)('the graphs of Debian’s packages', () => {
  it('are there', () => expect(files.length).toBeGreaterThan(50));

  it.each(files)('%s', async (file) => {
    await document.openFile(unpacked(file));
    expect(document.state.problem).toBeNull();
    const { nodes, bounds } = sceneOf(document.state);
    expect(nodes.length).toBeGreaterThan(0);
    expect(bounds.every(Number.isFinite)).toBe(true);
    expect(nodes.some(({ shapes }) => shapes.length > 0)).toBe(true);
  });
});
