// A finding as one HTML file to attach to a bug report: the picture, the path that holds the object, the objects that it
// keeps alive. Nothing in it runs, and nothing is loaded.
import { grouped, inBytes, inPercent } from '../../shared/quantities.ts';
import type {
  DominatorRow,
  ObjectDetails,
  ObjectRow,
  PathStep,
  SuspectRow,
} from '../../shared/protocol/heap.ts';
import { version } from '../package.ts';

export interface Report {
  title: string;
  snapshot: { name: string; nodes: number; /** Bytes of all its objects. */ size: number };
  /** `Node 20.20.2`; null where the heap does not say. */
  runtime: string | null;
  written: Date;
  redacted: boolean;
  /** What was found of the object, when it is a suspect. */
  suspect: SuspectRow | null;
  object: ObjectDetails;
  /** Ways in which it is held, the shortest first. */
  paths: PathStep[][];
  /** What it keeps alive, the largest first. */
  dominated: DominatorRow[];
  /**
   * Who allocated what the suspect is about, or else objects of its class: the stacks that made most of what is alive, where V8 tracked
   * them.
   */
  madeBy?: { stack: string[]; alive: number; share: number }[];
  /** The picture as SVG; null when there is none. */
  picture: string | null;
}

export const policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:";

export const style = `
:root { color-scheme: light dark; --text: #1d1f24; --soft: #5b616e; --line: #d5d8de; --page: #fff; --card: #f6f7f9 }
@media (prefers-color-scheme: dark) {
  :root { --text: #e6e8ec; --soft: #a3a9b5; --line: #3a3e47; --page: #17181b; --card: #212328 }
}
body { margin: 2rem auto; max-width: 72rem; padding: 0 1.5rem; background: var(--page); color: var(--text);
  font: 15px/1.5 system-ui, sans-serif }
h1 { font-size: 1.6rem; margin: 0 } h2 { font-size: 1.15rem; margin: 2rem 0 .6rem }
.about { color: var(--soft) }
.finding { margin: 1.2rem 0; padding: .6rem 1rem; border: 1px solid var(--line); border-radius: 8px; background: var(--card) }
.finding p { margin: .3rem 0 }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .2rem 1.2rem } dt { color: var(--soft) } dd { margin: 0 }
table { border-collapse: collapse; width: 100% } th, td { padding: .3rem .6rem; text-align: left; vertical-align: top;
  border-bottom: 1px solid var(--line) } th { color: var(--soft); font-weight: 500 }
.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap }
code { font: 13px/1.5 ui-monospace, monospace; overflow-wrap: anywhere } .edge { color: var(--soft) }
ol { padding-left: 1.5rem } figure { margin: 0; padding: 1rem; overflow: auto; background: #fff; border-radius: 6px;
  border: 1px solid #d5d8de; width: fit-content; max-width: 100%; box-sizing: border-box } figure svg { max-width: 100%; height: auto }
/* Pictures are drawn in light colours. */
@media screen and (prefers-color-scheme: dark) { figure { filter: invert(.91) hue-rotate(180deg) } }
@media print { body { margin: 0; max-width: none } }`;

