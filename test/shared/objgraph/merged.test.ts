// The merged picture and the figures of a snapshot, in the built library.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ProgramFolder } from './programs.ts';

let folder: ProgramFolder;
beforeAll(() => void (folder = new ProgramFolder()), 60_000);
afterAll(() => folder.remove());

const leak = `
  class Request { constructor(i) { this.body = { i }; } }
  const cache = new Map();
  const log = [];
  export const use = () => [cache, log];
  for (let i = 0; i < 2_000; i++) { const request = new Request(i); cache.set(i, request); if (i % 2) log.push(request); }
`;

describe('showBackrefs with merge', () => {
  it('draws two thousand objects in a few boxes, with their numbers', () => {
    const { stdout, stderr } = folder.run(
      `${leak} objgraph.showBackrefs('Request', { merge: true, style: 'classic', filename: 'merged.dot' });`,
    );
    expect(stderr).toBe('');
    expect(stdout).toMatch(/^Graph written to merged\.dot \(4 nodes\)\n$/);
    const dot = readFileSync(join(folder.path, 'merged.dot'), 'utf8');
    expect(dot).toMatch(/label="2,000 × Request\\n[\d.]+ kB"/);
    expect(dot).toMatch(/label="Module\\n\w+\.mjs\\n/);
    expect(dot).toMatch(/label="value\\n2,000 · /);
    expect(dot).toMatch(/label="\[…\]\\n1,000 · /);
    expect(dot).toContain('label="cache\\n');
  });

  it('takes a list of objects of one class as well', () => {
    const { stdout } = folder.run(
      `${leak} objgraph.showBackrefs([...cache.values()].slice(0, 10), { merge: true, style: 'classic', filename: 'ten.dot', tooMany: 3 });`,
    );
    expect(stdout).toMatch(/^Graph written to ten\.dot/);
    expect(readFileSync(join(folder.path, 'ten.dot'), 'utf8')).toContain('label="10 × Request');
  });

  it.each([
    ["'Nobody', { merge: true }", 'showBackrefs: there is no Nobody in the heap'],
    ['[[], {}], { merge: true }', 'showBackrefs: merge takes objects of one class: not Array and Object'],
    ["'Request', { merge: true, filter: () => true }", 'showBackrefs with merge has no option "filter"'],
    ["'Request', { merge: true, filename: 'no/such/folder.dot' }", 'does not exist'],
  ])('showBackrefs(%s) says what is wrong', (args, message) => {
    const { stdout } = folder.run(
      `${leak} try { objgraph.showBackrefs(${args}); } catch (error) { console.log(error.message); }`,
    );
    expect(stdout).toContain(message);
  });
});

describe('showRefs with merge', () => {
  it('draws what all objects of a class refer to', () => {
    const { stdout, stderr } = folder.run(
      `${leak} objgraph.showRefs('Request', { merge: true, style: 'classic', filename: 'refs.dot' });`,
    );
    expect(stderr).toBe('');
    expect(stdout).toMatch(/^Graph written to refs\.dot \(2 nodes\)\n$/);
    const dot = readFileSync(join(folder.path, 'refs.dot'), 'utf8');
    expect(dot).toMatch(/label="2,000 × Request\\n[\d.]+ kB"/);
    expect(dot).toMatch(/group0 -> group1 \[label="body\\n2,000 · /);
  });

  it('says what is wrong', () => {
    const { stdout } = folder.run(
      "try { objgraph.showRefs('Nobody', { merge: true }); } catch (error) { console.log(error.message); }",
    );
    expect(stdout).toBe('showRefs: there is no Nobody in the heap\n');
  });
});

describe('a snapshot', () => {
  it('has sizes, distances and dominators, one for each node', () => {
    const { stdout } = folder.run(`${leak}
      const snapshot = objgraph.takeSnapshot();
      const { heap, retainedSizes, shallowSizes, distances, dominators } = snapshot;
      const sum = (sizes) => sizes.reduce((total, size) => total + size, 0);
      const map = snapshot.node(snapshot.find(cache));
      console.log(JSON.stringify({
        lengths: [retainedSizes, shallowSizes, distances, dominators].map((array) => array.length - heap.nodeCount),
        whole: retainedSizes[0] - sum(heap.selfSizes),
        shallow: sum(shallowSizes) - sum(heap.selfSizes),
        map: [map.size < map.retainedSize, map.retainedSize > 2_000 * 24, map.distance > 1 && map.distance < 20],
        // The Map's table holds the Request, and only the Map holds its table.
        dominated: dominators[dominators[snapshot.find(cache.get(0))]] === map.ordinal,
      }));`);
    expect(JSON.parse(stdout)).toEqual({
      lengths: [0, 0, 0, 0],
      whole: 0,
      shallow: 0,
      map: [true, true, true],
      dominated: true,
    });
  });

  it('leaves nothing behind that is counted', () => {
    const { stdout } = folder.run(`
      const before = objgraph.typestats();
      objgraph.showBackrefs([{}], { output: { write() {} } });
      objgraph.showBackrefs('Object', { merge: true, output: { write() {} } });
      const after = objgraph.typestats();
      console.log(JSON.stringify(Object.keys(after).filter((type) => !(type in before))));`);
    expect(JSON.parse(stdout)).toEqual([]);
  });
});
