// Radial gradients of Graphviz's SVG as `dot -Tpng` and xdot have them. Its SVG writer leaves them to the box of their shape, which
// stretches them into ellipses, with their focus on the edge of it and without the inner circle of one colour
// (gvrender_core_svg.c, svg_rgradstyle; get_gradient_points in lib/common/utils.c). Nor has it the place where one colour ends at
// once, as in `red;0.4:white`.

const gradient =
  /<radialGradient id="([^"]*)" cx="50%" cy="50%" r="75%" fx="(\d+)%" fy="(\d+)%">([^]*?)<\/radialGradient>(\s*<\/defs>\s*)(<(ellipse|polygon|path)\b[^>]*>)/g;

/** The radius of the inner circle, of the outer one. */
const inner = 1 / 4;

/** Whether a graph may have gradients whose colours end at once, which only xdot has. */
export const mayEndAtOnce = (svg: string, dot: string): boolean =>
  svg.includes('<radialGradient') && /;\s*0?\.\d/.test(dot);

/** @param xdot of the same graph, where it may have colours that end at once */
export function withRoundGradients(svg: string, xdot: string | null = null): string {
  const ends = xdot === null ? [] : endsIn(xdot);
  return svg.replace(
    gradient,
    (_, id: string, fx: string, fy: string, stops: string, between: string, tag: string, kind: string) => {
      const [left, top, right, bottom] = boxOf(tag, kind);
      const [x, y] = [(left + right) / 2, (top + bottom) / 2];
      const radius = Math.hypot(right - x, bottom - y);
      // The cone of both circles, from its tip on: SVG 1.1 knows no inner one.
      const tip = (inner / (1 - inner)) * radius;
      const focus = [x + tip * (Number(fx) / 50 - 1), y + tip * (Number(fy) / 50 - 1)];
      const end = ends.find((each) => Math.hypot(each.x - x, each.y + y, each.radius - radius) < 0.1)?.offset;
      const [cx, cy, r, x0, y0] = [x, y, radius, ...focus].map((value) => value.toFixed(2));
      return `<radialGradient id="${id}" gradientUnits="userSpaceOnUse" cx="${cx}" cy="${cy}" r="${r}" fx="${x0}" fy="${y0}">${fromInner(stops, end)}</radialGradient>${between}${tag}`;
    },
  );
}

/** @param end where both colours meet, if they do not blend */
const fromInner = (stops: string, end: number | undefined) =>
  stops.replace(
    /\boffset="([\d.]+)"/g,
    (_, offset: string) => `offset="${(inner + (1 - inner) * (end ?? Number(offset))).toFixed(3)}"`,
  );

interface End {
  x: number;
  /** Growing upwards, as in xdot. */
  y: number;
  radius: number;
  offset: number;
}

/** `(x0 y0 r0 x1 y1 r1 2 offset colour offset colour)`, of which both offsets are the same. */
function endsIn(xdot: string): End[] {
  const number = '(-?[\\d.]+)';
  const radial = new RegExp(
    `\\(${number} ${number} ${number} ${number} ${number} ${number} 2 ${number} \\d+ -\\S+ ${number} `,
    'g',
  );
  return [...xdot.replaceAll('\\\n', '').matchAll(radial)].flatMap((found) => {
    const [x, y, radius, first, second] = found.slice(4).map(Number);
    return first === second ? [{ x, y, radius, offset: first }] : [];
  });
}

type Box = [left: number, top: number, right: number, bottom: number];

function boxOf(tag: string, kind: string): Box {
  const numbers = (name: string) =>
    (new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1].match(/-?\d+(?:\.\d+)?/g) ?? []).map(Number);
  if (kind === 'ellipse') {
    const [[x], [y], [rx], [ry]] = ['cx', 'cy', 'rx', 'ry'].map(numbers);
    return [x - rx, y - ry, x + rx, y + ry];
  }
  const points = numbers(kind === 'path' ? 'd' : 'points');
  const [xs, ys] = [points.filter((_, i) => i % 2 === 0), points.filter((_, i) => i % 2 === 1)];
  return [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)];
}
