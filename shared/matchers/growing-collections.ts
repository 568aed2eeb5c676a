// Collections that become larger with every run. What they hold may be texts and numbers, which are no objects to count.
import { isMap, isProxy, isSet } from 'node:util/types';

/** How many entries each collection had, at each of some moments. */
export class CollectionSizes {
  /** Made before the first look: what is made between two looks may be a leak. */
  private readonly moments: readonly WeakMap<object, number>[];
  private taken = 0;

  constructor(moments: number) {
    this.moments = Array.from({ length: moments }, () => new WeakMap<object, number>());
  }

  /** Notes the sizes of the collections among all live objects. */
  note(objects: readonly object[]): void {
    const sizes = this.moments[this.taken++];
    for (const object of objects) {
      const size = sizeOf(object);
      if (size > 0) sizes.set(object, size);
    }
  }

  /** Those that became larger by at least `least` from each moment to the next, those that grew most first. */
  growing(objects: readonly object[], least: number): object[] {
    return objects
      .filter((object) => this.steps(object).every((step) => step >= least))
      .sort((a, b) => this.steps(b).at(-1)! - this.steps(a).at(-1)!);
  }

  /** Entries that came with each stretch so far. */
  steps(object: object): number[] {
    const sizes = this.moments.slice(0, this.taken).map((moment) => moment.get(object) ?? 0);
    return sizes.slice(1).map((size, i) => size - sizes[i]);
  }
}

const sizeOfMap = sizeGetter(Map.prototype);
const sizeOfSet = sizeGetter(Set.prototype);

function sizeGetter(prototype: object): (collection: object) => number {
  const { get } = Object.getOwnPropertyDescriptor(prototype, 'size')!;
  return (collection) => get!.call(collection) as number;
}

/** The entries of a Map, a Set, an array, or a plain object; 0 of anything else. Runs nothing of the program. */
function sizeOf(object: object): number {
  if (typeof object === 'function' || isProxy(object)) return 0;
  if (isMap(object)) return sizeOfMap(object);
  if (isSet(object)) return sizeOfSet(object);
  if (Array.isArray(object)) return object.length;
  return isPlain(object) ? Object.getOwnPropertyNames(object).length : 0;
}

/** As a literal makes it, in whatever context. */
function isPlain(object: object): boolean {
  const prototype = Object.getPrototypeOf(object) as object | null;
  return prototype !== null && !isProxy(prototype) && Object.getPrototypeOf(prototype) === null;
}
