// The truth of original places: one program of fifty classes and fifty functions, through the builders that people use; each
// class and function is found at the line of its author's file, under the author's name.
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { transformSync as swc } from '@swc/core';
import { build as esbuild, transformSync } from 'esbuild';
import { rollup } from 'rollup';
import { minify } from 'terser';
import ts from 'typescript';
import { build as vite } from 'vite';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import webpack from 'webpack';
import { startPage } from '../targets/programs.ts';

const root = resolve(import.meta.dirname, '../../..');
const cli = join(root, 'dist/cli.js');
const folder = mkdtempSync(join(tmpdir(), 'objgraph-builds-'));
const source = join(folder, 'src/shop.ts');
const started: ChildProcess[] = [];

const count = 50;
/** Blank lines and comments of differing lengths, so that no line is right by chance. */
const gap = (i: number) => '// a comment\n'.repeat(i % 4);
const classOf = (i: number) =>
  [
    `class Account${i} { constructor(id: number) { this.id = id } id: number }`,
    `class Account${i} {\n  readonly notes: string[] = [];\n  id: number;\n  constructor(id: number) {\n    this.id = id;\n  }\n}`,
    `class Account${i} { readonly id = ${i} }`,
    `class Account${i} extends Base {}`,
    `const Account${i} = class { readonly id = ${i} };`,
  ][i % 5];
// Each is used twice: terser would make an anonymous one of what is used once.
const program = `// A shop.
interface Item { name: string }
class Base { item: Item = { name: 'base' } }
${Array.from({ length: count }, (_, i) => `${gap(i)}${classOf(i)}\n${gap(i + 1)}function handle${i}(item: Item) {\n  return item.name + ${i};\n}`).join('\n')}
const kept = [${Array.from({ length: count }, (_, i) => `Account${i}, new Account${i}(${i}), handle${i}, handle${i}`).join(', ')}];
(globalThis as unknown as { kept: unknown }).kept = kept;
import { writeHeapSnapshot } from 'node:v8';
if (process.argv[2]) writeHeapSnapshot(process.argv[2]);
else setInterval(() => {}, 1000);
console.log('up');
`;

interface TypeRow {
  type: string;
  location: { script: string; line: number } | null;
  generated?: { script: string; line: number; type: string };
}

beforeAll(() => {
  mkdirSync(join(folder, 'src'));
  writeFileSync(source, program);
});
afterAll(() => {
  for (const child of started) child.kill();
  rmSync(folder, { recursive: true });
});

function objgraph(...args: string[]) {
  const { stdout, stderr, status } = spawnSync(process.execPath, [cli, ...args], {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  });
  expect(status, stderr).toBe(0);
  return { stdout, stderr };
}

/** Of every class of ours: the lines that it may be at, from its first to that of its constructor. */
function classLines(): Map<string, [first: number, last: number]> {
  const lines = program.split('\n');
  return new Map(
    Array.from({ length: count }, (_, i) => {
      const first = lines.findIndex((line) => new RegExp(`\\b(class|const) Account${i}\\b`).test(line)) + 1;
      const constructor = lines.findIndex((line, at) => at >= first - 1 && line.includes('constructor(')) + 1;
      const isOwn = [0, 1].includes(i % 5);
      return [`Account${i}`, [first, isOwn ? constructor : first]];
    }),
  );
}

const handleLine = (i: number) =>
  program.split('\n').findIndex((line) => line.includes(`function handle${i}(`)) + 1;

function expectTruth(target: string, ...options: string[]) {
  const { types } = JSON.parse(objgraph('types', target, '--json', ...options).stdout) as {
    types: TypeRow[];
  };
  const found = new Map(types.map((row) => [row.type, row]));
  for (const [name, [first, last]] of classLines()) {
    const row = found.get(name);
    expect(row?.location?.script, name).toMatch(/src\/shop(-of-page)?\.ts$/);
    expect(row!.location!.line, name).toBeGreaterThanOrEqual(first);
    expect(row!.location!.line, name).toBeLessThanOrEqual(last);
  }
  const { stdout } = objgraph(
    'instances',
    target,
    '--type',
    'Function',
    '--json',
    '--limit',
    '100000',
    ...options,
  );
  const { instances } = JSON.parse(stdout) as { instances: { name: string }[] };
  const places = new Map(
    instances.map(({ name }) => name.split(' ')).map(([name, place]) => [name, place] as const),
  );
  for (let i = 0; i < count; i++)
    expect(places.get(`handle${i}`), `handle${i}`).toMatch(
      new RegExp(`(^|/)src/shop(-of-page)?\\.ts:${handleLine(i)}$`),
    );
}

const transpiled = (code: string, file: string) =>
  transformSync(code, { loader: 'ts', sourcemap: 'external', sourcefile: file });

