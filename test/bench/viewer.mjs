// The viewer, beside xdot: start, memory, frames, layout, and a large heap in a window. The programs take turns.
// Usage: node test/bench/viewer.mjs [--only start,again,session,frames,hit,layout,cards,large,preview,heap] [--rounds 3] [--small]
//        node test/bench/viewer.mjs --write      puts the kept results into docs/xdot.md and the README
// Linux, after npm run build; needs Xvfb, Chromium, Graphviz, xdot and, for `session`, python3-objgraph. `--small` only shows that it runs, and keeps nothing.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { root } from '../../build/scripts/desktop.mjs';
import { measureAgain } from './viewer/again.mjs';
import { measureCards } from './viewer/cards.mjs';
import { measureFrames } from './viewer/frames.mjs';
import { measureHeap } from './viewer/heap.mjs';
import { measureLarge } from './viewer/large.mjs';
import { measureHits, measureLayout } from './viewer/layout.mjs';
import { measurePreview } from './viewer/preview.mjs';
import { measureSession } from './viewer/session.mjs';
import { measureStart } from './viewer/start.mjs';
import { heapText, viewerText } from './viewer/text.mjs';

const file = join(import.meta.dirname, 'results/viewer.json');
const { values } = parseArgs({
  options: {
    only: { type: 'string', default: 'start,again,session,frames,hit,layout,cards,large,preview,heap' },
    rounds: { type: 'string', default: '3' },
    small: { type: 'boolean' },
    write: { type: 'boolean' },
  },
});
const rounds = Number(values.rounds);
const log = (what, ...figures) =>
  console.error(`${what}: ${figures.map((each) => JSON.stringify(each)).join(' ')}`);
/** The sizes, or the smallest of them. */
const sizes = (...all) => (values.small ? all.slice(0, 1) : all);

/** Nodes, and more edges than a tree has for each of them. */
const sparse = [10, 100, 500, 1000, 2000].map((nodes) => [nodes, 0.1]);
const dense = [...[10, 100, 500, 1000].map((nodes) => [nodes, 1]), [1000, 0.7]];

const parts = {
  start: () => measureStart({ graphs: sizes(...sparse, ...dense), rounds, log }),
  again: () => measureAgain({ sizes: sizes(10, 100), calls: values.small ? 3 : 10, log }),
  session: () => measureSession({ sizes: sizes(10, 100), calls: values.small ? 3 : 10, log }),
  frames: () => measureFrames({ sizes: sizes(500, 2000, 5000, 20_000), rounds, log }),
  hit: () => measureHits({ sizes: sizes(500, 2000, 5000, 20_000), log }),
  layout: () => measureLayout({ sizes: sizes(100, 500, 1000), rounds, log }),
  cards: () => measureCards({ sizes: sizes(60, 300), rounds, log }),
  large: () => measureLarge({ nodes: values.small ? 6000 : 24_000, patience: values.small ? 5 : 60, log }),
  preview: () => measurePreview({ nodes: 5000, rounds, patience: 180, log }),
  heap: () => measureHeap({ megabytes: values.small ? 32 : 520, log }),
};

/** Measured by themselves, another day than the rest. */
const ownConditions = new Set(['start', 'cards', 'preview', 'session']);

const readResults = () => (existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {});

function checkPrograms() {
  const missing = ['Xvfb', 'chromium', 'dot', 'xdot'].filter(
    (name) => spawnSync('which', [name]).status !== 0,
  );
  if (missing.length > 0)
    throw new Error(`${missing.join(', ')} missing: apt-get install xvfb chromium graphviz xdot`);
}

function write(document, mark, text) {
  const path = join(root, document);
  const marked = new RegExp(`<!-- ${mark} -->[\\s\\S]*<!-- /${mark} -->`);
  const before = readFileSync(path, 'utf8');
  writeFileSync(
    path,
    before.replace(marked, () => `<!-- ${mark} -->\n\n${text}\n\n<!-- /${mark} -->`),
  );
  execFileSync('npx', ['prettier', '--write', path], { cwd: root, stdio: 'ignore' });
}

/** How busy the machine was before: our own programs add one or two. */
const load = Math.round(loadavg()[0]);

if (values.write) {
  const results = readResults();
  write('docs/xdot.md', 'viewer', viewerText(results));
  if (results.heap) write('README.md', 'heap-window', heapText(results));
} else {
  checkPrograms();
  for (const part of values.only.split(',')) {
    const figures = await parts[part]();
    if (values.small) continue;
    // What was measured is kept, whatever becomes of the rest.
    const machine = `Node ${process.versions.node}, ${cpus()[0].model.trim()}, ${cpus().length} cores`;
    const date = new Date().toISOString().slice(0, 10);
    const conditions = { machine, date, load, rounds };
    // Those of the others stay what they were.
    const measured = ownConditions.has(part)
      ? { [part]: { ...conditions, figures } }
      : { ...conditions, [part]: figures };
    const results = { ...readResults(), ...measured };
    writeFileSync(file, `${JSON.stringify(results, null, 2)}\n`);
  }
  const results = readResults();
  if (!values.small)
    console.log([viewerText(results), results.heap && heapText(results)].filter(Boolean).join('\n\n'));
}
