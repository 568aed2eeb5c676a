// The menu on what is selected: those of the actions that can do something with it, in groups.
import type { Target } from '../../graph/target.ts';
import type { Action } from './action.ts';
import type { Actions } from './index.ts';

/** `kind` is what it was opened on; null for the paper between. */
export function itemMenu(
  { item, explore, grow, look, window }: Actions,
  kind: Target['kind'] | null,
): Action[][] {
  const copy = [item.copyLabel, item.copyName];
  const { hide, collapse, expand, near, keep, upstream, downstream } = explore;
  const deeper = [grow.allReferences, grow.allReferrers];
  const history = [explore.undo, explore.redo, explore.showAll];
  const groups: Record<Target['kind'] | 'paper', Action[][]> = {
    node: [
      [...copy, item.centre, item.openLink],
      [grow.more, grow.references, grow.referrers, ...deeper],
      [hide, collapse, expand],
      [near, keep, upstream, downstream, explore.keepUpstream, explore.keepDownstream],
      [explore.path, explore.keepPath],
      history,
    ],
    edge: [[...copy, item.toSource, item.toDestination, item.openLink], history],
    cluster: [[...copy, item.centre, item.openLink], [hide, collapse], history],
    paper: [[look.fit, look.actualSize, window.find], [look.modernLook], deeper, history],
  };
  return groups[kind ?? 'paper']
    .map((group) => group.filter((action) => action.disabledReason() === null))
    .filter((group) => group.length > 0);
}
