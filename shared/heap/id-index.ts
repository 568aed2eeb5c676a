// From heap object ids to nodes. Ids reach 1.5 billion and come in no order, so this is a hash table in a typed array: open
// addressing with double hashing, at most half full. Ids that are smaller than the table are their own places: in most heaps nearly
// all are, and objects that lie side by side have their places side by side.
import type { HeapGraph } from './heap-graph.ts';

/** Finds nodes by id, in constant time. */
export class IdIndex {
  /** Per place, a node plus one; 0 where there is none. */
  private readonly places: Uint32Array;
  private readonly shift: number;

  constructor(private readonly graph: Pick<HeapGraph, 'nodeCount' | 'nodeIds'>) {
    const bits = Math.max(4, Math.ceil(Math.log2(graph.nodeCount + 1)) + 1);
    this.places = new Uint32Array(2 ** bits);
    this.shift = 32 - bits;
    for (let node = 0; node < graph.nodeCount; node++) {
      const place = this.placeOf(graph.nodeIds[node]);
      if (this.places[place] === 0) this.places[place] = node + 1;
    }
  }

  /** The first node with an id, or -1. */
  find(id: number): number {
    return this.places[this.placeOf(id)] - 1;
  }

  /** Where an id is, or would be. */
  private placeOf(id: number): number {
    const { places, graph } = this;
    const hash = Math.imul(id, 0x9e3779b1);
    let place = id < places.length ? id : hash >>> this.shift;
    // Odd steps come to every place, and those of dense ids are not one long row of collisions.
    while (places[place] !== 0 && graph.nodeIds[places[place] - 1] !== id)
      place = (place + (hash | 1)) & (places.length - 1);
    return place;
  }
}
