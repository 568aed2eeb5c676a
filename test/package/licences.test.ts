// The licences of what is bundled come with the package.
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '../..');

it.each([
  ['dist/third-party-licences.txt', ['valibot', '@jridgewell/trace-mapping', 'yauzl']],
  ['dist/renderer/third-party-licences.txt', ['svelte', 'flatbush', 'panzoom']],
])('%s has each with its text', (file, some) => {
  const parts = readFileSync(join(root, file), 'utf8').split(/\n-{80}\n\n/);
  const names = parts.map((part) => /^\S+/.exec(part)?.[0]);
  expect(names).toEqual(expect.arrayContaining(some));
  for (const part of parts) expect(part).toMatch(/^\S+ \d[\w.-]* \([\w.-]+\)\n\n[^]*(copyright|license)/i);
});
