// What runs in the viewer's page to measure it. Each is handed over as text: it knows nothing of this module.
/* global cancelAnimationFrame, document, MutationObserver, requestAnimationFrame, window */

/** From now on notes the times of frames. */
export function watchFrames() {
  const frames = [];
  const note = (time) => {
    frames.push(time);
    window.watched.request = requestAnimationFrame(note);
  };
  window.watched = { frames, request: requestAnimationFrame(note) };
}

/** How the frames came since `watchFrames`, in milliseconds. */
export function framesSeen() {
  const { frames, request } = window.watched;
  cancelAnimationFrame(request);
  const intervals = frames.slice(1).map((time, i) => time - frames[i]);
  // A frame's time is measured to a tenth of a millisecond or so: 60 a second are 16.6 or 16.7 ms apart.
  const inTime = intervals.filter((interval) => interval < 17.2).length;
  return {
    frames: intervals.length,
    inTime: Math.round((1000 * inTime) / intervals.length) / 1000,
    perSecond: Math.round((1000 * intervals.length) / (frames.at(-1) - frames[0])),
    longest: Math.round(Math.max(...intervals)),
  };
}

/** From now on notes when the camera moved, and when all was painted anew and shown. */
export function watchPicture() {
  const canvas = document.querySelector('canvas');
  const seen = { moved: performance.now(), sharp: performance.now(), changed: performance.now() };
  const observer = new MutationObserver((changes) => {
    const names = changes.map(({ attributeName }) => attributeName);
    seen.changed = performance.now();
    if (names.some((name) => ['data-x', 'data-y', 'data-zoom'].includes(name))) seen.moved = seen.changed;
    // What is painted in this frame can be seen when the next but one begins.
    if (names.includes('data-paints'))
      requestAnimationFrame(() => requestAnimationFrame((time) => (seen.sharp = time)));
  });
  observer.observe(canvas, { attributes: true });
  window.seen = seen;
}

/** Whether the picture has not changed for so many milliseconds. */
export function atRest(rest) {
  return performance.now() - window.seen.changed > rest;
}

/** Milliseconds from where the camera came to rest to where the picture was sharp. */
export function sharpAfter() {
  return Math.max(0, Math.round(window.seen.sharp - window.seen.moved));
}

export function nextFrame() {
  return new Promise((passed) => requestAnimationFrame(passed));
}

/** Whether all rows in view have come. */
export function rowsAreThere() {
  const table = document.querySelector('[role=grid]');
  const rows = [...(table?.querySelectorAll('[role=rowgroup]:last-child [role=row]') ?? [])];
  return rows.length > 0 && rows.every((row) => row.querySelector('[role=gridcell]').innerText.trim() !== '');
}
