import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inTurn } from '../../turns.ts';
import { nodes, ProgramFolder } from './programs.ts';

let folder: ProgramFolder;
beforeAll(() => void (folder = new ProgramFolder()));
afterAll(() => folder.remove());

/** Objects of a few classes, held by the global object. */
const zoo = `class Animal {} class Bird extends Animal {} class List extends Array {} function Old() {}
  globalThis.zoo = [new Animal(), new Animal(), new Bird(), new List(), new Old(), { [Symbol.toStringTag]: 'Tagged' },
    new Proxy({}, {}), Object.assign(Object.create(null), { a: 1 }), () => 1, /x/];`;

/** Of what the inspectors of all of them do alike. */
const turn = inTurn(nodes);

describe.each(nodes)('a census on %s', (_name, node) => {
  const ask = <T>(source: string, commonJs = false): T =>
    folder.ask<T>(`${zoo}\n${source}`, { node, commonJs });

  const kinds = process.env.OBJGRAPH_ALL ? [true, false] : [node === process.execPath];

  it.each(kinds)('counts classes, live and in a snapshot alike (CommonJS: %s)', (commonJs) => {
    const [live, frozen] = ask<Record<string, number>[]>(
      'answer([objgraph.typestats(), objgraph.typestats({ snapshot: objgraph.takeSnapshot() })])',
      commonJs,
    );
    for (const [type, count] of Object.entries({ Animal: 2, Bird: 1, List: 1, Old: 1, Tagged: 1 })) {
      expect(live[type], type).toBe(count);
      expect(frozen[type], type).toBe(count);
    }
  });

  // V8 holds on to what it compiles: here, for a tenth of a second longer, as on a busy machine.
  it.each(kinds)(
    "never counts the library, and makes nothing of the language's (CommonJS: %s)",
    (commonJs) => {
      const [script, functions, classes, made] = folder.ask<[string, string[], string[], string[]]>(
        `${zoo}
       const session = new (require('node:inspector').Session)(); session.connect();
       const post = (method, params) => { let answer; session.post(method, params, (error, result) => (answer = result)); return answer; };
       // V8 makes some of its functions when they are first looked at: those of Temporal are 231.
       const native = () => {
         const { objectId } = post('Runtime.evaluate', { expression: 'Function.prototype' }).result;
         const { objects } = post('Runtime.queryObjects', { prototypeObjectId: objectId });
         const functionDeclaration = "function () { return this.filter((one) => typeof one === 'function').map((one) => Function.prototype.toString.call(one)).filter((text) => text.endsWith('{ [native code] }')) }";
         return post('Runtime.callFunctionOn', { objectId: objects.objectId, functionDeclaration, returnByValue: true }).result.value;
       };
       const before = new Set(native());
       objgraph.growth();
       const made = native().filter((text) => !before.has(text));
       objgraph.showRefs([zoo], { output: sink() }); globalThis.kept = objgraph.takeSnapshot();
       const scripts = new Map(); session.on('Debugger.scriptParsed', ({ params }) => scripts.set(params.scriptId, params.url)); post('Debugger.enable');
       const place = (value) => { globalThis.shown = value;
         const { objectId } = post('Runtime.evaluate', { expression: 'shown' }).result;
         const location = post('Runtime.getProperties', { objectId, ownProperties: true }).internalProperties?.find(({ name }) => name === '[[FunctionLocation]]');
         return scripts.get(location?.value.value.scriptId) ?? ''; };
       const own = place(objgraph.byType);
       const text = require('node:fs').readFileSync(own.startsWith('file:') ? new URL(own) : own, 'utf8');
       const names = ['Snapshot', 'HeapGraph', 'HeapNode', 'Inspector', 'TypeNames', 'SnapshotReader', 'StringTable', 'ObjectGraph', 'Session'];
       answer([own, objgraph.byType('Function').filter((one) => text.includes(String(one)) && place(one) === own).map(String),
         names.filter((name) => [{}, { snapshot: kept }].some((moment) => objgraph.count(name, moment) > (name === 'Session' ? 1 : 0))), made])`,
        { node, commonJs, flags: ['--concurrent-recompilation-delay=100'] },
      );
      expect(script).toContain('objgraph/dist/index');
      expect(functions).toEqual([]);
      expect(classes).toEqual([]);
      expect(made).toEqual([]);
    },
  );

  it('sees contexts of node:vm, also those that one of them made, and goes on without those that are gone', () => {
    expect(
      ask<number[]>(
        `const vm = require('node:vm');
         globalThis.kept = vm.runInNewContext('class Fish {} var fish = [new Fish(), vm.createContext({})]; vm.runInContext("class Fish {} var fish = new Fish()", fish[1]); fish', { vm });
         let counted;
         for (let i = 0; i < 5; i++) {
           for (let n = 0; n < 4; n++) vm.runInContext('class Fish {} var fish = new Fish()', vm.createContext({}));
           counted = [objgraph.count('Bird'), objgraph.byType('Fish').length >= 2];
         }
         answer(counted);`,
        true,
      ),
    ).toEqual([1, true]);
  });

  it('sees no growth between idle calls, and what grows between others', () => {
    const [idle, grown] = ask<[unknown[], unknown[]]>(
      `for (let i = 0; i < 3; i++) objgraph.growth(); const idle = objgraph.growth({ limit: null });
       zoo.push(new Bird(), new Bird(), new Animal()); answer([idle, objgraph.growth({ limit: null }).filter(([type]) => type === 'Bird' || type === 'Animal')])`,
    );
    expect(idle).toEqual([]);
    expect(grown).toEqual([
      ['Bird', 3, 2],
      ['Animal', 3, 1],
    ]);
  });
});

