// What the renderer asks of a heap: pages of tables, one object, a picture. The renderer never holds the heap; an object is
// named by its heap object id, which is the same in all snapshots of one visit to a process.
import * as v from 'valibot';
import { sourceGroupings } from '../heap/source-groups.ts';
import { problem } from './problem.ts';
import {
  acknowledged,
  choice,
  fileName,
  flag,
  nothing,
  number,
  object,
  path,
  savedFile,
  text,
  variant,
  wholeNumber,
  wholeNumbers,
  type Declared,
} from './schema.ts';

/** Work that takes its time; `done` of `total` in the unit of the task, `total` null where it is not known. */
export const heapProgress = v.object({
  /** In words: `Reading nodes`, `Finding dominators`. */
  task: v.string(),
  done: v.number(),
  total: v.nullable(v.number()),
  /** Milliseconds since the epoch. */
  since: v.number(),
});
export type HeapProgress = v.InferOutput<typeof heapProgress>;

/** The analyses a view may have to wait for, in the order in which they are made. */
export const heapAnalyses = ['counts', 'retainedSizes', 'dominators', 'strings', 'suspects'] as const;
export type HeapAnalysisName = (typeof heapAnalyses)[number];

/** One snapshot of the window. */
const snapshotState = v.object({
  /** Names it in requests, as long as the window is open; no other snapshot of the window ever has it. */
  id: v.number(),
  /** `leak.heapsnapshot`, or `server.js, 14:03:21` for one of a process. */
  name: v.string(),
  path: v.nullable(v.string()),
  /** Zero until it is read. */
  nodes: v.number(),
  edges: v.number(),
  /** Bytes of all objects. */
  size: v.number(),
  /** What runs now; null when nothing does. */
  progress: v.nullable(heapProgress),
  /** What is there already: a request for something else is answered when it is. */
  ready: v.array(v.picklist(heapAnalyses)),
  problem: v.nullable(problem),
  /** What V8 tracked of its allocations: the stacks of objects, and when they were made; absent where it tracked nothing. */
  tracked: v.optional(v.object({ stacks: v.boolean(), timeline: v.boolean() })),
  /** What its reader should know, such as source maps that cannot be used. */
  notes: v.optional(v.array(v.string())),
});
export type SnapshotState = v.InferOutput<typeof snapshotState>;

/** A snapshot of which nothing is known yet. */
export const unreadSnapshot = (id: number, name: string, path: string | null): SnapshotState => ({
  id,
  name,
  path,
  nodes: 0,
  edges: 0,
  size: 0,
  progress: null,
  ready: [],
  problem: null,
});

/** The heap's part of a window; null in a window of a picture alone. */
export const heapState = v.object({
  /** The oldest first. */
  snapshots: v.array(snapshotState),
  /** The id of the snapshot whose tables are shown. */
  shown: v.number(),
  /** Whether two neighbours are of one process, so that growth is counted object by object. */
  sameProcess: v.boolean(),
  /** The thread that held them has ended: `heap.reload` reads those again that are files. */
  isLost: v.optional(v.literal(true)),
});
export type HeapState = v.InferOutput<typeof heapState>;

const classLocation = v.object({ script: v.string(), line: v.number(), column: v.number() });
export type ClassLocation = v.InferOutput<typeof classLocation>;

/** Whose something is, by the script in which its class or function is written; `builtIn`: the language's, and V8's. */
const ownerName = v.picklist(['yours', 'package', 'internal', 'builtIn']);
export type OwnerName = v.InferOutput<typeof ownerName>;

/** A part of a table by owner; `internal` are Node, the language and V8. */
export const ownerFilters = ['yours', 'packages', 'internal', 'all'] as const;
export type OwnerFilter = (typeof ownerFilters)[number];

/** Without it, all. */
const only = v.optional(choice(ownerFilters));

/** A part of a table: rows from `offset` on, of `total` that pass the filter. */
export interface Page<Row> {
  offset: number;
  total: number;
  rows: Row[];
}

/* @__NO_SIDE_EFFECTS__ */
const pageEntries = <const R extends v.GenericSchema>(row: R) => ({
  offset: v.number(),
  total: v.number(),
  rows: v.array(row),
});

