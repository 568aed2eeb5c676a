// What `heaps.mjs` measured, as a table for the README: our figures, and those of others in multiples of ours. The
// processor's time, and not that of a clock: it says the same on a busy machine.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = join(import.meta.dirname, 'results');

/** Where the results for snapshots of one size are kept. */
export const resultFile = (megabytes) => join(folder, `heaps-${megabytes}.json`);

/** All results, small snapshots first. */
export function readResults() {
  const names = existsSync(folder) ? readdirSync(folder).filter((name) => name.startsWith('heaps-')) : [];
  return names
    .map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')))
    .sort((a, b) => a.megabytes - b.megabytes);
}

const titles = {
  objgraph: 'objgraph',
  devtools: "Chrome DevTools' code",
  memlab: 'memlab',
  toolkit: 'heap-snapshot-toolkit',
  'JSON.parse': '`JSON.parse`',
};
/** A title, the stage of the reading, and what of it is printed. */
const figures = [
  ['graph in memory', 'loaded', 'cpu'],
  ['types counted', 'histogram', 'cpu'],
  ['retained sizes, distances, dominators', 'full', 'cpu'],
  ['peak memory: graph in memory', 'loaded', 'peak'],
  ['peak memory: all of it', 'full', 'peak'],
];
const seconds = (ms) => `${(ms / 1000).toFixed(ms < 10_000 ? 2 : 1)} s`;
const megabytes = (bytes) => `${Math.round(bytes / 1e6).toLocaleString('en')} MB`;

/** Our figure as it is, another program's as a multiple of ours, or why it has none. */
function cell({ programs }, program, stage, figure) {
  const { failure, [stage]: result } = programs[program] ?? {};
  if (failure) return failure;
  if (!result) return '';
  if (program === 'objgraph') return (figure === 'peak' ? megabytes : seconds)(result[figure]);
  return `${(result[figure] / programs.objgraph[stage][figure]).toFixed(1)}×`;
}

/** Our processor's time for a megabyte of the snapshot: the same at each size, but for what a process has to begin with. */
function perMegabyte(results, title, stage) {
  const cells = results.map(
    ({ bytes, programs }) => `${(programs.objgraph[stage].cpu / (bytes / 1e6)).toFixed(1)} ms`,
  );
  return [title, titles.objgraph, ...cells];
}

/** Markdown: a row for each program and figure, a column for each size. */
export function heapTable(results) {
  const rows = figures.flatMap(([title, stage, figure]) =>
    Object.entries(titles)
      .map(([program, name]) => [name, ...results.map((result) => cell(result, program, stage, figure))])
      .filter(([, ...cells]) => cells.some((text) => /\d (s|MB)$|×$/.test(text)))
      .map((cells, row) => [row === 0 ? title : '', ...cells]),
  );
  const head = ['', 'snapshots of', ...results.map(({ bytes }) => megabytes(bytes))];
  const linear = [
    perMegabyte(results, 'a megabyte: graph in memory', 'loaded'),
    perMegabyte(results, 'a megabyte: all of it', 'full'),
  ];
  const table = [head, head.map(() => '---'), ...rows, ...linear].map((cells) => `| ${cells.join(' | ')} |`);
  return [conditions(results), table.join('\n')].join('\n\n');
}

function conditions(results) {
  const { node, machine, date } = results.at(-1);
  const rounds = results.map((result) => result.rounds).join(', ');
  return (
    `Node ${node}, ${machine}, ${date}; processor time and memory, others as multiples of ours; ` +
    `medians of ${rounds} rounds (\`node test/bench/heaps.mjs\`).`
  );
}
