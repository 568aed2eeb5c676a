// How far one wheel event zooms: xdot's 1.25 a notch, and as smoothly as they come for wheels and pads without notches.

export const zoomStep = 1.25;

/** What Chromium calls a notch, in `wheelDeltaY`. */
const notch = 120;
/** Pixels of `deltaY`; a notch has 53, 100 or 120, by platform. */
const minOfNotch = 40;

export function wheelFactor(event: WheelEvent): number {
  // A pinch on a pad comes as a wheel with Ctrl, in hundredths of a doubling or so.
  if (event.ctrlKey) return Math.exp(-event.deltaY / 100);
  return zoomStep ** -notchesOf(event);
}

function notchesOf(event: WheelEvent & { wheelDeltaY?: number }): number {
  if (event.deltaMode === WheelEvent.DOM_DELTA_PAGE) return event.deltaY;
  if (event.deltaMode === WheelEvent.DOM_DELTA_LINE) return event.deltaY / 3;
  const { wheelDeltaY = 0 } = event;
  // A pad may give whole notches by chance, but then for a tiny move.
  const notched = wheelDeltaY !== 0 && wheelDeltaY % notch === 0 && Math.abs(event.deltaY) >= minOfNotch;
  return notched ? -wheelDeltaY / notch : event.deltaY / 100;
}
