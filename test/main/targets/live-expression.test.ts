// Expressions in a live program: what they come to, how they could go on, what an object has now.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { attach } from '../../../main/targets/attached-target.ts';
import type { Attached } from '../../../main/targets/attached.ts';
import { splitAtLastDot } from '../../../main/targets/live-expression.ts';
import { endPrograms, start } from './programs.ts';

const never = new AbortController().signal;
let target: Attached;

beforeAll(async () => {
  const { pid } = await start(`
    class User { #secret = 1; constructor(name) { this.name = name; this.tags = ['a', 'b'] } get loud() { globalThis.ran = true; return 1 } }
    globalThis.shop = {
      users: new Map([['ada', new User('Ada')], [7, 'seven']]), set: new Set(['x']), user: new User('Bob'), n: -0, big: 10n, text: 'he said "hi"',
      get price() { globalThis.ran = true; return 1 }, proxy: new Proxy({}, { ownKeys() { globalThis.ran = true; return [] } }), 'no-name': 1,
    };
    globalThis.gone = { inner: {} };
    const many = globalThis.many = {
      map: new Map(Array.from({ length: 46000 }, (_, i) => ['key ' + i, { i }])), array: Array.from({ length: 300000 }, (_, i) => ({ i })),
      bytes: new Uint8Array(3000000),
    };
    many.array.name = 'long';
    many.table = { get first() { globalThis.ran = true; return 1 } };
    for (let i = 0; i < 60000; i++) many.table['key ' + i] = i;
    setInterval(() => many.map.set({}, {}), 1).unref();
    let lexical = 1;
    setInterval(() => lexical, 1000)`);
  target = await attach(String(pid), never);
  await target.takeSnapshot(
    () => {},
    () => {},
    never,
  );
});
afterAll(async () => {
  await target.detach();
  endPrograms();
});

describe('an expression comes to', () => {
  it.each([
    ['1 + 1', '2', 'number'],
    ['shop.n', '-0', 'number'],
    ['shop.big', '10n', 'bigint'],
    ['shop.text', '"he said \\"hi\\""', 'string'],
    ['null', 'null', 'null'],
    ['undefined', 'undefined', 'undefined'],
    ['Symbol.iterator', 'Symbol(Symbol.iterator)', 'symbol'],
    ['shop.users', 'Map(2) {"ada" => User, 7 => "seven"}', 'Map'],
    ['shop.set', 'Set(1) {"x"}', 'Set'],
    ['shop.user.tags', 'Array(2) ["a", "b"]', 'Array'],
    ['shop.user', 'User {#secret: 1, name: "Bob", tags: Array(2)}', 'User'],
    ['{ a: 1 }', '{a: 1}', 'Object'],
    ["require('node:path').sep", '"/"', 'string'],
  ])('%s is %s', async (expression, description, type) => {
    expect(await target.evaluate(expression)).toMatchObject({ description, type, threw: false });
  });

  it('an error', async () => {
    expect(await target.evaluate('shop.nothing.at')).toMatchObject({
      description: expect.stringMatching(/^TypeError: Cannot read properties of undefined/) as string,
      threw: true,
      type: 'TypeError',
    });
    expect(await target.evaluate('1 +')).toMatchObject({
      description: expect.stringMatching(/^SyntaxError: /) as string,
      threw: true,
    });
    expect(await target.evaluate('throw 5')).toMatchObject({ description: '5', threw: true, id: null });
  });

  it('an end, if it has none', async () => {
    const { threw, description } = await target.evaluate('for (;;);');
    expect({ threw, description }).toEqual({
      threw: true,
      description: 'it ran for more than 10 seconds and was stopped',
    });
  }, 60_000);

  it('an id that names the object', async () => {
    const { id } = await target.evaluate('shop.user');
    expect(id).toBeGreaterThan(0);
    expect((await target.evaluate('shop.user')).id).toBe(id);
    expect((await target.evaluate('({ made: "now" })')).id).toBeNull();
  });
});

