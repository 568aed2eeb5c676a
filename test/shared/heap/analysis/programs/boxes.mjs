// Twenty thousand objects that are held in several ways at once. Argument: the folder for the snapshot.
import { join } from 'node:path';
import v8 from 'node:v8';

class Item {
  constructor(number) {
    this.text = `item ${number}`;
    this.self = this;
  }
}
class Owner {
  constructor(item) {
    this.item = item;
  }
}
const map = new Map();
globalThis.byId = {};
globalThis.list = [];
globalThis.registry = { map };
globalThis.owners = new Set();
for (let number = 0; number < 20_000; number++) {
  const item = new Item(number);
  map.set(number, item);
  if (number % 3 === 0) globalThis.byId[`id${number}`] = item;
  if (number % 3 === 1) globalThis.list.push(item);
  if (number % 2 === 1) globalThis.owners.add(new Owner(item));
}
v8.writeHeapSnapshot(join(process.argv[2], '1.heapsnapshot'));
