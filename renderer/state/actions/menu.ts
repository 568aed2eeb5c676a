// The menu on what is selected: those of the actions that can do something with it.
import type { Action } from './action.ts';
import type { Actions } from './index.ts';

export function itemMenu({ item }: Actions): Action[] {
  const { copyLabel, copyName, centre, toSource, toDestination, openLink } = item;
  return [copyLabel, copyName, toSource, toDestination, centre, openLink].filter(
    (action) => action.hindrance() === null,
  );
}
