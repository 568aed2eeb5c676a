// Whose an object is, by the script of its function or class.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HeapAnalysis } from '../../../shared/heap/analysis.ts';
import { NodeType } from '../../../shared/heap/node-types.ts';
import { Owner, ownerOfScript, packageOfScript } from '../../../shared/heap/owner.ts';
import { readText } from './build-graph.ts';

describe('a script', () => {
  it.each([
    ['node:internal/timers', Owner.internal],
    ['ext:deno_web/02_timers.js', Owner.internal],
    ['chrome-extension://abc/content.js', Owner.internal],
    ['/app/node_modules/express/lib/router.js', Owner.package],
    ['file:///app/node_modules/@scope/name/index.mjs', Owner.package],
    ['C:\\app\\node_modules\\ws\\index.js', Owner.package],
    ['/app/src/server.js', Owner.yours],
    ['https://example.org/app.js', Owner.yours],
    ['[eval]', Owner.yours],
    ['evalmachine.<anonymous>', Owner.yours],
    ['', Owner.yours],
    [null, Owner.yours],
  ])('%s has owner %d', (script, owner) => {
    expect(ownerOfScript(script)).toBe(owner);
  });

  it.each([
    ['/app/node_modules/express/lib/router.js', 'express'],
    ['/app/node_modules/@scope/name/index.mjs', '@scope/name'],
    ['/app/node_modules/.pnpm/send@1.0.0/node_modules/send/index.js', 'send'],
    ['/app/node_modules/a/node_modules/b/index.js', 'b'],
    ['http://localhost:5173/node_modules/.vite/deps/svelte.js?v=1', 'svelte'],
    ['file:///root/.cache/deno/npm/registry.npmjs.org/@x/y/4.1.0/index.js', '@x/y'],
    ['/app/my_node_modules/index.js', null],
  ])('%s is of package %s', (script, name) => {
    expect(packageOfScript(script)).toBe(name);
  });
});

describe('in a real heap', () => {
  let folder: string;
  let analysis: HeapAnalysis;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'objgraph-owner-'));
    const library = join(folder, 'node_modules', '@lib', 'pool');
    mkdirSync(library, { recursive: true });
    writeFileSync(
      join(library, 'index.js'),
      'class Pool { constructor() { this.free = []; } } module.exports = { Pool, kept: () => Pool };',
    );
    writeFileSync(
      join(folder, 'main.js'),
      `const { Pool } = require('@lib/pool');
       class Session { constructor() { this.pool = new Pool(); } }
       function* walk(session) { yield session; yield session; }
       const session = new Session();
       exports.kept = (() => { const inner = { session }; return function keeper() { return inner; }; })();
       exports.walking = walk(session); exports.walking.next();
       exports.emitter = new (require('node:events'))();
       exports.dynamic = new Function('return 1');
       require('node:v8').writeHeapSnapshot(${JSON.stringify(join(folder, 'a.heapsnapshot'))});`,
    );
    execFileSync(process.execPath, [join(folder, 'main.js')]);
    analysis = new HeapAnalysis(readText(readFileSync(join(folder, 'a.heapsnapshot'))));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const nodesNamed = (name: string) => {
    const { graph, objects } = analysis;
    return [...graph.nodeIds.keys()].filter(
      (node) => objects.isCounted(node) && graph.nodeName(node) === name,
    );
  };
  const ownersOf = (name: string) => [
    ...new Set(nodesNamed(name).map((node) => analysis.owners.ofNode[node])),
  ];

  it('classes and functions belong to the script that declares them', () => {
    expect(ownersOf('Session')).toEqual([Owner.yours]);
    expect(ownersOf('keeper')).toEqual([Owner.yours]);
    expect(ownersOf('Pool')).toEqual([Owner.package]);
    expect(ownersOf('kept')).toEqual([Owner.package]);
    expect(ownersOf('EventEmitter')).toEqual([Owner.internal]);
    expect(ownersOf('setImmediate')).toEqual([Owner.internal]);
  });

  it('a scope belongs to its functions, a generator to its own, a module to its file', () => {
    const { graph, owners } = analysis;
    const [keeper] = nodesNamed('keeper');
    expect(owners.ofNode[graph.childNamed(keeper, 'context')]).toBe(Owner.yours);
    expect(ownersOf('walk')).toEqual([Owner.yours]);
    const modules = nodesNamed('Module').filter((node) => analysis.objects.isRoot(node));
    expect(modules.map((node) => owners.ofNode[node]).sort()).toEqual([Owner.package, Owner.yours]);
  });

  it('a package is known by its name', () => {
    const [pool] = nodesNamed('Pool');
    expect(analysis.owners.packageOf(pool)).toBe('@lib/pool');
    expect(analysis.owners.packageOf(nodesNamed('Session')[0])).toBeNull();
  });

  it('built-ins belong to no script', () => {
    expect(ownersOf('Map')).toEqual([Owner.builtIn]);
    const { graph, owners } = analysis;
    const prototypes = [...graph.nodeIds.keys()].filter(
      (node) =>
        graph.nodeTypes[node] === NodeType.closure &&
        ['apply', 'bind', 'call'].every((name) => graph.childNamed(node, name) >= 0),
    );
    // `Function.prototype` is a function of an unnamed script; what the program made by `new Function` is its own all the same.
    expect(prototypes.length).toBeGreaterThan(0);
    expect(prototypes.map((node) => owners.ofNode[node])).toEqual(prototypes.map(() => Owner.builtIn));
    const dynamic = nodesNamed('Object')
      .map((node) => graph.childNamed(node, 'dynamic'))
      .find((node) => node >= 0);
    expect(owners.ofNode[dynamic!]).toBe(Owner.yours);
  });
});
