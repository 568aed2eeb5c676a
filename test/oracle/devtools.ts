// Chrome DevTools' own reading of a heap snapshot, for comparison: the code of its snapshot worker (npm package
// chrome-devtools-frontend), bundled for Node when a test first asks, and kept until the package changes.
import { existsSync, mkdirSync, readFileSync, renameSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build, type Plugin } from 'esbuild';

const modules = resolve(import.meta.dirname, '../../node_modules');
const worker = 'chrome-devtools-frontend/front_end/entrypoints/heap_snapshot_worker';

/** What DevTools knows of the objects of one class. */
export interface DevToolsAggregate {
  name: string;
  count: number;
  distance: number;
  /** Shallow bytes. */
  self: number;
  /** Retained bytes. */
  maxRet: number;
  idxs: number[];
}

/** What came and went of one class between two snapshots, by id. */
export interface DevToolsDiff {
  addedCount: number;
  removedCount: number;
  addedSize: number;
  removedSize: number;
}

/** What this program compares itself with: arrays by node ordinal. */
export interface DevToolsSnapshot {
  nodeCount: number;
  nodeFieldCount: number;
  nodeDistances: Int32Array;
  retainedSizes: Float64Array;
  dominatorsTree: Uint32Array;
  createNode(nodeIndex: number): { selfSize(): number; className(): string; name(): string; id(): number };
  applyInterfaceDefinitions(definitions: readonly never[]): void;
  getAggregatesByClassKey(sorted: boolean, key: string): Record<string, DevToolsAggregate>;
  aggregatesForDiff(definitions: string): Record<string, unknown>;
  calculateSnapshotDiff(
    baseId: number,
    baseAggregates: Record<string, unknown>,
  ): Record<string, DevToolsDiff>;
}

const entry = `
  import { HeapSnapshotLoader } from '${worker}/HeapSnapshotLoader.ts';
  import { SecondaryInitManager } from '${worker}/HeapSnapshot.ts';
  export async function load(text, parsed = () => {}) {
    const loader = new HeapSnapshotLoader({ sendEvent() {} });
    for (let at = 0; at < text.length; at += 1 << 20) loader.write(text.slice(at, at + (1 << 20)));
    loader.close();
    await loader.parsingComplete;
    parsed();
    const channel = new MessageChannel();
    new SecondaryInitManager(channel.port2);
    const snapshot = await loader.buildSnapshot(channel.port1);
    channel.port1.close();
    channel.port2.close();
    return snapshot;
  }`;

/** The package leaves out a file that its own build makes: the list of translations. */
const locales: Plugin = {
  name: 'locales',
  setup(build) {
    build.onResolve({ filter: /locales\.js$/ }, ({ path }) => ({ path, namespace: 'locales' }));
    build.onLoad({ filter: /.*/, namespace: 'locales' }, () => ({
      contents: `export const LOCALES = ['en-US'], BUNDLED_LOCALES = ['en-US'], DEFAULT_LOCALE = 'en-US',
        REMOTE_FETCH_PATTERN = '', LOCAL_FETCH_PATTERN = '';`,
    }));
  },
};

/** What a worker in Chromium has, and Node 20 has not. */
const banner = `globalThis.self ??= globalThis;
Promise.withResolvers ??= function () {
  let resolve, reject;
  const promise = new Promise((a, b) => { resolve = a; reject = b; });
  return { promise, resolve, reject };
};`;

let bundle: Promise<{ load(text: string): Promise<DevToolsSnapshot> }> | null = null;

async function importBundle(): Promise<{ load(text: string): Promise<DevToolsSnapshot> }> {
  const manifest = readFileSync(join(modules, 'chrome-devtools-frontend/package.json'), 'utf8');
  const { version } = JSON.parse(manifest) as { version: string };
  const folder = join(modules, '.cache/objgraph');
  const file = join(folder, `devtools-${version}.mjs`);
  if (!existsSync(file)) {
    mkdirSync(folder, { recursive: true });
    const own = `${file}.${process.pid}`;
    await build({
      stdin: { contents: entry, resolveDir: modules },
      bundle: true,
      platform: 'node',
      format: 'esm',
      outfile: own,
      logLevel: 'error',
      // It prints every node that nothing holds.
      drop: ['console'],
      banner: { js: banner },
      plugins: [locales],
    });
    renameSync(own, file);
  }
  return (await import(pathToFileURL(file).href)) as { load(text: string): Promise<DevToolsSnapshot> };
}

/** The snapshot as DevTools sees it; plain objects are one class, not guessed interfaces such as `{name, age}`. */
export async function readWithDevTools(text: string): Promise<DevToolsSnapshot> {
  bundle ??= importBundle();
  const snapshot = await (await bundle).load(text);
  snapshot.applyInterfaceDefinitions([]);
  return snapshot;
}
