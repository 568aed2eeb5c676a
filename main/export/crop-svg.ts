// A part of Graphviz's SVG: the same drawing, seen through a smaller frame.
import type { Box } from '../../shared/scene/scene.ts';

/** A part of a picture, in points from the upper left corner of its drawing. */
export interface Crop {
  part: Box;
  /** How large the whole drawing is, without the margin that Graphviz puts around it. */
  width: number;
}

/** @throws Error when it is not Graphviz's SVG */
export function cropSvg(svg: string, { part, width }: Crop): string {
  const frame = /<svg width="[^"]*" height="[^"]*"\s+viewBox="[\d.-]+ [\d.-]+ ([\d.]+) [\d.]+"/;
  const framed = Number(frame.exec(svg)?.[1]);
  const scale = Number(/transform="scale\(([\d.]+)/.exec(svg)?.[1]);
  if (!(framed > 0 && scale > 0)) throw new Error('This SVG has no frame that could be moved');
  const margin = (framed / scale - width) / 2;
  const [left, top, right, bottom] = part.map((side) => side * scale);
  const [w, h] = [right - left, bottom - top].map((side) => side.toFixed(2));
  const [x, y] = [left, top].map((side) => (side + margin * scale).toFixed(2));
  return svg.replace(frame, `<svg width="${w}pt" height="${h}pt" viewBox="${x} ${y} ${w} ${h}"`);
}
