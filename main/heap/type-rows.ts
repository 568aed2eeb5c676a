// The table of classes: how many objects of each there are, and their bytes.
import type { HeapRequests, OwnedPage, TypeRow } from '../../shared/protocol/heap.ts';
import { countOwners, passesOwner, readableDistance, type HeapDescriber } from './describe.ts';
import type { LoadedSnapshot } from './loaded-snapshot.ts';
import { matcher, pageOf, sortedBy } from './pages.ts';

/** Every class that has objects. @param hasRetained whether their retained sizes are told, which take time to find */
function typeRows(describer: HeapDescriber, hasRetained: boolean): TypeRow[] {
  const { analysis } = describer;
  const { counts, shallowSizes, distances } = analysis.classCounts;
  return analysis.classes.list
    .map((heapClass, index): TypeRow => {
      const { type, location, owner } = describer.class(heapClass);
      return {
        index,
        type,
        place: location as TypeRow['place'],
        owner,
        count: counts[index],
        shallowSize: shallowSizes[index],
        retainedSize: hasRetained ? analysis.histogram.retainedSizes[index] : null,
        distance: readableDistance(distances[index]),
      };
    })
    .filter(({ count }) => count > 0);
}

export function typePage(
  snapshot: LoadedSnapshot,
  params: Omit<HeapRequests['heap.types']['params'], 'snapshot'>,
): OwnedPage<TypeRow> {
  const { sort, direction, filter, only = 'all' } = params;
  const hasRetained = snapshot.ready.has('retainedSizes');
  const { rows, owners } = snapshot.keep(['types', hasRetained, sort, direction, filter, only].join(), () => {
    const matches = matcher(filter);
    const all = typeRows(snapshot.describer, hasRetained);
    const found = all.filter(({ type, place }) => matches(type, place?.script));
    const wanted = found.filter(({ owner }) => passesOwner(owner, only));
    return { rows: sortedBy(wanted, (row) => row[sort], direction), owners: countOwners(found) };
  });
  return { ...pageOf(rows, params, (row) => row), owners };
}
