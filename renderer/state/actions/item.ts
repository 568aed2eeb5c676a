// What can be done with the node or the edge that is selected.
import type { SceneEdge } from '../../../shared/scene/scene.ts';
import { boxMiddle, middle } from '../../graph/neighbours.ts';
import type { Viewer } from '../viewer.svelte.ts';
import type { Action } from './action.ts';
import { inBackground } from '../failures.svelte.ts';

export function itemActions(viewer: Viewer) {
  const { navigation, selection, needsSelection } = viewer;
  const item = () => selection.selectedItem!;
  const edge = () => item() as SceneEdge;
  const needsEdge = () => (selection.selected?.kind === 'edge' ? null : 'Select an edge first');
  const goTo = (end: 'tail' | 'head') => navigation.centre(middle(selection.scene!, edge()[end]));
  return {
    copyLabel: {
      title: 'Copy label',
      keys: [],
      disabledReason: () => needsSelection() ?? (item().label ? null : 'It has no label'),
      run: () => inBackground(viewer.copy(item().label, 'The label')),
    },
    copyName: {
      title: 'Copy name',
      keys: [],
      disabledReason: needsSelection,
      run: () => inBackground(viewer.copy(item().name, 'The name')),
    },
    centre: {
      title: 'Centre',
      keys: [],
      disabledReason: () => needsSelection() ?? (needsEdge() ? null : 'An edge has two ends'),
      run: () => navigation.centre(boxMiddle(item().bounds)),
    },
    toSource: { title: 'Go to its source', keys: [], disabledReason: needsEdge, run: () => goTo('tail') },
    toDestination: {
      title: 'Go to its destination',
      keys: [],
      disabledReason: needsEdge,
      run: () => goTo('head'),
    },
    openLink: {
      title: 'Open link',
      keys: [],
      disabledReason: () => needsSelection() ?? (item().url ? null : 'It has no link'),
      run: () => viewer.openLink(item().url!),
    },
  } satisfies Record<string, Action>;
}
