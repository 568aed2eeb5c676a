// One graph in three ways: as the window paints it, as Chromium shows its exported SVG, and as the exported PNG; and where they differ.
import { PNG } from 'pngjs';
import { findImages } from '../../main/export/images.ts';
import { renderDot } from '../../main/export/render.ts';
import { layOutScene } from '../../main/workers/lay-out-scene.ts';
import type { Scene } from '../../shared/scene/scene.ts';
import { differencesBetween, type Difference, type Framed } from './compare-pictures.ts';
import type { FakeHost, FakeWindow } from './fake-host.ts';

type Way = 'window' | 'svg' | 'png';

export interface ThreeWays {
  scene: Scene;
  svg: string;
  pictures: Record<Way, PNG>;
  /** The same as they came, for people. */
  files: Record<Way, Buffer>;
  /** From the window's. */
  differences: Record<'svg' | 'png', Difference[]>;
}

interface Drawing {
  file?: string | null;
  positioned?: boolean;
}

/** Pixels to a point. */
const scale = 2;
/** Points. */
const margin = 12;

export async function drawThreeWays(
  host: FakeHost,
  dot: string,
  { file = null, positioned = false }: Drawing = {},
): Promise<ThreeWays> {
  const images = await findImages(dot, file);
  const layout = { dot, engine: 'dot', images, positioned } as const;
  const { scene } = await layOutScene(layout);
  scene.images = Object.fromEntries(images.map(({ name, data }) => [name, data]));
  const svg = String((await renderDot(dot, { ...layout, format: 'svg' })).data);
  const png = (await renderDot(dot, { ...layout, format: 'png', scale: (scale * 72) / 96 })).data;
  const window = await host.open({ scene }, { bypassCSP: true });
  try {
    const ofWindow = await paintedByWindow(window, scene);
    const painted = PNG.sync.read(ofWindow);
    const ofSvg = await shownByChromium(window, svg, painted, scene);
    const pictures = { window: painted, svg: PNG.sync.read(ofSvg), png: PNG.sync.read(png as Buffer) };
    const ways = { scene, svg, pictures, files: { window: ofWindow, svg: ofSvg, png: png as Buffer } };
    const frames = framesOf(ways);
    return {
      ...ways,
      differences: {
        svg: differencesBetween(scene, frames.window, frames.svg),
        png: differencesBetween(scene, frames.window, frames.png),
      },
    };
  } finally {
    await window.close();
  }
}

/** The pictures, and where in each the drawing is. */
export function framesOf({
  pictures,
  svg,
  scene,
}: Pick<ThreeWays, 'pictures' | 'svg' | 'scene'>): Record<Way, Framed> {
  const { view, x, y, enlarged } = frameOf(svg, scene);
  const { width, height } = pictures.png;
  const fit = Math.min(width / view[2], height / view[3]);
  return {
    window: inMargin(pictures.window),
    svg: inMargin(pictures.svg),
    png: {
      png: pictures.png,
      x: (x - view[0]) * fit + (width - fit * view[2]) / 2,
      y: (y - view[1]) * fit + (height - fit * view[3]) / 2,
      perPoint: enlarged * fit,
    },
  };
}

const inMargin = (png: PNG): Framed => ({ png, x: margin * scale, y: margin * scale, perPoint: scale });

interface SvgFrame {
  /** Of the file, in points: what it shows. */
  view: [left: number, top: number, width: number, height: number];
  /** Where the upper left corner of the drawing is, and to how many of these points each of its own comes. */
  x: number;
  y: number;
  enlarged: number;
}

/** By what `size`, `ratio`, `dpi`, `pad`, `margin` and `rotate` make of a drawing. */
function frameOf(svg: string, scene: Scene): SvgFrame {
  const numbers = (pattern: RegExp) => pattern.exec(svg)!.slice(1).map(Number);
  const view = numbers(/viewBox="([\d.-]+) ([\d.-]+) ([\d.]+) ([\d.]+)"/) as SvgFrame['view'];
  const [enlarged, angle, dx, dy] = numbers(
    /transform="scale\(([\d.]+)[^)]*\) rotate\((-?\d+)[^)]*\) translate\(([\d.-]+)[ ,]([\d.-]+)\)"/,
  );
  const [width, height] = sizeOf(scene);
  const [x, y] = angle === 0 ? [dx, dy - height] : [dy - width, -height - dx];
  return { view, x: x * enlarged, y: y * enlarged, enlarged };
}

const sizeOf = ({ bounds: [left, top, right, bottom] }: Scene) => [right - left, bottom - top];

/** What a window would show of another scene in the place of this one. */
export async function paintedInstead(host: FakeHost, scene: Scene): Promise<Framed> {
  const window = await host.open({ scene }, { bypassCSP: true });
  try {
    return inMargin(PNG.sync.read(await paintedByWindow(window, scene)));
  } finally {
    await window.close();
  }
}

/** As for the printer, made smaller. */
async function paintedByWindow({ page }: FakeWindow, scene: Scene): Promise<Buffer> {
  const exact = sizeOf(scene).map((side) => (side + 2 * margin) * scale);
  const data = await page.evaluate(
    ([[width, height], exact]) =>
      new Promise<string>((done) => {
        window.print = () => {
          const image = document.querySelector<HTMLImageElement>('img.printed')!;
          const canvas = Object.assign(document.createElement('canvas'), { width, height });
          const context = canvas.getContext('2d')!;
          context.imageSmoothingQuality = 'high';
          // The printed picture has whole pixels, and the drawing in its middle.
          const { naturalWidth, naturalHeight } = image;
          const fit = Math.max(exact[0] / naturalWidth, exact[1] / naturalHeight);
          const [w, h] = [naturalWidth * fit, naturalHeight * fit];
          context.drawImage(image, (exact[0] - w) / 2, (exact[1] - h) / 2, w, h);
          done(canvas.toDataURL().split(',')[1]);
        };
        document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'p', bubbles: true }));
      }),
    [exact.map(Math.ceil), exact] as const,
  );
  return Buffer.from(data, 'base64');
}

/** The file as it is, in the frame of the window's picture. */
async function shownByChromium(
  { page }: FakeWindow,
  svg: string,
  { width, height }: PNG,
  scene: Scene,
): Promise<Buffer> {
  const { x, y, enlarged } = frameOf(svg, scene);
  const [left, top] = [x, y].map((side) => side - margin * enlarged);
  const [w, h] = [width, height].map((side) => (side / scale) * enlarged);
  const framed = svg
    .slice(svg.indexOf('<svg'))
    .replace(
      /^<svg[^>]*?viewBox="[^"]*"/,
      `<svg width="${width}" height="${height}" viewBox="${left} ${top} ${w} ${h}"`,
    );
  await page.evaluate((content) => {
    document.body.innerHTML = content;
    document.body.style.background = 'white';
    document.querySelector('svg')!.style.display = 'block';
  }, framed);
  await page.evaluate(() => document.fonts.ready);
  await page.setViewportSize({ width, height });
  return page.screenshot({ clip: { x: 0, y: 0, width, height }, animations: 'disabled' });
}
