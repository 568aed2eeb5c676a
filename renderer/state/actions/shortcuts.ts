// Keys: which action one is for, and how it is printed.
import type { Action, ActionGroup } from './action.ts';

/** Whether what is typed there is a field's, or the open list's of a choice. */
export const isField = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && target.closest('input, select') !== null;

/** `Ctrl` is the command key on a Mac. Shift counts only where a key has no other letter with it. */
export function keyOf(event: KeyboardEvent): string {
  const modifiers = [
    event.ctrlKey || event.metaKey ? 'Ctrl+' : '',
    event.altKey ? 'Alt+' : '',
    event.shiftKey && event.key.length > 1 ? 'Shift+' : '',
  ];
  return modifiers.join('') + letterOf(event);
}

/** Caps Lock makes no other shortcut of a letter. */
function letterOf({ key, shiftKey }: KeyboardEvent): string {
  if (key.length > 1) return key;
  return shiftKey ? key.toUpperCase() : key.toLowerCase();
}

export function actionFor(event: KeyboardEvent, groups: readonly ActionGroup[]): Action | undefined {
  const key = keyOf(event);
  return groups.flatMap(({ actions }) => Object.values(actions)).find(({ keys }) => keys.includes(key));
}

const names: Record<string, string> = {
  ArrowLeft: '←',
  ArrowRight: '→',
  ArrowUp: '↑',
  ArrowDown: '↓',
  PageUp: 'Page ↑',
  PageDown: 'Page ↓',
  Escape: 'Esc',
  ContextMenu: 'Menu',
  ' ': 'Space',
  '-': '−',
};

/** `Shift+ArrowLeft` as it is printed on the keys: `['Shift', '←']`; a capital is a letter with Shift. */
export const printed = (key: string): string[] =>
  (key === '+' ? ['+'] : key.split('+')).flatMap((part) => {
    if (part.length > 1) return names[part] ?? part;
    return /\p{Lu}/u.test(part) ? ['Shift', part] : (names[part] ?? part.toUpperCase());
  });

/** The first key of an action as a tooltip shows it: `Ctrl+O`; empty when it has none. */
export const hint = ({ keys }: Action): string => (keys.length > 0 ? printed(keys[0]).join('+') : '');
