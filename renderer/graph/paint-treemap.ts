// Paints a treemap: a colour for each owner, darker (on dark paper lighter) with each level, and names where they fit.
import { inUnits } from '../ui/quantities.ts';
import { titleHeight, type Tile } from './treemap.ts';

export interface TreemapLook {
  dark: boolean;
  pixelRatio: number;
  font: string;
  accent: string;
  ink: string;
  quiet: string;
  /** What the outermost tile is called, where it is no object. */
  whole: string | null;
}

type TileOwner = Tile['owner'];

/** Hue and saturation of each owner; without one a tile is grey. */
const ownerColors: Record<TileOwner, [hue: number, saturation: number]> = {
  yours: [214, 78],
  package: [32, 62],
  internal: [268, 34],
  builtIn: [220, 8],
};

/** So that names on it keep a contrast of at least 7:1 with the ink in both themes. */
export function tileColor(owner: TileOwner, depth: number, dark: boolean): string {
  const [hue, saturation] = ownerColors[owner];
  const level = Math.min(depth, 5);
  return dark
    ? `hsl(${hue} ${saturation * 0.6}% ${20 + level * 2}%)`
    : `hsl(${hue} ${saturation}% ${95 - level * 2.4}%)`;
}

export function paintTreemap(
  canvas: HTMLCanvasElement,
  tiles: readonly Tile[],
  { dark, pixelRatio, font, ink, quiet, whole }: TreemapLook,
): void {
  const context = canvas.getContext('2d')!;
  context.setTransform(pixelRatio, 0, 0, pixelRatio, 0, 0);
  context.clearRect(0, 0, canvas.width, canvas.height);
  context.textBaseline = 'middle';
  const all = tiles[0]?.node.size ?? 1;
  for (const { node, box, depth, titled, owner, rest } of tiles) {
    const [left, top, right, bottom] = box.map(Math.round);
    const [width, height] = [right - left, bottom - top];
    context.fillStyle = tileColor(owner, depth, dark);
    context.fillRect(left, top, width, height);
    context.strokeStyle = dark ? 'rgb(255 255 255 / 22%)' : 'rgb(0 0 0 / 22%)';
    context.lineWidth = 1;
    context.strokeRect(left + 0.5, top + 0.5, width - 1, height - 1);
    if (rest && titled)
      labelBox(context, rest.box, 'others', `${((rest.size / all) * 100).toFixed(1)} %`, font, quiet);
    if (node.parts.length > 0 && !titled) continue;
    const name = depth === 0 && whole ? whole : nameOf(node.object);
    if (titled) {
      context.fillStyle = ink;
      context.font = `600 11px ${font}`;
      const text = fitted(context, name, width - 10);
      if (text) context.fillText(text, left + 5, top + titleHeight / 2 + 1);
    } else labelBox(context, box, name, inUnits(node.size).join(' '), font, ink);
  }
}

/** A name, and below it how much it is, where there is room. */
function labelBox(
  context: CanvasRenderingContext2D,
  [left, top, right, bottom]: Tile['box'],
  name: string,
  size: string,
  font: string,
  color: string,
): void {
  const [width, height] = [right - left - 10, bottom - top];
  if (height < 13) return;
  context.fillStyle = color;
  context.font = `400 11px ${font}`;
  const text = fitted(context, name, width);
  if (!text) return;
  const y = top + Math.min(height / 2, 10);
  context.fillText(text, left + 5, y);
  if (height >= 32 && context.measureText(size).width <= width) context.fillText(size, left + 5, y + 14);
}

/** The beginning of a text that is as wide as this at most; empty where a few letters would say nothing. */
export function fitted(context: CanvasRenderingContext2D, text: string, width: number): string {
  if (context.measureText(text).width <= width) return text;
  let [fits, tooLong] = [0, text.length];
  while (tooLong - fits > 1) {
    const middle = (fits + tooLong) >> 1;
    if (context.measureText(`${text.slice(0, middle)}…`).width <= width) fits = middle;
    else tooLong = middle;
  }
  return fits < 3 ? '' : `${text.slice(0, fits).trimEnd()}…`;
}

/** A ring around one tile. */
export function paintRing(canvas: HTMLCanvasElement, { box }: Tile, color: string): void {
  const context = canvas.getContext('2d')!;
  const [left, top, right, bottom] = box.map(Math.round);
  context.strokeStyle = color;
  context.lineWidth = 2;
  context.strokeRect(left + 1, top + 1, right - left - 2, bottom - top - 2);
}

const nameOf = ({ type, name }: Tile['node']['object']) => (name ? `${type} ${name}` : type);
