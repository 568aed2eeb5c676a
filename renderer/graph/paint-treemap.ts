// Paints a treemap: a colour for each class, darker (on dark paper lighter) with each level, and names where they fit.
import { inUnits } from '../ui/quantities.ts';
import { titleHeight, type Tile } from './treemap.ts';

export interface TreemapLook {
  dark: boolean;
  pixelRatio: number;
  font: string;
  accent: string;
  ink: string;
  /** What the outermost tile is called, where it is no object. */
  whole: string | null;
}

/** So that names on it keep a contrast of at least 7:1 with the ink in both themes. */
function tileColor(type: string, depth: number, dark: boolean): string {
  const hue = hueOf(type);
  const lightness = dark ? 24 + Math.min(depth, 5) * 2 : 93 - Math.min(depth, 5) * 2.2;
  return `hsl(${hue} ${dark ? 32 : 62}% ${lightness}%)`;
}

export function paintTreemap(
  canvas: HTMLCanvasElement,
  tiles: readonly Tile[],
  { dark, pixelRatio, font, ink, whole }: TreemapLook,
): void {
  const context = canvas.getContext('2d')!;
  context.setTransform(pixelRatio, 0, 0, pixelRatio, 0, 0);
  context.clearRect(0, 0, canvas.width, canvas.height);
  context.textBaseline = 'middle';
  for (const { node, box, depth, titled } of tiles) {
    const [left, top, right, bottom] = box.map(Math.round);
    const [width, height] = [right - left, bottom - top];
    context.fillStyle = tileColor(node.object.type, depth, dark);
    context.fillRect(left, top, width, height);
    context.strokeStyle = dark ? 'rgb(255 255 255 / 22%)' : 'rgb(0 0 0 / 22%)';
    context.lineWidth = 1;
    context.strokeRect(left + 0.5, top + 0.5, width - 1, height - 1);
    if (width < 34 || height < 13 || (node.parts.length > 0 && !titled)) continue;
    context.save();
    context.beginPath();
    context.rect(left + 3, top, width - 6, height);
    context.clip();
    context.fillStyle = ink;
    context.font = `${titled ? 600 : 400} 11px ${font}`;
    const text = titled ? titleHeight / 2 + 1 : Math.min(height / 2, 10);
    context.fillText(depth === 0 && whole ? whole : nameOf(node.object), left + 5, top + text);
    if (!titled && height >= 32) context.fillText(inUnits(node.size).join(' '), left + 5, top + text + 14);
    context.restore();
  }
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

function hueOf(type: string): number {
  let hash = 0;
  for (const letter of type) hash = (hash * 31 + letter.charCodeAt(0)) | 0;
  // Steps of the golden angle keep neighbours in the hash apart.
  return Math.round((Math.abs(hash) * 137.508) % 360);
}
