// Our painting of a layout beside Chromium's rendering of Graphviz's SVG of the same layout, pixel by pixel. Both pictures are
// left in test-results/drawing for people (build/scripts/contact-sheet.mjs puts them beside `dot -Tpng`).
import { mkdirSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import pixelmatch from 'pixelmatch';
import { PNG } from 'pngjs';
import { beforeAll, expect, it } from 'vitest';
import { readDocument } from '../../main/documents/formats.ts';
import { graphsIn } from '../../main/documents/graphs.ts';
import { findImages } from '../../main/export/images.ts';
import { embedImages } from '../../main/export/embed-images.ts';
import { withShippedFonts } from '../../main/export/shipped-fonts.ts';
import { withRoundGradients } from '../../main/export/round-gradients.ts';
import { withX11Colors } from '../../main/export/x11-colors.ts';
import { runGraphviz } from '../../main/workers/graphviz.ts';
import { layOutScene } from '../../main/workers/lay-out-scene.ts';
import type { Scene } from '../../shared/scene/scene.ts';
import { FakeHost, type FakeWindow } from './fake-host.ts';

const fixtures = resolve(import.meta.dirname, '../fixtures/dot');
const pictures = resolve(import.meta.dirname, '../../test-results/drawing');
const margin = 12;

let host: FakeHost;
beforeAll(async () => {
  mkdirSync(pictures, { recursive: true });
  host = await FakeHost.ofWorker();
});

/** The share of pixels that may differ, and why any may. */
const bounds: Record<string, { share: number; because: string }> = {
  'arrows.dot': { share: 0.002, because: 'edges of filled shapes are smoothed differently' },
  'cells.dot': { share: 0.004, because: 'letters are placed to fractions of a pixel' },
  'deep-clusters.dot': { share: 0.002, because: 'letters are placed to fractions of a pixel' },
  'every-shape.dot': { share: 0.004, because: 'letters are placed to fractions of a pixel' },
  'html.dot': { share: 0.01, because: 'underlines, super- and subscripts are Chromium’s own' },
  'image-places.dot': { share: 0.01, because: 'enlarged images are smoothed differently' },
  'images.dot': { share: 0.01, because: 'enlarged images are smoothed differently' },
  'landscape.dot': { share: 0.01, because: 'letters on their side, and enlarged images' },
  'latin-1.dot': { share: 0.004, because: 'letters are placed to fractions of a pixel' },
  'multiple.dot': { share: 0.004, because: 'letters are placed to fractions of a pixel' },
  'ports.dot': { share: 0.004, because: 'letters are placed to fractions of a pixel' },
  'records.dot': { share: 0.004, because: 'letters are placed to fractions of a pixel' },
  'styles.dot': {
    share: 0.008,
    because: 'ours are the gradients of dot -Tpng: SVG stretches radial ones',
  },
  'unicode.dot': { share: 0.01, because: 'letters for which Graphviz left too little room are narrowed' },
};

it.each(Object.keys(bounds))('%s', async (name) => {
  const file = join(fixtures, name);
  const graphs = graphsIn(readDocument(await readFile(file), file).dot);
  for (const [i, { dot }] of graphs.entries()) {
    const picture = name.replace('.dot', i === 0 ? '' : `-${i + 1}`);
    expect(await differenceIn(dot, file, picture)).toBeLessThan(bounds[name].share);
  }
});

/** The share of pixels that differ; the pictures are left under this name. */
async function differenceIn(dot: string, file: string, picture: string): Promise<number> {
  const images = await findImages(dot, file);
  const layout = { dot, engine: 'dot', images } as const;
  const svg = (await runGraphviz({ ...layout, format: 'svg' })).output;
  const { scene } = await layOutScene(layout);
  scene.images = Object.fromEntries(images.map(({ name, data }) => [name, data]));

  const window = await host.open({ scene }, { bypassCSP: true });
  const ourFile = await paintedByUs(window);
  const ours = PNG.sync.read(ourFile);
  const shown = withX11Colors(embedImages(withRoundGradients(svg), images), null);
  const theirFile = await renderedByChromium(window, ours, scene, shown);
  const theirs = PNG.sync.read(theirFile);
  await window.close();

  const [width, height] = [ours.width, ours.height];
  expect([theirs.width, theirs.height]).toEqual([width, height]);
  const difference = new PNG({ width, height });
  const different = pixelmatch(ours.data, theirs.data, difference.data, width, height, { threshold: 0.25 });
  const write = (what: string, png: Buffer) => writeFileSync(join(pictures, `${picture}.${what}.png`), png);
  write('ours', ourFile);
  write('svg', theirFile);
  // Quickly: it is seldom looked at.
  write('difference', PNG.sync.write(difference, { filterType: 0, deflateLevel: 1 }));
  return different / (width * height);
}

/** As for the printer: all of it, on white. */
async function paintedByUs({ page }: FakeWindow): Promise<Buffer> {
  const data = await page.evaluate(
    () =>
      new Promise<string>((done) => {
        window.print = () => {
          const image = document.querySelector<HTMLImageElement>('img.printed')!;
          const canvas = document.createElement('canvas');
          [canvas.width, canvas.height] = [image.naturalWidth, image.naturalHeight];
          canvas.getContext('2d')!.drawImage(image, 0, 0);
          done(canvas.toDataURL().split(',')[1]);
        };
        document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'p', bubbles: true }));
      }),
  );
  return Buffer.from(data, 'base64');
}

/** In our fonts, which the page has loaded, and in the frame of our own picture. */
async function renderedByChromium(
  { page }: FakeWindow,
  { width, height }: PNG,
  { bounds }: Scene,
  svg: string,
): Promise<Buffer> {
  const [left, top, right, bottom] = bounds;
  const size = [right - left + 2 * margin, bottom - top + 2 * margin];
  // Graphviz leaves a margin of 4 itself.
  const frame = [4 - margin, 4 - margin, ...size].join(' ');
  const framed = withShippedFonts(svg)
    .slice(svg.indexOf('<svg'))
    .replace(/^<svg[^>]*?viewBox="[^"]*"/, `<svg width="${width}" height="${height}" viewBox="${frame}"`);
  await page.evaluate((content) => {
    document.body.innerHTML = content;
    document.body.style.background = 'white';
    document.querySelector('svg')!.style.display = 'block';
  }, framed);
  await page.evaluate(() => document.fonts.ready);
  await page.setViewportSize({ width, height });
  return page.screenshot({ clip: { x: 0, y: 0, width, height }, animations: 'disabled' });
}