/** How many rows there are of each owner. */
const owners = v.object({ yours: v.number(), packages: v.number(), internal: v.number() });

/** A page of classes. */
export interface OwnedPage<Row> extends Page<Row> {
  owners: v.InferOutput<typeof owners>;
}

const maxRows = 1000;
const maxIds = 1000;

const id = wholeNumber();
/** A snapshot of the window, by its id. */
const snapshot = wholeNumber();
const rowsWanted = { offset: wholeNumber(), limit: wholeNumber(0, maxRows) };

/** Part of the class's name, or of its script's path; empty for all. */
const filter = text(1000);

const direction = choice(['ascending', 'descending']);
export type SortDirection = v.InferOutput<typeof direction>;

/** A class of objects, as it is named. */
const classEntries = {
  type: v.string(),
  location: v.nullable(classLocation),
  /** In the code that ran, where a source map leads from there to `location`. */
  generated: v.optional(v.object({ ...classLocation.entries, type: v.string() })),
  owner: ownerName,
};

const typeRow = v.object({
  /** The class by its place in the snapshot's list of classes: names the row in requests. */
  index: v.number(),
  ...classEntries,
  count: v.number(),
  shallowSize: v.number(),
  /** Null until retained sizes are there. */
  retainedSize: v.nullable(v.number()),
  distance: v.nullable(v.number()),
});
export type TypeRow = v.InferOutput<typeof typeRow>;

const objectEntries = {
  id: v.number(),
  type: v.string(),
  location: v.nullable(classLocation),
  owner: ownerName,
  /** Which one it is: a function's name and place, an object's fields, the start of a string; may be empty. */
  name: v.string(),
  shallowSize: v.number(),
  /** Null until retained sizes are there. */
  retainedSize: v.nullable(v.number()),
  distance: v.nullable(v.number()),
};
const objectRow = v.object(objectEntries);
export type ObjectRow = v.InferOutput<typeof objectRow>;

