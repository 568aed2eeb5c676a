// DOT of everything that draws: shapes, styles, colours, fonts, HTML tables, clusters, ports and labels, by chance.
/** From 0 to below 1. */
type Random = () => number;

/** The same numbers for the same seed (mulberry32). */
export function randomFrom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

const shapes = [
  'box',
  'ellipse',
  'diamond',
  'house',
  'record',
  'Mrecord',
  'plaintext',
  'circle',
  'cylinder',
  'note',
  'star',
];
const styles = [
  'solid',
  'dashed',
  'dotted',
  'bold',
  'filled',
  '"rounded,filled"',
  '"filled,dashed"',
  'diagonals',
];
const colors = ['red', 'green', '"#336699"', '"0.6 0.4 0.9"', 'gray', '"#ff000080"', 'lightblue', 'black'];
const fonts = [
  'Helvetica',
  'Times-Roman',
  'Courier',
  '"DejaVu Sans"',
  '"Segoe UI"',
  'monospace',
  '"Arial Bold"',
  'Menlo',
  'sans-serif',
];
const texts = [
  'a',
  'Array(3)',
  'naïve',
  'two\\nlines',
  'left\\l',
  'WWWWWiiiii',
  'x <= y & z',
  '"q"',
  'über 100 %',
  '日本',
];
const cellText = [
  'cell',
  '<B>bold</B>',
  '<I>it</I>',
  '<U>under</U>',
  '<S>gone</S>',
  '<O>over</O>',
  'H<SUB>2</SUB>O',
  'x<SUP>2</SUP>',
  'a &amp; b',
];
const cellStyles = [
  '',
  ' STYLE="dashed"',
  ' STYLE="dotted"',
  ' STYLE="rounded"',
  ' BGCOLOR="yellow"',
  ' SIDES="LB"',
  ' BORDER="3"',
];

export function randomGraph(random: Random): string {
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)];
  const chance = (share: number) => random() < share;
  const count = (most: number) => 1 + Math.floor(random() * most);
  const quoted = (text: string) => JSON.stringify(text).replaceAll('\\\\', '\\');
  const directed = chance(0.8);
  const lines = [
    `${directed ? 'digraph' : 'graph'} g {`,
    chance(0.3) ? `rankdir=${pick(['LR', 'BT', 'RL'])};` : '',
    chance(0.2) ? `bgcolor=${pick(['lightyellow', '"white:lightblue"'])};` : '',
    chance(0.2) ? `label=${quoted(pick(texts))}; fontname=${pick(fonts)};` : '',
    chance(0.3) ? `node [fontname=${pick(fonts)} fontsize=${pick([8, 14, 24])}];` : '',
  ];
  const table = () => {
    const cell = () => `<TD${pick(cellStyles)}>${pick(cellText)}</TD>`;
    const rows = Array.from({ length: count(3) }, () => `<TR>${cell()}${chance(0.5) ? cell() : ''}</TR>`);
    const rule = chance(0.3) ? '<HR/>' : '';
    return `<<TABLE${pick(cellStyles)}>${rows.join(rule)}</TABLE>>`;
  };
  const node = (i: number) => {
    const isTable = chance(0.25);
    const shape = isTable ? pick(['plain', 'none', 'box']) : pick(shapes);
    const label = isTable ? table() : /record/.test(shape) ? '"{<p> a|b}|c"' : quoted(pick(texts));
    const look = [
      chance(0.5) ? `style=${pick(styles)} fillcolor=${pick(colors)}` : '',
      chance(0.3) ? `color=${pick(colors)}` : '',
      chance(0.3) ? `fontname=${pick(fonts)}` : '',
      chance(0.2) ? `penwidth=${pick([0.5, 2, 4])}` : '',
    ];
    return `n${i} [shape=${shape} label=${label} ${look.join(' ')}];`;
  };
  const nodes = count(7);
  for (let i = 0; i < nodes; i++) {
    const inCluster = chance(0.25);
    if (inCluster)
      lines.push(
        `subgraph cluster_${i} { label=${quoted(pick(texts))}; style=${pick(styles.slice(0, 6))}; ${node(i)} }`,
      );
    else lines.push(node(i));
  }
  for (let i = 0; i < count(9); i++) {
    const [from, to] = [0, 0].map(() => Math.floor(random() * nodes));
    const look = [
      chance(0.4) ? `label=${quoted(pick(texts))} fontname=${pick(fonts)}` : '',
      chance(0.3) ? `style=${pick(['dashed', 'dotted', 'bold', 'tapered'])}` : '',
      chance(0.3) ? `color=${pick(colors)}` : '',
      chance(0.2) ? `taillabel=t headlabel=h` : '',
      chance(0.3) ? `arrowhead=${pick(['dot', 'odiamond', 'crow', 'tee', 'none', 'vee'])}` : '',
    ];
    lines.push(`n${from} ${directed ? '->' : '--'} n${to} [${look.join(' ')}];`);
  }
  return [...lines, '}'].filter(Boolean).join('\n');
}
