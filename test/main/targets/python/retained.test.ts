// Retained sizes of Python's objects against truth: what Python itself frees, and what a slow model finds in random graphs.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { debianPython, dumperFile, folder, nodesByAddress, pythons, readSnapshot } from './dumped.ts';

const program = resolve('test/fixtures/python/retained.py');
const isLong = Boolean(process.env.OBJGRAPH_ALL);

/** What an object is, the bytes that are freed with it, and those that we say. */
function sizes(
  python: string,
  ...mode: string[]
): { expected: [string, number][]; found: [string, number][] } {
  const output = join(folder, mode.join('-') + Math.random());
  execFileSync(python, [program, dumperFile, output, ...mode], { stdio: 'pipe' });
  const rows = JSON.parse(readFileSync(`${output}.json`, 'utf8')) as [string, number, number][];
  const analysis = readSnapshot(`${output}.heapsnapshot`);
  const nodeAt = nodesByAddress(analysis, `${output}.heapsnapshot`);
  return {
    expected: rows.map(([name, , size]) => [name, size]),
    found: rows.map(([name, address]) => [name, analysis.retainedSizes[nodeAt(address) ?? -1]]),
  };
}

describe.each(isLong ? pythons : [debianPython])('%s', (python) => {
  it('frees with an object what it retains', () => {
    const { expected, found } = sizes(python, 'truth');
    expect(expected.every(([, size]) => size > 0)).toBe(true);
    expect(found).toEqual(expected);
  });

  it.each(Array.from({ length: isLong ? 20 : 2 }, (_, seed) => seed))(
    'retains in random graph %i what nothing else reaches',
    (seed) => {
      const { expected, found } = sizes(python, 'random', String(seed));
      expect(expected.length).toBeGreaterThan(30);
      expect(found).toEqual(expected);
    },
  );
});