describe('a census', () => {
  const ask = <T>(source: string): T => folder.ask<T>(`${zoo}\n${source}`);

  it.each(turn())('gives the very objects, of their class alone, on %s', (_name, node) => {
    expect(
      folder.ask(
        `${zoo}
        const [first, ...more] = objgraph.byType('Bird');
        answer([first === zoo[2], more.length, objgraph.byType('Animal').every((one) => zoo.includes(one)),
          objgraph.byType('Proxy').length > 0, objgraph.count('Animal'), objgraph.byType('No such type')])`,
        { node },
      ),
    ).toEqual([true, 0, true, true, 2, []]);
  });

  it('of given objects counts these', () => {
    expect(
      ask(`const given = [...zoo, 'text', 5, null];
        answer([objgraph.typestats(given), objgraph.count('Bird', given), objgraph.byType('Bird', { objects: given }).length, objgraph.mostCommonTypes({ objects: given, limit: 1 })])`),
    ).toEqual([
      {
        Animal: 2,
        Bird: 1,
        List: 1,
        Old: 1,
        Tagged: 1,
        Proxy: 1,
        Object: 1,
        Function: 1,
        RegExp: 1,
        string: 1,
        number: 1,
        null: 1,
      },
      1,
      1,
      [['Animal', 2]],
    ]);
  });

  it('filters, by views of the objects', () => {
    expect(
      ask(`answer([objgraph.typestats({ filter: (node) => node.className === 'Bird' && node.value === zoo[2] }),
        objgraph.typestats({ objects: zoo, filter: (node) => node.className === 'Animal' })])`),
    ).toEqual([{ Bird: 1 }, { Animal: 2 }]);
  });

  it('tells classes of the same name apart by their place', () => {
    expect(
      ask(`{ class Animal {} zoo.push(new Animal()); }
        answer(Object.entries(objgraph.typestats({ shortNames: false })).filter(([type]) => type.startsWith('Animal — ')).map(([type, count]) => [type.replace(/\\d+\\.mjs/, ''), count]).sort())`),
    ).toEqual([
      // Several classes begin on that line.
      ['Animal — program:2:1', 2],
      ['Animal — program:5', 1],
    ]);
  });

  it('orders by count and limits', () => {
    const [ten, three, all] = ask<[string, number][][]>(
      'answer([objgraph.mostCommonTypes(), objgraph.mostCommonTypes(3), objgraph.mostCommonTypes({ limit: null })])',
    );
    expect(ten).toHaveLength(10);
    expect(three).toEqual(ten.slice(0, 3));
    expect(all.length).toBeGreaterThan(20);
    expect(all.map(([, count]) => count)).toEqual(all.map(([, count]) => count).sort((a, b) => b - a));
  });

  it('keeps its counts in the object that is given', () => {
    expect(
      ask(`const peakStats = { Bird: 5 }; objgraph.growth({ peakStats, limit: null }); zoo.push(new Animal());
        answer([objgraph.growth({ peakStats }).filter(([type]) => type === 'Animal' || type === 'Bird'), peakStats.Bird, peakStats.Animal])`),
    ).toEqual([[['Animal', 3, 1]], 5, 3]);
  });
});

