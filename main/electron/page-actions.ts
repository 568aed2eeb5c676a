// What the page can do, as it lists it itself: the menu offers all of it. Every window has the same page.
import { isDeepStrictEqual } from 'node:util';
import type { MenuGroup } from '../../shared/protocol/actions.ts';

let groups: readonly MenuGroup[] = [];
const listeners: (() => void)[] = [];

export const pageActions = (): readonly MenuGroup[] => groups;

export function setPageActions(next: readonly MenuGroup[]): void {
  if (isDeepStrictEqual(next, groups)) return;
  groups = next;
  for (const listener of listeners) listener();
}

export function onPageActionsChange(listener: () => void): void {
  listeners.push(listener);
}
