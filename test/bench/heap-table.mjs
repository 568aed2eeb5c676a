// What `heaps.mjs` measured, as a table for the README: our figures, and those of others in multiples of ours.
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
  devtools: "Chrome DevTools' code",
  memlab: 'memlab',
  toolkit: 'heap-snapshot-toolkit',
  'JSON.parse': '`JSON.parse`',
};
const figures = [
  ['load', 'loaded', 'cpu'],
  ['histogram', 'histogram', 'cpu'],
  ['full analysis', 'full', 'cpu'],
  ['peak memory, loaded', 'loaded', 'peak'],
  ['peak memory, full analysis', 'full', 'peak'],
];
const seconds = (ms) => `${(ms / 1000).toFixed(ms < 10_000 ? 2 : 1)} s`;
const megabytes = (bytes) => `${Math.round(bytes / 1e6).toLocaleString('en')} MB`;

/** Markdown: a row for each figure of each program, a column for each size. */
export function heapTable(results) {
  const ours = figures.map(([title, stage, figure]) => [
    `objgraph: ${title}`,
    ...results.map(({ programs }) =>
      (figure === 'peak' ? megabytes : seconds)(programs.objgraph[stage][figure]),
    ),
  ]);
  const theirs = Object.entries(titles).flatMap(([program, name]) =>
    figures
      .map(([title, stage, figure]) => [
        `${name}: ${title}`,
        ...results.map(({ programs }) => {
          const { failure, ...stages } = programs[program];
          if (failure) return failure;
          const value = stages[stage]?.[figure];
          return value === undefined ? '' : `${(value / programs.objgraph[stage][figure]).toFixed(1)}×`;
        }),
      ])
      .filter(([, ...cells]) => cells.some((cell) => cell.endsWith('×'))),
  );
  const head = ['heap snapshots of', ...results.map(({ bytes }) => megabytes(bytes))];
  return [head, head.map(() => '---'), ...ours, ...theirs]
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n');
}
