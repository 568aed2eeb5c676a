// What a mouse does besides dragging: it hovers, clicks, zooms with Ctrl and draws a rubber band with Shift.
import type { Box } from '../../shared/scene/scene.ts';
import type { Point } from './camera.ts';

export interface GestureListener {
  /** The pointer rests on the picture, or has left it (null). */
  hovered(at: Point | null): void;
  clicked(at: Point, modified: boolean): void;
  /** The second click of two in one place: the first one was reported. */
  doubleClicked(): void;
  /** Ctrl-drag, by a factor about the middle. */
  zoomed(factor: number): void;
  /** Shift-drag: the band so far, then the box to zoom to; null ends it. */
  banded(box: Box | null): void;
  zoomedTo(box: Box): void;
}

/** xdot's limits of a click. */
const click = { milliseconds: 1000, pixels: 4 };
/** Ctrl-drag, a pixel. */
const zoomPerPixel = 1.005;

type Gesture = 'pan' | 'zoom' | 'band';

/** Returns what ends the gesture in progress (Esc), and what takes all listeners away. */
export function attachGestures(owner: HTMLElement, listener: GestureListener) {
  let gesture: Gesture | null = null;
  let button = 0;
  let start = { x: 0, y: 0, time: 0 };
  let last: Point = { x: 0, y: 0 };
  const off = new AbortController();
  const on = <E extends keyof WindowEventMap>(
    target: EventTarget,
    type: E,
    handle: (event: WindowEventMap[E]) => void,
  ) => target.addEventListener(type, handle as EventListener, { signal: off.signal });

  const at = (event: MouseEvent): Point => {
    const { left, top } = owner.getBoundingClientRect();
    return { x: event.clientX - left, y: event.clientY - top };
  };
  const far = (point: Point) => Math.hypot(point.x - start.x, point.y - start.y) >= click.pixels;

  on(owner, 'mousedown', (event) => {
    // The middle button drags as the left one does, but clicks on nothing.
    if (event.button > 1) return;
    button = event.button;
    last = at(event);
    start = { ...last, time: performance.now() };
    gesture = event.shiftKey ? 'band' : event.ctrlKey || event.metaKey ? 'zoom' : 'pan';
    // Or the system would scroll by the middle button.
    if (gesture !== 'pan' || button === 1) event.preventDefault();
  });

  on(window, 'mousemove', (event) => {
    const point = at(event);
    if (gesture === null) {
      listener.hovered(owner.contains(event.target as Node) ? point : null);
      return;
    }
    if (gesture === 'zoom' && far(point))
      listener.zoomed(zoomPerPixel ** (last.x - point.x + last.y - point.y));
    if (gesture === 'band') listener.banded(boxBetween(start, point));
    if (gesture === 'pan' && far(point)) listener.hovered(null);
    last = point;
  });

  on(window, 'mouseup', (event) => {
    if (event.button !== button || gesture === null) return;
    const ended = gesture;
    const point = at(event);
    gesture = null;
    if (ended === 'band') listener.banded(null);
    if (!far(point)) {
      if (button !== 0) return;
      const modified = event.ctrlKey || event.metaKey;
      if (performance.now() - start.time >= click.milliseconds) return;
      if (event.detail === 2 && !modified) listener.doubleClicked();
      else listener.clicked(point, modified);
    } else if (ended === 'band') {
      listener.zoomedTo(boxBetween(start, point));
    }
  });

  on(owner, 'mouseleave', () => {
    if (gesture === null) listener.hovered(null);
  });

  return {
    cancel(): void {
      if (gesture === 'band') listener.banded(null);
      gesture = null;
    },
    dispose: () => off.abort(),
  };
}

const boxBetween = (a: Point, b: Point): Box => [
  Math.min(a.x, b.x),
  Math.min(a.y, b.y),
  Math.max(a.x, b.x),
  Math.max(a.y, b.y),
];
