// Objects by their ids: found by an index, never by a look at every node.
import { expect, it, vi } from 'vitest';
import { drawPicture } from '../../../main/heap/draw.ts';
import { growPicture } from '../../../main/heap/grow-picture.ts';
import { pathsTo } from '../../../main/heap/object-details.ts';
import { LoadedSnapshot } from '../../../main/heap/loaded-snapshot.ts';
import { buildGraph } from '../../shared/heap/build-graph.ts';
import { randomHeap } from '../../shared/heap/analysis/random-heap.ts';

it('finds each object by its id, in tables and pictures, without going through the heap', () => {
  for (const seed of [1, 2, 3]) {
    const graph = buildGraph(randomHeap(seed));
    const ids = [...graph.nodeIds];
    const byScan = ids.map((id) => graph.nodeWithId(id));
    const scan = vi.spyOn(graph, 'nodeWithId');
    const loaded = new LoadedSnapshot('random', graph, {}, new Set(['retainedSizes']));
    expect(ids.map((id) => loaded.nodeWithId(id))).toEqual(byScan);
    const drawn = drawPicture(loaded, { kind: 'references', ids: ids.slice(0, 5) });
    pathsTo(loaded, byScan[1], 3, { ids: ids.slice(2), edges: [] });
    growPicture(loaded, drawn.picture, { kind: 'deeper', direction: 'references' });
    expect(() => loaded.nodeWithId(4_000_000_001)).toThrow('random has no object @4000000001');
    expect(scan).not.toHaveBeenCalled();
  }
});
