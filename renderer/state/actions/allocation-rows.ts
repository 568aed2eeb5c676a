// What can be done with a function or a place in a source file.
import type { AllocationPlace, AllocationRow } from '../../../shared/protocol/allocations.ts';
import { inBackground } from '../failures.svelte.ts';
import type { Workspace } from '../workspace.svelte.ts';
import { always, type Action } from './action.ts';

const command = (title: string, run: () => unknown): Action => ({
  title,
  keys: [],
  disabledReason: always,
  run: () => inBackground(Promise.resolve(run())),
});

/** Of a place in a file; nothing where there is none. */
export function placeMenu(workspace: Workspace, place: AllocationPlace['location']): Action[] {
  if (!place?.script) return [];
  const { script, line, column } = place;
  return [
    command('Show the source', () => workspace.showSource({ script, line, column })),
    command('Copy the place', () => workspace.copy(`${script}:${line}:${column}`, 'The place')),
  ];
}

export function frameMenu(workspace: Workspace, frame: AllocationPlace, widen: () => void): Action[] {
  return [command('As wide as the view', widen), ...placeMenu(workspace, frame.location)];
}

export function allocationMenu(workspace: Workspace, row: AllocationRow): Action[] {
  const text = [row.name, row.selfBytes, row.totalBytes ?? '', row.count ?? ''].join('\t');
  return [
    ...placeMenu(workspace, row.location),
    command('Copy as text', () => workspace.copy(text, 'The row')),
  ];
}
