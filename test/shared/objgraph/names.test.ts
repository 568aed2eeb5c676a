// One program that holds something in every way that JavaScript has, and how each way is called.
import { resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { nodes, ProgramFolder } from './programs.ts';

const programs = resolve(import.meta.dirname, '../../fixtures/programs');
let folder: ProgramFolder;
beforeAll(() => void (folder = new ProgramFolder()));
afterAll(() => folder.remove());

/** What holds each marked object: `owner —reference`. */
const expected: Record<string, string> = {
  'private field': 'Derived —#secret',
  'static field': 'Function —shared',
  'own property': 'Derived —own',
  'property of a prototype': 'Function —prototype.onPrototype',
  'variable of a closure': 'Context —captured',
  'variable of a block': 'Context —inBlock',
  'key of a Map': 'Map —key',
  'value by string': 'Map —"the key"',
  'value by number': 'Map —42',
  'value by object': 'Map —(Marked {label})',
  'member of a set': 'Set —member',
  'property by symbol': 'Object —<symbol mark>',
  'bound this': 'Function —bound this',
  'bound argument': 'Function —bound argument 0',
  'result of a promise': 'Promise —result',
  'value of a WeakMap': 'WeakMap —(Object)',
  'local of a generator': 'Generator —local',
  'local of an async function': 'Generator —local',
  'item of a frozen array': 'Array —[0]',
  argument: 'Arguments —[0]',
  'object without prototype': 'Object —inside',
  'target of a proxy': 'Proxy —target',
  'handler of a proxy': 'Object —handlerMark',
  'property of an error': 'Error —detail',
  'held value': 'FinalizationRegistry —held value',
  'target of a FinalizationRegistry': 'Object —finalized',
  'global variable': 'global —globalThing',
  listener: 'Context —listened',
  timer: 'Context —timed',
  'reaction of a promise': 'Context —reaction',
};

interface Answer {
  holders: Record<string, string[]>;
  labels: Record<string, string>;
  finalizers: string[];
  getters: number;
  roots: string[];
}

describe.each(nodes)('a program that holds everything, on %s', (_name, node) => {
  let answer: Answer;
  beforeAll(() => {
    answer = folder.ask<Answer>(
      `const { inspect } = require('node:util'); const things = require(${JSON.stringify(`${programs}/everything.cjs`)});
       import(${JSON.stringify(`${programs}/shared.mjs`)}).then((shared) => {
         globalThis.shape = new shared.Shape();
         // One view of the present, in which nodes know their live objects.
         const { snapshot } = objgraph.findRefChain(things, () => true)[0]; const { graph, heap, references, names } = snapshot;
         const holders = {}; const finalizers = []; const labels = {}; const roots = [];
         for (let ordinal = 0; ordinal < heap.nodeCount; ordinal++) {
           const node = snapshot.node(ordinal);
           if (graph.isRoot(ordinal)) roots.push(node.toString());
           if (!graph.isCounted(ordinal) || node.className !== 'Marked' || !node.value) continue;
           const { label } = node.value;
           if (graph.hasFinalizer(ordinal)) finalizers.push(label);
           holders[label] = [];
           graph.eachReferrer(ordinal, (owner, edge) => {
             const found = objgraph.findRefChain(snapshot.node(owner), (one) => one.ordinal === ordinal, { snapshot, maxDepth: 1 });
             holders[label].push(snapshot.node(owner).className + ' —' + (found[0].edge || references.of(owner, edge)));
           });
         }
         graph.eachReference(snapshot.find(things), (target, edge) => { labels[heap.edgeName(edge)] = snapshot.node(target).toString(); });
         answer({ holders, labels, finalizers, getters: things.ran.getters, roots });
       });`,
      { node, commonJs: true },
    );
  });

  it.each(Object.entries(expected))('names what holds the %s', (label, holder) => {
    expect(answer.holders[label]).toContain(holder);
  });

  it('describes things by their kind', () => {
    expect(answer.labels).toMatchObject({
      instance: 'Derived {own}',
      mapByString: 'Map 1 item',
      set: 'Set 1 item',
      typed: 'Float32Array 3 items',
      frozen: 'Array 1 item',
      arguments: 'Arguments 1 item',
      nullProto: 'Object {inside}',
      proxy: 'Proxy',
      error: 'Error went wrong',
      regexp: 'RegExp /a+b/',
      date: 'Date 1970-01-01T00:00:00.000Z',
      generator: 'Generator',
      bound: 'Function bound original',
      rope: `string "${'a'.repeat(20)}${'b'.repeat(18)}…`,
    });
    expect(answer.labels.closure).toMatch(/^Function reader .*everything\.cjs:34$/);
  });

  it('marks what a FinalizationRegistry waits for, and nothing else', () => {
    expect(answer.finalizers).toEqual(['target of a FinalizationRegistry']);
  });

  it('ran no getter', () => {
    expect(answer.getters).toBe(0);
  });

  it('has the modules, the global object and the scope of scripts for roots', () => {
    expect(answer.roots).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^Module .*everything\.cjs$/),
        expect.stringMatching(/^Module .*shared\.mjs$/),
        expect.stringMatching(/^global/),
        expect.stringMatching(/^Script scope/),
      ]),
    );
  });
});
