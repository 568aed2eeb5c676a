// Where the window looks and how it got there: the camera, its flights, and the positions that Back and Forward replay.
import { History } from '../../shared/history.ts';
import { overlaps } from '../../shared/scene/bounds.ts';
import type { Box } from '../../shared/scene/scene.ts';
import { animate, ease, flight, flightDuration } from '../graph/animation.ts';
import {
  centredOn,
  centreOf,
  filledBy,
  fitted,
  visibleBox,
  zoomedAt,
  type Camera,
  type Point,
  type Viewport,
} from '../graph/camera.ts';
import { morphDuration } from '../graph/morph.ts';
import { boxMiddle } from '../graph/neighbours.ts';
import { zoomStep } from '../graph/wheel.ts';
import { preferences } from './preferences.svelte.ts';

/** A small picture is not blown up beyond this when it opens, a little more on very large screens; `w` fits it to the
 * window all the same. */
const largestAtOpening = ({ height }: Viewport) => Math.max(1.5, height / 720);

/** Points, of labels whose author chose no size. */
const usualSize = 14;
/** The zoom below which labels of the usual size are too small to read. */
const minReadable = 0.45;

/** Smaller than this, a picture that has a start opens there, and so large that it is read at once. */
const minAtOpening = 0.6;
const zoomAtStart = 0.75;

