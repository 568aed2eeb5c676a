// The shading of nodes by depth.

export type Hsv = [hue: number, saturation: number, value: number];

/** The colour at `depth` between `from` (depth 0) and `to` (`maxDepth`); all parts between 0 and 1. */
export function gradient(from: Hsv, to: Hsv, depth: number, maxDepth: number): Hsv {
  if (maxDepth === 0) return from;
  const share = depth / maxDepth;
  return from.map((part, i) => part * (1 - share) + to[i] * share) as Hsv;
}
