// docs/xdot.md names a test for each row: they are there.
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '../..');
const rows = readFileSync(join(root, 'docs/xdot.md'), 'utf8')
  .split('\n')
  .filter((line) => /^\| \d+ +\|/.test(line));

it('has the 18 rows', () => {
  expect(rows.map((row) => Number(/\d+/.exec(row)![0]))).toEqual(Array.from({ length: 18 }, (_, i) => i + 1));
});

it.each(rows)('%s', (row) => {
  const references = [...row.matchAll(/`(test\/[^`]+)`([^`]*)/g)];
  expect(references).not.toEqual([]);
  for (const [, file, names] of references) {
    expect(existsSync(join(root, file)), file).toBe(true);
    const source = readFileSync(join(root, file), 'utf8');
    for (const [, name] of names.matchAll(/“([^”]+)”/g)) expect(source).toContain(name);
  }
});
