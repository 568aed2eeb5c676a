// Views to come back to.
import type { Viewer } from '../viewer.svelte.ts';
import type { Action } from './action.ts';

export function bookmarkActions(viewer: Viewer) {
  const { needsPicture } = viewer;
  return {
    bookmarks: {
      title: 'Bookmarks',
      keys: ['b', 'Ctrl+d'],
      disabledReason: needsPicture,
      run: () => (viewer.dialog = 'bookmarks'),
    },
    minimap: {
      title: 'Minimap',
      keys: ['m'],
      disabledReason: needsPicture,
      run: viewer.toggleMinimap,
    },
  } satisfies Record<string, Action>;
}
