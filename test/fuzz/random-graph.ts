// DOT of everything that draws, by chance: shapes, styles, colours, fonts, tables of HTML, clusters, ports and labels of all kinds.

const shapes = [
  ...[
    'box',
    'ellipse',
    'circle',
    'diamond',
    'house',
    'invtriangle',
    'parallelogram',
    'octagon',
    'doublecircle',
  ],
  ...[
    'tripleoctagon',
    'Mdiamond',
    'Msquare',
    'Mcircle',
    'record',
    'Mrecord',
    'plaintext',
    'plain',
    'underline',
  ],
  ...['cylinder', 'note', 'tab', 'folder', 'box3d', 'component', 'star', 'egg', 'point', 'cds', 'polygon'],
];
const plainStyles = [
  'solid',
  'dashed',
  'dotted',
  'bold',
  'filled',
  'rounded,filled',
  'filled,dashed',
  'rounded',
];
const nodeStyles = [...plainStyles, 'diagonals', 'setlinewidth(3)', 'invis', 'filled,dotted', 'radial'];
const colors = [
  ...['red', 'green', '#336699', '0.6 0.4 0.9', 'gray', '#ff000080', 'lightblue', 'black', 'purple'],
  ...['transparent', '/set312/4', 'gray40', 'darkolivegreen3', '#fa0', 'maroon'],
];
const fonts = [
  ...['Helvetica', 'Times-Roman', 'Courier', 'DejaVu Sans', 'Segoe UI', 'monospace', 'Arial Bold', 'Menlo'],
  ...['sans-serif', 'Helvetica-BoldOblique', 'Times-Italic', 'Helvetica,Arial,sans-serif', 'Courier New'],
];
const texts = [
  ...[
    'a',
    'Array(3)',
    'naïve',
    'two\\nlines',
    'left\\l',
    'right\\r',
    'WWWWWiiiii',
    'x <= y & z',
    '\\"q\\"',
    '',
  ],
  ...['über 100 %', 'a long label of some words', 'back\\\\slash', '&amp; &#228;', '\\N', ' spaced '],
];
const words = [
  ...['cell', '<B>bold</B>', '<I>it</I>', '<U>under</U>', '<S>gone</S>', '<O>over</O>', 'H<SUB>2</SUB>O'],
  ...[
    'x<SUP>2</SUP>',
    'a &amp; b',
    'one<BR ALIGN="LEFT"/>two',
    '<FONT COLOR="red" POINT-SIZE="9">small</FONT>',
  ],
  ...['<FONT FACE="Courier">code</FONT>', '<B><I>both</I></B>'],
];
const frames = [
  ...[
    '',
    ' STYLE="dashed"',
    ' STYLE="dotted"',
    ' STYLE="rounded"',
    ' BGCOLOR="yellow"',
    ' SIDES="LB"',
    ' BORDER="3"',
  ],
  ...[' COLOR="red"', ' BGCOLOR="white:skyblue" GRADIENTANGLE="90"', ' CELLPADDING="6"', ' BORDER="0"'],
  ...[' STYLE="rounded" BGCOLOR="pink"', ' ALIGN="LEFT"', ' VALIGN="TOP"', ' WIDTH="60" HEIGHT="30"'],
];
const arrows = [
  ...['normal', 'dot', 'odiamond', 'crow', 'tee', 'none', 'vee', 'inv', 'box', 'obox', 'lnormal', 'curve'],
  ...['invodot', 'lteeoldiamond', 'olnormal', 'icurve'],
];
const fills = ['red:blue', 'white:lightblue', 'yellow;0.3:orange', ...colors];

type Values = Record<string, string | number | false>;

