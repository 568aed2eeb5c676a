// The table of classes: how many objects of each there are, and their bytes.
import type { HeapRequests, OwnedPage, TypeRow } from '../../shared/protocol/heap.ts';
import { countOwners, passesOwner, readableDistance, type HeapDescriber } from './describe.ts';
import type { LoadedSnapshot } from './loaded-snapshot.ts';
import { matcher, pageOf, sortedBy } from './pages.ts';

/** A row of the table, of the command and of the window alike. */
export type TypeRecord = Omit<TypeRow, 'index'>;

/** Of every class, also those without objects. @param hasRetained whether with distances and retained sizes, which take time */
export function typeRecords(describer: HeapDescriber, hasRetained: boolean): TypeRecord[] {
  const { analysis } = describer;
  const histogram = hasRetained ? analysis.histogram : null;
  const { counts, shallowSizes } = analysis.classCounts;
  return analysis.classes.list.map((heapClass, index) => ({
    ...describer.class(heapClass),
    count: counts[index],
    shallowSize: shallowSizes[index],
    retainedSize: histogram?.retainedSizes[index] ?? null,
    distance: histogram && readableDistance(histogram.distances[index]),
  }));
}

export function typePage(
  snapshot: LoadedSnapshot,
  params: Omit<HeapRequests['heap.types']['params'], 'snapshot'>,
): OwnedPage<TypeRow> {
  const { sort, direction, filter, only = 'all' } = params;
  const hasRetained = snapshot.ready.has('retainedSizes');
  const { rows, owners } = snapshot.keep(['types', hasRetained, sort, direction, filter, only].join(), () => {
    const matches = matcher(filter);
    const all = typeRecords(snapshot.describer, hasRetained).map((row, index) => ({ index, ...row }));
    const found = all.filter(({ count, type, location }) => count > 0 && matches(type, location?.script));
    const wanted = found.filter(({ owner }) => passesOwner(owner, only));
    return { rows: sortedBy(wanted, (row) => row[sort], direction), owners: countOwners(found) };
  });
  return { ...pageOf(rows, params, (row) => row), owners };
}