function snapshotOf(file: string): string {
  const snapshot = join(folder, `${file.replace(/\W/g, '-')}.heapsnapshot`);
  const { status, stderr } = spawnSync(process.execPath, [join(folder, file), snapshot], {
    encoding: 'utf8',
  });
  expect(status, stderr).toBe(0);
  return snapshot;
}

const minified = (outfile: string, options: object = {}) =>
  esbuild({
    entryPoints: [source],
    bundle: true,
    minify: true,
    platform: 'node',
    format: 'cjs',
    sourcemap: true,
    outfile: join(folder, outfile),
    ...options,
  });

/** Each takes seconds. */
const itInFull = it.runIf(Boolean(process.env.OBJGRAPH_ALL));

describe('original places of what was built by', () => {
  it('esbuild, minified', async () => {
    await minified('out/esbuild.cjs');
    expectTruth(snapshotOf('out/esbuild.cjs'));
  });

  it('esbuild, with the map inline', async () => {
    await minified('out/inline.cjs', { sourcemap: 'inline' });
    expectTruth(snapshotOf('out/inline.cjs'));
  });

  it('esbuild, with a hidden map in another folder', async () => {
    await minified('out/hidden.cjs', { sourcemap: 'external', sourceRoot: join(folder, 'out') });
    mkdirSync(join(folder, 'maps'));
    renameSync(join(folder, 'out/hidden.cjs.map'), join(folder, 'maps/hidden.cjs.map'));
    expectTruth(snapshotOf('out/hidden.cjs'), '--source-maps', 'maps');
  });

  it('esbuild, without the sources in the map', async () => {
    await minified('out/bare.cjs', { sourcesContent: false });
    expectTruth(snapshotOf('out/bare.cjs'));
  });

  it('tsc', () => {
    const { outputText, sourceMapText } = ts.transpileModule(program, {
      fileName: '../src/shop.ts',
      compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ES2022, sourceMap: true },
    });
    const map = JSON.parse(sourceMapText!) as { sources: string[] };
    mkdirSync(join(folder, 'out'), { recursive: true });
    writeFileSync(
      join(folder, 'out/tsc.mjs'),
      outputText.replace(/sourceMappingURL=.*/, 'sourceMappingURL=tsc.mjs.map'),
    );
    writeFileSync(join(folder, 'out/tsc.mjs.map'), JSON.stringify({ ...map, sources: ['../src/shop.ts'] }));
    expectTruth(snapshotOf('out/tsc.mjs'));
  });

  it('Vite, minified', async () => {
    await vite({
      root: folder,
      configFile: false,
      logLevel: 'error',
      build: {
        outDir: 'out/vite',
        sourcemap: true,
        minify: true,
        target: 'node20',
        lib: { entry: source, formats: ['es'], fileName: () => 'vite.mjs' },
        rolldownOptions: { external: /^node:/ },
      },
    });
    expectTruth(snapshotOf('out/vite/vite.mjs'));
  });

  it('esbuild and terser', async () => {
    await minified('out/whole.mjs', { minify: false, format: 'esm' });
    const { code, map } = await minify(readFileSync(join(folder, 'out/whole.mjs'), 'utf8'), {
      module: true,
      sourceMap: { content: readFileSync(join(folder, 'out/whole.mjs.map'), 'utf8'), url: 'terser.mjs.map' },
    });
    writeFileSync(join(folder, 'out/terser.mjs'), code!);
    writeFileSync(join(folder, 'out/terser.mjs.map'), String(map));
    expectTruth(snapshotOf('out/terser.mjs'));
  });

  itInFull('esbuild, split into chunks', async () => {
    writeFileSync(join(folder, 'src/entry.ts'), "await import('./shop.ts');");
    await esbuild({
      ...{ entryPoints: [join(folder, 'src/entry.ts')], outdir: join(folder, 'out/split'), splitting: true },
      ...{ bundle: true, minify: true, sourcemap: true, platform: 'node', format: 'esm' },
      outExtension: { '.js': '.mjs' },
    });
    expectTruth(snapshotOf('out/split/entry.mjs'));
  });

  itInFull('webpack', async () => {
    const loader = join(folder, 'loader.cjs');
    writeFileSync(
      loader,
      `const { transformSync } = require(${JSON.stringify(join(root, 'node_modules/esbuild'))});
       module.exports = function (source) {
         const { code, map } = transformSync(source, { loader: 'ts', sourcemap: 'external', sourcefile: this.resourcePath });
         this.callback(null, code, JSON.parse(map));
       };`,
    );
    const config: webpack.Configuration = {
      ...{ mode: 'production', devtool: 'source-map', target: 'node20' },
      ...{ context: folder, entry: './src/shop.ts' },
      module: { rules: [{ test: /\.ts$/, use: loader }] },
      output: { path: join(folder, 'out'), filename: 'webpack.cjs' },
    };
    const stats = await new Promise<webpack.Stats>((done, failed) => {
      webpack(config, (error, built) =>
        built ? done(built) : failed(error ?? new Error('nothing was built')),
      );
    });
    expect(stats.toJson({ all: false, errors: true }).errors).toEqual([]);
    expectTruth(snapshotOf('out/webpack.cjs'));
  });

  itInFull('rollup and terser', async () => {
    const bundle = await rollup({
      input: source,
      external: /^node:/,
      plugins: [
        {
          name: 'typescript',
          transform: (code, id) => transpiled(code, id),
          async renderChunk(code) {
            const minified = await minify(code, { module: true, sourceMap: true });
            return { code: minified.code!, map: String(minified.map) };
          },
        },
      ],
    });
    await bundle.write({ file: join(folder, 'out/rollup.mjs'), format: 'es', sourcemap: true });
    expectTruth(snapshotOf('out/rollup.mjs'));
  });

  itInFull('swc, minified', () => {
    const { code, map } = swc(program, {
      filename: source,
      sourceMaps: true,
      minify: true,
      module: { type: 'es6' },
      jsc: {
        parser: { syntax: 'typescript' },
        target: 'es2022',
        minify: { compress: true, mangle: { toplevel: true } },
      },
    });
    writeFileSync(join(folder, 'out/swc.mjs'), `${code}\n//# sourceMappingURL=swc.mjs.map`);
    writeFileSync(join(folder, 'out/swc.mjs.map'), map!);
    expectTruth(snapshotOf('out/swc.mjs'));
  });

  itInFull(
    'Vite, for a page of React',
    async () => {
      mkdirSync(join(folder, 'page'), { recursive: true });
      writeFileSync(
        join(folder, 'page/index.html'),
        '<div id="app"></div><script type="module" src="./app.tsx"></script>',
      );
      writeFileSync(
        join(folder, 'page/app.tsx'),
        `import { createRoot } from 'react-dom/client';
       import '../src/shop-of-page.ts';
       function App() { return <p>A shop</p>; }
       createRoot(document.getElementById('app')!).render(<App />);`,
      );
      // The same lines, without what only Node has.
      writeFileSync(
        join(folder, 'src/shop-of-page.ts'),
        program.replace(/^import .*$|^if \(process.*$|^else setInterval.*$/gm, ''),
      );
      symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
      await vite({
        ...{ root: join(folder, 'page'), configFile: false, logLevel: 'error', base: './' },
        build: { outDir: join(folder, 'out/page'), sourcemap: true, minify: true, emptyOutDir: true },
      });
      const server = createServer((request, response) => {
        const file = join(folder, 'out/page', request.url === '/' ? 'index.html' : request.url!);
        response.setHeader('content-type', file.endsWith('.html') ? 'text/html' : 'text/javascript');
        response.end(file.endsWith('.map') || !existsSync(file) ? '' : readFileSync(file));
      });
      await once(server.listen(0, '127.0.0.1'), 'listening');
      try {
        const { port } = server.address() as AddressInfo;
        const { place, end } = await startPage('<title>A browser</title>');
        const opened = await fetch(`http://${place}/json/new?http://127.0.0.1:${port}/`, { method: 'PUT' });
        const { webSocketDebuggerUrl } = (await opened.json()) as { webSocketDebuggerUrl: string };
        const maps = ['--source-maps', join(folder, 'out/page/assets')];
        await vi.waitFor(
          () =>
            expect(objgraph('types', webSocketDebuggerUrl, '--json', ...maps).stdout).toContain('Account49'),
          { timeout: 120_000, interval: 2000 },
        );
        expectTruth(webSocketDebuggerUrl, ...maps);
        await end();
      } finally {
        server.close();
      }
    },
    300_000,
  );

  it('tsx, in a process that runs, and in its snapshot when it has ended', async () => {
    const loader = join(root, 'node_modules/tsx/dist/loader.mjs');
    const child = spawn(process.execPath, ['--inspect-port=0', '--import', loader, source], { cwd: folder });
    started.push(child);
    await once(child.stdout, 'data');
    expectTruth(String(child.pid));
    objgraph('snapshot', String(child.pid), '-y', '-o', 'tsx.heapsnapshot');
    child.kill();
    expectTruth('tsx.heapsnapshot');
    const scripts = readFileSync(join(folder, 'tsx.scripts.json'), 'utf8');
    const maps = [...scripts.matchAll(/base64,([\w+/=]+)/g)].map(([, data]) =>
      Buffer.from(data, 'base64').toString(),
    );
    expect(maps.length).toBeGreaterThan(0);
    for (const map of maps) expect(map).not.toContain('sourcesContent');
    // Without it, the lines are those of code that no user can see: none is shown.
    rmSync(join(folder, 'tsx.scripts.json'));
    const { types } = JSON.parse(objgraph('types', 'tsx.heapsnapshot', '--json').stdout) as {
      types: TypeRow[];
    };
    expect(types.find(({ type }) => type === 'Account7')).toMatchObject({ location: null });
  }, 240_000);
});
