// The library in programs that were built: names and places are those of the author's files.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { nodes, oldestAndNewest } from '../../main/targets/programs.ts';

const root = resolve(import.meta.dirname, '../../..');
const folder = mkdtempSync(join(tmpdir(), 'objgraph-original-names-'));
afterAll(() => rmSync(folder, { recursive: true }));

const source = `// A shop.
import * as objgraph from ${JSON.stringify(pathToFileURL(join(root, 'dist/index.js')).href)};
interface Item { name: string }

class ShoppingCart {
  items: Item[] = [];
  constructor(readonly owner: string) {}
}
class Wishlist { readonly wishes = ['one'] }
const carts = new Map<string, ShoppingCart>();
const wishes = [new Wishlist(), new Wishlist()];
for (const name of ['ann', 'ben', 'cem']) carts.set(name, new ShoppingCart(name));
(globalThis as unknown as { kept: unknown }).kept = [carts, wishes];

const { byType, count, typestats, takeSnapshot, openSnapshot, findBackrefChain } = objgraph;
const stats = typestats();
const long = typestats({ shortNames: false });
const snapshot = takeSnapshot();
const file = process.argv[2];
(await import('node:v8')).writeHeapSnapshot(file);
const opened = openSnapshot(file);
console.log(JSON.stringify({
  byType: byType('ShoppingCart').map((cart) => (cart as ShoppingCart).owner).sort(),
  wishes: count('Wishlist'),
  minified: ShoppingCart.name,
  stats: [stats.ShoppingCart, stats.Wishlist],
  long: Object.keys(long).filter((name) => name.startsWith('ShoppingCart')),
  inSnapshot: count('ShoppingCart', { snapshot }),
  opened: (byType('ShoppingCart', { snapshot: opened }) as { longName: string }[]).map(({ longName }) => longName),
  chain: findBackrefChain(byType('ShoppingCart')[0]).map(String),
}));
`;
const lineOf = (text: string) => source.split('\n').findIndex((line) => line.includes(text)) + 1;

beforeAll(async () => {
  mkdirSync(join(folder, 'src'));
  writeFileSync(join(folder, 'src/shop.ts'), source);
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
  await build({
    ...{
      entryPoints: [join(folder, 'src/shop.ts')],
      outfile: join(folder, 'out/shop.mjs'),
      logLevel: 'silent',
    },
    ...{
      bundle: true,
      minify: true,
      sourcemap: true,
      platform: 'node',
      format: 'esm',
      external: ['*/dist/index.js'],
    },
  });
});

it.each(oldestAndNewest)('a minified bundle: $name', ({ path }) => {
  const { status, stdout, stderr } = spawnSync(
    path,
    [join(folder, 'out/shop.mjs'), join(folder, 'shop.heapsnapshot')],
    { cwd: folder, encoding: 'utf8' },
  );
  expect(status, stderr).toBe(0);
  const found = JSON.parse(stdout) as Record<string, unknown>;
  expect(found.minified).not.toBe('ShoppingCart');
  const longName = `ShoppingCart — src/shop.ts:${lineOf('constructor(')}`;
  expect(found).toMatchObject({
    byType: ['ann', 'ben', 'cem'],
    wishes: 2,
    stats: [3, 2],
    long: [longName],
    inSnapshot: 3,
    opened: [longName, longName, longName],
  });
  expect((found.chain as string[]).at(-1)).toContain('ShoppingCart');
});

it('tsx, whose maps are in the memory of the process only', () => {
  const loader = join(root, 'node_modules/tsx/dist/loader.mjs');
  const { status, stdout, stderr } = spawnSync(
    nodes[0].path,
    ['--import', loader, join(folder, 'src/shop.ts'), join(folder, 'tsx.heapsnapshot')],
    { cwd: folder, encoding: 'utf8' },
  );
  expect(status, stderr).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({
    byType: ['ann', 'ben', 'cem'],
    long: [`ShoppingCart — src/shop.ts:${lineOf('constructor(')}`],
  });
});
