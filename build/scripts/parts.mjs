// The parts of the build: what each is made of and where it goes, and which of them are older than their sources.
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

export const root = resolve(import.meta.dirname, '../..');
const cache = join(root, 'node_modules/.cache/objgraph');
const record = join(cache, 'build.json');

/** The page as tests open it: with Svelte's own warnings, which a test of the page must not cause. */
export const testPage = join(cache, 'page');

/** By name: the Vite config, the folders it reads, the file that it writes, and settings of its own. */
export const parts = {
  renderer: { config: 'renderer', sources: ['renderer', 'shared'], output: 'dist/renderer/index.html' },
  library: { config: 'library', sources: ['shared'], output: 'dist/index.js' },
  node: { config: 'node', sources: ['main', 'shared'], output: 'dist/cli.js' },
  matchers: { config: 'matchers', sources: ['shared'], output: 'dist/vitest.js' },
  commonjs: { config: 'commonjs', sources: ['main', 'shared'], output: 'dist/jest.cjs' },
  'test page': {
    config: 'renderer',
    sources: ['renderer', 'shared'],
    output: join(testPage, 'index.html'),
    folder: testPage,
    environment: 'test',
  },
};

/** Of every part: a digest of the files that it depends on. */
function digests() {
  const files = new Map();
  const digestOf = (folder) => {
    const known = files.get(folder);
    if (known) return known;
    const hash = createHash('sha256');
    const entries = readdirSync(join(root, folder), { recursive: true, withFileTypes: true });
    for (const entry of entries.filter((each) => each.isFile())) {
      const file = join(entry.parentPath, entry.name);
      hash.update(file).update('\0').update(readFileSync(file));
    }
    const digest = hash.digest('hex');
    files.set(folder, digest);
    return digest;
  };
  const shared = createHash('sha256').update(readFileSync(join(root, 'package-lock.json')));
  for (const name of readdirSync(join(root, 'build')).filter((file) => file.endsWith('.ts')))
    shared.update(readFileSync(join(root, 'build', name)));
  const common = shared.digest('hex');
  const digest = ({ sources }) => [common, ...sources.map(digestOf)].join(' ');
  return Object.fromEntries(Object.entries(parts).map(([name, part]) => [name, digest(part)]));
}

const timeOf = (file) => statSync(resolve(root, file), { throwIfNoEntry: false })?.mtimeMs ?? null;

function readRecord() {
  try {
    return JSON.parse(readFileSync(record, 'utf8'));
  } catch {
    return {};
  }
}

/** The names of the parts that are missing, older than their sources, or written by another program than ours. */
export function stale() {
  const built = readRecord();
  const now = digests();
  return Object.keys(parts).filter(
    (name) => built[name]?.digest !== now[name] || built[name].time !== timeOf(parts[name].output),
  );
}

/** Remembers that these parts were built from the sources as they are. @param before their digests when it began */
export function remember(names, before) {
  mkdirSync(cache, { recursive: true });
  const built = readRecord();
  for (const name of names) built[name] = { digest: before[name], time: timeOf(parts[name].output) };
  writeFileSync(record, JSON.stringify(built, null, 2));
}

export { digests };
