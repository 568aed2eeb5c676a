// Writes a snapshot of a mixed heap: class instances, Maps and Sets, closures, strings, typed arrays, WeakMaps, linked
// lists, emitters, promises. Usage: node make-snapshot.mjs USERS FILE [FILE ...]; 516 users, with all that is theirs, fill a
// megabyte. Each further file is written when there are 2 % more users.
import { EventEmitter } from 'node:events';
import { setImmediate } from 'node:timers/promises';
import v8 from 'node:v8';

const [users, ...files] = process.argv.slice(2);
const cities = [
  'Berlin',
  'Lyon',
  'Oslo',
  'Porto',
  'Quito',
  'Lima',
  'Kyoto',
  'Perth',
  'Turin',
  'Ghent',
  'Malmö',
];

class Address {
  constructor(i) {
    this.street = `Street ${i}`;
    this.city = cities[i % cities.length];
  }
}
class User {
  constructor(i) {
    this.id = i;
    this.name = `user-${i}`;
    this.address = new Address(i);
    this.tags = ['a', 'b', cities[i % 7]];
    this.balance = i * 1.25;
    this.created = new Date(1.7e12 + i);
  }
}
class OrderLine {
  constructor(order, i) {
    this.order = order;
    this.price = i * 0.99;
  }
}
class Order {
  constructor(i, user) {
    this.user = user;
    this.lines = [0, 1, 2].slice(i % 3).map((k) => new OrderLine(this, i + k));
  }
}
class ListNode {
  constructor(value, next) {
    this.value = value;
    this.next = next;
  }
}
class Session extends EventEmitter {
  constructor(user) {
    super();
    this.data = { cart: [], seen: new Set([user]) };
    this.on('change', () => this.data.cart.push(user));
  }
}

const app = { users: new Map(), orders: [], sessions: new Set(), meta: new WeakMap(), list: null, rest: [] };
globalThis.app = app;
function addUser(i) {
  const user = new User(i);
  app.users.set(i, user);
  app.orders.push(new Order(i, user));
  if (i % 3 === 0) app.rest.push(() => user.name);
  if (i % 4 === 0) app.sessions.add(new Session(user));
  if (i % 5 === 0) app.rest.push({ rows: [{ a: i, b: `x${i}` }, { d: { e: { f: `"q" \\ ${i}` } } }] });
  if (i % 6 === 0) app.meta.set(user, { note: `note ${i}` });
  if (i % 7 === 0) app.rest.push(`${user.name}/${user.address.street}`.repeat(2));
  if (i % 11 === 0) app.rest.push(Promise.resolve(i).then(() => user));
  if (i % 50 === 0) app.rest.push(new Float64Array(8));
  app.list = new ListNode(i, app.list);
}

let count = 0;
for (const [moment, file] of files.entries()) {
  for (const wanted = Number(users) * (1 + moment / 50); count < wanted; count++) addUser(count);
  await setImmediate();
  v8.writeHeapSnapshot(file);
}
