// One graph in three ways: as the window paints it, as Chromium shows its exported SVG, and as the exported PNG. They are compared by
// the mean colour of small squares: letters may be shaped by other programs, but no line, fill or text may be missing or elsewhere.
import { PNG } from 'pngjs';
import { findImages } from '../../main/export/images.ts';
import { renderDot } from '../../main/export/render.ts';
import { layOutScene } from '../../main/workers/lay-out-scene.ts';
import type { Scene } from '../../shared/scene/scene.ts';
import type { FakeHost, FakeWindow } from './fake-host.ts';

export interface ThreeWays {
  scene: Scene;
  svg: string;
  pictures: Record<'window' | 'svg' | 'png', PNG>;
  /** The share of squares that differ from the window's. */
  difference: Record<'svg' | 'png', number>;
}

/** Pixels to a point. */
const scale = 2;
/** Points. */
const margin = 12;
const square = 6;
/** Of 255, in any of the three colours. */
const noticeable = 60;

export async function drawThreeWays(
  host: FakeHost,
  dot: string,
  { file = null, positioned = false }: { file?: string | null; positioned?: boolean } = {},
): Promise<ThreeWays> {
  const images = await findImages(dot, file);
  const layout = { dot, engine: 'dot', images, positioned } as const;
  const { scene } = await layOutScene(layout);
  scene.images = Object.fromEntries(images.map(({ name, data }) => [name, data]));
  const svg = String((await renderDot(dot, { ...layout, format: 'svg' })).data);
  const png = (await renderDot(dot, { ...layout, format: 'png', scale: (scale * 72) / 96 })).data;
  const window = await host.open({ scene }, { bypassCSP: true });
  try {
    const painted = PNG.sync.read(await paintedByWindow(window, scene));
    const shown = PNG.sync.read(await shownByChromium(window, svg, painted, scene));
    const drawn = PNG.sync.read(png as Buffer);
    const own = squaresOf(painted, scene, margin);
    return {
      scene,
      svg,
      pictures: { window: painted, svg: shown, png: drawn },
      difference: {
        svg: differing(own, squaresOf(shown, scene, margin)),
        png: differing(own, squaresOf(drawn, scene, frameOf(svg, scene).margin)),
      },
    };
  } finally {
    await window.close();
  }
}

/** What `size`, `ratio` and `dpi` make of a drawing, and `pad` puts around it, in points of the drawing. */
function frameOf(svg: string, scene: Scene): { enlarged: number; margin: number } {
  const framed = Number(/viewBox="[\d.-]+ [\d.-]+ ([\d.]+)/.exec(svg)?.[1]);
  const enlarged = Number(/transform="scale\(([\d.]+)/.exec(svg)?.[1]);
  return { enlarged, margin: (framed / enlarged - sizeOf(scene)[0]) / 2 };
}

const sizeOf = ({ bounds: [left, top, right, bottom] }: Scene) => [right - left, bottom - top];

/** As for the printer, made smaller. */
async function paintedByWindow({ page }: FakeWindow, scene: Scene): Promise<Buffer> {
  const [width, height] = sizeOf(scene).map((side) => Math.ceil((side + 2 * margin) * scale));
  const data = await page.evaluate(
    ([width, height]) =>
      new Promise<string>((done) => {
        window.print = () => {
          const image = document.querySelector<HTMLImageElement>('img.printed')!;
          const canvas = Object.assign(document.createElement('canvas'), { width, height });
          const context = canvas.getContext('2d')!;
          context.imageSmoothingQuality = 'high';
          context.drawImage(image, 0, 0, width, height);
          done(canvas.toDataURL().split(',')[1]);
        };
        document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'p', bubbles: true }));
      }),
    [width, height] as const,
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
  const frame = frameOf(svg, scene);
  const x = (frame.margin - margin) * frame.enlarged;
  const [w, h] = [width, height].map((side) => (side / scale) * frame.enlarged);
  const framed = svg
    .slice(svg.indexOf('<svg'))
    .replace(
      /^<svg[^>]*?viewBox="[^"]*"/,
      `<svg width="${width}" height="${height}" viewBox="${x} ${x} ${w} ${h}"`,
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

/** Mean colours, square by square, of the drawing without its margin; on white. */
function squaresOf(png: PNG, scene: Scene, margin: number): Float64Array[] {
  const [width, height] = sizeOf(scene);
  const perPoint = png.width / (width + 2 * margin);
  const squares: Float64Array[] = [];
  for (let top = 0; top < height; top += square)
    for (let left = 0; left < width; left += square) {
      const [x0, y0] = [left, top].map((side) => Math.round((side + margin) * perPoint));
      const [x1, y1] = [left + square, top + square].map((side) => Math.round((side + margin) * perPoint));
      squares.push(meanOf(png, x0, y0, Math.min(x1, png.width), Math.min(y1, png.height)));
    }
  return squares;
}

function meanOf({ data, width }: PNG, x0: number, y0: number, x1: number, y1: number): Float64Array {
  const sum = new Float64Array(3);
  for (let y = y0; y < y1; y++)
    for (let x = x0; x < x1; x++) {
      const at = 4 * (y * width + x);
      const alpha = data[at + 3] / 255;
      for (let c = 0; c < 3; c++) sum[c] += data[at + c] * alpha + 255 * (1 - alpha);
    }
  const count = Math.max(1, (x1 - x0) * (y1 - y0));
  return sum.map((value) => value / count);
}

function differing(a: Float64Array[], b: Float64Array[]): number {
  const different = a.filter((mean, i) => mean.some((value, c) => Math.abs(value - b[i][c]) > noticeable));
  return different.length / Math.max(1, a.length);
}
