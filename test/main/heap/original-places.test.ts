// Suspects and objects of minified code have the author's place and, besides it, the place in the code that ran.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { buildSync } from 'esbuild';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { exportRows, pagesOf } from '../../../main/heap/export-table.ts';
import { LoadedSnapshot } from '../../../main/heap/loaded-snapshot.ts';
import { objectDetails } from '../../../main/heap/object-details.ts';
import { suspectRows } from '../../../main/heap/suspect-rows.ts';
import { readScopes } from '../../../main/source-maps/scopes.ts';
import { EdgeType } from '../../../shared/heap/node-types.ts';
import { SnapshotReader } from '../../../shared/heap/snapshot-reader.ts';
import { scriptNames } from '../../../shared/heap/scripts.ts';
import { SourceMaps } from '../../../shared/source-maps/source-maps.ts';

const folder = mkdtempSync(join(tmpdir(), 'objgraph-places-'));
const source = join(folder, 'cart.ts');
const script = pathToFileURL(source).href;
const program = `import { writeHeapSnapshot } from 'node:v8';
class Item { constructor(readonly price: number) {} }
class ShoppingCart {
  items: Item[] = [];
  constructor(count: number) { for (let i = 0; i < count; i++) this.items.push(new Item(i)); }
}
const carts = new Map<number, ShoppingCart>();
function fill(from: number) { for (let i = from; i < from + 200; i++) carts.set(i, new ShoppingCart(3)); }
const handlers: unknown[] = [];
function subscribe(customer: string[], discount: { rate: number }) {
  const attempts = [discount];
  handlers.push(function retry(customers: string[]) { return customers.length + customer.length + attempts.length; });
  return () => discount.rate;
}
// Which of the two, nothing in a snapshot says.
const shadowed = (request: string[]) => [1].map((index) => { const reply = [request]; return (answer: object) => [answer, reply, index]; });
handlers.push(subscribe(['a'], { rate: 1 }), shadowed(['b']), function named(first: object) { return (second: object) => [first, second]; }({}));
class Walker { constructor(readonly name: string) {} *steps() { yield this.name; yield this; } }
const walks = ['a', 'b'].map((name) => { const steps = new Walker(name).steps(); steps.next(); return steps; });
for (let round = 0; round < 3; round++) { fill(round * 1000); writeHeapSnapshot(\`\${process.argv[2]}/\${round}.heapsnapshot\`); }
console.log(walks, handlers, shadowed, fill, carts, Item, ShoppingCart);
`;
const line = (text: string) => program.split('\n').findIndex((one) => one.includes(text)) + 1;
let code = '';
let snapshots: LoadedSnapshot[] = [];

beforeAll(() => {
  writeFileSync(source, program);
  const outfile = join(folder, 'shop.cjs');
  const options = { bundle: true, minify: true, platform: 'node', sourcemap: true } as const;
  buildSync({ ...options, entryPoints: [source], outfile });
  code = readFileSync(outfile, 'utf8');
  const { status, stderr } = spawnSync(process.execPath, [outfile, folder], { encoding: 'utf8' });
  expect(status, stderr).toBe(0);
  snapshots = [0, 1, 2].map((round) => {
    const reader = new SnapshotReader();
    reader.write(readFileSync(join(folder, `${round}.heapsnapshot`)));
    const graph = reader.end();
    graph.places = new SourceMaps(
      () => scriptNames(graph),
      [],
      [],
      (sentence) => expect.fail(sentence),
      () => {},
      readScopes,
    );
    const snapshot = new LoadedSnapshot(String(round), graph, { folder });
    return snapshot;
  });
});
afterAll(() => rmSync(folder, { recursive: true }));

/** That a place in the bundle is the class, or its constructor. */
function expectGenerated(place: { script: string; line: number; column: number } | undefined, at: RegExp) {
  expect(place).toMatchObject({ script: join(folder, 'shop.cjs') });
  expect(code.split('\n')[place!.line - 1].slice(place!.column - 1)).toMatch(at);
}

it('a suspect and what grew because of it', () => {
  const [cart] = suspectRows(snapshots);
  const place = { script, line: line('constructor(count'), column: expect.any(Number) };
  expect(cart).toMatchObject({ type: 'ShoppingCart', place: `cart.ts:${place.line}`, location: place });
  expect(cart.generated?.name).not.toBe('ShoppingCart');
  expectGenerated(cart.generated, /^\(\w\)\{for\(let \w=0;\w<\w;\w\+\+\)this\.items/);
  const item = cart.consequences.find(({ type }) => type === 'Item');
  expect(item).toMatchObject({ place: `cart.ts:${line('class Item')}`, location: { script } });
  expectGenerated(item?.generated, /^\(\w\)\{this\.price=/);
  expect(cart.consequences.find(({ type }) => type === 'Array')).toMatchObject({
    place: null,
    location: null,
  });
});

it('an instance and a function', () => {
  const [cart] = suspectRows(snapshots);
  const now = snapshots[2];
  const { graph } = now;
  const ofClass = now.analysis.classes.list.findIndex(({ name }) => name === 'ShoppingCart');
  const object = objectDetails(now, now.analysis.instances(ofClass)[0]);
  expect(object).toMatchObject({ type: 'ShoppingCart', location: cart.location });
  expect(object.generated).toMatchObject({ type: cart.generated!.name, column: cart.generated!.column });
  const fill = Array.from({ length: graph.nodeCount }, (_, node) => node).find(
    (node) => now.describer.names.describe(node) === `fill cart.ts:${line('function fill')}`,
  )!;
  const { writtenAt } = objectDetails(now, fill);
  expect(writtenAt).toMatchObject({ script, line: line('function fill') });
  expectGenerated(writtenAt?.generated, /^\(\w\)\{for\(/);
});

it('generator objects are none of the class whose method they run', () => {
  const { classes } = snapshots[2].analysis;
  const walkers = classes.list.flatMap(({ name }, i) => (name === 'Walker' ? [i] : []));
  expect(walkers).toHaveLength(1);
  expect(snapshots[2].analysis.instances(walkers[0])).toHaveLength(2);
});

it('variables of scopes', () => {
  const { graph, describer } = snapshots[2];
  const variables = new Set<string>();
  for (let scope = 0; scope < graph.nodeCount; scope++) {
    if (graph.scopes[scope] === 0) continue;
    const names: string[] = [];
    for (let edge = graph.firstEdges[scope]; edge < graph.firstEdges[scope + 1]; edge++)
      if (graph.edgeType(edge) === EdgeType.context) names.push(describer.references.of(scope, edge));
    variables.add(names.toSorted().join());
  }
  expect([...variables]).toContain('attempts,customer,discount');
  expect([...variables]).toContain('first');
  expect([...variables]).toContain('reply');
  expect([...variables]).toContainEqual(expect.stringMatching(/\bcarts\b/));
});

it('a table of suspects has one cell for how they grew, and one for what grew with them', async () => {
  const pages = pagesOf({ table: 'suspects', about: { snapshots: [0, 1, 2] } }, snapshots);
  const bytes = await exportRows(pages, 'csv');
  const [head, first] = new TextDecoder().decode(bytes).split('\r\n');
  expect(head.split(',')).toEqual(expect.arrayContaining(['place', 'script', 'line', 'growth']));
  expect(first).toContain('200 → 400 → 600');
  expect(first).toContain(`1800 Item — cart.ts:${line('class Item')}`);
  expect(first).not.toContain('[object');
});
