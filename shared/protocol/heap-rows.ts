// What the tables of a heap show: a row of each, and what an object's panel has. An object is named by its heap object id.
import * as v from 'valibot';
const classLocation = v.object({ script: v.string(), line: v.number(), column: v.number() });
export type ClassLocation = v.InferOutput<typeof classLocation>;

/** A place in the code that ran, and what the function or class is called there. */
const generatedPlace = v.object({ ...classLocation.entries, name: v.string() });

/** Whose something is, by the script in which its class or function is written; `builtIn`: the language's, and V8's. */
const ownerName = v.picklist(['yours', 'package', 'internal', 'builtIn']);
export type OwnerName = v.InferOutput<typeof ownerName>;

/** A part of a table by owner; `internal` are Node, the language and V8. */
export const ownerFilters = ['yours', 'packages', 'internal', 'all'] as const;
export type OwnerFilter = (typeof ownerFilters)[number];

/** A part of a table: rows from `offset` on, of `total` that pass the filter. */
export interface Page<Row> {
  offset: number;
  total: number;
  rows: Row[];
}

/* @__NO_SIDE_EFFECTS__ */
export const pageEntries = <const R extends v.GenericSchema>(row: R) => ({
  offset: v.number(),
  total: v.number(),
  rows: v.array(row),
});

/** How many rows there are of each owner. */
export const owners = v.object({ yours: v.number(), packages: v.number(), internal: v.number() });

/** A page of classes. */
export interface OwnedPage<Row> extends Page<Row> {
  owners: v.InferOutput<typeof owners>;
}

/** A class of objects, as it is named. */
const classEntries = {
  type: v.string(),
  location: v.nullable(classLocation),
  /** In the code that ran, where a source map leads from there to `location`. */
  generated: v.optional(v.object({ ...classLocation.entries, type: v.string() })),
  owner: ownerName,
};

export const typeRow = v.object({
  /** The class by its place in the snapshot's list of classes: names the row in requests. */
  index: v.number(),
  ...classEntries,
  count: v.number(),
  shallowSize: v.number(),
  /** Null until retained sizes are there. */
  retainedSize: v.nullable(v.number()),
  /** Null until retained sizes are there, too; then, where only the engine refers to objects of the class. */
  distance: v.nullable(v.number()),
});
export type TypeRow = v.InferOutput<typeof typeRow>;

const objectEntries = {
  id: v.number(),
  ...classEntries,
  /** Which one it is: a function's name and place, an object's fields, the start of a string; may be empty. */
  name: v.string(),
  shallowSize: v.number(),
  /** Null until retained sizes are there. */
  retainedSize: v.nullable(v.number()),
  distance: v.nullable(v.number()),
};
export const objectRow = v.object(objectEntries);
export type ObjectRow = v.InferOutput<typeof objectRow>;

/** A reference to or from an object. */
export const referenceRow = v.object({
  /** The name of the reference: `cache`, `[0]`, `"42"`; may be empty. */
  edge: v.string(),
  /** Which edge of the snapshot it is: names the row in requests. */
  edgeIndex: v.number(),
  isWeak: v.boolean(),
  object: objectRow,
  /** How many references the object at its other end has in turn: whether the row can be opened. */
  further: v.number(),
  isRoot: v.boolean(),
});
export type ReferenceRow = v.InferOutput<typeof referenceRow>;

/** One object, all of it but its references. */
export const objectDetails = v.object({
  ...objectEntries,
  typeIndex: v.number(),
  /** The text of a string (its first 10,000 characters), the number of a heap number; null for others. */
  value: v.nullable(v.string()),
  references: v.number(),
  retainers: v.number(),
  dominator: v.nullable(objectRow),
  dominated: v.number(),
  isRoot: v.boolean(),
  /** Where a function is written. */
  writtenAt: v.optional(v.object({ ...classLocation.entries, generated: v.optional(generatedPlace) })),
  /** The stack that allocated it, the innermost function first; absent where V8 did not track it. `place` is `src/cart.ts:12`. */
  allocatedAt: v.optional(
    v.array(
      v.object({
        function: v.string(),
        place: v.nullable(v.string()),
        location: v.nullable(classLocation),
        generated: v.optional(v.object({ ...classLocation.entries, function: v.string() })),
      }),
    ),
  ),
});
export type ObjectDetails = v.InferOutput<typeof objectDetails>;