/** A reference to or from an object. */
const referenceRow = v.object({
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
const objectDetails = v.object({
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
  writtenAt: v.optional(classLocation),
  /** The stack that allocated it, the innermost function first; absent where V8 did not track it. `place` is `src/cart.ts:12`. */
  allocatedAt: v.optional(
    v.array(
      v.object({
        function: v.string(),
        place: v.nullable(v.string()),
        location: v.nullable(classLocation),
      }),
    ),
  ),
});
export type ObjectDetails = v.InferOutput<typeof objectDetails>;

const pathStep = v.object({
  object: objectRow,
  /** The reference to the next step; null on the last. */
  edge: v.nullable(v.string()),
  edgeIndex: v.nullable(v.number()),
});
export type PathStep = v.InferOutput<typeof pathStep>;

const dominatorRow = v.object({
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

const treemapNode: v.GenericSchema<TreemapNode> = v.object({
  object: objectRow,
  size: v.number(),
  parts: v.array(v.lazy(() => treemapNode)),
});

/** A package, or a file, and what of the heap is its own. */
const sourceRow = v.object({
  /** Null for what has none: `owner` names it. */
  name: v.nullable(v.string()),
  owner: ownerName,
  count: v.number(),
  shallowSize: v.number(),
  retainedSize: v.number(),
});
export type SourceRow = v.InferOutput<typeof sourceRow>;

const growthRow = v.object({
  type: v.string(),
  location: v.nullable(classLocation),
  owner: ownerName,
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

const suspectRow = v.object({
  detector: v.string(),
  type: v.string(),
  place: v.nullable(v.string()),
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
  consequences: v.array(v.object({ type: v.string(), place: v.nullable(v.string()), count: v.number() })),
  /** What speaks against a leak. */
  doubts: v.array(v.string()),
});
export type SuspectRow = v.InferOutput<typeof suspectRow>;

const stringRow = v.object({
  text: v.string(),
  isCut: v.boolean(),
  count: v.number(),
  shallowSize: v.number(),
  wasted: v.number(),
  id: v.number(),
});
export type StringRow = v.InferOutput<typeof stringRow>;

const ids = v.pipe(wholeNumbers(maxIds), v.minLength(1, 'ids names no object'));

/** What paths to a root may not go through. */
const leaveOut = object({ ids: wholeNumbers(maxIds), edges: wholeNumbers(maxIds) });
export type LeftOut = v.InferOutput<typeof leaveOut>;

const references = {
  ids,
  maxDepth: v.optional(wholeNumber(0, 50)),
  tooMany: v.optional(wholeNumber(1, 1000)),
};

/** What a picture of the heap shows. */
const heapPicture = variant('kind', [
  object({ kind: v.literal('references'), ...references }),
  object({ kind: v.literal('referrers'), ...references }),
  /** `isSuspect`: the object holds a leak, and is drawn so. */
  object({ kind: v.literal('path'), id, leaveOut: v.optional(leaveOut), isSuspect: v.optional(v.boolean()) }),
  object({ kind: v.literal('merged'), type: wholeNumber() }),
  object({ kind: v.literal('merged'), ids }),
]);
export type HeapPicture = v.InferOutput<typeof heapPicture>;

/** How a picture of a heap is to grow. */
const pictureGrowth = variant('kind', [
  /** What a box such as `12 more references` counts, by the box's name in the picture: the next ones of it. */
  object({ kind: v.literal('more'), box: text(1000) }),
  /** What an object refers to, or what refers to it. */
  object({ kind: v.literal('references'), id }),
  object({ kind: v.literal('referrers'), id }),
  /** One step further for all objects of the picture. */
  object({ kind: v.literal('deeper'), direction: choice(['references', 'referrers']) }),
]);
export type PictureGrowth = v.InferOutput<typeof pictureGrowth>;

/** Columns that a table can be sorted by. */
const typeSorts = [
  'type',
  'count',
  'shallowSize',
  'retainedSize',
  'distance',
] as const satisfies readonly (keyof TypeRow)[];

/** What each table is of, and how it is sorted and filtered: the parameters of its request but for the page. */
const about = {
  types: {
    snapshot,
    sort: choice(typeSorts),
    direction,
    filter,
    only,
  },
  instances: {
    snapshot,
    type: wholeNumber(),
    sort: choice(['id', 'name', 'shallowSize', 'retainedSize', 'distance']),
    direction,
    filter,
    /** Only those that are not in this earlier snapshot of the same process. */
    newSince: v.nullable(snapshot),
  },
  /** `only` counts where `id` is null: the outermost objects of an owner. */
  dominators: { snapshot, id: v.nullable(id), only },
  growth: {
    before: snapshot,
    after: snapshot,
    sort: choice(['type', 'count', 'added', 'size', 'retainedGrowth']),
    direction,
    filter,
    only,
  },
  suspects: { snapshots: wholeNumbers(100) },
  sources: {
    snapshot,
    by: choice(sourceGroupings),
    sort: choice(['name', 'count', 'shallowSize', 'retainedSize']),
    direction,
    filter,
    only,
  },
  strings: { snapshot, filter },
};

/** What can be saved as a file. */
export type HeapTable = keyof typeof about;

const exportOptions = { format: choice(['csv', 'json']), redacted: flag };
const exported = variant('table', [
  object({ table: v.literal('types'), about: object(about.types), ...exportOptions }),
  object({ table: v.literal('instances'), about: object(about.instances), ...exportOptions }),
  object({ table: v.literal('dominators'), about: object(about.dominators), ...exportOptions }),
  object({ table: v.literal('growth'), about: object(about.growth), ...exportOptions }),
  object({ table: v.literal('suspects'), about: object(about.suspects), ...exportOptions }),
  object({ table: v.literal('strings'), about: object(about.strings), ...exportOptions }),
  object({ table: v.literal('sources'), about: object(about.sources), ...exportOptions }),
]);

/** Questions that the heap's thread answers from the heap alone. */
export const heapQuestions = {
  'heap.types': {
    params: object({ ...about.types, ...rowsWanted }),
    result: v.object({ ...pageEntries(typeRow), owners }),
  },
  'heap.instances': {
    params: object({ ...about.instances, ...rowsWanted }),
    result: v.object(pageEntries(objectRow)),
  },
  /** Null when the snapshot has no such object. */
  'heap.object': { params: object({ snapshot, id }), result: v.nullable(objectDetails) },
  'heap.references': {
    params: object({ snapshot, id, ...rowsWanted }),
    result: v.object(pageEntries(referenceRow)),
  },
  'heap.retainers': {
    params: object({ snapshot, id, leaveOut, ...rowsWanted }),
    result: v.object(pageEntries(referenceRow)),
  },
  /** Shortest paths from a root, disjoint; none when only V8 holds it. */
  'heap.paths': {
    params: object({ snapshot, id, count: wholeNumber(1, 20), leaveOut }),
    result: v.array(v.array(pathStep)),
  },
  /** Those that an object dominates, the largest first; null for those that nothing dominates. */
  'heap.dominators': {
    params: object({ ...about.dominators, ...rowsWanted }),
    result: v.object(pageEntries(dominatorRow)),
  },
  /** `least` is the smallest part of the whole that is in the answer, e.g. 0.001; at most `depth` levels. */
  'heap.treemap': {
    params: object({ snapshot, id: v.nullable(id), least: number(0.0001, 1), depth: wholeNumber(1, 20) }),
    result: treemapNode,
  },
  'heap.growth': {
    params: object({ ...about.growth, ...rowsWanted }),
    result: v.object({ ...pageEntries(growthRow), owners, matchedBy: v.picklist(['id', 'type']) }),
  },
  /** Of the last snapshot, with what the earlier ones of the process add. */
  'heap.suspects': { params: object(about.suspects), result: v.array(suspectRow) },
  /** Whose the heap is, by package or file. */
  'heap.sources': {
    params: object({ ...about.sources, ...rowsWanted }),
    result: v.object({ ...pageEntries(sourceRow), owners }),
  },
  'heap.strings': {
    params: object({ ...about.strings, ...rowsWanted }),
    result: v.object({ ...pageEntries(stringRow), wasted: v.number() }),
  },
};

/** As large as a message of the page may be, with what base64 adds. */
const maxPieceSize = 4 * 2 ** 20;
const maxUploadSize = 16 * 2 ** 30;
const upload = wholeNumber();

export const heapRequests = {
  ...heapQuestions,
  'heap.get': { params: nothing, result: v.nullable(heapState) },
  /** Adds a snapshot to the window, by its path. */
  'heap.add': acknowledged(object({ path })),
  /**
   * A snapshot that the page was given without a path (dropped into a browser): announced, sent in pieces of at most
   * 4 MB in base64, each when the one before was taken, and ended. `failure` gives it up, in words.
   */
  'heap.upload': {
    params: object({ name: fileName, size: wholeNumber(0, maxUploadSize) }),
    result: v.object({ upload: v.number() }),
  },
  'heap.uploadPiece': acknowledged(
    object({
      upload,
      data: v.pipe(
        text(Math.ceil((4 * maxPieceSize) / 3) + 4),
        v.regex(/^[A-Za-z0-9+/]*={0,2}$/, 'data is base64'),
      ),
    }),
  ),
  'heap.uploadEnd': acknowledged(object({ upload, failure: v.nullable(text(1000)) })),
  'heap.show': acknowledged(object({ snapshot })),
  /** Cancels what runs: reading, or the analysis that is asked for. */
  'heap.cancel': acknowledged(object({ snapshot })),
  'heap.reload': acknowledged(nothing),
  'heap.remove': acknowledged(object({ snapshot })),

  /** Draws a picture in this window: it comes as the document of the picture does. */
  'heap.draw': acknowledged(object({ snapshot, picture: heapPicture })),
  /**
   * Adds to the picture that is shown, where `DocumentState.grows`: the new one comes as a change of the document, and
   * `picture.undo` takes the step back. `added` objects, at most until the picture has `limit`; null when that was not reached.
   */
  'heap.grow': {
    params: object({ growth: pictureGrowth }),
    result: v.object({ added: v.number(), limit: v.nullable(v.number()) }),
  },
  /** Cancels the growth that is waited for: its request fails. The first one of a library's picture reads its snapshot. */
  'heap.cancelGrowth': acknowledged(nothing),

  /** A whole table as a file; `redacted` puts `string of N characters` in the place of every string of the heap. */
  'heap.export': { params: exported, result: savedFile },
  /** A finding as one HTML file: the path to the object as a picture and as a list, and what the object retains. */
  'heap.report': {
    params: object({ snapshot, id, title: text(1000), redacted: flag }),
    result: savedFile,
  },
};

export type HeapRequests = Declared<typeof heapRequests>;
