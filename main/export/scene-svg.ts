// A scene as SVG, painted as the page paints it. Files are written by Graphviz itself; this is for a page whose program is not there yet.
import { htmlText } from '../../shared/dot/html-label.ts';
import { cssFamily } from '../../shared/fonts.ts';
import type { Scene, Shape } from '../../shared/scene/scene.ts';
import { traceShape, type OutlinedShape, type OutlinePath } from '../../shared/scene/shapes.ts';

/**
 * The elements of a scene, without the `<svg>` around them. Presentation attributes only: a page may forbid styles.
 * Null where there is more than plain shapes and text: images, gradients, raised letters.
 */
export function svgOf({ shapes, clusters, nodes, edges, outputOrder }: Scene): string | null {
  // Where nodes and edges take turns, an edge ends at the border of a node: it lies under both.
  const items = outputOrder === 'nodesfirst' ? [...nodes, ...edges] : [...edges, ...nodes];
  const all = [...shapes, ...[...clusters, ...items].flatMap((item) => item.shapes)];
  const elements = all.map(elementOf);
  return elements.includes(null) ? null : elements.join('');
}

function elementOf(shape: Shape): string | null {
  if (shape.kind === 'image') return null;
  if (shape.kind === 'text') return textElement(shape);
  const { fill, stroke } = shape;
  if (fill !== null && typeof fill !== 'string') return null;
  const line = stroke && {
    stroke: stroke.color,
    'stroke-width': stroke.width,
    'stroke-dasharray': stroke.dash?.join(' '),
  };
  return element('path', { d: pathOf(shape), fill: fill ?? 'none', ...line });
}

const anchors = { left: 'start', center: 'middle', right: 'end' };

function textElement({ x, y, align, text, font, color, sideways }: Shape & { kind: 'text' }): string | null {
  if (font.script !== null) return null;
  const { underline, overline, strike } = font;
  const lines = [underline && 'underline', overline && 'overline', strike && 'line-through'].filter(Boolean);
  return element(
    'text',
    {
      x,
      y,
      fill: color,
      'text-anchor': anchors[align],
      'font-family': cssFamily(font.family),
      'font-size': font.size,
      'font-weight': font.bold ? 'bold' : undefined,
      'font-style': font.italic ? 'italic' : undefined,
      'text-decoration': lines.join(' ') || undefined,
      transform: sideways && `rotate(-90 ${x} ${y})`,
    },
    text,
  );
}

/** The outline of a shape as the commands of a path. */
function pathOf(shape: OutlinedShape): string {
  const commands: string[] = [];
  const path: OutlinePath = {
    moveTo: (x, y) => commands.push(`M${x} ${y}`),
    lineTo: (x, y) => commands.push(`L${x} ${y}`),
    bezierCurveTo: (x1, y1, x2, y2, x, y) => commands.push(`C${x1} ${y1} ${x2} ${y2} ${x} ${y}`),
    // Scenes have whole ellipses, which are upright.
    ellipse: (x, y, rx, ry) =>
      commands.push(`M${x - rx} ${y}a${rx} ${ry} 0 1 0 ${2 * rx} 0a${rx} ${ry} 0 1 0 ${-2 * rx} 0z`),
    closePath: () => commands.push('z'),
  };
  traceShape(shape, path);
  return commands.join('');
}

function element(name: string, attributes: Record<string, string | number | undefined>, text = ''): string {
  const written = Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => ` ${key}="${htmlText(String(value))}"`);
  return `<${name}${written.join('')}>${htmlText(text)}</${name}>`;
}