export class Navigation {
  camera = $state.raw<Camera>({ x: 0, y: 0, zoom: 1 });
  viewport = $state.raw<Viewport>({ width: 0, height: 0 });
  /** Where the camera stopped; the present step is where it was when it last left. */
  #stops = $state.raw(new History<Camera>(this.camera));
  readonly canGoBack = $derived(this.#stops.canUndo);
  readonly canGoForward = $derived(this.#stops.canRedo);

  /** The view puts its panzoom here: it must know of every move that is not its own. */
  follow: (camera: Camera) => void = () => {};
  /** The window's way back listens: see trail.svelte.ts. */
  onleave: () => void = () => {};
  #scene: Box = [0, 0, 0, 0];
  /** What the picture is of; null where all of it is. */
  #start: Point | null = null;
  /** As long as the user has not moved, the picture stays fitted when the window changes its size. */
  #keepsFit: 'opening' | 'fit' | null = null;
  #stopFlight: (() => void) | null = null;

  /** A new document: all of it, in the middle, or its start where it would be too small to read; and no way back. */
  open(bounds: Box, start: Point | null = null): void {
    this.#scene = bounds;
    this.#start = start;
    this.#stops = new History(this.camera);
    this.#stop();
    this.#keepsFit = 'opening';
    this.#put(this.#fitted('opening'));
  }

  /** The same document, laid out again: the user keeps their place, unless nothing is there any more. */
  reopen(bounds: Box, start: Point | null = null): void {
    this.#scene = bounds;
    this.#start = start;
    if (!overlaps(bounds, visibleBox(this.camera, this.viewport))) this.open(bounds, start);
  }

  /**
   * The same document, of which another part is shown. What was at `from` is at `to` now and stays under the eye; a picture
   * that was fitted is so again. `step` hears how far it has come, from 0 to 1, in time with the camera.
   */
  change(bounds: Box, moved: { from: Point; to: Point } | null, step: (t: number) => void): void {
    const keepsFit = this.#isAtStart() ? null : this.#keepsFit;
    this.#scene = bounds;
    this.#start = null;
    const { x, y, zoom } = this.camera;
    let target = this.camera;
    if (keepsFit) target = this.#fitted(keepsFit);
    else if (moved)
      target = { x: x + (moved.from.x - moved.to.x) * zoom, y: y + (moved.from.y - moved.to.y) * zoom, zoom };
    if (!overlaps(bounds, visibleBox(target, this.viewport))) target = this.#fitted('opening');
    this.#glide(target, step);
    this.#keepsFit = keepsFit;
  }

  #glide(target: Camera, step: (t: number) => void): void {
    this.#stop();
    const from = this.camera;
    const put = (t: number) => {
      const mix = (axis: keyof Camera) => from[axis] + (target[axis] - from[axis]) * t;
      this.#put(t === 1 ? target : { x: mix('x'), y: mix('y'), zoom: mix('zoom') });
      step(t);
    };
    if (preferences.reducedMotion) {
      put(1);
      return;
    }
    put(0);
    const halt = animate(
      morphDuration,
      (t) => put(ease(t)),
      () => (this.#stopFlight = null),
    );
    // The hand may take the camera on the way, but the picture does not stay between two.
    this.#stopFlight = () => {
      halt();
      step(1);
    };
  }

  #fitted(how: 'opening' | 'fit'): Camera {
    if (how === 'fit') return fitted(this.#scene, this.viewport);
    if (!this.#isAtStart('opening'))
      return fitted(this.#scene, this.viewport, largestAtOpening(this.viewport));
    return filledBy(this.#scene, centredOn(this.#start!, zoomAtStart, this.viewport), this.viewport);
  }

  #isAtStart(how = this.#keepsFit): boolean {
    const { zoom } = fitted(this.#scene, this.viewport);
    return how === 'opening' && this.#start !== null && zoom < minAtOpening;
  }

  resize(viewport: Viewport): void {
    const centre = centreOf(this.camera, this.viewport);
    this.viewport = viewport;
    if (this.#keepsFit) this.#refit();
    else this.#put(centredOn(centre, this.camera.zoom, viewport));
  }

  /** The hand moved the camera. */
  moved(camera: Camera): void {
    this.#keepsFit = null;
    this.camera = camera;
  }

  /** From now on the picture is where it is: it is not fitted again when it becomes another one. */
  stay(): void {
    this.#keepsFit = null;
  }

  /** Restores an earlier view of the picture. */
  put(camera: Camera): void {
    this.#move(camera);
  }

  /** Ends a flight; true when there was one. */
  stop = (): boolean => this.#stop();

  fit = () => this.#jump(fitted(this.#scene, this.viewport), 'fit');
  actualSize = () => this.#jump(centredOn(centreOf(this.camera, this.viewport), 1, this.viewport));
  zoomIn = () => this.zoomBy(zoomStep);
  zoomOut = () => this.zoomBy(1 / zoomStep);

  /** About the middle of the window. */
  zoomBy(factor: number): void {
    const { width, height } = this.viewport;
    this.#move(zoomedAt(this.camera, { x: width / 2, y: height / 2 }, factor));
  }

  scroll(dx: number, dy: number): void {
    this.#move({ ...this.camera, x: this.camera.x - dx, y: this.camera.y - dy });
  }

  /** Whether the window shows a point of the scene. */
  sees({ x, y }: Point): boolean {
    return overlaps(visibleBox(this.camera, this.viewport), [x, y, x, y]);
  }

  /** Flies to a point of the scene at the zoom that is. */
  centre = (point: Point) => this.#jump(centredOn(point, this.camera.zoom, this.viewport));

  /** Flies to a point at a zoom of its own. */
  look = (point: Point, zoom: number) => this.#jump(centredOn(point, zoom, this.viewport));

  /** Has a point of the scene in the middle at once, as a hand moves the minimap. */
  lookAt(point: Point): void {
    this.#move(centredOn(point, this.camera.zoom, this.viewport));
  }

  /** Flies to the middle of a box, and so near that a text of this size in it, in points, can be read. */
  visit = (box: Box, size = usualSize) => {
    const { zoom } = this.camera;
    const readable = usualSize / size;
    this.#jump(centredOn(boxMiddle(box), zoom < minReadable * readable ? readable : zoom, this.viewport));
  };

  /** Flies until the window shows a box of the scene. */
  showBox = (box: Box) => this.#jump(fitted(box, this.viewport));

  back = () => this.#replay((stops) => stops.undone());
  forward = () => this.#replay((stops) => stops.redone());

  #replay(step: (stops: History<Camera>) => History<Camera>): void {
    const here = this.#stops.withPresent(this.camera);
    const there = step(here);
    if (there === here) return;
    this.#stops = there;
    this.#fly(there.present);
  }

  #jump(camera: Camera, keepsFit: 'fit' | null = null): void {
    this.#stops = this.#stops.withPresent(this.camera).done(camera);
    this.onleave();
    this.#fly(camera);
    this.#keepsFit = keepsFit;
  }

  #fly(target: Camera): void {
    this.#stop();
    this.#keepsFit = null;
    if (preferences.reducedMotion) {
      this.#put(target);
      return;
    }
    const at = flight(this.camera, target, this.viewport);
    const step = (t: number) => this.#put(at(t));
    this.#stopFlight = animate(flightDuration, step, () => (this.#stopFlight = null));
  }

  #refit(): void {
    this.#stop();
    this.#put(this.#fitted(this.#keepsFit ?? 'fit'));
  }

  #move(camera: Camera): void {
    this.#stop();
    this.#keepsFit = null;
    this.#put(camera);
  }

  #put(camera: Camera): void {
    this.camera = camera;
    this.follow(camera);
  }

  #stop(): boolean {
    const flying = this.#stopFlight !== null;
    this.#stopFlight?.();
    this.#stopFlight = null;
    return flying;
  }
}
