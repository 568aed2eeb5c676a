// A report of leaks as one HTML file: nothing in it runs, and nothing is loaded.
import { inBytes } from '../../shared/quantities.ts';
import { codeText, escape as escapeHtml, policy, style } from '../heap/report.ts';
import { version } from '../package.ts';
import type { FoundLeak, LeakReport } from './page-report.ts';

/** @param pictures per leak, SVG; null where there is none */
export function leakReportHtml(
  title: string,
  report: LeakReport,
  pictures: readonly (string | null)[],
): string {
  const { leaks, runs, warmup, heaps, snapshots, time } = report;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width">
<title>${escapeHtml(title)}</title>
<style>${style}</style>
</head>
<body>
<h1>${escapeHtml(title)}</h1>
<p class="about">${runs.join(' + ')} runs, after ${warmup} to warm up; ${snapshots} snapshots of ${escapeHtml(heaps.join(', '))} in ${(time.all / 1000).toFixed(1)} s; objgraph ${version}</p>
${leaks.map((leak, i) => section(leak, pictures[i] ?? null)).join('\n')}
</body>
</html>
`;
}

function section(leak: FoundLeak, picture: string | null): string {
  const { summary, bytes, chain, left, consequences, component, outline, advice, place, heap } = leak;
  const rows: [string, string | null][] = [
    ['Kept by', code(chain)],
    ['Left by each window of runs', escapeHtml(left.join(', '))],
    ['Bytes', inBytes(bytes)],
    ['With', consequences.length > 0 ? escapeHtml(consequences.join(', ')) : null],
    ['Component', component && escapeHtml(component)],
    ['Source', place && code(place)],
    ['Heap', escapeHtml(heap)],
    ['What to do', escapeHtml(advice)],
  ];
  return `<h2>${codeText(summary)}</h2>
<dl>${rows.map(([name, value]) => (value === null ? '' : `<dt>${name}</dt><dd>${value}</dd>`)).join('')}</dl>
${outline ? `<pre class="finding"><code>${escapeHtml(outline)}</code></pre>` : ''}
${picture ? `<figure>${picture.replace(/^[\s\S]*?(?=<svg)/, '')}</figure>` : ''}`;
}

const code = (text: string) => `<code>${escapeHtml(text)}</code>`;
