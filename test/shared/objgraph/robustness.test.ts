// Wrong arguments, hostile objects, and the places where a program may ask.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inTurn } from '../../turns.ts';
import { nodes, ProgramFolder, readPicture } from './programs.ts';

let folder: ProgramFolder;
beforeAll(() => void (folder = new ProgramFolder()));
afterAll(() => folder.remove());

/** Each call, and what its error says. */
const mistakes: [call: string, error: RegExp][] = [
  [
    "showRefs(x, { filename: '/no/such/folder/x.dot' })",
    /^Error: Cannot write .*the folder \/no\/such\/folder does not exist/,
  ],
  ["showRefs(x, { filename: 'x' })", /^Error: Cannot tell the format of x: end it in \.dot, \.svg and \.png/],
  [
    "showRefs(x, { filename: 'x.dot', output: sink() })",
    /^TypeError: Cannot specify both output and filename\./,
  ],
  ['showRefs(x, { filename: 5 })', /^TypeError: .*filename is the name of a file.*not the number 5/],
  [
    'showRefs(x, { filename: { toJSON() { throw new Error("ran") } } })',
    /^TypeError: .*filename is the name of a file/,
  ],
  ['showRefs(x, { output: {} })', /^TypeError: showRefs: output needs a method write/],
  ['showRefs([])', /^TypeError: showRefs: the list is empty/],
  ['showBackrefs([])', /^TypeError: showBackrefs: the list is empty/],
  ['showRefs(5)', /^TypeError: showRefs: the number 5 was passed/],
  ['showRefs([x, null])', /^TypeError: showRefs: item 1 of the list is null/],
  ['showRefs()', /^TypeError: showRefs: undefined was passed/],
  ['showBackrefs(true)', /^TypeError: showBackrefs: the boolean true was passed/],
  ['showRefs(x, { max_depth: 1 })', /^TypeError: showRefs has no option "max_depth": it takes maxDepth/],
  ['showRefs(x, null)', /^TypeError: showRefs: options are a plain object.*not null/],
  ['showRefs(x, new Proxy({}, {}))', /^TypeError: showRefs: options are a plain object.*not a proxy/],
  [
    "showRefs(x, { maxDepth: '3' })",
    /^TypeError: showRefs: maxDepth is a number from 0 on: not the string "3"/,
  ],
  ['showRefs(x, { tooMany: -1 })', /^TypeError: showRefs: tooMany is a number from 0 on: not the number -1/],
  ['showRefs(x, { filter: 5 })', /^TypeError: showRefs: filter is a function of a node: not the number 5/],
  ['showRefs(x, { highlight: "blue" })', /^TypeError: showRefs: highlight is a function/],
  [
    'showRefs(x, { extraIgnore: [x] })',
    /^TypeError: showRefs: extraIgnore takes ids, such as id\(object\) gives/,
  ],
  [
    'showRefs(x, { snapshot: {} })',
    /^TypeError: showRefs: snapshot is what takeSnapshot or openSnapshot gives/,
  ],
  ['showChain()', /^TypeError: showChain: there is no chain/],
  ['showChain([])', /^TypeError: showChain: there is no chain/],
  [
    'findBackrefChain(x, 5)',
    /^TypeError: findBackrefChain: the predicate is a function of a node, not the number 5/,
  ],
  ['findRefChain(x, () => true, { maxDepth: NaN })', /^TypeError: findRefChain: maxDepth is a number/],
  ['count()', /^TypeError: A type is named by a string, such as 'Map': not undefined/],
  ['byType("Map", null)', /^TypeError: byType: options are a plain object.*not null/],
  ['typestats({ objects: 5 })', /^TypeError: typestats: objects is a list of objects: not the number 5/],
  ['growth(null)', /^TypeError: growth: options are a plain object/],
  ['showGrowth({ limits: 5 })', /^TypeError: showGrowth has no option "limits"/],
  ['mostCommonTypes({ limit: "10" })', /^TypeError: mostCommonTypes: limit is a number/],
  [
    'getNewIds({ sortBy: "size" })',
    /^TypeError: getNewIds: sortBy is 'old', 'current', 'new' or 'deltas': not the string "size"/,
  ],
  ['id(5)', /^TypeError: id: .*the number 5/],
  ['at("o17")', /^TypeError: at and atAddrs take ids.*not the string "o17"/],
  ['atAddrs(undefined)', /^TypeError: atAddrs: /],
  ['openSnapshot("/no/such.heapsnapshot")', /^Error: ENOENT/],
  ['openSnapshot("/")', /^Error: \/ is a folder: name a \.heapsnapshot file/],
  ['openSnapshot(__filename)', /^SnapshotError: This is no heap snapshot.*at byte 0/],
  [
    'showRefs(x, { filter() { throw new RangeError("my own") }, output: sink() })',
    /^no error|^RangeError: my own/,
  ],
];