export const pathStep = v.object({
  object: objectRow,
  /** The reference to the next step; null on the last. */
  edge: v.nullable(v.string()),
  edgeIndex: v.nullable(v.number()),
});
export type PathStep = v.InferOutput<typeof pathStep>;

export const dominatorRow = v.object({
  ...objectEntries,
  /** Its part of all bytes, 0 to 1. */
  share: v.number(),
  dominated: v.number(),
});
export type DominatorRow = v.InferOutput<typeof dominatorRow>;

/** A rectangle of the treemap: an object, and those below it that are large enough to be seen. */
export interface TreemapNode {
  object: ObjectRow;
  /** Bytes; the parts that are too small are the difference to the sum of `parts`. */
  size: number;
  parts: TreemapNode[];
}

export const treemapNode: v.GenericSchema<TreemapNode> = v.object({
  object: objectRow,
  size: v.number(),
  parts: v.array(v.lazy(() => treemapNode)),
});

/** A package, or a file, and what of the heap is its own. */
export const sourceRow = v.object({
  /** Null for what has none: `owner` names it. */
  name: v.nullable(v.string()),
  owner: ownerName,
  count: v.number(),
  shallowSize: v.number(),
  retainedSize: v.number(),
});
export type SourceRow = v.InferOutput<typeof sourceRow>;

export const growthRow = v.object({
  ...classEntries,
  /** The class in the later snapshot; null when it is gone. */
  index: v.nullable(v.number()),
  /** Objects of the class in each snapshot from `before` to `after`; one that could not be read is left out. */
  counts: v.array(v.number()),
  added: v.number(),
  removed: v.number(),
  addedSize: v.number(),
  removedSize: v.number(),
  /** How much more the class retains; null until retained sizes of both are there. */
  retainedGrowth: v.nullable(v.number()),
});
export type GrowthRow = v.InferOutput<typeof growthRow>;

/** Where a class or a function is written. */
const placeEntries = {
  /** `src/cart.ts:12`; null where it is not known. */
  place: v.nullable(v.string()),
  /** The author's; null where at most the file is known. */
  location: v.nullable(classLocation),
  /** In the code that ran, where a source map leads from there to `place`. */
  generated: v.optional(generatedPlace),
};

export const suspectRow = v.object({
  detector: v.string(),
  type: v.string(),
  ...placeEntries,
  count: v.number(),
  retainedSize: v.number(),
  /** What holds them. */
  id: v.number(),
  summary: v.string(),
  chain: v.array(v.string()),
  /** The shortest path from a root to it; empty when only V8 holds it. */
  path: v.array(pathStep),
  /** 0 to 1. */
  confidence: v.number(),
  because: v.string(),
  /** Per snapshot, the oldest first: how many of them there were, and the bytes of all that hung from them. */
  growth: v.array(v.object({ count: v.number(), size: v.number() })),
  /** How many objects hold them; `id` is one of these. */
  holders: v.number(),
  /** What grew because of it, by class. */
  consequences: v.array(v.object({ type: v.string(), ...placeEntries, count: v.number() })),
  /** What speaks against a leak. */
  doubts: v.array(v.string()),
});
export type SuspectRow = v.InferOutput<typeof suspectRow>;

/** A tree of DOM nodes that is in no document. */
export const detachedRow = v.object({
  /** The node that is held: paths lead to it. */
  id: v.number(),
  /** The top of the tree: `<div id="dialog" class="modal">`. */
  top: v.string(),
  topId: v.number(),
  /** What is held, where it is not the top. */
  held: v.nullable(v.string()),
  /** DOM nodes. */
  count: v.number(),
  retainedSize: v.number(),
});
export type DetachedRow = v.InferOutput<typeof detachedRow>;

export const stringRow = v.object({
  text: v.string(),
  isCut: v.boolean(),
  count: v.number(),
  shallowSize: v.number(),
  wasted: v.number(),
  id: v.number(),
});
export type StringRow = v.InferOutput<typeof stringRow>;
