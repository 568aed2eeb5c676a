// anvaka's panzoom moving our camera through its controller: drags with inertia, touches and pinches are its own;
// wheel and keys are xdot's and go through us.
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

  // panzoom reports every move on the next frame, ours too: those are no news.
  let ours: Camera | null = null;
  const panZoom = createPanZoom(owner, {
    controller: {
      getOwner: () => owner,
      applyTransform({ x, y, scale }) {
        if (ours && x === ours.x && y === ours.y && Math.abs(scale / ours.zoom - 1) < 1e-9) return;
        ours = null;
        listener.moved({ x, y, zoom: scale });
      },
    },
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

  return {
    put(camera) {
      const { x, y, zoom } = (ours = camera);
      panZoom.zoomAbs(0, 0, zoom);
      panZoom.moveTo(x, y);
    },
    // Nothing else in panzoom's interface ends its inertia.
    stop() {
      panZoom.pause();
      panZoom.resume();
    },
    dispose() {
      owner.removeEventListener('dblclick', noDoubleClick, { capture: true });
      panZoom.dispose();
    },
  };
}
