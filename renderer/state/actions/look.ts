// Moving the camera.
import { inBackground } from '../failures.svelte.ts';
import type { Trail } from '../trail.svelte.ts';
import type { Viewer } from '../viewer.svelte.ts';
import { always, type Action } from './action.ts';

/** Pixels of one step of the arrows, xdot's. */
const scrollStep = 100;

export function lookActions(viewer: Viewer, trail: Trail) {
  const { document, navigation, needsPicture } = viewer;
  const scroll = (towards: string, key: string, dx: number, dy: number): Action => ({
    title: `Scroll ${towards}`,
    summary: 'Scroll',
    keys: [key],
    disabledReason: always,
    run: () => navigation.scroll(dx * scrollStep, dy * scrollStep),
  });
  return {
    scrollLeft: scroll('left', 'ArrowLeft', -1, 0),
    scrollRight: scroll('right', 'ArrowRight', 1, 0),
    scrollUp: scroll('up', 'ArrowUp', 0, -1),
    scrollDown: scroll('down', 'ArrowDown', 0, 1),
    zoomIn: {
      title: 'Zoom in',
      keys: ['+', '=', 'PageUp'],
      disabledReason: needsPicture,
      run: navigation.zoomIn,
    },
    zoomOut: {
      title: 'Zoom out',
      keys: ['-', 'PageDown'],
      disabledReason: needsPicture,
      run: navigation.zoomOut,
    },
    fit: { title: 'Fit to the window', keys: ['w'], disabledReason: needsPicture, run: navigation.fit },
    actualSize: {
      title: 'Actual size',
      keys: ['1'],
      disabledReason: needsPicture,
      run: navigation.actualSize,
    },
    modernLook: {
      title: 'Modern look',
      keys: [],
      disabledReason: () =>
        needsPicture() ??
        (document.state.modernLook || document.state.isPlain
          ? null
          : 'The file has fonts or colours of its own'),
      run: () => inBackground(document.setModernLook(!document.state.modernLook)),
    },
    back: {
      title: 'Back',
      keys: ['Alt+ArrowLeft'],
      disabledReason: () => (trail.canGoBack ? null : 'Nothing to go back to'),
      run: trail.back,
    },
    forward: {
      title: 'Forward',
      keys: ['Alt+ArrowRight'],
      disabledReason: () => (trail.canGoForward ? null : 'Nothing to go forward to'),
      run: trail.forward,
    },
  } satisfies Record<string, Action>;
}
