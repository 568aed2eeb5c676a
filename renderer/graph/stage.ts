// The two canvases of a view, and when they are painted: the picture below, what the hand does to it above. Nothing is
// painted unless something changed. A picture that costs more than a frame is moved as it is while the camera moves
// (the browser does that without us), and painted sharp when it rests.
import type { Box } from '../../shared/scene/scene.ts';
import { visibleBox, type Camera, type Viewport } from './camera.ts';
import type { Drawing } from './drawing.ts';
import { paintBadges, type Badge } from './badges.ts';
import { paintHighlight, paintMarks, paintRing, type Highlight } from './highlight.ts';
import type { Morph } from './morph.ts';
import { detailAt, lookThrough, paint, paintPage } from './paint.ts';
import type { Context } from './paint-shape.ts';

/** Colours of the stage, from the page's theme. */
export interface StageColors {
  paper: string;
  highlight: string;
  found: string;
  accent: string;
}

/** What lies over the picture. */
export interface Overlay {
  highlight: Highlight | null;
  /** Around what is selected, in the scene's units. */
  rings: readonly Box[];
  badges: readonly Badge[];
  /** Being drawn by the hand, in pixels. */
  rubberBand: Box | null;
}

/** Milliseconds of painting that still leave a frame to spare. */
const budget = 12;
/** A moved picture that leaves more of the window bare is worth the stutter of a new one. */
const mostBare = 0.4;
/** A camera that has not moved for so long is at rest. */
const rest = 120;

export class Stage {
  readonly #picture: HTMLCanvasElement;
  readonly #overlay: HTMLCanvasElement;
  #drawing: Drawing | null = null;
  #overlaid: Overlay = { highlight: null, rings: [], badges: [], rubberBand: null };
  #marked: readonly Box[] = [];
  #trail: Highlight | null = null;
  /** The way to this drawing from the one before, and how far it is gone. */
  #morph: { morph: Morph; t: number } | null = null;
  #camera: Camera = { x: 0, y: 0, zoom: 1 };
  #viewport: Viewport = { width: 0, height: 0 };
  #ratio = 1;
  #colors: StageColors = { paper: '#fff', highlight: '#d00', found: '#fa0', accent: '#06c' };
  #frame = 0;
  #resting = 0;
  /** Whether the picture shows something that is no longer so, apart from where the camera is. */
  #stale = true;
  #cost = 0;
  #painted: Camera | null = null;
  #paints = 0;

  constructor(picture: HTMLCanvasElement, overlay: HTMLCanvasElement) {
    this.#picture = picture;
    this.#overlay = overlay;
  }

  show(drawing: Drawing | null, colors: StageColors): void {
    this.#drawing = drawing;
    this.#colors = colors;
    this.invalidate();
  }