/** The file as text. */
export function reportHtml(report: Report): string {
  const {
    title,
    snapshot,
    runtime,
    written,
    redacted,
    suspect,
    object,
    paths,
    dominated,
    picture,
    madeBy = [],
  } = report;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width">
<title>${escape(title.replaceAll('`', ''))}</title>
<style>${style}</style>
</head>
<body>
<h1>${codeText(title)}</h1>
<p class="about">${aboutHeap(snapshot, runtime)}. Written on ${dateText(written)} by objgraph ${version}.${
    redacted ? ' Strings are replaced by their lengths.' : ''
  }</p>
${suspect === null ? '' : suspectPart(suspect)}<dl>
<dt>Object</dt><dd>${nameOf(object)}</dd>
<dt>Retained</dt><dd>${object.retainedSize === null ? '–' : inBytes(object.retainedSize)}</dd>
<dt>Shallow</dt><dd>${inBytes(object.shallowSize)}</dd>
<dt>Retainers</dt><dd>${grouped(object.retainers)}</dd>${allocatedAt(object)}
</dl>
${madeBy.length > 0 ? `<h2>Who allocated them</h2>\n${makersTable(madeBy)}\n` : ''}${picture === null ? '' : `<h2>Path to root</h2>\n<figure>${svgElement(picture)}</figure>\n`}<h2>What holds it</h2>
${paths.map(pathList).join('\n') || '<p>No root of the program leads to it: only V8 holds it.</p>'}
${dominated.length > 0 ? `<h2>What it keeps alive</h2>\n${dominatedTable(dominated)}` : ''}
</body>
</html>
`;
}

function aboutHeap({ name, nodes, size }: Report['snapshot'], runtime: string | null): string {
  const parts = [name, runtime, inBytes(size), `${grouped(nodes)} nodes`];
  return parts
    .filter((part) => part !== null)
    .map(escape)
    .join(' · ');
}

/** `27 November 2026, 12:30 UTC` */
function dateText(date: Date): string {
  const [day, time] = [
    date.toLocaleDateString('en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' }),
    date.toISOString().slice(11, 16),
  ];
  return `<time datetime="${date.toISOString()}">${day}, ${time} UTC</time>`;
}

function suspectPart({ summary, because, confidence }: SuspectRow): string {
  const percent = `${Math.round(100 * confidence)} % confidence`;
  return `<section class="finding"><p><strong>${codeText(summary)}</strong></p>
<p>${codeText(because)} <span class="about">${percent}</span></p></section>\n`;
}

/** Names between backticks are set as code. */
export function codeText(text: string): string {
  return escape(text).replace(/`([^`]+)`/g, '<code>$1</code>');
}

function pathList(path: PathStep[]): string {
  const steps = path.map(
    ({ object, edge }) =>
      `<li>${nameOf(object)}${edge === null ? '' : ` <code class="edge">${escape(edge)}</code> →`}</li>`,
  );
  return `<ol>\n${steps.join('\n')}\n</ol>`;
}

/** The stack that allocated the object itself, where V8 tracked it. */
function allocatedAt({ allocatedAt: stack }: ObjectDetails): string {
  if (!stack) return '';
  const frames = stack.map(
    ({ function: name, place }) => `<code>${escape(`${name} ${place ?? ''}`.trim())}</code>`,
  );
  return `\n<dt>Allocated at</dt><dd>${frames.join(' ← ')}</dd>`;
}

/** Of what is alive in the snapshot: V8 tracked a part of the program's time only. */
function makersTable(makers: NonNullable<Report['madeBy']>): string {
  const lines = makers.map(
    ({ stack, alive, share }) =>
      `<tr><td>${stack.map((frame) => `<code>${escape(frame)}</code>`).join(' ← ')}</td>` +
      `<td class="number">${grouped(alive)}</td><td class="number">${inPercent(share)}</td></tr>`,
  );
  const head = '<tr><th>Stack</th><th class="number">Still alive</th><th class="number">Share</th></tr>';
  return (
    `<table>\n<thead>${head}</thead>\n<tbody>\n${lines.join('\n')}\n</tbody>\n</table>\n` +
    '<p class="about">Of the objects that V8 tracked: the shares are an estimate.</p>'
  );
}

function dominatedTable(rows: DominatorRow[]): string {
  const lines = rows.map(
    (row) =>
      `<tr><td>${nameOf(row)}</td><td class="number">${inBytes(row.shallowSize)}</td>` +
      `<td class="number">${inBytes(row.retainedSize ?? 0)}</td><td class="number">${inPercent(row.share)}</td></tr>`,
  );
  const head =
    '<tr><th>Object</th><th class="number">Shallow</th><th class="number">Retained</th><th class="number">Of all</th></tr>';
  return `<table>\n<thead>${head}</thead>\n<tbody>\n${lines.join('\n')}\n</tbody>\n</table>`;
}

function nameOf({ type, name, location, id }: ObjectRow): string {
  const where = location ? ` <span class="edge">${escape(`${location.script}:${location.line}`)}</span>` : '';
  return `<code>${escape([type, name].filter(Boolean).join(' '))}</code> <span class="edge">@${id}</span>${where}`;
}

/** Graphviz writes a document with its declaration; a page may contain the element alone. */
function svgElement(svg: string): string {
  return svg.slice(svg.indexOf('<svg'));
}

export function escape(text: string): string {
  return text.replace(
    /[&<>"']/g,
    (character) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' })[character]!,
  );
}
