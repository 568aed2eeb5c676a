// More of a heap in its picture.
import type { Viewer } from '../viewer.svelte.ts';
import type { Action } from './action.ts';

export function growActions({ growing }: Viewer) {
  const { hindrance } = growing;
  const needsObject = () => hindrance() ?? (growing.object === null ? 'Select an object first' : null);
  const deeper = { summary: 'Expand all by one level', hindrance };
  return {
    more: {
      title: 'Show more of them',
      keys: [],
      hindrance: () =>
        hindrance() ?? (growing.box === null ? 'Select a box such as “12 more references” first' : null),
      run: growing.more,
    },
    references: {
      title: 'Expand references',
      keys: ['.'],
      hindrance: needsObject,
      run: () => growing.expand('references'),
    },
    referrers: {
      title: 'Expand back references',
      keys: [','],
      hindrance: needsObject,
      run: () => growing.expand('referrers'),
    },
    allReferences: {
      ...deeper,
      title: 'Expand all by one level: references',
      keys: ['>'],
      run: () => growing.deepen('references'),
    },
    allReferrers: {
      ...deeper,
      title: 'Expand all by one level: back references',
      keys: ['<'],
      run: () => growing.deepen('referrers'),
    },
  } satisfies Record<string, Action>;
}
