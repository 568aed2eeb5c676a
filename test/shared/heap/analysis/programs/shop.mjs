// A program whose numbers are known: two snapshots, between which orders come and go. Argument: the folder for them.
import { join } from 'node:path';
import v8 from 'node:v8';

const folder = process.argv[2];

class Order {
  constructor(number) {
    this.number = number;
    this.payload = new Array(10 + (number % 7) * 100).fill(number / 3);
    this.note = ['a note that', 'many orders have'].join(' ');
  }
}
const makeSameName = () => {
  class Order {
    legacy = true;
  }
  return Order;
};
const Legacy = makeSameName();

/** Everything is in here, and in `byCustomer` once more: two ways to each order. */
const cache = new Map();
globalThis.byCustomer = {};
const add = (number) => {
  const order = new Order(number);
  cache.set(`order ${number}`, order);
  globalThis.byCustomer[`customer${number}`] = order;
};
for (let number = 0; number < 200; number++) add(number);
globalThis.legacy = Array.from({ length: 30 }, () => new Legacy());
globalThis.long = ['x', 'y', 'x'].map((end) => `${'long '.repeat(400)}${end}`.split('').join(''));
globalThis.cache = cache;

v8.writeHeapSnapshot(join(folder, '1.heapsnapshot'));
for (let number = 0; number < 50; number++) {
  cache.delete(`order ${number}`);
  delete globalThis.byCustomer[`customer${number}`];
}
for (let number = 1000; number < 1120; number++) add(number);
v8.writeHeapSnapshot(join(folder, '2.heapsnapshot'));
