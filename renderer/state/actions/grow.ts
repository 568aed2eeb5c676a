// More of a heap in its picture.
import type { Viewer } from '../viewer.svelte.ts';
import type { Action } from './action.ts';

export function growActions({ growing }: Viewer) {
  const { disabledReason } = growing;
  const needsObject = () => disabledReason() ?? (growing.object === null ? 'Select an object first' : null);
  const deeper = { summary: 'Expand all by one level', disabledReason };
  return {
    more: {
      title: 'Show more of them',
      keys: [],
      disabledReason: () =>
        disabledReason() ?? (growing.box === null ? 'Select a box such as “+ 12 more” first' : null),
      run: growing.more,
    },
    references: {
      title: 'Expand references',
      keys: ['.'],
      disabledReason: needsObject,
      run: () => growing.expand('references'),
    },
    referrers: {
      title: 'Expand back references',
      keys: [','],
      disabledReason: needsObject,
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
