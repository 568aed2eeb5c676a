// Paints a flame graph: the colours of owners that the treemap has, names where they fit.
import type { FlameGraph } from '../../shared/protocol/allocations.ts';
import { locationText } from '../ui/quantities.ts';
import { fitted, tileColor } from './paint-treemap.ts';
import { barHeight, type FlameBar } from './flame.ts';

export interface FlameLook {
  dark: boolean;
  pixelRatio: number;
  font: string;
  ink: string;
  quiet: string;
  accent: string;
  found: string;
  /** Pixels from the top of the graph to that of the view. */
  top: number;
  height: number;
  /** The row up to which bars are the callers of the one in focus. */
  callers: number;
  /** Per node, whether it is what is looked for; null where nothing is. */
  isFound: ((node: number) => boolean) | null;
}

export function paintFlame(
  canvas: HTMLCanvasElement,
  graph: FlameGraph,
  bars: readonly FlameBar[],
  look: FlameLook,
): void {
  const { dark, pixelRatio, font, ink, quiet, top, height, callers, isFound } = look;
  const context = canvas.getContext('2d')!;
  context.setTransform(pixelRatio, 0, 0, pixelRatio, 0, 0);
  context.clearRect(0, 0, canvas.width, canvas.height);
  context.textBaseline = 'middle';
  for (const { node, left, width, row } of bars) {
    const y = row * barHeight - top;
    if (y + barHeight < 0 || y > height) continue;
    const { function: name, location, owner } = graph.frames[graph.nodes[node].frame];
    const isDimmed = row < callers || (isFound !== null && !isFound(node));
    context.globalAlpha = isDimmed ? 0.45 : 1;
    // Neighbours differ a little, so that each is seen.
    context.fillStyle = tileColor(owner, 2 + ((row + node) % 3), dark);
    const gap = width > 3 ? 1 : 0;
    context.fillRect(left, y, Math.max(0.6, width - gap), barHeight - 1);
    context.globalAlpha = 1;
    if (isFound?.(node)) {
      context.fillStyle = look.found;
      context.fillRect(left, y + barHeight - 3, Math.max(0.6, width - gap), 2);
    }
    if (width < 24) continue;
    context.font = `${owner === 'yours' ? 600 : 400} 11px ${font}`;
    context.fillStyle = isDimmed ? quiet : ink;
    const text = fitted(context, row === 0 && name === '(root)' ? 'All' : name, width - 9);
    if (!text) continue;
    const middle = y + barHeight / 2;
    context.fillText(text, left + 4, middle);
    if (!location?.script || text !== name) continue;
    const used = context.measureText(text).width + 12;
    context.font = `400 10.5px ${font}`;
    context.fillStyle = quiet;
    const place = fitted(context, locationText({ ...location, script: location.script }), width - used - 6);
    if (place) context.fillText(place, left + used, middle);
  }
}

/** A ring around one bar. */
export function paintBarRing(
  canvas: HTMLCanvasElement,
  { left, width, row }: FlameBar,
  top: number,
  color: string,
): void {
  const context = canvas.getContext('2d')!;
  context.strokeStyle = color;
  context.lineWidth = 2;
  context.strokeRect(left + 1, row * barHeight - top + 1, Math.max(2, width - 3), barHeight - 3);
}
