// What can be done with the node or the edge that a menu was opened on.
import type { Box, Scene } from '../../shared/scene/scene.ts';
import { itemOf, type Target } from '../graph/target.ts';

export interface ItemActions {
  copy(text: string, what: string): void;
  centre(box: Box): void;
  openLink(url: string): void;
}

export function itemMenu(scene: Scene, target: Target, { copy, centre, openLink }: ItemActions) {
  const item = itemOf(scene, target);
  if (!item) return [];
  const { label, name, url } = item;
  const entry = (label: string, run: () => void) => ({ label, run });
  const ends = target.kind === 'edge' ? scene.edges[target.index] : null;
  return [
    ...(label ? [entry('Copy label', () => copy(label, 'The label'))] : []),
    entry('Copy name', () => copy(name, 'The name')),
    ...(ends
      ? [
          entry('Go to its source', () => centre(scene.nodes[ends.tail].bounds)),
          entry('Go to its destination', () => centre(scene.nodes[ends.head].bounds)),
        ]
      : [entry('Centre', () => centre(item.bounds))]),
    ...(url ? [entry('Open link', () => openLink(url))] : []),
  ];
}
