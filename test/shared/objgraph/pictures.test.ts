import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { tmpdir } from 'node:os';
import { inTurn } from '../../turns.ts';
import { boxesIn, hasCommands, nodes, ProgramFolder, readPicture } from './programs.ts';

let folder: ProgramFolder;
beforeAll(() => void (folder = new ProgramFolder()));
afterAll(() => folder.remove());

const story = 'const x = []; const y = [x, [x], { x }];';

const turn = inTurn(nodes);

describe("objgraph's first example", () => {
  const all = [false, true].flatMap((commonJs) => turn().map(([name, node]) => ({ commonJs, name, node })));
  it.each(all)(
    'is y, x, [x] and {x}, with indices and keys (CommonJS: $commonJs, $name)',
    ({ commonJs, node }) => {
      const { labels, edges } = readPicture(
        folder.ask<string>(`${story} answer(dot(objgraph.showRefs, [y]))`, { node, commonJs }),
      );
      expect(labels).toEqual(['Array\n3 items', 'Array\n0 items', 'Array\n1 item', 'Object\n{x}']);
      expect(edges).toEqual([
        'Array —[0]→ Array',
        'Array —[1]→ Array',
        'Array —[2]→ Object',
        'Array —[0]→ Array',
        'Object —x→ Array',
      ]);
    },
  );

  it.each(turn())('shows all of what nothing but the list holds that is passed, on %s', (_name, node) => {
    const source = `
      const held = { list: [new Map([['a', { b: [{ c: {} }] }]])] };
      answer(dot(objgraph.showRefs, held.list, { maxDepth: 5 }))`;
    const { edges } = readPicture(folder.ask<string>(source, { node }));
    expect(edges).toEqual([
      'Map —"a"→ Object',
      'Object —b→ Array',
      'Array —[0]→ Object',
      'Object —c→ Object',
    ]);
  });

  it.each(turn())('shows true, false and null as no objects, on %s', (_name, node) => {
    const source = `class Flags { yes = true; no = false; none = null; part = {} }
      answer(dot(objgraph.showRefs, [new Flags()]))`;
    const { labels } = readPicture(folder.ask<string>(source, { node }));
    expect(labels).toEqual([expect.stringMatching(/^Flags/), 'Object\n{}']);
  });

  it.each(turn())('shows what refers to x, on %s', (_name, node) => {
    const source = `${story} exports.y = y; answer(dot(objgraph.showBackrefs, [x]))`;
    const { labels, edges } = readPicture(folder.ask<string>(source, { node, commonJs: true }));
    expect(labels[0]).toBe('Array\n0 items');
    expect(edges.slice(0, 3).sort()).toEqual(['Array —[0]→ Array', 'Array —[0]→ Array', 'Object —x→ Array']);
    expect(edges).toContain('Object —y→ Array');
    expect(edges).toContain('Module —exports→ Object');
    expect(labels.some((label) => /^Module\nprogram\d+\.cjs$/.test(label))).toBe(true);
  });
});

