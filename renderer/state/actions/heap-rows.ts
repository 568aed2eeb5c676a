// What can be done with a row of the heap's tables.
import type {
  GrowthRow,
  ObjectRow,
  PathStep,
  ReferenceRow,
  StringRow,
  TypeRow,
} from '../../../shared/protocol/heap.ts';
import type { Workspace } from '../workspace.svelte.ts';
import { inBackground } from '../failures.svelte.ts';
import { always, type Action } from './action.ts';
import { placeMenu } from './allocation-rows.ts';

/** One that is only there while it can be done. */
const command = (title: string, run: () => unknown): Action => ({
  title,
  keys: [],
  disabledReason: always,
  run: () => inBackground(Promise.resolve(run())),
});

export function objectMenu(workspace: Workspace, object: ObjectRow): Action[] {
  const { id } = object;
  return [
    command('Show path to root', () => workspace.drawPath(object)),
    command('Show references', () => workspace.drawReferences(object)),
    command('Show back references', () => workspace.drawReferrers(object)),
    command('Show merged back references', () => workspace.drawMerged(object)),
    command('Copy id', () => workspace.copy(`@${id}`, 'The id')),
    command('Copy as text', () => workspace.copy(objectText(object), 'The row')),
  ];
}

/** Of an object among those that hold another one. */
export function retainerMenu(workspace: Workspace, { object, edge, edgeIndex }: ReferenceRow): Action[] {
  return [
    ...objectMenu(workspace, object),
    command('Leave this object out', () => workspace.leaveOutObject(object)),
    command('Leave this reference out', () => workspace.leaveOutReference(edgeIndex, edge, object)),
  ];
}

/** Of an object on a path to `end`, without which there is no path. */
export function stepMenu(workspace: Workspace, { object, edge, edgeIndex }: PathStep, end: number): Action[] {
  const menu = objectMenu(workspace, object);
  if (object.id !== end) menu.push(command('Leave this object out', () => workspace.leaveOutObject(object)));
  if (edgeIndex !== null)
    menu.push(
      command('Leave its reference out', () => workspace.leaveOutReference(edgeIndex, edge ?? '', object)),
    );
  return menu;
}

/** Of a class, while its process can be asked. */
function whereMade(workspace: Workspace, row: Pick<TypeRow, 'type' | 'location'>): Action[] {
  const { state, isReady } = workspace.target;
  if (!isReady || !state?.isInspectable) return [];
  return [command('Where made?…', () => workspace.askWhoMakes(row))];
}

export function typeMenu(workspace: Workspace, row: TypeRow): Action[] {
  const text = [row.type, row.count, row.shallowSize, row.retainedSize ?? ''].join('\t');
  return [
    command('Show instances', () => workspace.openType(row)),
    ...whereMade(workspace, row),
    ...placeMenu(workspace, row.location),
    command('Show merged back references', () => workspace.drawType(row)),
    command('Copy as text', () => workspace.copy(text, 'The row')),
  ];
}

/** `openNew` lists the objects that are new. */
export function growthMenu(workspace: Workspace, row: GrowthRow, openNew: () => void): Action[] {
  const text = [row.type, ...row.counts, row.added, row.removed].join('\t');
  const isThere = row.index === null ? [] : [command('Show new instances', openNew)];
  return [
    ...isThere,
    ...whereMade(workspace, row),
    ...placeMenu(workspace, row.location),
    command('Copy as text', () => workspace.copy(text, 'The row')),
  ];
}

export function stringMenu(
  workspace: Workspace,
  { id, text, count, wasted, shallowSize }: StringRow,
): Action[] {
  const object = {
    id,
    type: 'string',
    name: JSON.stringify(text.slice(0, 40)),
    retainedSize: shallowSize / count,
  };
  return [
    command('Show back references', () => workspace.drawReferrers(object)),
    command('Show path to root', () => workspace.drawPath(object)),
    command('Copy id', () => workspace.copy(`@${id}`, 'The id')),
    command('Copy as text', () => workspace.copy([text, count, wasted].join('\t'), 'The row')),
  ];
}

const objectText = ({ id, type, name, shallowSize, retainedSize }: ObjectRow) =>
  [`${type} @${id}`, name, shallowSize, retainedSize ?? ''].join('\t');
