// Whose a heap is: its bytes by the package or the file whose code made them.
import type { HeapRequests, SourceRow } from '../../shared/protocol/heap.ts';
import { countOwners, ownerName, passesOwner } from './describe.ts';
import type { LoadedSnapshot } from './loaded-snapshot.ts';
import { matcher, pageOf, sortedBy } from './pages.ts';

/** Needs retained sizes. */
export function sourcePage(
  snapshot: LoadedSnapshot,
  params: Omit<HeapRequests['heap.sources']['params'], 'snapshot'>,
): HeapRequests['heap.sources']['result'] {
  const { by, sort, direction, filter, only = 'all' } = params;
  const all = snapshot.keep(`sources ${by}`, () =>
    snapshot.analysis.sources(by).map(({ name, owner, count, size, retainedSize }): SourceRow => ({
      name: name === null ? null : snapshot.describer.names.shortPath(name),
      owner: ownerName(owner),
      count,
      shallowSize: size,
      retainedSize,
    })),
  );
  const matches = matcher(filter);
  const found = all.filter(({ name }) => matches(name));
  const wanted = found.filter(({ owner }) => passesOwner(owner, only));
  const sorted = sortedBy(wanted, (row) => row[sort], direction);
  return { ...pageOf(sorted, params, (row) => row), owners: countOwners(found) };
}
