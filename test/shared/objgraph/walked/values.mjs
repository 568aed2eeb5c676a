// Objects of all kinds, with getters, traps and methods that must never run.
import { EventEmitter } from 'node:events';
import { createRequire } from 'node:module';

export const ran = [];
const trap = (name) => () => {
  ran.push(name);
  return {};
};

class Person {
  constructor(name, friend) {
    this.name = name;
    this.friend = friend;
  }
  toString() {
    ran.push('toString');
    return 'Person';
  }
  get age() {
    ran.push('age');
    return 1;
  }
}
class Teacher extends Person {
  subjects = ['maths', { room: 12 }];
}
class Secret {
  #key = { secret: true };
  open = [];
  key() {
    return this.#key;
  }
}
function OldClass() {
  this.part = { old: true };
}
class OwnMap extends Map {}
class OwnError extends Error {}
const sameLine = [class Left {}, class Right {}].map((Each) => new Each());

function* numbers() {
  const local = { inGenerator: true };
  yield local;
}

/** By what they are: the objects that pictures begin at. */
export const groups = () => {
  // The bundle that draws.
  const [aModule] = Object.values(createRequire(import.meta.url).cache);
  const shared = { shared: true };
  const cycle = { name: 'cycle' };
  cycle.self = cycle;
  const many = Object.fromEntries(Array.from({ length: 40 }, (_, i) => [`key${i}`, { i }]));
  const few = Object.fromEntries(Array.from({ length: 12 }, (_, i) => [`key${i}`, { i }]));
  const holey = [{}, {}, { after: 'hole' }];
  delete holey[1];
  const symbol = Symbol('of a key');
  const generator = numbers();
  generator.next();
  const registry = new FinalizationRegistry(() => {});
  registry.register(shared, { held: true });
  const nested = [[[[[[{ deep: true }]]]]]];
  return {
    'a plain object': [{ a: 1, b: 'text', c: { d: null, e: undefined, f: true } }],
    'two starts': [shared, { shared }],
    'a cycle': [cycle],
    'a list': [[1, 2.5, 'three', { four: 4 }, [5], null]],
    'a list of like objects': [Array.from({ length: 30 }, (_, i) => ({ i, text: `t${i}` }))],
    'a list of texts': [['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']],
    'a list with holes': [holey],
    'a list of numbers': [[1.5, 2.5, 3]],
    'a list with names': [Object.assign([{ a: 1 }], { named: { b: 2 } })],
    'nested lists': [nested],
    'an instance': [new Person('Ada', new Person('Bob', null))],
    'a derived class': [new Teacher('Eve', new OldClass())],
    'classes of one line': sameLine,
    'a function as a class': [new OldClass()],
    'private fields': [new Secret()],
    'a class without a name': [new (class {})()],
    methods: [{ run: trap('run'), go() {}, async wait() {} }],
    'a method far away': [{ a: { b: { run: trap('run'), Person } } }],
    accessors: [
      {
        get x() {
          return trap('x')();
        },
        set y(value) {
          trap('y')();
        },
        z: {},
      },
    ],
    'accessors far away': [
      {
        a: {
          b: {
            get x() {
              return trap('x')();
            },
          },
        },
      },
    ],
    symbols: [{ [symbol]: { by: 'symbol' } }],
    'symbols among names': [{ a: {}, [symbol]: { by: 'symbol' } }],
    'a symbol': [{ symbol, other: Symbol() }],
    'a tag': [{ [Symbol.toStringTag]: 'Tagged', part: {} }],
    'a map': [
      new Map([
        ['a', { a: 1 }],
        ['b', { b: 2 }],
        ['c', 'text'],
        ['d', [1]],
      ]),
    ],
    'a map of numbers': [
      new Map([
        [1, { a: 1 }],
        [2, { b: 2 }],
        [3, 4],
        [-5, {}],
      ]),
    ],
    'a map of other keys': [
      new Map([
        [{ key: true }, { value: true }],
        [null, {}],
        [1.5, {}],
      ]),
    ],
    'a map with long keys': [new Map([['a key of more than a few characters', { a: 1 }]])],
    'a large map': [new Map(Array.from({ length: 100 }, (_, i) => [`k${i}`, { i }]))],
    'an empty map': [new Map(), new Set()],
    'a set': [new Set([{ a: 1 }, { a: 2 }, 'text', 5, [6]])],
    'a map of a set': [{ index: new Map([['all', new Set([shared, { shared }])]]) }],
    'an own kind of map': [new OwnMap([['a', {}]])],
    'weak ones': [new WeakMap([[shared, {}]]), new WeakSet([shared]), new WeakRef(shared)],
    'a proxy': [
      { proxy: new Proxy({}, { get: trap('get'), ownKeys: trap('ownKeys'), getPrototypeOf: trap('proto') }) },
    ],
    'a bound function': [{ bound: trap.bind({ bound: true }) }],
    'a generator': [{ generator }],
    'a promise': [Promise.resolve({ resolved: true })],
    'typed arrays': [
      new Uint8Array(8),
      Buffer.from('text'),
      new ArrayBuffer(4),
      new DataView(new ArrayBuffer(2)),
    ],
    'a date': [{ at: new Date(0), never: new Date(NaN) }],
    'an expression': [{ expression: /a\/b[/]c/giu }],
    'an error': [{ error: new Error('message', { cause: { caused: true } }) }],
    'an own kind of error': [new OwnError('message')],
    'boxed values': [Object('text'), Object(1)],
    'no prototype': [Object.assign(Object.create(null), { only: { a: 1 } })],
    'no prototype, several': [Object.assign(Object.create(null), { a: {}, b: {} })],
    'an inherited object': [Object.create({ inherited: true }), Object.create(new Person('P', null))],
    'another prototype': [Object.setPrototypeOf({ a: {} }, Person.prototype)],
    'a prototype': [Person.prototype],
    'few names': [few],
    'many names': [many],
    'numbers as names': [{ 1: { a: 1 }, 0: { b: 2 }, name: {} }],
    'a scope': [
      {
        run: (
          (held) => () =>
            held
        )({ inScope: true }),
      },
    ],
    'large integers': [{ big: 12345678901234567890n, bigs: [1n] }],
    texts: [
      {
        short: 'a',
        long: 'x'.repeat(2000),
        sliced: 'x'.repeat(100).slice(3, 50),
        joined: `${ran.length}${'y'.repeat(20)}`,
      },
    ],
    'equal texts': [{ a: 'same', b: 'same' }],
    'a text': ['hello'],
    'frozen ones': [Object.freeze({ frozen: Object.freeze([Object.seal({})]) })],
    arguments: [
      (function () {
        return arguments;
      })({ a: 1 }),
    ],
    emitters: [new EventEmitter()],
    'a module': [aModule],
    'the global object': [globalThis],
    'a strange name': [{ __proto__x: {}, 'a "b" \u0001 \u{1f600}': {}, constructor: {}, prototype: {} }],
    'an iterator': [new Map([[1, 2]]).entries(), [1][Symbol.iterator]()],
    'names of Node': [new URL('http://a.b/'), new AbortController(), setTimeout(() => {}, 0).unref()],
  };
};
