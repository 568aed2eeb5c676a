// What `heaps.mjs` measured of objgraph, as a chart: processor time for each megabyte of a snapshot, by the snapshot's size.

const width = 640;
const height = 300;
const edges = { left: 56, right: 20, top: 36, bottom: 44 };
const lines = [
  { stage: 'loaded', title: 'graph in memory', colour: '#0b7285' },
  { stage: 'full', title: 'all analyses', colour: '#d9480f' },
];
const sizeLabel = (bytes) =>
  bytes < 1e9 ? `${Math.round(bytes / 1e6)} MB` : `${(bytes / 1e9).toFixed(1)} GB`;

/** An SVG with a line for each stage; sizes on a logarithmic axis. */
export function costChart(results) {
  const cost = ({ bytes, programs }, stage) => programs.objgraph[stage].cpu / (bytes / 1e6);
  const sizes = results.map(({ bytes }) => Math.log(bytes));
  const [least, most] = [Math.min(...sizes), Math.max(...sizes)];
  const highest = Math.ceil(Math.max(...results.map((result) => cost(result, 'full'))) / 5) * 5;
  const x = (bytes) =>
    edges.left + ((Math.log(bytes) - least) / (most - least || 1)) * (width - edges.left - edges.right);
  const y = (value) => height - edges.bottom - (value / highest) * (height - edges.top - edges.bottom);
  const text = (at, down, content, more = '') => `<text x="${at}" y="${down}" ${more}>${content}</text>`;
  const grid = Array.from({ length: 6 }, (_, step) => (step * highest) / 5).flatMap((value) => [
    `<path d="M${edges.left} ${y(value)}H${width - edges.right}" stroke="#888" stroke-opacity="0.3"/>`,
    text(edges.left - 8, y(value) + 4, value, 'text-anchor="end"'),
  ]);
  const labels = results.map(({ bytes }, i) => {
    const anchor = i === 0 ? 'start' : i === results.length - 1 ? 'end' : 'middle';
    return text(x(bytes), height - edges.bottom + 18, sizeLabel(bytes), `text-anchor="${anchor}"`);
  });
  const drawn = lines.flatMap(({ stage, title, colour }, i) => {
    const points = results.map((result) => [x(result.bytes), y(cost(result, stage))]);
    return [
      `<polyline points="${points.map((point) => point.join(' ')).join(',')}" fill="none" stroke="${colour}" stroke-width="2"/>`,
      ...points.map(([at, down]) => `<circle cx="${at}" cy="${down}" r="3" style="fill:${colour}"/>`),
      text(width - edges.right - 150, edges.top + 18 * i, title, `style="fill:${colour}"`),
    ];
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="sans-serif" font-size="12">`,
    '<rect width="100%" height="100%" fill="#fff"/>',
    text(edges.left, 18, 'Processor time in ms for a megabyte of a heap snapshot'),
    ...grid,
    ...labels,
    ...drawn,
    '</svg>\n',
  ].join('\n');
}
