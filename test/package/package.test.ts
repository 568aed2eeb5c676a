// The package as its users get it: packed, installed into an empty folder, run on the Nodes that it promises.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const root = resolve(import.meta.dirname, '../..');
const nodes = [
  ['Node 20', process.execPath],
  ['Node 24', join(root, 'node_modules/node24/bin/node')],
];

let folder: string;
let filename: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'objgraph-package-'));
  // The tests run on what is built already: packing must not build it anew under their feet.
  const packed = execFileSync('npm', ['pack', '--ignore-scripts', '--json', '--pack-destination', folder], {
    cwd: root,
  });
  ({ filename } = firstPack(JSON.parse(packed.toString())));
  writeFileSync(join(folder, 'package.json'), '{ "private": true }');
  execFileSync('npm', ['install', '--no-audit', '--no-fund', '--prefer-offline', `./${filename}`], {
    cwd: folder,
  });
}, 180_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** npm 11 gives a list, npm 12 an object by name. */
function firstPack(report: unknown): { filename: string } {
  return Object.values(report as Record<string, { filename: string }>)[0];
}

function run(node: string, program: string): string {
  const { status, stdout, stderr } = spawnSync(node, [program], { cwd: folder, encoding: 'utf8' });
  expect(stderr).toBe('');
  expect(status).toBe(0);
  return stdout;
}

/** The first program of the README, as an ES module or rewritten for require(). */
function readmeExample(kind: 'mjs' | 'cjs', picture: string): string {
  const readme = readFileSync(join(root, 'README.md'), 'utf8');
  const code = /```js\n(\/\/ sample\.mjs\n[\s\S]*?)```/.exec(readme)![1].replace('sample-graph.png', picture);
  return kind === 'mjs'
    ? code
    : code.replace("import * as objgraph from 'objgraph';", "const objgraph = require('objgraph');");
}

describe.each(nodes)('installed from its tarball, on %s', (name, node) => {
  test.each(['mjs', 'cjs'] as const)("the README's example draws its picture (%s)", (kind) => {
    const picture = `${name.replace(' ', '')}-${kind}.png`;
    writeFileSync(join(folder, `sample.${kind}`), readmeExample(kind, picture));
    const printed = run(node, `sample.${kind}`).split('\n');
    expect(printed[0]).toBe(`Image generated as ${picture} (4 nodes)`);
    expect(readFileSync(join(folder, picture)).subarray(1, 4).toString()).toBe('PNG');
  });
});

