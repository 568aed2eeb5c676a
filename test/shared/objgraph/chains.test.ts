// Chains as long as the lists of Node and V8: timers of one duration, handlers of a signal, promises that wait for one another.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chainSteps } from '../../../shared/objgraph/chain-steps.ts';
import { inTurn } from '../../turns.ts';
import { nodes, ProgramFolder } from './programs.ts';

let folder: ProgramFolder;
beforeAll(() => void (folder = new ProgramFolder()));
afterAll(() => folder.remove());

interface Found {
  first: string;
  length: number;
}

describe.each(nodes)('findBackrefChain, %s', (_name, node) => {
  const ask = (keep: string) =>
    folder.ask<Found[]>(
      `class Session { constructor(i) { this.i = i; } }
       let asked = [];
       const make = (i) => { const session = new Session(i); asked.push(new WeakRef(session)); return session; };
       ${keep}
       answer([0, 30, 99, 199].map((i) => {
         const chain = objgraph.findBackrefChain(asked[i].deref());
         return { first: String(chain[0]), length: chain.length };
       }));`,
      { node },
    );

  it.each([
    [
      'timers',
      'for (let i = 0; i < 200; i++) { const session = make(i); setInterval(() => session.i, 1e6).unref(); }',
    ],
    [
      'listeners of a signal',
      `const controller = (globalThis.controller = new AbortController());
       for (let i = 0; i < 200; i++) { const session = make(i); controller.signal.addEventListener('abort', () => session.i); }`,
    ],
    [
      'a chain of promises',
      `let last = (globalThis.never = new Promise(() => {}));
       for (let i = 0; i < 200; i++) { const session = make(i); last = last.then(() => session.i); }`,
    ],
  ])('finds %s', (_what, keep) => {
    for (const { first, length } of ask(keep)) {
      expect(first).not.toMatch(/^Session/);
      expect(first).toMatch(/^(global|Module)/);
      expect(length).toBeGreaterThan(2);
    }
  });
});

/** All versions of V8 report prototypes in the same way. */
const turn = inTurn(nodes);

describe.each([
  ['of Object.create', 'const settings = { tag: new Tag() }; globalThis.kept = Object.create(settings);', 3],
  [
    'of Object.create in a chain',
    'let request = { tag: new Tag() }; for (let i = 0; i < 5; i++) request = Object.create(request); globalThis.kept = request;',
    7,
  ],
  ['of a class', 'class Local { static tag = new Tag(); } globalThis.kept = new Local();', 3],
  [
    'of the class that a class extends',
    'class Base { static tag = new Tag(); } class Derived extends Base {} globalThis.kept = new Derived();',
    4,
  ],
  [
    'what is a property of one',
    'const Local = class {}; Local.prototype.tag = new Tag(); globalThis.kept = new Local();',
    3,
  ],
])('by prototypes %s', (_what, keep, steps) => {
  it.each(turn())('on %s', (_name, node) => {
    const found = folder.ask<{ edges: string[]; length: number; forth: number }>(
      `class Tag { constructor() { asked = new WeakRef(this); } }
       let asked;
       (() => { ${keep} })();
       const chain = objgraph.findBackrefChain(asked.deref());
       const forth = objgraph.findRefChain(globalThis.kept, ({ className }) => className === 'Tag');
       answer({ edges: chain.map(({ edge }) => edge ?? ''), length: chain.length - 1, forth: forth.length });`,
      { node },
    );
    expect(found.edges[0]).toBe('kept');
    expect(found.edges).toContain('__proto__');
    expect(found.length).toBe(steps);
    expect(found.forth).toBe(steps);
  });
});

describe('chainSteps', () => {
  const chain = (...links: [className: string, edge?: string][]) =>
    links.map(([className, edge]) => ({ className, edge }));

  it('makes one step of a run of equal references', () => {
    const steps = chainSteps(
      chain(
        ['TimersList', '_idlePrev'],
        ['Timeout', '_idlePrev'],
        ['Timeout', '_idlePrev'],
        ['Timeout', '_onTimeout'],
        ['Function'],
      ),
    );
    expect(steps.map(({ edge, node, run }) => `${edge} ${node.className} ${run}`)).toEqual([
      ' TimersList 1',
      '_idlePrev Timeout 3',
      '_onTimeout Function 1',
    ]);
  });

  it('keeps apart what only looks alike: indices, keys, other classes', () => {
    for (const edges of [
      ['[0]', '[0]'],
      ['"a"', '"a"'],
      ['next', 'previous'],
      ['', ''],
    ])
      expect(chainSteps(chain(['Root', 'r'], ['Node', edges[0]], ['Node', edges[1]], ['Node']))).toHaveLength(
        4,
      );
    expect(chainSteps(chain(['Root', 'r'], ['A', 'next'], ['B', 'next'], ['A']))).toHaveLength(4);
  });

  it('has no step for nothing', () => {
    expect(chainSteps([])).toEqual([]);
  });
});
