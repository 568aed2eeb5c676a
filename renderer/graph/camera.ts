// Where the window looks: a point of the scene (p) is on the screen at p × zoom + (x, y), in CSS pixels.
import type { Box } from '../../shared/scene/scene.ts';

export interface Camera {
  readonly x: number;
  readonly y: number;
  readonly zoom: number;
}

export interface Point {
  x: number;
  y: number;
}

/** The window in CSS pixels. */
export interface Viewport {
  width: number;
  height: number;
}

/** Pixels left free around a fitted picture, as in xdot. */
export const fitMargin = 12;

export const toScreen = (camera: Camera, { x, y }: Point): Point => ({
  x: x * camera.zoom + camera.x,
  y: y * camera.zoom + camera.y,
});

export const toScene = (camera: Camera, { x, y }: Point): Point => ({
  x: (x - camera.x) / camera.zoom,
  y: (y - camera.y) / camera.zoom,
});

/** The part of the scene that the window shows. */
export function visibleBox(camera: Camera, { width, height }: Viewport): Box {
  const { x: left, y: top } = toScene(camera, { x: 0, y: 0 });
  return [left, top, left + width / camera.zoom, top + height / camera.zoom];
}

/** Looks at `point` from the middle of the window. */
export const centredOn = ({ x, y }: Point, zoom: number, { width, height }: Viewport): Camera => ({
  x: width / 2 - x * zoom,
  y: height / 2 - y * zoom,
  zoom,
});

/** The point of the scene in the middle of the window. */
export const centreOf = (camera: Camera, { width, height }: Viewport): Point =>
  toScene(camera, { x: width / 2, y: height / 2 });

/** What is under `anchor` (on the screen) stays there. */
export function zoomedAt(camera: Camera, anchor: Point, factor: number): Camera {
  return {
    x: anchor.x - (anchor.x - camera.x) * factor,
    y: anchor.y - (anchor.y - camera.y) * factor,
    zoom: camera.zoom * factor,
  };
}

/** Moved so that the window is filled by the box, where that is large enough; a smaller one is in the middle. */
export function filledBy([left, top, right, bottom]: Box, camera: Camera, viewport: Viewport): Camera {
  const along = (offset: number, from: number, to: number, room: number) => {
    const first = fitMargin - from * camera.zoom;
    const last = room - fitMargin - to * camera.zoom;
    return last > first ? (first + last) / 2 : Math.min(first, Math.max(last, offset));
  };
  return {
    x: along(camera.x, left, right, viewport.width),
    y: along(camera.y, top, bottom, viewport.height),
    zoom: camera.zoom,
  };
}

/** The whole box in the middle of the window, no larger than `maxZoom`. */
export function fitted([left, top, right, bottom]: Box, viewport: Viewport, maxZoom = Infinity): Camera {
  const room = (side: number) => Math.max(1, side - 2 * fitMargin);
  const width = Math.max(right - left, 1e-6);
  const height = Math.max(bottom - top, 1e-6);
  const zoom = Math.min(room(viewport.width) / width, room(viewport.height) / height, maxZoom);
  return centredOn({ x: (left + right) / 2, y: (top + bottom) / 2 }, zoom, viewport);
}