/** `random` gives numbers from 0 to below 1. */
export function randomGraph(random: () => number): string {
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)];
  const chance = (share: number) => random() < share;
  const count = (most: number) => 1 + Math.floor(random() * most);
  /** What is false is left out. */
  const written = (values: Values) =>
    Object.entries(values)
      .filter(([, value]) => value !== false)
      .map(([name, value]) => `${name}=${/^<.*>$/s.test(String(value)) ? value : `"${value}"`}`)
      .join('; ');
  const font = (share: number): Values => ({
    fontname: chance(share) && pick(fonts),
    fontsize: chance(share / 2) && pick([8, 11, 20]),
    fontcolor: chance(share / 2) && pick(colors.slice(0, 3)),
  });
  const directed = chance(0.8);

  const graph = written({
    rankdir: chance(0.4) && pick(['LR', 'BT', 'RL']),
    bgcolor: chance(0.2) && pick(['lightyellow', 'white:lightblue', '#eeffee']),
    label: chance(0.2) && pick(texts),
    labelloc: chance(0.2) && 't',
    splines: chance(0.3) && pick(['polyline', 'line', 'ortho', 'curved']),
    outputorder: chance(0.1) && 'edgesfirst',
    concentrate: chance(0.05) && 'true',
    pad: chance(0.1) && 0.3,
    rotate: chance(0.05) && 90,
    ...font(0.2),
  });

  const cell = (depth: number): string => {
    const content = depth < 2 && chance(0.12) ? table(depth + 1) : pick(words);
    return `<TD${pick(frames)}>${content}</TD>`;
  };
  const table = (depth = 0): string => {
    const rows = Array.from({ length: count(3) }, () =>
      Array.from({ length: count(3) }, () => cell(depth)).join(chance(0.15) ? '<VR/>' : ''),
    );
    const rule = chance(0.3) ? '<HR/>' : '';
    const whole = [
      pick(frames.filter((frame) => !/ALIGN/.test(frame))),
      chance(0.3) ? ' CELLBORDER="0"' : '',
      chance(0.3) ? ` CELLSPACING="${pick([0, 4])}"` : '',
      chance(0.1) ? ' ROWS="*"' : '',
      chance(0.1) ? ' COLUMNS="*"' : '',
    ];
    return `<TABLE${whole.join('')}>${rows.map((row) => `<TR>${row}</TR>`).join(rule)}</TABLE>`;
  };

  const node = (name: string): string => {
    const isHtml = chance(0.3);
    const shape = isHtml ? pick(['plain', 'none', 'box', 'ellipse']) : pick(shapes);
    const isRecord = /record$/i.test(shape);
    const label = isHtml
      ? `<${chance(0.8) ? table() : pick(words)}>`
      : isRecord
        ? '{<p> a|b}|<q> c|{d|e\\l}'
        : pick(texts);
    const sliced = !isHtml && chance(0.08);
    const style = sliced ? pick(['wedged', 'striped']) : chance(0.5) && pick(nodeStyles);
    return `${name} [${written({
      shape: sliced ? (style === 'wedged' ? 'ellipse' : 'box') : shape,
      label,
      style,
      fillcolor: sliced ? 'red;0.4:green:#336699' : chance(0.5) && pick(fills),
      gradientangle: chance(0.2) && pick([45, 90, 270]),
      color: chance(0.3) && pick(colors),
      penwidth: chance(0.2) && pick([0.5, 2, 4]),
      peripheries: chance(0.1) && pick([0, 2, 3]),
      sides: shape === 'polygon' && pick([3, 5, 7]),
      skew: shape === 'polygon' && pick([-0.4, 0, 0.6]),
      orientation: chance(0.05) && 30,
      xlabel: chance(0.1) && pick(texts),
      labelloc: chance(0.1) && 'b',
      height: chance(0.1) && 1,
      width: chance(0.1) && 1.5,
      fixedsize: chance(0.05) && 'true',
      ...font(0.25),
    })}];`;
  };

  const nodes = Array.from({ length: count(7) }, (_, i) => `n${i}`);
  const statements = nodes.map(node);
  const clusters = Array.from({ length: chance(0.5) ? count(2) : 0 }, (_, i) => {
    const look = written({
      label: chance(0.1) ? `<${table()}>` : pick(texts),
      style: chance(0.6) && pick([...plainStyles, 'striped']),
      fillcolor: chance(0.4) && pick(fills),
      bgcolor: chance(0.3) && pick(fills),
      pencolor: chance(0.3) && pick(colors),
      penwidth: chance(0.2) && 3,
      peripheries: chance(0.1) && pick([0, 1]),
      labeljust: chance(0.2) && pick(['l', 'r']),
      labelloc: chance(0.2) && 'b',
      ...font(0.2),
    });
    return `subgraph cluster_${i} { ${look}; ${pick(nodes)}; ${pick(nodes)} }`;
  });
  const edges = Array.from({ length: count(9) }, () => {
    const look = written({
      label: chance(0.4) && (chance(0.2) ? `<${pick(words)}>` : pick(texts)),
      style: chance(0.3) && pick(['dashed', 'dotted', 'bold', 'tapered', 'invis']),
      color: chance(0.4) && pick([...colors, 'red:blue', 'red;0.3:blue', 'red:white:blue']),
      taillabel: chance(0.15) && 'tail',
      headlabel: chance(0.15) && pick(texts),
      arrowhead: chance(0.4) && pick(arrows),
      arrowtail: chance(0.2) && pick(arrows),
      dir: chance(0.3) && pick(['both', 'back', 'none']),
      arrowsize: chance(0.1) && 2,
      penwidth: chance(0.2) && pick([0.5, 3]),
      decorate: chance(0.1) && 'true',
      xlabel: chance(0.05) && pick(texts),
      ...font(0.15),
    });
    const port = () => (chance(0.2) ? pick([':n', ':se', ':w', ':_']) : '');
    return `${pick(nodes)}${port()} ${directed ? '->' : '--'} ${pick(nodes)}${port()} [${look}];`;
  });
  const lines = [graph, ...statements, ...clusters, ...edges].filter(Boolean);
  return `${directed ? 'digraph' : 'graph'} g {\n${lines.join('\n')}\n}\n`;
}