describe('an option of the pictures:', () => {
  /** What draws, all of it of one snapshot in one program. */
  const calls = {
    noDepth: 'showRefs, [y], { maxDepth: 0 }',
    oneDeep: 'showRefs, [y], { maxDepth: 1 }',
    tooMany: 'showRefs, [y], { tooMany: 1 }',
    tooManyBack: 'showBackrefs, [x], { tooMany: 1 }',
    highlight: 'showRefs, [y], { highlight: (node) => node.className === "Object" }',
    extraInfo: 'showRefs, [y], { extraInfo: (node) => `${node.size > 0} ${node.type}` }',
    extraNodeAttrs: 'showRefs, [y], { extraNodeAttrs: () => ({ URL: "a\\"b", tooltip: null, "1x": 2 }) }',
    refcounts: 'showRefs, [y], { refcounts: true }',
  };
  let drawn: Record<keyof typeof calls, string>;
  beforeAll(() => {
    const pictures = Object.entries(calls).map(
      ([name, call]) => `${name}: dot(objgraph.${call.replace(/\}$/, ', snapshot }')})`,
    );
    drawn = folder.ask(
      `${story} const snapshot = objgraph.takeSnapshot(); answer({ ${pictures.join(', ')} })`,
    );
  });

  it('maxDepth ends the search', () => {
    expect(readPicture(drawn.noDepth).labels).toEqual(['Array\n3 items']);
    expect(readPicture(drawn.oneDeep).edges).toHaveLength(3);
  });

  it('tooMany counts the rest in a node of its own', () => {
    const dot = drawn.tooMany;
    expect(readPicture(dot).edges).toEqual(['Array —[0]→ Array']);
    expect(dot).toMatch(
      /too_many_o\d+\[label="2 more references",shape=box,height=0\.25,color=red,fillcolor="0,1,0\.766667",fontsize=6\];/,
    );
    expect(drawn.tooManyBack).toContain('more backreferences');
  });

  it('sizes: false leaves retained sizes out of the cards, and needs no snapshot for data', () => {
    const source = `
      const { getHeapSnapshot } = require('node:v8');
      require('node:v8').getHeapSnapshot = () => { throw new Error('a snapshot'); };
      require('node:module').syncBuiltinESMExports();
      const sizesIn = (dot) => (dot.match(/\\d (?:B|kB)</g) ?? []).length;
      const cards = (options) => dot(objgraph.showRefs, [y], { style: 'cards', ...options });
      const error = (() => { try { cards({}); return ''; } catch ({ message }) { return message; } })();
      answer([sizesIn(cards({ sizes: false })), /Array/.test(cards({ sizes: false })), error])`;
    expect(folder.ask(`${story} ${source}`, { commonJs: true })).toEqual([0, true, 'a snapshot']);
  });

  it('filter leaves out what it does not accept, and sees the live object', () => {
    expect(
      readPicture(
        folder.ask(
          `${story} answer(dot(objgraph.showRefs, [y], { filter: (node) => node.className === "Object" && node.value.x === x }))`,
        ),
      ).labels,
    ).toEqual(['Array\n3 items', 'Object\n{x}']);
  });

  it('extraIgnore leaves out objects by id and by node', () => {
    expect(
      readPicture(
        folder.ask(`${story} answer(dot(objgraph.showRefs, [y], { extraIgnore: [objgraph.id(x)] }))`),
      ).labels,
    ).toHaveLength(3);
    const byNode = `${story} const [node] = objgraph.findRefChain(x, () => true); const snapshot = node.snapshot;
      answer(dot(objgraph.showBackrefs, [node], { extraIgnore: [node], snapshot }))`;
    expect(readPicture(folder.ask(byNode)).labels[0]).toBe('Array\n0 items');
  });

  it('highlight paints blue', () => {
    expect(drawn.highlight).toMatch(/fillcolor="0\.6,0\.6,0\.883333"/);
  });

  it('extraInfo adds a line', () => {
    expect(readPicture(drawn.extraInfo).labels[0]).toBe('Array\n3 items\ntrue object');
  });

  it('extraNodeAttrs adds attributes, sorted, and leaves out null', () => {
    expect(drawn.extraNodeAttrs).toMatch(/\[label="Array\\n3 items", "1x"="2", URL="a\\"b"\];/);
  });

  it('refcounts counts the references to an object', () => {
    expect(readPicture(drawn.refcounts).labels[1]).toBe('Array [3]\n0 items');
  });

  it('shortNames: false says where a class is written', () => {
    const source = 'class User {}\nanswer(dot(objgraph.showRefs, [new User()], { shortNames: false }))';
    expect(readPicture(folder.ask(source)).labels[0]).toMatch(
      /^User — program\d+\.mjs:2\n\{\}$|^User — program\d+\.mjs:2$/,
    );
  });

  it('snapshot draws another moment, and a file', () => {
    const source = `const { writeHeapSnapshot } = require('node:v8'); class Kept {} globalThis.kept = new Kept();
      const snapshot = objgraph.openSnapshot(writeHeapSnapshot());
      answer(dot(objgraph.showBackrefs, objgraph.byType('Kept', { snapshot }), { snapshot }))`;
    expect(readPicture(folder.ask(source)).edges).toContain('global —kept→ Kept');
  });

  it('output takes the text and nothing is printed', () => {
    const { stdout } = folder.run(`${story} objgraph.showRefs([y], { output: sink() })`);
    expect(stdout).toBe('');
  });
});

describe('the colours', () => {
  it("are objgraph's: red start, darker by depth, green modules, white text on dark", () => {
    const dot = folder.ask<string>(
      'class Held {} exports.held = new Held(); answer(dot(objgraph.showBackrefs, exports.held))',
      { commonJs: true },
    );
    expect(dot).toMatch(/^ {2}o\d+\[fontcolor=red\];$/m);
    expect(dot).toContain('fillcolor="0,0,1"');
    expect(dot).toMatch(/fillcolor="0\.3,1,0\.533333"/);
  });

  it('mark what a FinalizationRegistry waits for', () => {
    const dot = folder.ask<string>(
      'class Held {} const held = new Held(); const registry = new FinalizationRegistry(() => {}); registry.register(held, 1); answer(dot(objgraph.showRefs, [held]))',
    );
    expect(dot).toMatch(/o(\d+)->o\1_has_a_finalizer/);
    expect(dot).toContain('label="finalizer",shape=doublecircle');
  });
});

describe('chains', () => {
  it.each([true, false])('end at the module, with a name on every step (CommonJS: %s)', (commonJs) => {
    const steps = folder.ask<[string, string | null][]>(
      `class MyBigFatObject {} const cache = new Map();
       function computate(n) { cache.set('42', new MyBigFatObject()); }
       ${commonJs ? 'exports.computate = computate' : 'export { computate }'};
       computate();
       const chain = objgraph.findBackrefChain(objgraph.byType('MyBigFatObject')[0], objgraph.isProperModule);
       answer(chain.map((node) => [node.className, node.edge]))`,
      { commonJs },
    );
    expect(steps[0][0]).toBe('Module');
    expect(steps.at(-1)).toEqual(['MyBigFatObject', null]);
    expect(steps.at(-2)).toEqual(['Map', '"42"']);
    for (const [, edge] of steps.slice(0, -1)) expect(edge).not.toBe('');
  });

  it('end at the global object', () => {
    const steps = folder.ask(
      'class Leak {} globalThis.leaks = [new Leak()]; answer(objgraph.findBackrefChain(globalThis.leaks[0]).map((node) => [node.className, node.edge]))',
    );
    expect(steps).toEqual([
      ['global', 'leaks'],
      ['Array', '[0]'],
      ['Leak', null],
    ]);
  });

  it('lead forwards, and are the object alone where there is none', () => {
    const answer = folder.ask(
      `class End {} const start = { a: { b: new End() } };
       answer([objgraph.findRefChain(start, (node) => node.value instanceof End).map((node) => node.edge ?? node.className),
               objgraph.findRefChain(start, () => false).length, objgraph.findBackrefChain(start, () => false).length,
               objgraph.findRefChain(start, (node) => node.className === 'End', { maxDepth: 1 }).length])`,
    );
    expect(answer).toEqual([['a', 'b', 'End'], 1, 1, 1]);
  });

  it('that lead nowhere are explained: only a variable of a running function holds the object', () => {
    const source = (style: string) =>
      `class Session {} const cache = new Map([[1, new Session()]]);
       const chain = objgraph.findBackrefChain(cache.get(1));
       objgraph.showChain(chain, { filename: 'lonely.dot', style: '${style}' });
       answer([chain.length, require('node:fs').readFileSync('lonely.dot', 'utf8'), cache.size])`;
    for (const style of ['classic', 'cards']) {
      const { stdout } = folder.run(source(style), { commonJs: true });
      expect(stdout).toContain(
        'No module and no global leads to Session: only a variable of a running function holds it\n',
      );
      const [length, dot] = JSON.parse(/^answer:(.*)$/m.exec(stdout)![1]) as [number, string];
      expect(length).toBe(1);
      expect(dot).toContain('(Stack roots)');
      expect(dot).toContain('->');
    }
  });

  it('are drawn, and nothing beside them', () => {
    const source = `class Leak {} globalThis.leaks = [[new Leak()], 1, {}];
      const chain = objgraph.findBackrefChain(globalThis.leaks[0][0]); const output = sink();
      objgraph.showChain(chain, { output, style: 'classic' }); answer(output.text)`;
    expect(readPicture(folder.ask(source)).edges).toEqual([
      'Array —[0]→ Leak',
      'Array —[0]→ Array',
      'global —leaks→ Array',
    ]);
    const forwards = `const start = { a: { b: [] }, c: [] }; const output = sink();
      objgraph.showChain(objgraph.findRefChain(start, (node) => node.className === 'Array' && node.value === start.a.b), { output, backrefs: false, style: 'classic' }); answer(output.text)`;
    expect(readPicture(folder.ask(forwards)).edges).toEqual(['Object —a→ Object', 'Object —b→ Array']);
  });
});

describe('a file', () => {
  const place = mkdtempSync(join(tmpdir(), 'objgraph-pictures-'));
  afterAll(() => rmSync(place, { recursive: true }));
  const show = (file: string) =>
    folder.run(
      `${story} try { objgraph.showRefs([y], { filename: ${JSON.stringify(file)} }) } catch (error) { console.log(error.message) }`,
    );

  it('.dot is written, and said to be', () => {
    const file = join(place, 'x.dot');
    expect(show(file).stdout).toBe(`Graph written to ${file} (4 nodes)\n`);
    expect(boxesIn(readFileSync(file, 'utf8'))).toHaveLength(4);
  });

  describe.runIf(hasCommands)('drawn', () => {
    it('is drawn although a string of the heap looks like an attribute of the graph', () => {
      const file = join(place, 'charset.svg');
      const { stdout } = folder.run(
        `objgraph.showRefs([{ contentType: 'text/html; charset=utf-8', dpi: 'dpi=3', title: 'café' }], { filename: ${JSON.stringify(file)} })`,
      );
      expect(stdout).toContain(`Image generated as ${file}`);
      expect(readFileSync(file, 'utf8')).toContain('charset=utf&#45;8');
    });

    it.each(['svg', 'png'])('.%s is drawn without Graphviz', (format) => {
      const file = join(place, `x.${format}`);
      const { stdout } = show(file);
      expect(stdout).toContain(`Image generated as ${file} (4 nodes)\n`);
      expect(statSync(file).size).toBeGreaterThan(500);
    });

    it('of an unknown format is refused, and the .dot is there all the same', () => {
      const { stdout } = show(join(place, 'x.foo'));
      const written = /The graph is in (\S+\.dot)/.exec(stdout)![1];
      expect(stdout).toMatch(/\.dot, \.svg and \.png/);
      expect(existsSync(written)).toBe(true);
      expect(statSync(written).mode & 0o777).toBe(0o600);
      expect(statSync(dirname(written)).mode & 0o777).toBe(0o700);
    });

    it('is a PNG where no viewer can be shown', () => {
      const { stdout } = folder.run(`${story} objgraph.showRefs([y])`);
      const picture = /Image generated as (.*\.png)/.exec(stdout)![1];
      expect(readdirSync(dirname(picture))).toEqual([basename(picture)]);
      expect(readFileSync(picture).subarray(1, 4).toString()).toBe('PNG');
      rmSync(dirname(picture), { recursive: true });
    });
  });
});
