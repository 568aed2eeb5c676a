// A picture that takes longer than a frame: painted out of sight, a slice at a time, and shown when it is whole.
import type { Camera, Viewport } from './camera.ts';
import type { Drawing } from './drawing.ts';
import type { Context } from './paint-shape.ts';

/** What a picture shows, and of which pixels it is made. */
export interface View {
  drawing: Drawing | null;
  camera: Camera;
  viewport: Viewport;
  /** Device pixels to a CSS pixel. */
  ratio: number;
}

export class Repaint {
  readonly view: View;
  /** Milliseconds that it has taken until now. */
  cost = 0;
  readonly #context: Context;
  readonly #steps: Iterator<void>;

  /** `canvas` is not on the screen; `paint` paints it step by step. */
  constructor(canvas: HTMLCanvasElement, view: View, paint: (context: Context) => Iterator<void>) {
    this.view = view;
    // In memory, where what is asked for is painted when it is asked for: otherwise all of it would be when it is shown.
    this.#context = prepare(canvas, view, { willReadFrequently: true });
    this.#steps = paint(this.#context);
  }

  /** Paints for so many milliseconds, or a little longer; true when all is painted. */
  advance(milliseconds: number): boolean {
    const start = performance.now();
    let done = false;
    let spent = 0;
    while (!done && spent < milliseconds) {
      done = this.#steps.next().done === true;
      // The canvas notes what is to be painted, and does so when a pixel is needed.
      this.#context.getImageData(0, 0, 1, 1);
      spent = performance.now() - start;
    }
    this.cost += spent;
    return done;
  }

  /** Puts it on a canvas. */
  show(canvas: HTMLCanvasElement): void {
    const context = prepare(canvas, this.view);
    context.globalCompositeOperation = 'copy';
    context.drawImage(this.#context.canvas, 0, 0);
    context.globalCompositeOperation = 'source-over';
  }
}

/** A canvas of as many device pixels as it covers. */
export function prepare(
  canvas: HTMLCanvasElement,
  { viewport, ratio }: Pick<View, 'viewport' | 'ratio'>,
  settings?: CanvasRenderingContext2DSettings,
): Context {
  const width = Math.max(1, Math.round(viewport.width * ratio));
  const height = Math.max(1, Math.round(viewport.height * ratio));
  if (canvas.width !== width) canvas.width = width;
  if (canvas.height !== height) canvas.height = height;
  const context = canvas.getContext('2d', settings)!;
  context.setTransform(1, 0, 0, 1, 0, 0);
  return context;
}
