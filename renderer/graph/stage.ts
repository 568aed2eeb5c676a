// The two canvases of a view, and when they are painted: the picture below, what the hand does to it above. Nothing is
// painted unless something changed. A picture that costs more than a frame is moved as it is while the camera moves
// (the browser does that without us), and painted sharp when it rests, a slice a frame.
import type { Box } from '../../shared/scene/scene.ts';
import { visibleBox, type Camera, type Viewport } from './camera.ts';
import type { Drawing } from './drawing.ts';
import { paintBadges, type Badge } from './badges.ts';
import { paintHighlight, paintMarks, paintRing, type Highlight, type Ring } from './highlight.ts';
import type { Morph } from './morph.ts';
import { detailAt, lookThrough, painting, paintPage } from './paint.ts';
import type { Context } from './paint-shape.ts';
import { prepare, Repaint, type View } from './repaint.ts';

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
  /** Around what is selected. */
  rings: readonly Ring[];
  badges: readonly Badge[];
  /** Being drawn by the hand, in pixels. */
  rubberBand: Box | null;
}

/** Milliseconds of painting that still leave a frame to spare. */
const budget = 12;
/** Milliseconds of a frame for a picture that takes several; more while there is none to be moved. */
const slice = { moving: 8, first: 40 };
/** Pictures of more nodes and edges are not painted at once to see what that costs. */
const most = 1000;
/** A moved picture that leaves more of the window bare is painted anew while the camera still moves. */
const maxBare = 0.3;
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
  /** Milliseconds of the last painting. */
  #cost = 0;
  /** What the picture shows, wherever it has been moved since. */
  #shown: View | null = null;
  /** The picture that takes its place, when it is whole. */
  #repaint: Repaint | null = null;
  readonly #spare = document.createElement('canvas');
  #paints = 0;

  constructor(picture: HTMLCanvasElement, overlay: HTMLCanvasElement) {
    this.#picture = picture;
    this.#overlay = overlay;
  }

  show(drawing: Drawing | null, colors: StageColors): void {
    if (drawing !== this.#drawing) {
      this.#repaint = null;
      this.#cost = drawing && drawing.size > most ? Infinity : 0;
    }
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
    clearTimeout(this.#resting);
    this.#resting = window.setTimeout(() => this.#rested(), rest);
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

  #rested(): void {
    const camera = this.#camera;
    if (this.#shown?.camera !== camera && this.#repaint?.view.camera !== camera) this.invalidate();
  }

  #update(): void {
    if (this.#stale || this.#isOutOfPlace()) this.#begin();
    const isNew = this.#shown?.drawing !== this.#drawing;
    if (this.#repaint?.advance(isNew ? slice.first : slice.moving)) this.#finish(this.#repaint);
    // What changed meanwhile is painted next.
    if (this.#repaint || this.#stale) this.#request();
    this.#movePicture();
    this.#paintOverlay();
  }

  /** Whether the picture is to be painted anew for no other reason than where the camera is now. */
  #isOutOfPlace(): boolean {
    if (this.#shown?.camera === this.#camera) return false;
    return this.#cost <= budget || this.#bare() > maxBare;
  }

  /** One that is being painted is finished first: otherwise none would be while the picture changes with every frame. */
  #begin(): void {
    if (this.#repaint) return;
    this.#stale = false;
    const view: View = {
      drawing: this.#drawing,
      camera: this.#camera,
      viewport: this.#viewport,
      ratio: this.#ratio,
    };
    if (this.#cost <= budget || this.#morph) this.#paintAtOnce(view);
    else this.#repaint = new Repaint(this.#spare, view, (context) => this.#painting(context, view));
  }

  #paintAtOnce(view: View): void {
    const start = performance.now();
    const steps = this.#painting(prepare(this.#picture, view), view);
    while (!steps.next().done);
    this.#showed(view, performance.now() - start);
  }

  #finish(repaint: Repaint): void {
    repaint.show(this.#picture);
    this.#repaint = null;
    this.#showed(repaint.view, repaint.cost);
  }

  #showed(view: View, cost: number): void {
    this.#shown = view;
    this.#cost = cost;
    const { width, height } = view.viewport;
    Object.assign(this.#picture.style, { width: `${width}px`, height: `${height}px` });
    this.#picture.dataset.paints = String(++this.#paints);
  }

  *#painting(context: Context, { drawing, camera, viewport, ratio }: View): Generator<void, void> {
    const page = drawing?.scene ?? { background: null };
    paintPage(context, page, this.#colors.paper, camera, viewport, ratio);
    if (this.#morph) {
      lookThrough(context, camera, ratio);
      this.#morph.morph.paint(context, this.#morph.t, detailAt(camera.zoom));
    } else if (drawing) {
      yield* painting(context, drawing, camera, viewport, ratio);
      const { accent, found, paper } = this.#colors;
      const visible = visibleBox(camera, viewport);
      if (this.#trail) {
        const colors = { highlight: accent, paper };
        paintHighlight(context, drawing.scene, this.#trail, colors, camera.zoom, visible);
      }
      paintMarks(context, this.#marked, visible, found, camera.zoom);
    }
  }

  /** How much of the window, 0 to 1, the last picture would leave bare if it were moved to where the camera is now. */
  #bare(): number {
    if (!this.#shown) return 1;
    const { camera, viewport } = this.#shown;
    const scale = this.#camera.zoom / camera.zoom;
    const covered = (from: number, to: number, painted: number, size: number) => {
      const start = to - from * scale;
      return Math.max(0, Math.min(size, start + painted * scale) - Math.max(0, start)) / size;
    };
    const { width, height } = this.#viewport;
    return (
      1 -
      covered(camera.x, this.#camera.x, viewport.width, width) *
        covered(camera.y, this.#camera.y, viewport.height, height)
    );
  }

  /** The last picture, moved and scaled to where the camera is now; one of something else waits where it is. */
  #movePicture(): void {
    if (!this.#shown || this.#shown.drawing !== this.#drawing) return;
    const [from, to] = [this.#shown.camera, this.#camera];
    const scale = to.zoom / from.zoom;
    const move = `translate(${to.x - from.x * scale}px, ${to.y - from.y * scale}px) scale(${scale})`;
    this.#picture.style.transform = from === to ? '' : move;
  }

  #paintOverlay(): void {
    const { highlight, rings, badges, rubberBand } = this.#overlaid;
    const context = prepare(this.#overlay, { viewport: this.#viewport, ratio: this.#ratio });
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
}
