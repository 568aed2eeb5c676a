// The reliability diagram of docs/leaks.md: how often findings of each confidence are right, drawn of results.json.
// `node test/leaks/reliability.mjs` writes docs/reliability.svg, and the tables between the marks of docs/leaks.md and README.md.
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { reliability, reliabilityOfHalves, writeTables } from './tables.mjs';

const root = resolve(import.meta.dirname, '../..');
const records = JSON.parse(readFileSync(join(import.meta.dirname, 'results.json'), 'utf8'));

const size = 320;
const margin = { left: 66, top: 20, right: 20, bottom: 52 };
const x = (share) => margin.left + share * size;
const y = (share) => margin.top + (1 - share) * size;
const percent = (share) => `${Math.round(100 * share)} %`;

/** The interval in which the share of right findings lies with 95 % certainty. Source: Wilson (1927). */
function interval(right, count) {
  const z = 1.96;
  const share = right / count;
  const middle = (share + z ** 2 / (2 * count)) / (1 + z ** 2 / count);
  const reach =
    (z / (1 + z ** 2 / count)) * Math.sqrt((share * (1 - share)) / count + z ** 2 / (4 * count ** 2));
  return [Math.max(0, middle - reach), Math.min(1, middle + reach)];
}

function diagram(points) {
  const width = margin.left + size + margin.right;
  const height = margin.top + size + margin.bottom;
  const ticks = [0, 0.25, 0.5, 0.75, 1];
  const grid = ticks.flatMap((tick) => [
    `<path class="grid" d="M${x(0)} ${y(tick)}H${x(1)}M${x(tick)} ${y(0)}V${y(1)}"/>`,
    `<text x="${x(0) - 8}" y="${y(tick) + 4}" text-anchor="end">${percent(tick)}</text>`,
    `<text x="${x(tick)}" y="${y(0) + 18}" text-anchor="middle">${percent(tick)}</text>`,
  ]);
  const dots = points.flatMap(({ confidence, count, right }) => {
    const [low, high] = interval(right, count);
    const radius = 3 + Math.sqrt(count) / 4;
    return [
      `<path class="interval" d="M${x(confidence)} ${y(low).toFixed(1)}V${y(high).toFixed(1)}"/>`,
      `<circle cx="${x(confidence)}" cy="${y(right / count).toFixed(1)}" r="${radius.toFixed(1)}"><title>${percent(confidence)}: ${right} of ${count} right</title></circle>`,
    ];
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="Confidence against the share of findings that are right">
<style>
  text { font: 12px Helvetica, Arial, sans-serif; fill: #3a3f45; }
  .grid { stroke: #e2e5e9; fill: none; }
  .even { stroke: #8b939c; stroke-dasharray: 4 4; fill: none; }
  .interval { stroke: #2f6fb2; stroke-width: 2; fill: none; }
  circle { fill: #2f6fb2; }
</style>
<rect width="${width}" height="${height}" fill="#ffffff"/>
${grid.join('\n')}
<path class="even" d="M${x(0)} ${y(0)}L${x(1)} ${y(1)}"/>
${dots.join('\n')}
<text x="${x(0.5)}" y="${y(0) + 40}" text-anchor="middle">confidence</text>
<text transform="translate(14 ${y(0.5)}) rotate(-90)" text-anchor="middle">right</text>
</svg>
`;
}

function reliabilityTable(points) {
  const rows = points.map(({ confidence, count, right }) => {
    const [low] = interval(right, count);
    return `| ${percent(confidence)} | ${count} | ${right} | ${percent(right / count)} | ${Math.floor(100 * low)} % |`;
  });
  return [
    '| confidence | findings | right | share | at least, with 95 % certainty |',
    '| --- | --- | --- | --- | --- |',
    ...rows,
  ].join('\n');
}

/** Each half as what the other half predicts: the mean distance of the two shares, weighted by the findings. */
function halvesTable(points) {
  const share = ({ count, right }) => (count === 0 ? 0 : right / count);
  const text = (half) => `${half.right} of ${half.count}, ${percent(share(half))}`;
  const rows = points.map(
    ({ confidence, halves }) => `| ${percent(confidence)} | ${halves.map(text).join(' | ')} |`,
  );
  const errors = [0, 1].map((judged) => {
    const all = points.reduce((sum, { halves }) => sum + halves[judged].count, 0);
    const off = points.map(
      ({ halves: [a, b], halves }) => halves[judged].count * Math.abs(share(a) - share(b)),
    );
    return (100 * off.reduce((sum, one) => sum + one, 0)) / all;
  });
  const [second, first] = errors.map((error) => error.toFixed(1));
  return [
    '| confidence | right in one half | right in the other half |',
    '| --- | --- | --- |',
    ...rows,
    '',
    `Set to the shares of one half, confidences would be off by ${first} points in the other half, on average; the other way round, by ${second}.`,
  ].join('\n');
}

/** Puts a text between two marks of a file. */
function put(file, mark, text) {
  const path = join(root, file);
  const before = readFileSync(path, 'utf8');
  const pattern = new RegExp(`(<!-- ${mark} -->)[^]*?(<!-- /${mark} -->)`);
  if (!pattern.test(before)) throw new Error(`${file} has no ${mark}`);
  writeFileSync(
    path,
    before.replace(pattern, (_, start, end) => `${start}\n\n${text}\n\n${end}`),
  );
}

const points = reliability(records);
writeFileSync(join(root, 'docs/reliability.svg'), diagram(points));
put('docs/leaks.md', 'catalogue', writeTables(records));
put(
  'docs/leaks.md',
  'applications',
  readFileSync(join(import.meta.dirname, 'applications/results.md'), 'utf8').trim(),
);
put('docs/leaks.md', 'reliability', reliabilityTable(points));
put('docs/leaks.md', 'halves', halvesTable(reliabilityOfHalves(records)));
put('README.md', 'leaks', writeTables(records.filter(({ version }) => version === '22')));
