// Everything that the window can do, in one list.
import type { Viewer } from '../viewer.svelte.ts';
import type { Workspace } from '../workspace.svelte.ts';
import type { ActionGroup } from './action.ts';
import { bookmarkActions } from './bookmarks.ts';
import { exploreActions } from './explore.ts';
import { growActions } from './grow.ts';
import { heapActions } from './heap.ts';
import { itemActions } from './item.ts';
import { lookActions } from './look.ts';
import { outputActions } from './output.ts';
import { walkActions } from './walk.ts';
import { windowActions } from './window.ts';

export function actionsOf(viewer: Viewer, workspace: Workspace) {
  return {
    look: lookActions(viewer),
    walk: walkActions(viewer),
    item: itemActions(viewer),
    explore: exploreActions(viewer),
    grow: growActions(viewer),
    places: bookmarkActions(viewer),
    output: outputActions(viewer),
    heap: heapActions(workspace, viewer),
    window: windowActions(viewer, workspace),
  };
}

export type Actions = ReturnType<typeof actionsOf>;

export const groupsOf = (actions: Actions): ActionGroup[] => [
  { title: 'View', actions: actions.look },
  { title: 'Bookmarks', actions: actions.places },
  { title: 'Walk along edges', actions: actions.walk },
  { title: 'Explore', actions: actions.explore },
  { title: 'Grow', actions: actions.grow },
  { title: 'Selection', actions: actions.item },
  { title: 'Output', actions: actions.output },
  { title: 'Heap', actions: actions.heap },
  { title: 'Window', actions: actions.window },
];
