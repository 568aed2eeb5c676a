// A thing that the window can do. One value feeds the keys, the list of them, the toolbar and the menus, so that it cannot be
// missing from any.

export interface Action {
  /** As lists and menus say it: `Fit to the window`. */
  readonly title: string;
  /** As in `KeyboardEvent.key`; `Ctrl+`, `Alt+` and `Shift+` in this order before. */
  readonly keys: readonly string[];
  /** Actions of one summary are one row in the list of keys: `Scroll`. */
  readonly summary?: string;
  /** Why it can do nothing now, in words for its user; null when it can. */
  disabledReason(): string | null;
  run(): void;
}

export interface ActionGroup {
  /** With the name of an action in it, the action's id: `look.fit`. */
  name: string;
  title: string;
  actions: Record<string, Action>;
}

/** One that always can. */
export const always = () => null;
