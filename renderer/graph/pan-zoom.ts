// anvaka's panzoom moves our camera: drags with inertia, touches and pinches are its own; wheel and keys are xdot's and go
// through us.
import createPanZoom from 'panzoom';
import type { Camera, Point } from './camera.ts';
import { wheelFactor } from './wheel.ts';

export interface PanZoomListener {
  /** The camera has moved. */
  moved(camera: Camera): void;
  /** The hand took over: whatever moves the camera must stop. */
  grabbed(): void;
  /** A finger tapped. */
  tapped(at: Point): void;
}

export interface Panning {
  /** Puts the camera somewhere, stopping whatever moved it. */
  put(camera: Camera): void;
  /** Ends inertia. */
  stop(): void;
  dispose(): void;
}

export function attachPanZoom(owner: HTMLElement, inertia: boolean, listener: PanZoomListener): Panning {
  // The second click of two is a click like any other: without this panzoom would zoom, against the flight that the
  // first one started. Two taps of a finger do zoom.
  const noDoubleClick = (event: Event) => event.stopImmediatePropagation();
  owner.addEventListener('dblclick', noDoubleClick, { capture: true });

  const panZoom = createPanZoom(owner, {
    // The canvas is painted by the camera, not transformed.
    controller: { getOwner: () => owner, applyTransform: () => {} },
    // A wide picture in a window that has no size yet must not meet the bound: panzoom would take that for a move of the hand.
    minZoom: 1e-7,
    maxZoom: 200,
    smoothScroll: inertia,
    // Keys are in the shortcuts' table.
    filterKey: () => true,
    // Ctrl and Shift make other gestures; those are in gestures.ts.
    beforeMouseDown: (event) => {
      listener.grabbed();
      return event.ctrlKey || event.metaKey || event.shiftKey || event.button > 1;
    },
    beforeWheel: (event) => {
      event.preventDefault();
      listener.grabbed();
      const { left, top } = owner.getBoundingClientRect();
      panZoom.zoomTo(event.clientX - left, event.clientY - top, wheelFactor(event));
      return true;
    },
    onTouch: () => {
      listener.grabbed();
      return true;
    },
    onClick: (event) => {
      if (!('changedTouches' in event)) return;
      const touch = (event as TouchEvent).changedTouches[0];
      const { left, top } = owner.getBoundingClientRect();
      listener.tapped({ x: touch.clientX - left, y: touch.clientY - top });
    },
  });

  // Its events come at once, those of our own moves too: they are no news.
  let isOurs = false;
  const report = () => {
    const { x, y, scale } = panZoom.getTransform();
    if (!isOurs) listener.moved({ x, y, zoom: scale });
  };
  panZoom.on('pan', report);
  panZoom.on('zoom', report);
  const put = ({ x, y, zoom }: Camera) => {
    isOurs = true;
    // Unlike `zoomAbs`, `zoomTo` ends inertia and the zooming of a double tap.
    panZoom.zoomTo(0, 0, zoom / panZoom.getTransform().scale);
    panZoom.moveTo(x, y);
    isOurs = false;
  };

  return {
    put,
    stop() {
      const { x, y, scale } = panZoom.getTransform();
      put({ x, y, zoom: scale });
    },
    dispose() {
      owner.removeEventListener('dblclick', noDoubleClick, { capture: true });
      panZoom.dispose();
    },
  };
}