describe('the tables', () => {
  it("are objgraph's, column for column", () => {
    const { stdout } = folder.run(`class Thing {} class LongerThing {}
      const objects = [new Thing(), new LongerThing(), new Thing()]; globalThis.objects = objects;
      objgraph.showMostCommonTypes({ objects });
      const peakStats = { Thing: 0 }; const filter = (node) => /Thing/.test(node.className) && node.type === 'object';
      objgraph.showGrowth({ peakStats, filter }); objgraph.showGrowth({ peakStats, filter });`);
    // Python: '%-*s %i\n' and '%-*s%9d %+9d\n'.
    expect(stdout.split('\n')).toEqual([
      'Thing       2',
      'LongerThing 1',
      'Thing              2        +2',
      'LongerThing        1        +1',
      '',
    ]);
  });

  it('of new ids have a rule above, between and below', () => {
    const { stdout } =
      folder.run(`class Thing {} objgraph.getNewIds({ limit: 0 }); objgraph.getNewIds({ limit: 0 });
      globalThis.things = [new Thing(), new Thing()]; objgraph.getNewIds({ limit: 1, sortBy: 'deltas' });`);
    // Python: '%-*s%13s%13s%13s%13s' and '%-*s%13d%13d%+13d%+13d'.
    const lines = stdout.trimEnd().split('\n');
    expect(lines).toEqual([
      '='.repeat(5 + 52),
      'Type       Old_ids  Current_ids      New_ids Count_Deltas',
      '='.repeat(5 + 52),
      'Thing            0            2           +2           +2',
      '='.repeat(5 + 52),
    ]);
  });

  it('go to the output that is named', () => {
    const { stdout } = folder.run(`const output = sink(); objgraph.showMostCommonTypes({ limit: 1, output });
      objgraph.showGrowth({ limit: 1, output }); objgraph.getNewIds({ limit: 1, output }); if (output.text.split('\\n').length === 8) console.log('seven lines')`);
    expect(stdout).toBe('seven lines\n');
  });
});

describe('ids', () => {
  const ask = <T>(node: string, source: string): T => folder.ask<T>(source, { node });

  it.each(turn())('lead back to their objects, on %s', (_name, node) => {
    expect(
      ask(
        node,
        `const vm = require('node:vm');
        const objects = [{}, [], () => 1, new Proxy({}, {}), Object.create(null), vm.runInNewContext('({})'), new (class A {})()];
        answer([objects.map((one) => objgraph.at(objgraph.id(one)) === one), objgraph.id(objects[0]) === objgraph.id(objects[0]),
          objgraph.atAddrs(objects.slice(0, 5).map(objgraph.id)).length, objgraph.at(4) ?? 'nothing'])`,
      ),
    ).toEqual([[true, true, true, true, true, true, true], true, 5, 'nothing']);
  });

  it.each(turn())('find 100 of 100 leaks, on %s', (_name, node) => {
    expect(
      ask(
        node,
        `class Leak {} const leaks = []; globalThis.leaks = leaks; objgraph.getNewIds({ limit: 0 });
        for (let i = 0; i < 100; i++) leaks.push(new Leak());
        const { Leak: ids } = objgraph.getNewIds({ limit: 0 }); const found = new Set(objgraph.atAddrs(ids));
        answer([ids.size, leaks.filter((leak) => found.has(leak)).length, objgraph.getNewIds({ skipUpdate: true }).Leak.size, objgraph.getNewIds({ limit: 0 }).Leak?.size ?? 0])`,
      ),
    ).toEqual([100, 100, 100, 0]);
  });

  it.each(turn())('are declared void when a session of the program has closed, on %s', (_name, node) => {
    const [error, ids, again] = ask<[string, object, boolean]>(
      node,
      `const { Session } = require('node:inspector'); const output = sink(); const object = {}; globalThis.object = object;
       const id = objgraph.id(object); objgraph.getNewIds({ limit: 0 });
       const session = new Session(); session.connect(); session.disconnect();
       const error = errorOf(() => objgraph.at(id)); const ids = objgraph.getNewIds({ output });
       answer([error, ids, objgraph.at(objgraph.id(object)) === object && /renumbered/.test(output.text)])`,
    );
    expect(error).toMatch(/^Error: The ids of before are void: V8 has renumbered all objects/);
    expect(ids).toEqual({});
    expect(again).toBe(true);
  });

  it.each(turn())('of a snapshot are void then, too, on %s', (_name, node) => {
    expect(
      ask(
        node,
        `const { Session } = require('node:inspector'); class Thing {} globalThis.thing = new Thing();
        const snapshot = objgraph.takeSnapshot(); const [before] = objgraph.byType('Thing', { snapshot });
        const session = new Session(); session.connect(); session.disconnect();
        const [after] = objgraph.byType('Thing', { snapshot });
        answer([before === thing, after instanceof objgraph.HeapNode, errorOf(() => objgraph.showRefs(thing, { snapshot, output: sink() }))])`,
      ),
    ).toEqual([true, true, expect.stringContaining('not in the snapshot')]);
  });

  it.each(nodes)('cost no speed after the question, or after forgetIds, on %s', (_name, node) => {
    // V8 has a number for an object only as long as it follows objects.
    const [plain, kept, forgotten] = ask<number[]>(
      node,
      `const { Session } = require('node:inspector');
       const probe = (ask) => { globalThis.probe = {}; ask(); const session = new Session(); session.connect(); let id = 0;
         session.post('Runtime.evaluate', { expression: 'probe' }, (_error, { result }) =>
           session.post('HeapProfiler.getHeapObjectId', { objectId: result.objectId }, (_error, reply) => (id = Number(reply.heapSnapshotObjectId))));
         return id; };
       answer([probe(() => objgraph.showRefs([{}], { output: sink() })), probe(() => objgraph.takeSnapshot()), probe(() => objgraph.forgetIds())])`,
    );
    expect(plain).toBe(0);
    expect(kept).toBeGreaterThan(0);
    expect(forgotten).toBe(0);
  });
});

