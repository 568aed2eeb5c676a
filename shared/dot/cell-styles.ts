// Dashed and dotted frames of HTML labels. Graphviz's xdot writer forgets to end such a style (gvrender_core_dot.c gets it from
// htmltable.c), and writes what lies behind it in memory, or fails there. So xdot is written of the graph without these styles,
// and they are put back from the SVG of the same graph, whose writer has no such fault.
import { attributesIn } from './attributes.ts';
import { quoteId, Tokens } from './tokens.ts';

export interface PlainCells {
  /** The graph without dashed and dotted frames. */
  dot: string;
  /** The labels as their author wrote them, by what they are without these styles. */
  labels: Map<string, string>;
}

/** Null for a graph that has no dashed or dotted frames. */
export function withoutCellStyles(dot: string): PlainCells | null {
  if (!/dashed|dotted/i.test(dot) || !/<t(?:able|d)\b/i.test(dot)) return null;
  const labels = new Map<string, string>();
  let plain = '';
  let from = 0;
  for (const { value, isHtml, start, end } of attributesIn(dot)) {
    if (!isHtml) continue;
    const label = value.replace(frameTag, (tag) => tag.replace(styleAttribute, solid));
    if (label === value) continue;
    labels.set(label, value);
    plain += `${dot.slice(from, start)}<${label}>`;
    from = end;
  }
  return from === 0 ? null : { dot: plain + dot.slice(from), labels };
}

const frameTag = /<t(?:able|d)\b(?:[^<>"']|"[^"]*"|'[^']*')*>/gi;
const styleAttribute = /(\sstyle\s*=\s*)("[^"]*"|'[^']*')/gi;

function solid(_whole: string, name: string, quoted: string): string {
  const styles = quoted.slice(1, -1).split(/[\s,]+/);
  const kept = styles.filter((style) => style !== '' && !/^(dashed|dotted)$/i.test(style));
  return kept.length === 0 ? '' : `${name}"${kept.join(',')}"`;
}

/** The xdot of a graph without dashed frames, with those that its SVG has, and with the labels of its author. */
export function withCellStyles(xdot: string, svg: string, { labels }: PlainCells): string {
  const styleOf = frameStyles(svg);
  let text = '';
  let from = 0;
  const token = new Tokens(xdot);
  const replace = (start: number, end: number, value: string) => {
    text += xdot.slice(from, start) + value;
    from = end;
  };
  for (; token.kind !== 'end'; token.next()) {
    if (token.isHtml) {
      const label = labels.get(token.value);
      if (label !== undefined) replace(token.start, token.end, `<${label}>`);
    } else if (token.isQuoted && lines.test(token.text)) {
      replace(token.start, token.end, quoteId(withStyles(token.value, styleOf)));
    }
  }
  return text + xdot.slice(from);
}

const lines = /[pPLB] \d/;

/** Operations of xdot that draw lines, rules between rows among them (`P`): a letter, how many points, and these. */
const lineOperation = /(?<=^|\s)[pPLB] \d+((?: -?\d+(?:\.\d+)?(?:e[+-]?\d+)?)+)(?= |$)/g;

const withStyles = (operations: string, styleOf: (points: number[]) => string | null) =>
  operations.replace(lineOperation, (operation, numbers: string) => {
    const style = styleOf(numbersIn(numbers));
    return style === null ? operation : `S ${style.length} -${style} ${operation} S 5 -solid`;
  });

const dashedShape =
  /<(?:polygon|polyline|path)\b[^>]*\sstroke-dasharray="([^"]*)"[^>]*\s(?:points|d)="([^"]*)"/g;

/** Finds how a line is drawn by where it lies. SVG has the same points with y growing downwards; both are rounded. */
function frameStyles(svg: string): (points: number[]) => string | null {
  const byPlace = new Map<string, { points: number[]; style: string }[]>();
  for (const [whole, dashes, written] of svg.matchAll(dashedShape)) {
    // The style of one frame is left on the filling of the next.
    if (whole.includes(' stroke="none"')) continue;
    const points = numbersIn(written).map((value, i) => (i % 2 === 0 ? value : -value));
    const frame = { points, style: dashes.startsWith('1,') ? 'dotted' : 'dashed' };
    for (const place of placesOf(points[0], points[1]))
      byPlace.set(place, [...(byPlace.get(place) ?? []), frame]);
  }
  const isSame = (a: number[], b: number[]) => a.every((value, i) => Math.abs(value - b[i]) < tolerance);
  return (points) => {
    const near = byPlace.get(`${Math.round(points[0])} ${Math.round(points[1])}`) ?? [];
    return near.find((frame) => isSame(points, frame.points))?.style ?? null;
  };
}

const tolerance = 0.03;

/** The whole places that a point may be rounded to. */
function placesOf(x: number, y: number): Set<string> {
  const around = (value: number) => [Math.round(value - tolerance), Math.round(value + tolerance)];
  return new Set(around(x).flatMap((left) => around(y).map((top) => `${left} ${top}`)));
}

const numbersIn = (text: string) => (text.match(/-?\d+(?:\.\d+)?(?:e[+-]?\d+)?/g) ?? []).map(Number);