describe('installed from its tarball', () => {
  test('both commands are there and tell their version', () => {
    const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
    for (const command of ['objgraph', 'xdot']) {
      const told = execFileSync(join(folder, 'node_modules/.bin', command), ['--version'], {
        encoding: 'utf8',
      });
      expect(told).toContain(version);
    }
  });

  test('its types serve both kinds of import', () => {
    const use =
      "objgraph.showRefs([{}], { maxDepth: 2 });\nexport const three: number = objgraph.count('Map');\n";
    writeFileSync(join(folder, 'use.mts'), `import * as objgraph from 'objgraph';\n${use}`);
    writeFileSync(join(folder, 'use.cts'), `import objgraph = require('objgraph');\n${use}`);
    const tsc = join(root, 'node_modules/typescript/bin/tsc');
    const args = [
      '--noEmit',
      '--strict',
      '--module',
      'nodenext',
      '--target',
      'es2022',
      '--types',
      '',
      'use.mts',
      'use.cts',
    ];
    const { stdout } = spawnSync(process.execPath, [tsc, ...args], { cwd: folder, encoding: 'utf8' });
    // What of Node's types the package's own declarations use, their user brings along.
    expect(stdout.split('\n').filter((line) => line.startsWith('use.'))).toEqual([]);
  });

  test('it holds what runs, and nothing of the sources, tests or builds', () => {
    const installed = join(folder, 'node_modules/objgraph');
    expect(readdirSync(installed).sort()).toEqual(
      [
        'ARCHITECTURE.md',
        'CHANGELOG.md',
        'LICENSE',
        'README.md',
        'build',
        'dist',
        'docs',
        'package.json',
      ].sort(),
    );
    expect(readdirSync(join(installed, 'docs'))).toEqual(['json.md']);
    expect(existsSync(join(installed, 'dist/renderer/index.html'))).toBe(true);
    expect(statSync(join(installed, 'dist/cli.js')).mode & 0o100).toBe(0o100);
  });

  test('it is what publint and attw expect of a package', () => {
    const tool = (name: string, ...args: string[]) =>
      spawnSync(join(root, 'node_modules/.bin', name), args, { cwd: root, encoding: 'utf8' });
    const lint = tool('publint', '--strict', join(folder, 'node_modules/objgraph'));
    expect([lint.status, lint.stdout + lint.stderr]).toEqual([0, expect.stringContaining('All good!')]);
    // Vitest is an ES module, and so is what extends it; what Node 10 resolves is of no matter to Node 20.
    const rules = ['--profile', 'node16', '--ignore-rules', 'cjs-resolves-to-esm'];
    const types = tool('attw', join(folder, filename), ...rules);
    expect([types.status, types.stdout]).toEqual([0, expect.any(String)]);
  });

  test('it brings what ARCHITECTURE.md lists, no more, and nothing that runs at its installation', () => {
    const modules = join(folder, 'node_modules');
    const packages = readdirSync(modules)
      .filter((name) => !name.startsWith('.'))
      .flatMap((name) =>
        name.startsWith('@') ? readdirSync(join(modules, name)).map((n) => `${name}/${n}`) : [name],
      );
    const ours = /^(objgraph|@resvg\/resvg-js-.*)$/;
    const listed = readFileSync(join(root, 'ARCHITECTURE.md'), 'utf8').matchAll(
      /^\| `([^`]+)` +\| ([\d.]+) (?:MB|kB) installed/gm,
    );
    expect(packages.filter((name) => !ours.test(name)).sort()).toEqual(
      [...listed]
        .map(([, name]) => name)
        .filter((name) => !ours.test(name))
        .sort(),
    );
    for (const name of packages) {
      const { scripts = {} } = JSON.parse(readFileSync(join(modules, name, 'package.json'), 'utf8')) as {
        scripts?: Record<string, string>;
      };
      const atInstall = ['preinstall', 'install', 'postinstall'].filter((script) => script in scripts);
      expect([name, atInstall]).toEqual([name, []]);
    }
  });

  test('a program that uses nothing of it bundles nothing of it, and little of it when it uses little', async () => {
    const bundle = async (contents: string) => {
      const { outputFiles } = await build({
        stdin: { contents, resolveDir: folder },
        ...{ bundle: true, write: false, minify: true, format: 'esm', platform: 'node' },
      });
      return outputFiles[0].contents.length;
    };
    expect(await bundle("import 'objgraph';")).toBeLessThan(100);
    const bundleOf = (names: string) => bundle(`import ${names} from 'objgraph'; console.log(${names});`);
    expect(await bundleOf('{ SnapshotError }')).toBeLessThan(10_000);
    // Every question needs the reader of heaps, with its reader of source maps; the library as a whole is small.
    const all = await bundle("import * as objgraph from 'objgraph'; console.log(objgraph);");
    expect(all).toBeLessThan(210_000);
    expect(await bundleOf('{ typestats }')).toBeLessThan(0.75 * all);
  });

  test('an installation that has lost a file says what to do, and does not hang', () => {
    const wasm = join(folder, 'node_modules/objgraph/dist/graphviz.wasm');
    const kept = readFileSync(wasm);
    rmSync(wasm);
    writeFileSync(join(folder, 'lost.dot'), 'digraph { a -> b }');
    const command = join(folder, 'node_modules/.bin/objgraph');
    const { status, stderr } = spawnSync(command, ['render', 'lost.dot', '-o', 'lost.svg'], {
      cwd: folder,
      encoding: 'utf8',
      timeout: 60_000,
    });
    writeFileSync(wasm, kept);
    expect(stderr).toMatch(/^objgraph: Graphviz could not be loaded \(.*\): install objgraph again\n$/);
    expect(status).toBe(1);
  });
});
