// Which object a store of V8's belongs to. Stores may be lists of stores: a FinalizationRegistry of a million entries is
// a list of a million cells, each of which would have to climb over all that are before it to find the registry. So owners
// are found from above, once for all stores.
import type { HeapGraph } from './heap-graph.ts';
import { Visibility, type Folding } from './visibility.ts';

/** What belongs to no object, and what belongs to more than one. */
export const noOwner = -1;
export const severalOwners = -2;

/** Per folded node, the visible node that it belongs to, or one of the above. Cost: each edge of a store is looked at twice at most. */
export function findOwners(heap: HeapGraph, folding: Folding): Int32Array {
  const { nodeCount, firstEdges, edgeTargets } = heap;
  const { visibility } = folding;
  const owners = new Int32Array(nodeCount).fill(noOwner);
  const stack: number[] = [];
  /** A store is entered again only when it turns out to have a second owner: then so have those behind it. */
  const enter = (source: number, owner: number): void => {
    for (let edge = firstEdges[source]; edge < firstEdges[source + 1]; edge++) {
      const store = edgeTargets[edge];
      if (visibility[store] !== Visibility.folded) continue;
      const known = owners[store];
      if (known === owner || known === severalOwners || !folding.folds(source, edge)) continue;
      owners[store] = known === noOwner ? owner : severalOwners;
      stack.push(store);
    }
  };
  for (let node = 0; node < nodeCount; node++) {
    if (visibility[node] !== Visibility.visible) continue;
    enter(node, node);
    for (let store; (store = stack.pop()) !== undefined;) enter(store, owners[store]);
  }
  return owners;
}