describe('the fields of an object now', () => {
  const fieldsOf = async (expression: string) =>
    (await target.fieldsNow((await target.evaluate(expression)).id!))!.fields.map(
      ({ name, description }) => `${name}: ${description}`,
    );

  it('are described without running anything', async () => {
    expect(await fieldsOf('shop.user')).toEqual(['name: "Bob"', 'tags: Array(2)', '#secret: 1']);
    expect(await fieldsOf('shop')).toContain('price: (getter)');
    await fieldsOf('shop.proxy');
    expect((await target.evaluate('globalThis.ran')).description).toBe('undefined');
  });

  it('of a Map and a Set are their entries', async () => {
    expect(await fieldsOf('shop.users')).toEqual(['"ada": User', '7: "seven"']);
    expect(await fieldsOf('shop.set')).toEqual(['0: "x"']);
  });

  it.each([
    ['map', 100, ['"key 0": Object', '"key 1": Object']],
    ['array', 500, ['0: Object', '1: Object']],
    ['bytes', 500, ['0: 0', '1: 0']],
    ['table', 500, ['first: (getter)', 'key 0: 0']],
  ])('of a long one are its first ones: %s', async (name, most, first) => {
    const fields = await fieldsOf(`many.${name}`);
    expect(fields.length).toBe(most);
    expect(fields.slice(0, 2)).toEqual(first);
    expect((await target.evaluate('globalThis.ran')).description).toBe('undefined');
  });

  it('are not waited for when the program is busy', { timeout: 30_000 }, async () => {
    const { id } = await target.evaluate('shop.user');
    const waiting = target.evaluate('Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 8000)');
    await expect(target.fieldsNow(id!)).rejects.toThrow(
      /^its fields could not be read within 5 seconds: process \d+ is busy, or they are too many\. Try again$/,
    );
    expect((await waiting).description).toBe('"timed-out"');
  });

  it('change with it', async () => {
    const { id } = await target.evaluate('shop.user');
    await target.evaluate('shop.user.name = "Eve"');
    expect((await target.fieldsNow(id!))!.fields[0]).toMatchObject({ name: 'name', description: '"Eve"' });
    await target.evaluate('shop.user.name = "Bob"');
  });

  it('are null when it is gone', async () => {
    const { id } = await target.evaluate('gone.inner');
    await target.evaluate(
      "delete gone.inner; require('node:v8').setFlagsFromString('--expose-gc'); require('node:vm').runInNewContext('gc')()",
    );
    await expect.poll(() => target.fieldsNow(id!)).toBeNull();
    expect(await target.fieldsNow(1e9 + 1)).toBeNull();
  });
});

describe('completion of', () => {
  it.each([
    ['a name', 'sho', ['shop']],
    ['a field', 'shop.us', ['user', 'users']],
    ['a field of a field', 'shop.users.si', ['size']],
    ['a field after an index', 'shop.user.tags[0].sta', ['startsWith']],
    ['an optional one', 'shop?.us', ['user', 'users']],
    ['a part of more', 'f(1, shop.us', ['user', 'users']],
    ['what is not there', 'nothing.a', []],
    ['what would run something', 'shop.price.to', []],
    ['a call that would run something', 'process.exit().a', []],
  ])('%s: %s', async (_what, expression, names) => {
    expect(await target.completions(expression)).toEqual(names);
  });

  it('has no names that cannot be written after a dot', async () => {
    const names = await target.completions('shop.');
    expect(names).toContain('price');
    expect(names).not.toContain('no-name');
    expect((await target.evaluate('globalThis.ran')).description).toBe('undefined');
  });
});

it.each([
  ['a.b', { object: 'a', word: 'b' }],
  ['', { object: null, word: '' }],
  ['a + b[0].na', { object: 'b[0]', word: 'na' }],
  ['f(a.b, "x").c', { object: 'f(a.b, "x")', word: 'c' }],
  ['(a || b)?.', { object: '(a || b)', word: '' }],
])('%j is cut at its last dot', (expression, parts) => {
  expect(splitAtLastDot(expression)).toEqual(parts);
});
