// Reads what many requests about the heap have in common: a snapshot, a page of a table, objects by their ids.
import type { LeftOut, PageRequest } from '../../../shared/protocol/heap.ts';
import type { HeapDocument } from '../../documents/heap-document.ts';
import { choiceIn, textIn, valueIn, wholeNumberIn, wholeNumbersIn } from './params.ts';

const mostRows = 1000;
const mostIds = 1000;
const longestFilter = 1000;
const directions = ['ascending', 'descending'] as const;

export function idsIn(params: unknown): number[] {
  const ids = wholeNumbersIn(params, 'ids', mostIds);
  if (ids.length === 0) throw new TypeError('ids names no object');
  return ids;
}

export function leftOutIn(params: unknown): LeftOut {
  const leaveOut = valueIn(params, 'leaveOut');
  return { ids: wholeNumbersIn(leaveOut, 'ids', mostIds), edges: wholeNumbersIn(leaveOut, 'edges', mostIds) };
}

export function idOrNullIn(params: unknown): number | null {
  return valueIn(params, 'id') === null ? null : wholeNumberIn(params, 'id');
}

export function pageIn(params: unknown, heap: HeapDocument): PageRequest {
  return { snapshot: snapshotIn(params, heap), ...rowsIn(params) };
}

export function rowsIn(params: unknown): { offset: number; limit: number } {
  return { offset: wholeNumberIn(params, 'offset'), limit: wholeNumberIn(params, 'limit', 0, mostRows) };
}

export function orderIn<S extends string>(params: unknown, sorts: readonly S[]) {
  return { sort: choiceIn(params, 'sort', sorts), direction: choiceIn(params, 'direction', directions) };
}

export function filterIn(params: unknown): string {
  return textIn(params, 'filter', longestFilter);
}

export function snapshotIn(params: unknown, { state }: HeapDocument, name = 'snapshot'): number {
  const snapshot = wholeNumberIn(params, name);
  const count = state?.snapshots.length ?? 0;
  if (snapshot >= count) throw new RangeError(`There is no snapshot ${snapshot}: the window has ${count}`);
  return snapshot;
}
