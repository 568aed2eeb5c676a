// A key and what it does: pressed in App, listed in the overlay that `?` opens.

export interface Shortcut {
  /** As `KeyboardEvent.key` says them; `Ctrl+`, `Alt+` and `Shift+` in this order before. */
  keys: string[];
  /** What it does, for the overlay. */
  does: string;
  run(): void;
}

export interface ShortcutGroup {
  title: string;
  shortcuts: Shortcut[];
}

/** `Ctrl` is the command key on a Mac. Shift counts only where a key has no other letter with it. */
export function keyOf(event: KeyboardEvent): string {
  const modifiers = [
    event.ctrlKey || event.metaKey ? 'Ctrl+' : '',
    event.altKey ? 'Alt+' : '',
    event.shiftKey && event.key.length > 1 ? 'Shift+' : '',
  ];
  return modifiers.join('') + event.key;
}

export function shortcutFor(event: KeyboardEvent, groups: ShortcutGroup[]): Shortcut | undefined {
  const key = keyOf(event);
  return groups.flatMap((group) => group.shortcuts).find((shortcut) => shortcut.keys.includes(key));
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
  '-': '−',
};

/** `Shift+ArrowLeft` as it is printed on the keys: `['Shift', '←']`. */
export const printed = (key: string): string[] =>
  (key === '+' ? ['+'] : key.split('+')).map(
    (part) => names[part] ?? (part.length === 1 ? part.toUpperCase() : part),
  );
