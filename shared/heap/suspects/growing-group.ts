// What grew from snapshot to snapshot: objects that are alike, at one place of the heap.

export interface GrowingGroup {
  /** In the groups of the last snapshot. */
  group: number;
  /** It, and those of like objects that hang from the same holder or from one of several like holders. */
  members: number[];
  /**
   * Where the holders, or what is so many steps above them, are properties of one object, which are equivalent: 0 for
   * `byTenant.a`, `byTenant.b`, 1 for `byTenant.a.sessions`, `byTenant.b.sessions`; null where there is one way to all.
   */
  entriesAt: number | null;
  /** Per snapshot, objects, and the bytes that hang from them on the shortest ways. */
  counts: number[];
  bytes: number[];
  /** `count`: there are more of them; `size`: those that there are became larger. */
  grows: 'count' | 'size';
  /** The newest object that another group's refers to: what to show. */
  example: number;
  /** How many objects of another group refer to them. */
  holders: number;
  /** Of the objects that came before the last but one snapshot, the share that is still there; 1 where ids do not show it. */
  survival: number;
  /** What grows because of it, that with most bytes first. */
  consequences: { group: number; counts: number[] }[];
}
