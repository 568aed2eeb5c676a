// Everything that the window can do, in one list.
import type { MenuGroup } from '../../../shared/protocol/actions.ts';
import { Trail } from '../trail.svelte.ts';
import type { Viewer } from '../viewer.svelte.ts';
import type { Workspace } from '../workspace.svelte.ts';
import type { Action, ActionGroup } from './action.ts';
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
    look: lookActions(viewer, new Trail({ tables: workspace.places, picture: viewer })),
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

/** In the order of menus and lists. */
const titles: Record<keyof Actions, string> = {
  look: 'View',
  places: 'Bookmarks',
  walk: 'Walk along edges',
  explore: 'Explore',
  grow: 'Grow',
  item: 'Selection',
  output: 'Output',
  heap: 'Heap',
  window: 'Window',
};

export const groupsOf = (actions: Actions): ActionGroup[] =>
  (Object.keys(titles) as (keyof Actions)[]).map((name) => ({
    name,
    title: titles[name],
    actions: actions[name],
  }));

/** As a menu outside of the page offers them. */
export const menuOf = (groups: readonly ActionGroup[]): MenuGroup[] =>
  groups.map(({ name, title, actions }) => ({
    title,
    actions: Object.entries(actions).map(([key, action]) => ({
      id: `${name}.${key}`,
      title: action.title,
      keys: [...action.keys],
    })),
  }));

export const actionOf = (id: string, groups: readonly ActionGroup[]): Action | undefined => {
  const [group, name] = id.split('.');
  return groups.find((each) => each.name === group)?.actions[name];
};
