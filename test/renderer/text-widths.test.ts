// No text is wider than its box in any output: measured by its ink, in the window, in svg, in png and on the page that is printed
// as pdf, for 43 names of fonts, most of which no machine has.
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { PNG } from 'pngjs';
import { beforeAll, expect, it } from 'vitest';
import { pdfPage } from '../../main/export/pdf-page.ts';
import type { Scene } from '../../shared/scene/scene.ts';
import type { Framed } from './compare-pictures.ts';
import { FakeHost } from './fake-host.ts';
import { drawThreeWays, framesOf, type ThreeWays } from './three-ways.ts';

const dot = readFileSync(resolve(import.meta.dirname, '../fixtures/dot/tools/fonts.dot'), 'utf8')
  // Nothing but the text may leave ink.
  .replace('shape=box', 'shape=plain');
/** Points: half a pixel of smoothing on both sides, and the overhang of a letter. */
const tolerance = 1;

let host: FakeHost;
let drawn: ThreeWays;
beforeAll(async () => {
  host = await FakeHost.ofWorker();
  drawn = await drawThreeWays(host, dot);
});

/** What Chromium shows of the document that it prints. */
async function printedPage({ svg }: ThreeWays): Promise<Framed> {
  const { html, width, height } = await pdfPage(svg);
  const [wide, high] = [width, height].map((points) => Math.ceil((points * 96) / 72));
  const { page } = await host.blank({ deviceScaleFactor: 2, viewport: { width: wide, height: high } });
  try {
    await page.setContent(html);
    await page.emulateMedia({ media: 'print' });
    await page.evaluate(() => document.fonts.ready);
    const png = PNG.sync.read(await page.screenshot());
    // Graphviz leaves 4 points around.
    const perPoint = (2 * 96) / 72;
    return { png, x: 4 * perPoint, y: 4 * perPoint, perPoint };
  } finally {
    await page.context().close();
  }
}

interface Line {
  font: string;
  /** Points by which the ink reaches over the box to the left and to the right. */
  over: number;
  /** How wide it is, of the box. */
  share: number;
}

function linesIn({ png, x: left, y: top, perPoint }: Framed, { bounds, nodes }: Scene): Line[] {
  const row = (y: number) => Math.round(top + (y - bounds[1]) * perPoint);
  return nodes.map(({ shapes }) => {
    const text = shapes[0];
    if (shapes.length !== 1 || text.kind !== 'text') throw new Error('one text to a node');
    const box = [text.x - text.width / 2, text.x + text.width / 2];
    let [first, last] = [Infinity, -Infinity];
    for (let y = row(text.y - text.font.size); y < row(text.y + text.font.size * 0.3); y++)
      for (let x = 0; x < png.width; x++) {
        const at = 4 * (y * png.width + x);
        const isInk = png.data[at + 3] > 128 && png.data[at] < 160;
        if (isInk) [first, last] = [Math.min(first, x), Math.max(last, x)];
      }
    const [from, to] = [first, last + 1].map((x) => (x - left) / perPoint + bounds[0]);
    return {
      font: text.text.split(':')[0],
      over: Math.max(box[0] - from, to - box[1]),
      share: (to - from) / text.width,
    };
  });
}

it.each(['window', 'svg', 'png', 'pdf'] as const)('%s', async (way) => {
  const framed = way === 'pdf' ? await printedPage(drawn) : framesOf(drawn)[way];
  const lines = linesIn(framed, drawn.scene);
  expect(lines).toHaveLength(43);
  expect(lines.filter(({ over }) => over > tolerance)).toEqual([]);
  // Nor is any of them lost, or squeezed more than its box asks for.
  expect(lines.filter(({ share }) => share < 0.8)).toEqual([]);
});
