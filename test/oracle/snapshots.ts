// Snapshots of one program (programs/heap.mjs) as each version of Node and Deno write them, and of a page in Chromium.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { startBrowser } from '../chromium.ts';

const root = resolve(import.meta.dirname, '../..');

/** The versions of Node whose snapshots are compared: npm packages, so that the machine's own Node is no matter. */
export const nodes: Record<string, string> = Object.fromEntries(
  ['20', '22', '24', '26'].map((version) => [
    `Node ${version}`,
    join(root, `node_modules/node${version}/bin/node`),
  ]),
);

/** The oldest whose snapshots are read; none that the package runs on. */
export const node18 = join(root, 'node_modules/old-node18/bin/node');

export const deno = join(root, 'node_modules/.bin/deno');

/** What runs a program of these tests. */
export const runtimes: Record<string, string> = { 'Node 18': node18, ...nodes, Deno: deno };

/** Runs a program that writes a snapshot into the file named by its first argument; gives the bytes. */
export function snapshotOf(runtime: string, program: string, ...args: string[]): Buffer {
  return snapshotsOf(runtime, program, 1, ...args)[0];
}

/** As `snapshotOf`, for a program that writes several: `x1.heapsnapshot`, `x2.heapsnapshot`, … in the folder it is given. */
export function snapshotsOf(runtime: string, program: string, count: number, ...args: string[]): Buffer[] {
  const folder = mkdtempSync(join(tmpdir(), 'objgraph-oracle-'));
  const flags = runtime === deno ? ['run', '-A', '--v8-flags=--expose-gc'] : ['--expose-gc'];
  try {
    execFileSync(runtime, [...flags, program, folder, ...args], {
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    return Array.from({ length: count }, (_, i) => readFileSync(join(folder, `${i + 1}.heapsnapshot`)));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

export const heapProgram = join(import.meta.dirname, 'programs/heap.mjs');

/** Writes a timeline of the same heap. */
export const timelineProgram = join(import.meta.dirname, 'programs/timeline.mjs');

/** What a page makes: DOM that is shown, DOM that only a script holds, listeners on both. */
export const page = `<!doctype html><title>page</title><ul id="list"><li class="a">one<li>two</ul><script>
  class Row { constructor(element) { this.element = element; this.text = 'row ' + element.id; } }
  window.kept = [];
  for (let i = 0; i < 40; i++) {
    const item = document.createElement('div');
    item.id = 'row' + i;
    item.appendChild(document.createElement('span')).textContent = 'text ' + i;
    item.addEventListener('click', () => console.log(item, i));
    if (i % 2) document.body.appendChild(item); else window.kept.push(new Row(item));
  }
  window.weak = new WeakMap(window.kept.map((row) => [row, { about: row.text }]));
</script>`;

/** The heap of a page of Chromium, as the browser itself writes it. */
export async function snapshotOfPage(html: string): Promise<Buffer> {
  return (await snapshotsOfPage(html, '', 1))[0];
}

/** As `snapshotOfPage`, several times; an expression is evaluated in between. */
export async function snapshotsOfPage(html: string, expression: string, count: number): Promise<Buffer[]> {
  const browser = await startBrowser();
  try {
    const tab = await browser.newPage();
    await tab.setContent(html);
    const session = await tab.context().newCDPSession(tab);
    const chunks: string[] = [];
    session.on('HeapProfiler.addHeapSnapshotChunk', ({ chunk }) => chunks.push(chunk));
    const snapshots: Buffer[] = [];
    for (let i = 0; i < count; i++) {
      if (i > 0) await tab.evaluate(expression);
      await session.send('HeapProfiler.takeHeapSnapshot', { reportProgress: false });
      snapshots.push(Buffer.from(chunks.splice(0).join('')));
    }
    return snapshots;
  } finally {
    await browser.close();
  }
}
