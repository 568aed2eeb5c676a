// A key of the page's list as Electron writes it.

const names: Record<string, string> = {
  ArrowLeft: 'Left',
  ArrowRight: 'Right',
  ArrowUp: 'Up',
  ArrowDown: 'Down',
  Escape: 'Esc',
  Enter: 'Return',
  ' ': 'Space',
  '+': 'Plus',
  Ctrl: 'CmdOrCtrl',
};

/** `Ctrl+P` is `CmdOrCtrl+Shift+P`: the page writes a letter with Shift as a capital. Null for keys that Electron has not. */
export function acceleratorOf(key: string): string | null {
  if (key.includes('ContextMenu')) return null;
  const parts = key === '+' ? ['+'] : key.split('+');
  const letter = parts.pop()!;
  const shift = /^\p{Lu}$/u.test(letter) ? ['Shift'] : [];
  const last = names[letter] ?? (letter.length === 1 ? letter.toUpperCase() : letter);
  return [...parts.map((part) => names[part] ?? part), ...shift, last].join('+');
}

/** Letters alone are typed into fields: only keys with a modifier, and those of the top row, may be the menu's own. */
export const isSafeAccelerator = (accelerator: string) => /^(CmdOrCtrl|Alt)\+|^F\d+$/.test(accelerator);
