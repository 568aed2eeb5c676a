// An object of a snapshot beside what it is now, in a real process: every statement about a change is true, or not made.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Attachment } from '../../../main/documents/attachment.ts';
import { HeapDocument } from '../../../main/documents/heap-document.ts';
import type { ComparedObject } from '../../../shared/protocol/targets.ts';
import { endPrograms, start } from '../targets/programs.ts';

let heap: HeapDocument;
let attachment: Attachment;

beforeAll(async () => {
  const { pid } = await start(`
    class Session { #token = { secret: 1 }; constructor(i) {
      this.id = 's-' + i; this.name = 'user' + i; this.note = 'x'.repeat(600) + i; this.huge = 'y'.repeat(3000) + i;
      this.count = i; this.flag = true; this.nothing = null; this.tags = ['a', 'b' + i, { i }]; this[Symbol('kind')] = 'guest' + i;
      this.big = 10n; this.greet = function greet() {}; this.rope = 'left-' + this.name + '-right-of-the-rope'; this.empty = '' } 
      get loud() { globalThis.ran = true; return 1 } }
    globalThis.session = new Session(638);
    globalThis.list = Array.from({ length: 700 }, (_, i) => () => i);
    globalThis.map = new Map([['ada', { x: 1 }], [7, 'seven'], ['bob', 'b']]);
    globalThis.inner = require('node:vm').runInNewContext('({ a: { b: "from a context" } })');
    globalThis.make = () => { const store = { kept: 'in the scope' }; return () => store };
    globalThis.closure = make();
    globalThis.odd = { face: '👩 text', half: '\\ud800', nul: 'a\\0b', '👩 key': {}, plain: 'żółć', proxy: new Proxy({}, {}) };
    globalThis.doomed = { one: { two: 2 } };
    setInterval(() => globalThis.session, 1000)`);
  heap = new HeapDocument();
  attachment = new Attachment(heap);
  await attachment.attach(String(pid));
  await attachment.takeSnapshot();
});
afterAll(async () => {
  await attachment.close();
  heap.close();
  endPrograms();
});

const idOf = async (expression: string) => (await attachment.evaluate(expression)).id!;
const now = async (expression: string) => attachment.fields(0, await idOf(expression));
const changes = (object: ComparedObject) =>
  Object.fromEntries(
    object.state === 'read' ? object.fields.map(({ name, change }) => [name, change]) : [['state', null]],
  );
const references = async (id: number) =>
  (await heap.ask('heap.references', { snapshot: 0, id, offset: 0, limit: 100 })).rows;

describe('an object of a snapshot, beside what it is now', () => {
  it('is the same as long as nothing was written to it', async () => {
    const object = await now('session');
    expect(Object.values(changes(object))).not.toContain('changed');
    expect(Object.values(changes(object))).not.toContain('removed');
    expect(Object.values(changes(object))).not.toContain('added');
    expect(changes(object)).toMatchObject({
      id: 'same',
      name: 'same',
      note: 'same',
      tags: 'same',
      greet: 'same',
      rope: 'same',
      empty: 'same',
      'Symbol(kind)': 'same',
      '#token': 'same',
      // A snapshot has its beginning alone.
      huge: null,
    });
  });

  it('is the same for every element of an array, and every entry of a Map that is a string', async () => {
    const list = await now('list');
    expect(list).toMatchObject({ state: 'read', isComplete: false });
    expect(changes(list)).toMatchObject({ 0: 'same', 1: 'same', 499: 'same' });
    expect(Object.values(changes(list)).filter((change) => change !== 'same' && change !== null)).toEqual([]);
    expect(changes(await now('session.tags'))).toEqual({ 0: 'same', 1: 'same', 2: 'same', length: null });
    expect(changes(await now('map'))).toMatchObject({ '"ada"': 'same', '"bob"': 'same', 7: null });
  });

  it('is not called changed for what a snapshot cannot write as it is', async () => {
    const object = changes(await now('odd'));
    expect(object).toMatchObject({ face: null, half: null, nul: null, plain: 'same', proxy: null });
    expect(Object.values(object).filter((change) => change !== null)).toEqual(['same']);
  });

  it('has what changed, what is new, and what was removed', async () => {
    await attachment.evaluate(`changing = Object.assign(new (session.constructor)(1)), 1`);
    await attachment.evaluate(
      `session.name = 'eve'; session.greet = 5; session.added = { at: 1 }; session.addedText = 'text'; delete session.tags; session.flag = 'no'; map.set('ada', { x: 2 })`,
    );
    const object = await now('session');
    expect(changes(object)).toMatchObject({
      id: 'same',
      name: 'changed',
      greet: 'changed',
      added: 'added',
      tags: 'removed',
      // It may have been a number, which no snapshot has.
      addedText: null,
    });
    expect(object).toMatchObject({
      fields: expect.arrayContaining([
        expect.objectContaining({
          name: 'name',
          before: expect.objectContaining({ text: '"user638"' }),
          now: { text: '"eve"', id: null },
        }),
        expect.objectContaining({ name: 'tags', now: null }),
      ]),
    });
    expect(changes(await now('map'))).toMatchObject({ '"ada"': 'changed', '"bob"': 'same' });
    expect((await attachment.evaluate('globalThis.ran')).description).toBe('undefined');
  });

  it('is read in another context too', async () => {
    expect(changes(await now('inner'))).toMatchObject({ a: 'same' });
  });

  it('cannot be read when it is a string or a scope, whether it lives or not', async () => {
    const fields = await references(await idOf('session'));
    const text = fields.find(({ edge }) => edge === 'id')!;
    expect(await attachment.fields(0, text.object.id)).toEqual({ state: 'unreadable', what: 'string' });
    const scope = (await references(await idOf('closure'))).find(({ edge }) => edge === 'scope')!;
    expect(await attachment.fields(0, scope.object.id)).toEqual({ state: 'unreadable', what: 'scope' });
  });

  it('is no longer in memory only when it was freed', async () => {
    const id = await idOf('doomed.one');
    expect(await attachment.fields(0, id)).toMatchObject({ state: 'read' });
    await attachment.evaluate(
      "delete doomed.one; require('node:v8').setFlagsFromString('--expose-gc'); require('node:vm').runInNewContext('gc')()",
    );
    await expect.poll(() => attachment.fields(0, id)).toEqual({ state: 'freed' });
  });
});

it('is compared with a snapshot of this process alone: ids mean nothing in another one', async () => {
  const id = await idOf('map');
  const { address } = attachment.state!;
  await attachment.detach();
  await attachment.attach(address);
  await expect(attachment.fields(0, id)).rejects.toThrow('was not taken while the window was attached to');
});
