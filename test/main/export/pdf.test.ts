// The browser that prints is the one of the tests; what the PDF says is read from its own structure.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { renderDot } from '../../../main/export/render.ts';

const dot =
  'digraph { a [label="señor" fillcolor="red:blue" style=filled URL="https://example.org/"]; a -> b; b [fontname=Courier] }';
const missing = spawnSync('which', ['chromium']).status !== 0;
if (missing) console.warn(`NOT RUN for want of chromium: ${import.meta.filename}`);

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'pdf-'));
  vi.stubEnv('TMPDIR', folder);
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

describe.skipIf(missing)('pdf by the browser', () => {
  it('is one page as large as the picture, in our fonts, with its links', async () => {
    const svg = String((await renderDot(dot, { format: 'svg' })).data);
    const [, width, height] = /<svg width="(\d+)pt" height="(\d+)pt"/.exec(svg)!.map(Number);
    const pdf = Buffer.from((await renderDot(dot, { format: 'pdf' })).data).toString('latin1');
    expect(pdf).toMatch(/^%PDF/);
    expect(pdf.match(/\/Type \/Page\b/g)).toHaveLength(1);
    const [, w, h] = /\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/.exec(pdf)!.map(Number);
    expect([Math.round(w), Math.round(h)]).toEqual([width, height]);
    expect([...pdf.matchAll(/\/BaseFont \/\w+\+(\S+)/g)].map(([, font]) => font)).toEqual(
      expect.arrayContaining(['LiberationSerif', 'LiberationMono']),
    );
    expect(pdf).toContain('https://example.org/');
  });

  it('keeps to what a page may measure', async () => {
    const wide = `digraph { ${Array.from({ length: 300 }, (_, i) => `n${i}`).join(';')} }`;
    const pdf = Buffer.from((await renderDot(wide, { format: 'pdf' })).data).toString('latin1');
    expect(pdf.match(/\/Type \/Page\b/g)).toHaveLength(1);
    const [, width] = /\/MediaBox \[0 0 ([\d.]+)/.exec(pdf)!.map(Number);
    expect(width).toBeGreaterThan(14_300);
    expect(width).toBeLessThanOrEqual(14_400);
  });

  it('leaves nothing behind', async () => {
    await renderDot(dot, { format: 'pdf' });
    expect(readdirSync(folder)).toEqual([]);
  });
});

it('says what is needed where there is neither a browser nor Graphviz', async () => {
  vi.stubEnv('PATH', '/nowhere');
  await expect(renderDot(dot, { format: 'pdf' })).rejects.toThrow(
    'pdf needs a browser of Chromium\'s family or Graphviz\'s own program "dot", which is not installed',
  );
  const crop = { part: [0, 0, 10, 10] as [number, number, number, number], width: 10 };
  await expect(renderDot(dot, { format: 'pdf', crop })).rejects.toThrow('there is none');
  await expect(renderDot(dot, { format: 'json', crop })).rejects.toThrow('svg, png and pdf, not as json');
});