  /** Boxes of what was found. They are a part of the picture, since there may be thousands. */
  mark(boxes: readonly Box[]): void {
    if (boxes.length === 0 && this.#marked.length === 0) return;
    this.#marked = boxes;
    this.invalidate();
  }

  /** A way that is followed through the picture, a part of it like marks. */
  follow(trail: Highlight | null): void {
    if (trail === this.#trail) return;
    this.#trail = trail;
    this.invalidate();
  }

  /** Shows the picture on its way from the one before; null when it has come. */
  morph(morph: { morph: Morph; t: number } | null): void {
    if (morph === this.#morph) return;
    this.#morph = morph;
    this.invalidate();
  }

  resize(viewport: Viewport, ratio: number): void {
    this.#viewport = viewport;
    this.#ratio = ratio;
    this.invalidate();
  }

  look(camera: Camera): void {
    this.#camera = camera;
    this.#request();
  }

  overlay(overlay: Overlay): void {
    this.#overlaid = overlay;
    this.#request();
  }

  /** Something in the picture itself changed: a font or an image has come. */
  invalidate(): void {
    this.#stale = true;
    this.#request();
  }

  dispose(): void {
    cancelAnimationFrame(this.#frame);
    clearTimeout(this.#resting);
  }

  #request(): void {
    this.#frame ||= requestAnimationFrame(() => {
      this.#frame = 0;
      this.#update();
    });
  }

  #update(): void {
    const moved = this.#painted !== this.#camera;
    const affordable = this.#cost <= budget || this.#bare() > mostBare;
    if (this.#stale || (moved && affordable)) this.#paintPicture();
    else if (moved) this.#movePicture(this.#painted!);
    this.#paintOverlay();
  }

  #paintPicture(): void {
    clearTimeout(this.#resting);
    const start = performance.now();
    const context = this.#prepare(this.#picture);
    const page = this.#drawing?.scene ?? { background: null };
    paintPage(context, page, this.#colors.paper, this.#camera, this.#viewport, this.#ratio);
    if (this.#morph) {
      lookThrough(context, this.#camera, this.#ratio);
      this.#morph.morph.paint(context, this.#morph.t, detailAt(this.#camera.zoom));
    } else if (this.#drawing) {
      paint(context, this.#drawing, this.#camera, this.#viewport, this.#ratio);
      const { accent, found, paper } = this.#colors;
      const { zoom } = this.#camera;
      const view = visibleBox(this.#camera, this.#viewport);
      if (this.#trail)
        paintHighlight(context, this.#drawing.scene, this.#trail, { highlight: accent, paper }, zoom, view);
      paintMarks(context, this.#marked, view, found, zoom);
    }
    this.#cost = performance.now() - start;
    this.#picture.style.transform = '';
    this.#picture.dataset.paints = String(++this.#paints);
    this.#painted = this.#camera;
    this.#stale = false;
  }

  /** How much of the window, 0 to 1, the last picture would leave bare if it were moved to where the camera is now. */
  #bare(): number {
    if (!this.#painted) return 1;
    const { width, height } = this.#viewport;
    const scale = this.#camera.zoom / this.#painted.zoom;
    const covered = (from: number, to: number, size: number) => {
      const start = to - from * scale;
      return Math.max(0, Math.min(size, start + size * scale) - Math.max(0, start)) / size;
    };
    const { x, y } = this.#painted;
    return 1 - covered(x, this.#camera.x, width) * covered(y, this.#camera.y, height);
  }

  /** The last picture, moved and scaled to where the camera is now. */
  #movePicture(from: Camera): void {
    const to = this.#camera;
    const scale = to.zoom / from.zoom;
    this.#picture.style.transform = `translate(${to.x - from.x * scale}px, ${to.y - from.y * scale}px) scale(${scale})`;
    clearTimeout(this.#resting);
    this.#resting = window.setTimeout(() => this.invalidate(), rest);
  }

  #paintOverlay(): void {
    const { highlight, rings, badges, rubberBand } = this.#overlaid;
    const context = this.#prepare(this.#overlay);
    context.clearRect(0, 0, this.#overlay.width, this.#overlay.height);
    lookThrough(context, this.#camera, this.#ratio);
    const { zoom } = this.#camera;
    if (highlight && this.#drawing && !this.#morph) {
      paintHighlight(context, this.#drawing.scene, highlight, this.#colors, zoom);
    }
    // While all moves, nothing is where the overlay would draw it.
    if (this.#morph) return;
    for (const ring of rings) paintRing(context, ring, this.#colors.accent, zoom);
    context.setTransform(this.#ratio, 0, 0, this.#ratio, 0, 0);
    paintBadges(context, badges, this.#camera, this.#colors, this.#viewport);
    if (rubberBand) this.#paintRubberBand(context, rubberBand);
  }

  #paintRubberBand(context: Context, [left, top, right, bottom]: Box): void {
    context.strokeStyle = context.fillStyle = this.#colors.accent;
    context.lineWidth = 1;
    context.globalAlpha = 0.12;
    context.fillRect(left, top, right - left, bottom - top);
    context.globalAlpha = 1;
    context.strokeRect(
      Math.round(left) + 0.5,
      Math.round(top) + 0.5,
      Math.round(right - left),
      Math.round(bottom - top),
    );
  }

  /** A canvas of as many device pixels as it covers. */
  #prepare(canvas: HTMLCanvasElement): Context {
    const width = Math.max(1, Math.round(this.#viewport.width * this.#ratio));
    const height = Math.max(1, Math.round(this.#viewport.height * this.#ratio));
    if (canvas.width !== width) canvas.width = width;
    if (canvas.height !== height) canvas.height = height;
    const context = canvas.getContext('2d')!;
    context.setTransform(1, 0, 0, 1, 0, 0);
    return context;
  }
}
