// What the page can do, for the menu of a host's window: the page lists its actions, and the host runs one by its id.
import * as v from 'valibot';
import { list, object, text } from './schema.ts';

/** `window.open`: its group and its name in renderer/state/actions. */
const id = text(100);

const menuAction = object({
  id,
  /** `Fit to the window`. */
  title: text(200),
  /** As the page's list of keys has them: `Ctrl+o`, `Alt+ArrowLeft`. */
  keys: list(text(40), 20),
});
export type MenuAction = v.InferOutput<typeof menuAction>;

export const menuGroup = object({ title: text(100), actions: list(menuAction, 200) });
export type MenuGroup = v.InferOutput<typeof menuGroup>;

export const menuGroups = list(menuGroup, 50);

export const menuActionRun = v.object({ id });
