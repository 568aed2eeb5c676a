// A canvas that draws nothing and remembers where everything would have been drawn, and how clearly.
import type { Context } from '../../../renderer/graph/paint-shape.ts';

export interface Drawn {
  what: 'text' | 'stroke' | 'fill';
  /** Of a text: what it says. */
  said: string;
  alpha: number;
  /** On the canvas: the place of a text, the points of a path. */
  points: { x: number; y: number }[];
}

type Matrix = [a: number, b: number, c: number, d: number, e: number, f: number];

/** As much of Path2D as outlines need; stands in for it where there is none. */
export class RecordedPath {
  readonly points: [number, number][] = [];
  moveTo(x: number, y: number) {
    this.points.push([x, y]);
  }
  lineTo(x: number, y: number) {
    this.points.push([x, y]);
  }
  bezierCurveTo(...ends: number[]) {
    this.points.push([ends[4], ends[5]]);
  }
  ellipse(x: number, y: number) {
    this.points.push([x, y]);
  }
  closePath() {}
}

export class Recorder {
  readonly drawn: Drawn[] = [];
  globalAlpha = 1;
  #matrix: Matrix = [1, 0, 0, 1, 0, 0];
  #saved: Matrix[] = [];
  #path = new RecordedPath();

  /** What painting with it leaves. */
  static of(paint: (context: Context) => void): Drawn[] {
    const recorder = new Recorder();
    paint(recorder as unknown as Context);
    return recorder.drawn;
  }

  save() {
    this.#saved.push([...this.#matrix]);
  }
  restore() {
    this.#matrix = this.#saved.pop()!;
  }
  translate(x: number, y: number) {
    this.transform(1, 0, 0, 1, x, y);
  }
  scale(x: number, y: number) {
    this.transform(x, 0, 0, y, 0, 0);
  }
  transform(a: number, b: number, c: number, d: number, e: number, f: number) {
    const [A, B, C, D, E, F] = this.#matrix;
    this.#matrix = [
      A * a + C * b,
      B * a + D * b,
      A * c + C * d,
      B * c + D * d,
      A * e + C * f + E,
      B * e + D * f + F,
    ];
  }
  setLineDash() {}
  measureText() {
    return { width: 1 };
  }
  beginPath() {
    this.#path = new RecordedPath();
  }
  lineTo(x: number, y: number) {
    this.#path.lineTo(x, y);
  }
  stroke(path = this.#path) {
    this.#note('stroke', '', path.points);
  }
  fill(path = this.#path) {
    this.#note('fill', '', path.points);
  }
  fillText(said: string, x: number, y: number) {
    this.#note('text', said, [[x, y]]);
  }

  #note(what: Drawn['what'], said: string, points: readonly [number, number][]) {
    const [a, b, c, d, e, f] = this.#matrix;
    const onCanvas = points.map(([x, y]) => ({ x: a * x + c * y + e, y: b * x + d * y + f }));
    this.drawn.push({ what, said, alpha: this.globalAlpha, points: onCanvas });
  }
}
