// Walking from node to node along edges, and what can be done where the walk has come to.
import type { Direction } from '../../graph/neighbours.ts';
import type { Viewer } from '../viewer.svelte.ts';
import type { Action } from './action.ts';

export function walkActions(viewer: Viewer) {
  const { needsPicture, needsSelection } = viewer;
  const walk = (direction: Direction, words: string, arrow: string): Action => ({
    title: `To the next node ${words}`,
    summary: 'To the next node that way',
    keys: [`Shift+${arrow}`],
    disabledReason: needsPicture,
    run: () => viewer.walk(direction),
  });
  return {
    left: walk('left', 'on the left', 'ArrowLeft'),
    right: walk('right', 'on the right', 'ArrowRight'),
    up: walk('up', 'above', 'ArrowUp'),
    down: walk('down', 'below', 'ArrowDown'),
    activate: {
      get title() {
        return viewer.growing.isPossible ? 'Expand it' : 'Centre it, or open its link';
      },
      keys: ['Enter'],
      disabledReason: needsSelection,
      run: viewer.activate,
    },
    menu: {
      title: 'Actions',
      keys: ['Shift+F10', 'ContextMenu'],
      disabledReason: needsSelection,
      run: viewer.openMenu,
    },
  } satisfies Record<string, Action>;
}
