// What can be done with a row of the heap's tables.
import type { GrowthRow, ObjectRow, ReferenceRow, StringRow, TypeRow } from '../../shared/protocol/heap.ts';
import type { MenuItem } from '../ui/Menu.svelte';
import type { Workspace } from './workspace.svelte.ts';

export function objectMenu(workspace: Workspace, object: ObjectRow): MenuItem[] {
  const { id } = object;
  return [
    { label: 'Show references', run: () => void workspace.drawReferences(id) },
    { label: 'Show back references', run: () => void workspace.drawReferrers(id) },
    { label: 'Show path to root', run: () => void workspace.drawPath(id) },
    { label: 'Show merged back references', run: () => void workspace.drawMerged(id) },
    { label: 'Copy id', run: () => void workspace.copy(`@${id}`, 'The id') },
    { label: 'Copy as text', run: () => void workspace.copy(objectText(object), 'The row') },
  ];
}

/** Of an object among those that hold another one. */
export function retainerMenu(workspace: Workspace, { object, edge, edgeIndex }: ReferenceRow): MenuItem[] {
  return [
    ...objectMenu(workspace, object),
    { label: 'Leave this object out', run: () => workspace.leaveOutObject(object) },
    {
      label: 'Leave this reference out',
      run: () => workspace.leaveOutReference(edgeIndex, edge, object),
    },
  ];
}

export function typeMenu(workspace: Workspace, type: TypeRow): MenuItem[] {
  return [
    { label: 'Show instances', run: () => workspace.openType(type) },
    {
      label: 'Show merged back references',
      run: () => void workspace.heap.draw({ kind: 'merged', type: type.index }),
    },
    {
      label: 'Copy as text',
      run: () =>
        void workspace.copy(
          [type.type, type.count, type.shallowSize, type.retainedSize ?? ''].join('\t'),
          'The row',
        ),
    },
  ];
}

/** `openNew` lists the objects that are new. */
export function growthMenu(workspace: Workspace, row: GrowthRow, openNew: () => void): MenuItem[] {
  const text = [row.type, ...row.counts, row.added, row.removed].join('\t');
  const isThere: MenuItem[] = row.index === null ? [] : [{ label: 'Show new instances', run: openNew }];
  return [...isThere, { label: 'Copy as text', run: () => void workspace.copy(text, 'The row') }];
}

export function stringMenu(workspace: Workspace, { id, text, count, wasted }: StringRow): MenuItem[] {
  return [
    { label: 'Show back references', run: () => void workspace.drawReferrers(id) },
    { label: 'Show path to root', run: () => void workspace.drawPath(id) },
    { label: 'Copy id', run: () => void workspace.copy(`@${id}`, 'The id') },
    { label: 'Copy as text', run: () => void workspace.copy([text, count, wasted].join('\t'), 'The row') },
  ];
}

const objectText = ({ id, type, name, shallowSize, retainedSize }: ObjectRow) =>
  [`${type} @${id}`, name, shallowSize, retainedSize ?? ''].join('\t');
