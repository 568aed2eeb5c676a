// `Menu`: the template as it is. What Electron would refuse is refused.
import type { MenuItemConstructorOptions } from 'electron';
import { BrowserWindow } from './browser-window.ts';

export interface MenuEntry {
  /** `File/Open…`, without the marks of mnemonics. */
  path: string;
  accelerator: string | null;
  role: string | null;
  enabled: boolean;
}

export class Menu {
  static current: Menu | null = null;
  readonly template: MenuItemConstructorOptions[];

  private constructor(template: MenuItemConstructorOptions[]) {
    this.template = template;
  }

  static buildFromTemplate(template: MenuItemConstructorOptions[]): Menu {
    return new Menu(template);
  }

  static setApplicationMenu(menu: Menu | null): void {
    Menu.current = menu;
  }

  entries(): MenuEntry[] {
    return flatten(this.template, '').map(({ path, item }) => ({
      path,
      accelerator: item.accelerator ?? null,
      role: item.role ?? null,
      enabled: item.enabled ?? true,
    }));
  }

  click(path: string): void {
    const entry = flatten(this.template, '').find((candidate) => candidate.path === path);
    if (!entry?.item.click) throw new Error(`There is nothing to click at ${path}`);
    entry.item.click(undefined as never, BrowserWindow.getFocusedWindow() as never, undefined as never);
  }
}

function flatten(
  items: MenuItemConstructorOptions[],
  above: string,
): { path: string; item: MenuItemConstructorOptions }[] {
  return items.flatMap((item) => {
    const { label, role, type, submenu } = item;
    if (!label && !role && type !== 'separator') throw new Error('A menu item has a label, a role or a type');
    if (type === 'separator') return [];
    const path = above + (label ?? `(${role})`).replaceAll(/&(.)/g, '$1');
    return [{ path, item }, ...(Array.isArray(submenu) ? flatten(submenu, `${path}/`) : [])];
  });
}
