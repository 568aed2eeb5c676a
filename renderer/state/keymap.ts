// Which key does what.
import type { Direction } from '../graph/neighbours.ts';
import type { Navigation } from './navigation.svelte.ts';
import type { Shortcut, ShortcutGroup } from './shortcuts.ts';

/** What keys can do besides moving the camera. */
export interface WindowActions {
  walk(direction: Direction): void;
  activate(): void;
  openMenu(): void;
  open(): void;
  reload(): void;
  find(): void;
  export(): void;
  print(): void;
  toggleOutline(): void;
  toggleToolbar(): void;
  toggleHelp(): void;
  escape(): void;
  close(): void;
}

/** Pixels of one step of the arrows, xdot's. */
const scrollStep = 100;

export function keymap(navigation: Navigation, actions: WindowActions): ShortcutGroup[] {
  const key = (keys: string | string[], does: string, run: () => void): Shortcut => ({
    keys: [keys].flat(),
    does,
    run,
  });
  const scroll = (arrow: string, dx: number, dy: number) =>
    key(arrow, 'Scroll', () => navigation.scroll(dx * scrollStep, dy * scrollStep));
  const walk = (arrow: string, direction: Direction) =>
    key(`Shift+${arrow}`, 'To the next node that way', () => actions.walk(direction));

  return [
    {
      title: 'Look',
      shortcuts: [
        scroll('ArrowLeft', -1, 0),
        scroll('ArrowRight', 1, 0),
        scroll('ArrowUp', 0, -1),
        scroll('ArrowDown', 0, 1),
        key(['+', '=', 'PageUp'], 'Zoom in', navigation.zoomIn),
        key(['-', 'PageDown'], 'Zoom out', navigation.zoomOut),
        key('w', 'Fit to the window', navigation.fit),
        key('1', 'Actual size', navigation.actualSize),
        key('Alt+ArrowLeft', 'Back', navigation.back),
        key('Alt+ArrowRight', 'Forward', navigation.forward),
      ],
    },
    {
      title: 'Walk along edges',
      shortcuts: [
        walk('ArrowLeft', 'left'),
        walk('ArrowRight', 'right'),
        walk('ArrowUp', 'up'),
        walk('ArrowDown', 'down'),
        key('Enter', 'Centre it, or open its link', actions.activate),
        key(['Shift+F10', 'ContextMenu'], 'What can be done with it', actions.openMenu),
      ],
    },
    {
      title: 'Window',
      shortcuts: [
        key('Ctrl+o', 'Open a file', actions.open),
        key('r', 'Reload', actions.reload),
        key(['f', 'Ctrl+f', '/'], 'Find', actions.find),
        key('Ctrl+s', 'Export', actions.export),
        key(['p', 'Ctrl+p'], 'Print', actions.print),
        key('o', 'Outline', actions.toggleOutline),
        key('t', 'Toolbar', actions.toggleToolbar),
        key('?', 'This list', actions.toggleHelp),
        key('Escape', 'Stop, or let go', actions.escape),
        key('q', 'Close the window', actions.close),
      ],
    },
  ];
}
