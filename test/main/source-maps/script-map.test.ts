// Maps that are wrong, and names that are not there: no answer rather than a wrong one.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { transform } from 'esbuild';
import { afterAll, describe, expect, it } from 'vitest';
import { enclosingClass } from '../../../shared/source-maps/enclosing-class.ts';
import { MapError, ScriptMap } from '../../../shared/source-maps/script-map.ts';
import { sourceMapUrlIn, SourceMaps } from '../../../shared/source-maps/source-maps.ts';

const folder = mkdtempSync(join(tmpdir(), 'objgraph-maps-'));
afterAll(() => rmSync(folder, { recursive: true }));

const source = `export class Cart { constructor() { this.items = [] } }
export class Other { items = [1] }
export function add(cart) { return () => cart.items }
`;
const built = (code = source) =>
  transform(code, { minify: true, sourcemap: 'external', sourcefile: 'cart.js', format: 'esm' });

/** The place that V8 has for the only class or function of this kind in a piece of code. */
const place = (code: string, kind: 'class' | 'function', name: string, at: RegExp) => {
  const column = code.search(at);
  expect(column).toBeGreaterThanOrEqual(0);
  return { kind, name, scriptId: 1, line: 0, column };
};

describe('a map', () => {
  it('names a class by its constructor, and a function by its parenthesis', async () => {
    const { code, map } = await built();
    const scriptMap = new ScriptMap(map, 'file:///app/out/cart.js.map', code);
    const minifiedName = /class (\w+)\{constructor/.exec(code)?.[1] ?? 'Cart';
    expect(scriptMap.original(place(code, 'class', minifiedName, /(?<=constructor)\(/))).toMatchObject({
      script: 'file:///app/out/cart.js',
      line: 1,
      name: 'Cart',
    });
  });

  it.each([
    ['a function that makes objects', 'class', 'function Cart() { this.a = 1 }', /\(/, 'Cart'],
    ['a function in a variable', 'class', 'const Cart = function () { this.a = 1 }', /function/, 'Cart'],
    [
      'a function in a variable, on a stack',
      'function',
      'const Cart = function () { f() }',
      /function/,
      'Cart',
    ],
    ['a class that was taken apart', 'class', 'class Cart { static made = Cart.name }', /class/, 'Cart'],
    ['a name that its author gave a line', 'class', 'class _Cart { a = _Cart }', /class/, '_Cart'],
    ['a constructor on a stack', 'function', 'class Cart { constructor() { f() } }', /constructor/, 'Cart'],
    ['a constructor among functions', 'function', 'class Cart { constructor() { f() } }', /\(/, 'Cart'],
    ['a class on a stack', 'function', 'class Cart { a = f() }', /class/, 'Cart'],
    ['a private method', 'function', 'class Cart { #pay() { f() } b() { this.#pay() } }', /#/, '#pay'],
  ] as const)('has the name of %s', async (_what, kind, written, at, name) => {
    const exported = `${written}\nexport { ${written.includes('_Cart') ? '_Cart' : 'Cart'} as made }`;
    const { code, map } = await built(exported);
    const generated =
      name === '#pay' ? /#\w+/ : /(?:class|function) ([\w$]+)(?=[{(])|([\w$]+)=(?:class|function)/;
    const [whole, first, second] = generated.exec(code)!;
    const scriptMap = new ScriptMap(map, 'file:///app/out/cart.js.map', code);
    expect(scriptMap.original(place(code, kind, first ?? second ?? whole, at))?.name).toBe(name);
  });

  it.each([
    ['text', 'hello'],
    ['null', 'null'],
    ['a list', '[]'],
    ['no mappings', '{"version":3,"sources":[],"names":[]}'],
    ['mappings of another kind', '{"version":3,"sources":["a"],"names":[],"mappings":{"0":1}}'],
    ['sections of another kind', '{"version":3,"sections":[1]}'],
  ])('that is %s is refused', (_what, text) => {
    expect(() => new ScriptMap(text, 'file:///a.map', null)).toThrow(MapError);
  });

  it.each([
    ['lines', { mappings: ';'.repeat(9e7) }],
    ['places', { mappings: 'AAAAA,'.repeat(1.1e7) }],
    [
      'lines in its sections',
      {
        sections: Array(5).fill({ offset: { line: 0, column: 0 }, map: { mappings: ';'.repeat(1e6) } }),
      },
    ],
  ])('of more %s than any bundle has is refused at once', (_what, parts) => {
    const text = JSON.stringify({ version: 3, sources: ['a.ts'], names: [], ...parts });
    expect(() => new ScriptMap(text, 'file:///a.map', null)).toThrow('has more places than any bundle');
  });

  it('whose sections are nested 20,000 deep is refused', () => {
    let text = '{"version":3,"names":[],"sources":["a.ts"],"mappings":"AAAA"}';
    const [before, after] = ['{"version":3,"sections":[{"offset":{"line":0,"column":0},"map":', '}]}'];
    text = before.repeat(20_000) + text + after.repeat(20_000);
    expect(() => new ScriptMap(text, 'file:///a.map', null)).toThrow(MapError);
  });

  it('of another version of the code is refused', async () => {
    const { map } = await built();
    const { code } = await built(
      `const before = 'a longer beginning than it was'; console.log(before);${source}export const more = [1, 2, 3].map((each) => each + 1)`,
    );
    expect(() => new ScriptMap(map, 'file:///a.map', code)).toThrow('is of another version of the code');
  });

  it('with places behind the end of the source has no answer', () => {
    const map = {
      version: 3,
      sources: ['a.js'],
      names: [],
      sourcesContent: ['one line'],
      mappings: 'AAgkBA',
    };
    const scriptMap = new ScriptMap(JSON.stringify(map), 'file:///a.js.map', null);
    expect(scriptMap.original({ kind: 'function', name: 'f', scriptId: 1, line: 0, column: 0 })).toBeNull();
  });

  it('with names that are none gives none', () => {
    const names = ['<img onerror=1>', '\u001b[31m', 'x'.repeat(100_000), 7];
    for (const [i] of names.entries()) {
      const map = { version: 3, sources: ['a.js'], names: [names[i]], mappings: 'AAAAA' };
      const scriptMap = new ScriptMap(JSON.stringify(map), 'file:///a.js.map', 'f(');
      expect(
        scriptMap.original({ kind: 'function', name: 'f', scriptId: 1, line: 0, column: 1 })?.name,
      ).toBeNull();
    }
  });
});

describe('a script', () => {
  const script = join(folder, 'big.js');
  const mapsOf = (name: string, folders: string[] = []) => {
    const sentences: string[] = [];
    const maps = new SourceMaps(
      () => new Map([[1, name]]),
      [],
      folders,
      (sentence) => sentences.push(sentence),
    );
    const answer = maps.original({ kind: 'function', name: 'f', scriptId: 1, line: 0, column: 10 });
    return { answer, sentences };
  };

  it.each([
    ['a link that leads to itself', (file: string) => symlinkSync(basename(file), file)],
    ['a pipe', (file: string) => void execFileSync('mkfifo', [file])],
    ['a device', (file: string) => symlinkSync('/dev/zero', file)],
    ['a folder', (file: string) => mkdirSync(file)],
  ])('with %s in the place of its map keeps its places', (_what, make) => {
    writeFileSync(script, 'function f() {}\n//# sourceMappingURL=big.js.map');
    make(`${script}.map`);
    expect(mapsOf(script)).toEqual({ answer: null, sentences: [] });
    expect(mapsOf(join(folder, 'other.js'), [`${script}.map`, folder]).answer).toBeNull();
    rmSync(`${script}.map`, { recursive: true });
  });

  it('with a map that is too large keeps its places, and one sentence says so', () => {
    writeFileSync(script, 'function f() {}\n//# sourceMappingURL=big.js.map');
    writeFileSync(`${script}.map`, '');
    truncateSync(`${script}.map`, 100e6 + 1);
    expect(mapsOf(script)).toEqual({
      answer: null,
      sentences: [`${script}.map is larger than 100 MB: places are those of the generated code`],
    });
  });

  it.each([
    'http://localhost:1/a.map',
    'https://evil.example/a.map',
    '//host/share/a.map',
    'data:text/html,hello',
    'ftp://a/b',
  ])('whose map is at %s has none: nothing is fetched', (address) => {
    const file = join(folder, `remote-${address.length}.js`);
    writeFileSync(file, `function f() {}\n//# sourceMappingURL=${address}`);
    expect(mapsOf(file)).toEqual({ answer: null, sentences: [] });
  });

  it('that two hidden maps may belong to uses neither, and says so', () => {
    for (const name of ['a', 'b']) writeFileSync(join(folder, `${name}.js`), '');
    const twins = ['one', 'two'].map((name) => mkdtempSync(join(folder, `${name}-`)));
    for (const twin of twins) writeFileSync(join(twin, 'app.js.map'), '{}');
    const { answer, sentences } = mapsOf('https://shop.example/app.js', twins);
    expect(answer).toBeNull();
    expect(sentences).toEqual([
      expect.stringContaining('may both be the map of https://shop.example/app.js: neither is used'),
    ]);
  });
});

it.each([
  ['a comment at the end', 'f()\n//# sourceMappingURL=a.map\n', 'a.map'],
  ['the older form', 'f()\n//@ sourceMappingURL=a.map', 'a.map'],
  ['a comment of CSS', 'f()\n/*# sourceMappingURL=a.map */', 'a.map'],
  ['the last of two', '//# sourceMappingURL=a.map\n//# sourceMappingURL=b.map', 'b.map'],
  ['a text that is no comment', 'const a = "sourceMappingURL=a.map"', null],
])('the address of a map: %s', (_what, code, address) => {
  expect(sourceMapUrlIn(code)).toBe(address);
});

describe('the class around a place', () => {
  const around = (text: string) => {
    const at = text.indexOf('▲');
    const before = text.slice(0, at).split('\n');
    return enclosingClass(text.replace('▲', ''), before.length - 1, before.at(-1)!.length);
  };

  it.each([
    ['a constructor', 'class A { x = 1;\n  constructor▲() {} }', 'A'],
    ['the class itself', '▲class A extends B { }', 'A'],
    ['behind a method', 'class A { m() { if (1) { } } ▲constructor() {} }', 'A'],
    ['braces in texts and comments', "class A { t = '}'; /* } */ // }\n r = /}/; ▲constructor() {} }", 'A'],
    ['types', 'class A<T extends object> extends B<T> implements C { ▲constructor() {} }', 'A'],
    ['braces in types', 'class A<T extends { a: 1 }> implements C { constructor▲() {} }', 'A'],
    ['the brace of a class', 'class A { } class B extends A ▲{ b = 1 }', 'B'],
    ['another brace in a class', 'class A { constructor() ▲{ } }', 'A'],
    [
      'a method behind a class with types',
      'class A<T> { a() {} m(): Map<T> { return { ▲constructor() {} } } }',
      null,
    ],
    ['the class within a class', 'class A { static B = class Inner { ▲constructor() {} } }', 'Inner'],
    ['a variable', 'const A = class { ▲constructor() {} }', 'A'],
    ['a class after another one', 'class A { } class B { ▲constructor() {} }', 'B'],
    ['a method of an object within a class', 'class A { m() { return { ▲constructor() {} } } }', null],
    ['no class at all', 'function f() { ▲g() }', null],
    ['nothing', '▲', null],
  ])('%s', (_what, text, name) => {
    expect(around(text)).toBe(name);
  });
});
