// The threat model and the table of reliability name the test that holds each promise: such a test exists.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '..');
const tests = readdirSync(join(root, 'test'), { recursive: true, encoding: 'utf8' }).map((file) =>
  join('test', file),
);

/** A row may leave out the folder that it has already named. */
const isThere = (name: string) =>
  name.startsWith('test/')
    ? existsSync(join(root, name))
    : tests.some((file) => file.endsWith(`/${name}`) || basename(file) === name);

it.each(['docs/decisions/threat-model.md', 'docs/reliability.md', 'SECURITY.md'])(
  'every test that %s names exists',
  (document) => {
    const text = readFileSync(join(root, document), 'utf8');
    const named = [...text.matchAll(/`([\w./-]+\.(?:test\.ts|mjs|ts))`/g)]
      .map(([, name]) => name)
      .filter((name) => name.includes('test'));
    expect(named.filter((name) => !isThere(name))).toEqual([]);
  },
);

it('every promise of the threat model names one', () => {
  const text = readFileSync(join(root, 'docs/decisions/threat-model.md'), 'utf8');
  const [, table] = text.split('## Promises and their tests');
  const rows = table
    .split('\n## ')[0]
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .slice(2);
  expect(rows.length).toBeGreaterThan(20);
  expect(rows.filter((row) => !/`test\/[\w./-]+\.test\.ts`/.test(row))).toEqual([]);
});
