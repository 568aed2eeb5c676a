// A heap with something of everything that sizes, distances and dominators stumble over. Arguments: the folder for
// the snapshot, and how long the list is.
import { join } from 'node:path';
import v8 from 'node:v8';
const [folder, length = '100000'] = process.argv.slice(2);

class Link {
  constructor(next) {
    this.next = next;
  }
}
let list = null;
for (let i = 0; i < Number(length); i++) list = new Link(list);

class Key {
  constructor(name) {
    this.name = name;
  }
}
const makeSameName = () => class Key {};
const keys = Array.from({ length: 300 }, (_, i) => new Key(`key ${i}`));
const weakMap = new WeakMap(keys.map((key, i) => [key, i % 3 ? { about: key } : [new Key(`value ${i}`)]]));
const nested = new WeakMap([[weakMap, new WeakMap([[keys[0], weakMap]])]]);
const weakSet = new WeakSet(keys);

const sharedBuffer = new ArrayBuffer(100_000);
const views = [new Uint8Array(sharedBuffer), new Float64Array(sharedBuffer, 8, 10)];

let rope = '';
for (let i = 0; i < 3000; i++) rope += `part ${i} `;
const sliced = rope.slice(40, 900);
const closures = Array.from({ length: 200 }, (_, i) => {
  const large = new Array(50).fill(i);
  return () => large.length + keys.length;
});
const sameName = Array.from({ length: 20 }, () => new (makeSameName())());

const ring = { name: 'ring' };
ring.next = { name: 'ring too', next: ring };
const heldWeakly = [new WeakRef(ring), new WeakRef({ gone: true })];
const registry = new FinalizationRegistry(() => {});
keys.forEach((key, i) => registry.register(key, { held: i }));

const everything = {
  map: new Map(keys.map((key, i) => [key, new Set([i, key])])),
  symbols: [Symbol('one'), Symbol.for('two')],
  bigint: 2n ** 200n,
  regexps: [/a+/g, new RegExp('b')],
  error: new Error('an error'),
  promise: new Promise(() => {}).then(() => keys),
  proxy: new Proxy({ target: keys }, { get: () => rope }),
  generator: (function* () {
    yield keys;
  })(),
  bound: closures[0].bind(ring),
  date: new Date(),
  deleted: { a: 1, b: 2 },
};
delete everything.deleted.a;
globalThis.kept = {
  list,
  weakMap,
  nested,
  weakSet,
  views,
  rope,
  sliced,
  closures,
  sameName,
  heldWeakly,
  registry,
  everything,
};
v8.writeHeapSnapshot(join(folder, '1.heapsnapshot'));