describe('a mistake', () => {
  it('is refused with a reason, each one', () => {
    const calls = mistakes.map(([call]) => `errorOf(() => objgraph.${call})`);
    const errors = folder.ask<string[]>(`const x = { y: {} }; answer([${calls.join(',\n')}])`, {
      commonJs: true,
    });
    mistakes.forEach(([call, expected], i) => expect(errors[i], call).toMatch(expected));
  });

  it('in a callback comes through, and the next call works', () => {
    const [error, text] = folder.ask<[string, string]>(
      `const x = { y: {} }; answer([errorOf(() => objgraph.showRefs(x, { filter() { throw new RangeError('my own') }, output: sink() })), dot(objgraph.showRefs, x)])`,
    );
    expect(error).toBe('RangeError: my own');
    expect(readPicture(text).edges).toEqual(['Object —y→ Object']);
  });
});

it('a program that has deleted its global process can still be asked', () => {
  const [text, count] = folder.ask<[string, number]>(
    `const x = { y: {} }; const { process } = globalThis; delete globalThis.process; let found;
     try { found = [dot(objgraph.showRefs, x), objgraph.count('Map')]; } finally { globalThis.process = process; }
     answer(found)`,
  );
  expect(readPicture(text).edges).toEqual(['Object —y→ Object']);
  expect(count).toBeGreaterThan(0);
});

it('a program that counts and draws into a text has no module of Node loaded for it that it does not need', () => {
  const loaded = folder.ask<string[]>(
    `objgraph.count('Map'); dot(objgraph.showBackrefs, [[]]);
     answer(process.moduleLoadList.map((entry) => entry.replace('NativeModule ', '')))`,
  );
  expect(loaded).toContain('inspector');
  for (const name of ['child_process', 'crypto', 'http', 'net', 'tty', 'zlib'])
    expect(loaded, name).not.toContain(name);
});

it('a program that has put anything on Object.prototype can still be asked', () => {
  const names = 'get set value writable configurable enumerable toJSON then length env shell cwd'.split(' ');
  const found = folder.ask<unknown[]>(
    `const x = { y: {} }; globalThis.x = x; const names = ${JSON.stringify(names)}; let found;
     for (const name of names) Object.prototype[name] = 1;
     try { found = [dot(objgraph.showRefs, x), objgraph.count('Map') > 0, objgraph.findBackrefChain(x.y).length, Array.isArray(objgraph.growth())]; }
     catch (error) { found = [error.message]; }
     finally { for (const name of names) delete Object.prototype[name]; }
     answer(found)`,
  );
  expect(readPicture(String(found[0])).edges).toContain('Object —y→ Object');
  expect(found.slice(1)).toEqual([true, 3, true]);
});

it('what in a program breaks Node itself is named', () => {
  const error = folder.ask<string>(
    `Object.prototype.signal = 1; let error; try { error = errorOf(() => dot(objgraph.showRefs, {})); } finally { delete Object.prototype.signal; }
     answer(error)`,
  );
  expect(error).toMatch(
    /^Error: Object\.prototype has properties of the program \(signal\), with which Node takes no heap snapshot: /,
  );
});

/** Of what does not depend on V8. */
const turn = inTurn(nodes);

describe.each(nodes)('hostile objects on %s', (_name, node) => {
  /** In pictures of all of them at once and, on one Node, of each. */
  const each = node === process.execPath || process.env.OBJGRAPH_ALL ? ['angry', 'trap', 'revoked'] : [];
  const targets = ['hostile', '[revoked, trap]', ...each];

  it('are shown, and none of their code runs', () => {
    const { ran, pictures, errors } = folder.ask<{ ran: string[]; pictures: string[]; errors: string[] }>(
      `const ran = []; const note = (name) => () => { ran.push(name); throw new Error(name); };
       const trap = new Proxy(function () {}, new Proxy({}, { get: (_target, name) => note('trap ' + String(name)) }));
       class Angry { constructor() { this.own = 1; Object.defineProperty(this, 'ownGetter', { get: note('own getter'), enumerable: true }); }
         toString() { note('toString')(); } toJSON() { note('toJSON')(); } get [Symbol.toStringTag]() { note('tag')(); } get constructorName() { note('getter')(); }
         [Symbol.toPrimitive]() { note('toPrimitive')(); } [Symbol.for('nodejs.util.inspect.custom')]() { note('inspect')(); } [Symbol.iterator]() { note('iterator')(); }
         static get name() { note('name')(); } static [Symbol.hasInstance]() { note('hasInstance')(); } }
       const { proxy: revoked, revoke } = Proxy.revocable([], {}); revoke();
       const angry = new Angry(); const hostile = { angry, trap, revoked, Angry }; globalThis.hostile = hostile;
       const errors = []; const pictures = [];
       const attempt = (run) => { try { return run(); } catch (error) { errors.push(error.message); } };
       for (const target of [${targets.join()}])
         for (const show of [objgraph.showRefs, objgraph.showBackrefs]) attempt(() => pictures.push(dot(show, target, { refcounts: true, shortNames: false })));
       for (const target of [angry, trap, revoked]) { attempt(() => objgraph.findBackrefChain(target)); attempt(() => objgraph.isProperModule(target)); attempt(() => objgraph.at(objgraph.id(target)) === target || errors.push('another one')); }
       attempt(() => objgraph.typestats([angry, trap, revoked])); attempt(() => objgraph.getLeakingObjects({ objects: [angry, trap] })); attempt(() => objgraph.typestats()); attempt(() => objgraph.typestats({ shortNames: false })); attempt(() => objgraph.getNewIds({ limit: 0 }));
       answer({ ran, pictures, errors })`,
      { node },
    );
    expect(ran).toEqual([]);
    expect(errors).toEqual([]);
    expect(pictures).toHaveLength(2 * targets.length);
    for (const name of ['angry', 'trap', 'revoked', 'Angry'])
      expect(pictures[0]).toContain(`[label="${name}",weight=2]`);
  });
});