describe('leaking objects', () => {
  it('are those that no object refers to', () => {
    expect(
      folder.ask(`const held = { inner: {} }; globalThis.held = held;
        answer(objgraph.getLeakingObjects({ objects: [held.inner, { loose: true }] }))`),
    ).toEqual([{ loose: true }]);
    expect(folder.ask('answer(Array.isArray(objgraph.getLeakingObjects()))')).toBe(true);
  });
});

describe("objgraph's own names", () => {
  it("are all there, with Python's spelling of the options", () => {
    const answer = folder.ask<[string[], string[], number, string]>(
      `${zoo} const names = ['by_type', 'most_common_types', 'show_most_common_types', 'show_growth', 'get_new_ids', 'get_leaking_objects', 'at_addrs',
         'find_ref_chain', 'find_backref_chain', 'show_refs', 'show_backrefs', 'show_chain', 'is_proper_module', 'count', 'typestats', 'growth', 'at'];
       const output = sink(); objgraph.show_most_common_types({ limit: 1, objects: zoo, shortnames: true, file: output });
       answer([names.filter((name) => typeof objgraph[name] !== 'function'),
         objgraph.find_backref_chain(zoo[0], objgraph.is_proper_module, { max_depth: 5, extra_ignore: [] }).map((node) => node.className),
         Object.keys(objgraph.get_new_ids({ skip_update: true })).length, dot(objgraph.show_refs, [zoo], { max_depth: 0, too_many: 2, extra_info: () => 'told' }) + output.text])`,
    );
    expect(answer[0]).toEqual([]);
    expect(answer[1]).toEqual(['global', 'Array', 'Animal']);
    expect(answer[2]).toBe(0);
    expect(answer[3]).toContain('10 items\\ntold');
    expect(answer[3]).toMatch(/Animal 2\n$/);
  });
});

it('closures of a program count also where the library was bundled with it', () => {
  const [source, outfile] = ['source.mjs', 'bundled.mjs'].map((name) => join(folder.path, name));
  writeFileSync(
    source,
    `import { byType } from 'objgraph';
     export const make = () => (first, second) => [first, second, 'a closure of the program'];
     globalThis.kept = Array.from({ length: 5 }, make);
     const found = byType('Function');
     console.log(kept.filter((one) => found.includes(one)).length);`,
  );
  buildSync({ entryPoints: [source], outfile, bundle: true, platform: 'node', format: 'esm' });
  expect(execFileSync(process.execPath, [outfile], { encoding: 'utf8' })).toBe('5\n');
});
