// What was measured of the viewer, as tables for docs/xdot.md and the README.
import { readResults } from '../heap-table.mjs';

const number = (value) => value.toLocaleString('en');
const seconds = (ms) => (ms === null ? '–' : `${(ms / 1000).toFixed(ms < 10_000 ? 2 : 1)} s`);
const megabytes = (bytes) => `${number(Math.round(bytes / 1e6))} MB`;
const percent = (share) => `${(100 * share).toFixed(share > 0.99 && share < 1 ? 1 : 0)} %`;

function table(head, rows) {
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

function startText({ figures, ...measured }) {
  const rows = figures.map(({ nodes, edges, first, next, xdot }) => [
    `${number(nodes)} nodes, ${number(edges)} edges`,
    ...[xdot, next, first].map(({ time }) => seconds(time)),
    ...[xdot, next, first].map(({ memory }) => megabytes(memory)),
  ]);
  const head = [
    'From the command to the picture',
    ...['xdot', 'ours, where a viewer runs already', 'ours, the first one'],
    ...['xdot: memory', 'ours, one more window', 'ours, the first one'],
  ];
  return `${conditions(measured)}; ${howMany(measured.rounds)}:\n\n${table(head, rows)}

The time until the picture's pixels are on the screen, layout and all; memory of all processes together (PSS), the browser's too.
Pictures by Python's objgraph have 1.1 to 1.9 edges a node, the larger ones the more.`;
}

function framesText(frames) {
  const cells = ({ inTime, perSecond, longest, sharp }) => [
    `${perSecond} a second, ${percent(inTime)} in 16.7 ms`,
    `${longest} ms`,
    `${sharp} ms`,
  ];
  const rows = frames.flatMap(({ nodes, pan, zoom }) => [
    [`${number(nodes)} nodes`, 'pan', ...cells(pan)],
    ['', 'zoom', ...cells(zoom)],
  ]);
  const head = ['', '', 'frames', 'longest', 'sharp after rest'];
  return `All nodes in view at first, positions given, software rendering, a real mouse's events:\n\n${table(head, rows)}`;
}

function hitText(hit) {
  const rows = hit.map(({ nodes, median, of100 }) => [
    `${number(nodes)} nodes`,
    `${median} µs`,
    `${of100} µs`,
  ]);
  return table(['what is under the pointer', 'median', '99 of 100 within'], rows);
}

function layoutText(layout) {
  const rows = layout.map(({ nodes, ours, dot }) => [
    `${number(nodes)} nodes`,
    seconds(ours),
    seconds(dot),
    `${(ours / dot).toFixed(2)}×`,
  ]);
  return table(['layout', 'our thread, warm', "the system's `dot`", 'ours beside it'], rows);
}

function cardsText({ figures, ...measured }) {
  const rows = figures.map(({ cards, time }) => [`${number(cards)} cards`, `${time} ms`]);
  return `Pictures of a heap, in a viewer that has drawn before (${conditions(measured)}; ${howMany(measured.rounds)}):\n\n${table(
    ['from the click, or the key by which it grows, to the picture', ''],
    rows,
  )}`;
}

function largeText({ nodes, patience, xdot, window, offered, painted, longest }) {
  const theirs =
    xdot === null ? `xdot shows nothing within ${patience} s` : `xdot's window comes after ${seconds(xdot)}`;
  return `A graph of ${number(nodes)} nodes without positions: ${theirs}. Ours is there after ${seconds(window)}, offers easier
layouts after ${seconds(offered)}, and with a click on sfdp shows the picture ${seconds(painted)} after the command; its longest
frame meanwhile took ${number(longest)} ms.`;
}

function previewText({ figures, ...measured }) {
  const { nodes, edges, patience, preview, readable, replaced } = figures;
  const layout =
    replaced === null ? `is not done within ${patience} s` : `is done after ${seconds(replaced)}`;
  return `A graph of ${number(nodes)} nodes and ${number(edges)} edges without positions: its preview is painted ${seconds(preview)} after
the command, and Find has zoomed to a word of it after ${seconds(readable)}. The layout by dot, without which there was nothing to
see before there were previews, ${layout} (${conditions(measured)}; ${howMany(measured.rounds)}).`;
}

const conditions = ({ machine, date, load }) =>
  `${machine}, ${date}${load > 1 ? `, while ${load} other processes wanted them` : ''}`;
const howMany = (rounds) => (rounds === 1 ? 'one round' : `medians of ${rounds} rounds`);

/** Markdown for docs/xdot.md. */
export function viewerText(results) {
  const texts = {
    start: startText,
    frames: framesText,
    hit: hitText,
    layout: layoutText,
    cards: cardsText,
    large: largeText,
    preview: previewText,
  };
  const measured = Object.entries(texts).filter(([part]) => results[part]);
  const intro = `${conditions(results)}; ${howMany(results.rounds)} (\`node test/bench/viewer.mjs\`).`;
  return [intro, ...measured.map(([part, text]) => text(results[part]))].join('\n\n');
}

/** Of DevTools' own code, for a snapshot of this size: as far as `heaps.mjs` has measured it. */
function devtoolsText(size) {
  const { programs } = readResults().find(({ megabytes }) => megabytes === size) ?? {};
  if (!programs?.devtools?.full) return '';
  const { loaded, full } = programs.devtools;
  return `Chrome DevTools' own code in Node, without its window, takes ${seconds(loaded.cpu)} of processor time to read such a file and
${seconds(full.cpu)} until its first view is ready, with ${megabytes(full.peak)}; an earlier measurement of it: 18.9 s, with 2,101 MB.`;
}

/** Markdown for the README. */
export function heapText({ heap, ...results }) {
  const { bytes, table: first, views, memory, scrolling } = heap;
  const { type, rows, wheel, jump, longestJump } = scrolling;
  return `A snapshot of ${megabytes(bytes)} opened with \`objgraph view\`; ${conditions(results)}, measured once (\`node test/bench/viewer.mjs --only heap\`):

${table(
  ['', ''],
  [
    ['first table, from the command on', seconds(first)],
    ['all views', seconds(views)],
    ["memory of the viewer's process, with its threads", megabytes(memory.viewer)],
    ['memory of the browser, all processes', megabytes(memory.browser)],
    [
      `a list of ${number(rows)} rows, \`${type}\`, under the wheel`,
      `${wheel.perSecond} frames a second, ${percent(wheel.inTime)} in 16.7 ms, the longest ${wheel.longest} ms`,
    ],
    ['a jump to another place of it, until its rows are there', `${jump} ms, the longest ${longestJump} ms`],
  ],
)}

${devtoolsText(heap.megabytes)}`;
}