describe('hostile objects', () => {
  it.each(turn())('from another context are objects like others, on %s', (_name, node) => {
    const { labels } = readPicture(
      folder.ask(
        `const vm = require('node:vm'); const object = vm.runInNewContext('class Far {} ; ({ far: new Far(), list: [1, 2] })'); answer(dot(objgraph.showRefs, object))`,
        { node },
      ),
    );
    expect(labels).toEqual(['Object\n{far, list}', 'Far', 'Array\n2 items']);
  });

  it.each(turn())('do not include a frozen global object, on %s', (_name, node) => {
    const source = `Object.freeze(globalThis); class Thing {} const thing = new Thing();
      answer([objgraph.byType('Thing')[0] === thing, readable(dot(objgraph.showRefs, { thing })), objgraph.at(objgraph.id(thing)) === thing]);
      function readable(text) { return text.includes('label="thing"'); }`;
    expect(folder.ask(source, { node })).toEqual([true, true, true]);
  });
});

describe('the library works', () => {
  const questions = `(() => { class Thing {} const thing = new Thing(); const holder = { thing }; globalThis.holder = holder;
    return [objgraph.count('Thing'), objgraph.byType('Thing')[0] === thing, dot(objgraph.showRefs, [holder]).includes('label="thing"'),
      objgraph.findBackrefChain(thing).map((one) => one.className).join()]; })()`;
  const answers = [1, true, true, 'global,Object,Thing'];

  it.each(turn())('in a worker, on %s', (_name, node) => {
    const source = `const { Worker, isMainThread, parentPort } = require('node:worker_threads');
      if (isMainThread) new Worker(__filename).on('message', answer); else parentPort.postMessage(${questions});`;
    expect(folder.ask(source, { node, commonJs: true })).toEqual(answers);
  });

  it.each(turn())('in an exit handler, on %s', (_name, node) => {
    expect(folder.ask(`process.on('exit', () => answer(${questions}));`, { node })).toEqual(answers);
  });

  it.each(turn())('inside a context of node:vm, on %s', (_name, node) => {
    const source = `const vm = require('node:vm'); const sandbox = { objgraph, dot };
      answer(vm.runInNewContext("class Inner {} globalThis.inner = new Inner(); [objgraph.count('Inner'), objgraph.byType('Inner')[0] === inner, dot(objgraph.showRefs, [{ inner }]).includes('label=\\"inner\\"')]", sandbox))`;
    expect(folder.ask(source, { node })).toEqual([1, true, true]);
  });

  it.each(nodes)('without permission for inspector and processes, as far as it can, on %s', (_name, node) => {
    const permission = node.includes('node24') ? '--permission' : '--experimental-permission';
    const { stdout } = folder.run(
      `class Thing {} const thing = new Thing(); globalThis.holder = { thing };
       answer([objgraph.count('Thing'), objgraph.byType('Thing')[0] instanceof objgraph.HeapNode, dot(objgraph.showRefs, [holder]).includes('label="thing"'),
         objgraph.findBackrefChain(thing).map((one) => one.className).join(), objgraph.id(thing) > 0,
         errorOf(() => objgraph.showRefs([holder], { filename: '/tmp/objgraph-permission.svg' })), errorOf(() => objgraph.showRefs([holder], { filename: '/usr/x.dot' }))]);`,
      { node, flags: [permission, '--allow-fs-read=*', '--allow-fs-write=/tmp/'], commonJs: true },
    );
    const [count, isNode, drawn, chain, hasId, error, unwritten] = JSON.parse(
      /answer:(.*)/.exec(stdout)![1],
    ) as unknown[];
    expect([count, isNode, drawn, chain, hasId]).toEqual([1, true, true, 'global,Object,Thing', true]);
    expect(error).toContain('--allow-child-process');
    expect(unwritten).toContain('--allow-fs-write=/usr');
  });
});
