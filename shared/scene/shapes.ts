// What a scene is drawn with: each kind of shape, its box, its outline, and how it is turned. A new kind is a member of `Shape`
// and a record of `shapeKinds` here, and the operation that draws it in shared/dot/drawing.ts.
import { boundsOfPoints, emptyBox, inflate, union, type Box } from './bounds.ts';

/** A flat colour (any CSS colour string) or a gradient in the coordinates of the scene. */
export type Paint = string | Gradient;

export interface Gradient {
  kind: 'linear' | 'radial';
  /** linear: x0, y0, x1, y1; radial: x0, y0, r0, x1, y1, r1. */
  at: number[];
  stops: { offset: number; color: string }[];
}

/** How the outline of a shape is drawn. */
export interface Stroke {
  color: string;
  width: number;
  dash: number[] | null;
}

export interface Font {
  family: string;
  /** Points. */
  size: number;
  bold: boolean;
  italic: boolean;
  underline: boolean;
  overline: boolean;
  strike: boolean;
  /** Superscript or subscript. */
  script: 'super' | 'sub' | null;
}

/** `points` are x, y pairs; those of a Bézier curve are 3n + 1. */
interface PointShape<K extends string> {
  kind: K;
  points: number[];
  fill: Paint | null;
  stroke: Stroke | null;
}

/** One thing to paint. */
export type Shape =
  | {
      kind: 'ellipse';
      x: number;
      y: number;
      rx: number;
      ry: number;
      fill: Paint | null;
      stroke: Stroke | null;
    }
  | PointShape<'polygon'>
  | PointShape<'polyline'>
  | PointShape<'bezier'>
  | {
      kind: 'text';
      x: number;
      y: number;
      align: 'left' | 'center' | 'right';
      width: number;
      text: string;
      font: Font;
      color: string;
      /** Runs upwards from its point instead of to the right. */
      sideways?: true;
    }
  | {
      kind: 'image';
      x: number;
      y: number;
      width: number;
      height: number;
      href: string;
      /** Its top is on the left. */
      sideways?: true;
    };

/** A shape that is filled, stroked or both. */
export type OutlinedShape = Extract<Shape, { stroke: unknown }>;

/** Takes x, y pairs to where they are after a quarter turn anticlockwise. */
export type Turn = (points: readonly number[]) => number[];

/** What an outline is traced on: a canvas path, for example. */
export interface OutlinePath {
  moveTo(x: number, y: number): void;
  lineTo(x: number, y: number): void;
  bezierCurveTo(x1: number, y1: number, x2: number, y2: number, x: number, y: number): void;
  ellipse(x: number, y: number, rx: number, ry: number, rotation: number, start: number, end: number): void;
  closePath(): void;
}

/** What differs between the kinds of shapes. */
interface ShapeKind<S> {
  bounds(shape: S): Box;
  turn(shape: S, turn: Turn): S;
  /** Absent where there is no outline to fill or stroke. */
  trace?(shape: S, path: OutlinePath): void;
}

const shapeKinds: { [K in Shape['kind']]: ShapeKind<Extract<Shape, { kind: K }>> } = {
  ellipse: {
    bounds: (shape) =>
      inflate([shape.x - shape.rx, shape.y - shape.ry, shape.x + shape.rx, shape.y + shape.ry], pen(shape)),
    turn(shape, turn) {
      const [x, y] = turn([shape.x, shape.y]);
      return { ...shape, x, y, rx: shape.ry, ry: shape.rx, fill: turnPaint(shape.fill, turn) };
    },
    trace: ({ x, y, rx, ry }, path) => path.ellipse(x, y, rx, ry, 0, 0, 2 * Math.PI),
  },
  polygon: {
    bounds: boundsOfLine,
    turn: turnLine,
    trace(shape, path) {
      traceLines(shape, path);
      path.closePath();
    },
  },
  polyline: { bounds: boundsOfLine, turn: turnLine, trace: traceLines },
  bezier: {
    // The control points enclose the curve, so the box may be a little larger.
    bounds: boundsOfLine,
    turn: turnLine,
    trace({ points: p }, path) {
      path.moveTo(p[0], p[1]);
      for (let i = 2; i + 5 < p.length; i += 6)
        path.bezierCurveTo(p[i], p[i + 1], p[i + 2], p[i + 3], p[i + 4], p[i + 5]);
    },
  },
  text: {
    bounds({ x, y, width, font, align, sideways }) {
      const before = width * { left: 0, center: 0.5, right: 1 }[align];
      const [above, below] = [font.size, font.size * 0.25];
      return sideways
        ? [x - above, y + before - width, x + below, y + before]
        : [x - before, y - above, x - before + width, y + below];
    },
    turn(shape, turn) {
      const [x, y] = turn([shape.x, shape.y]);
      return { ...shape, x, y, sideways: true };
    },
  },
  image: {
    bounds: ({ x, y, width, height }) => [x, y, x + width, y + height],
    turn(shape, turn) {
      const { x, y, width, height } = shape;
      const [left, top, right, bottom] = turnBox([x, y, x + width, y + height], turn);
      return { ...shape, x: left, y: top, width: right - left, height: bottom - top, sideways: true };
    },
  },
};

const kindOf = (shape: Shape) => shapeKinds[shape.kind] as ShapeKind<Shape>;

export const boundsOfShape = (shape: Shape): Box => kindOf(shape).bounds(shape);

export function boundsOfShapes(shapes: readonly Shape[]): Box {
  return shapes.reduce<Box>((box, shape) => union(box, boundsOfShape(shape)), [...emptyBox]);
}

export const turnShape = (shape: Shape, turn: Turn): Shape => kindOf(shape).turn(shape, turn);

export function traceShape(shape: OutlinedShape, path: OutlinePath): void {
  kindOf(shape).trace?.(shape, path);
}

export function turnBox([left, top, right, bottom]: Box, turn: Turn): Box {
  const [x0, y1, x1, y0] = turn([left, top, right, bottom]);
  return [x0, y0, x1, y1];
}

/** One colour for what may be a gradient. */
export const flatColor = (paint: Paint | null): string | null =>
  paint === null || typeof paint === 'string' ? paint : (paint.stops[0]?.color ?? null);

export function turnPaint(paint: Paint | null, turn: Turn): Paint | null {
  if (paint === null || typeof paint === 'string') return paint;
  if (paint.kind === 'linear') return { ...paint, at: turn(paint.at) };
  const [x0, y0, r0, x1, y1, r1] = paint.at;
  return { ...paint, at: [...turn([x0, y0]), r0, ...turn([x1, y1]), r1] };
}

function boundsOfLine(shape: PointShape<string>): Box {
  return inflate(boundsOfPoints(shape.points), pen(shape));
}

function turnLine<S extends PointShape<string>>(shape: S, turn: Turn): S {
  return { ...shape, points: turn(shape.points), fill: turnPaint(shape.fill, turn) };
}

function traceLines({ points }: PointShape<string>, path: OutlinePath): void {
  path.moveTo(points[0], points[1]);
  for (let i = 2; i + 1 < points.length; i += 2) path.lineTo(points[i], points[i + 1]);
}

const pen = ({ stroke }: Pick<OutlinedShape, 'stroke'>) => (stroke ? stroke.width / 2 : 0);
