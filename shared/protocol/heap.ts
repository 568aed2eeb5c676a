// What the renderer asks of a heap: pages of tables, one object, a picture. The renderer never holds the heap; an object is
// named by its heap object id, which is the same in all snapshots of one visit to a process.
import * as v from 'valibot';
import { sourceGroupings } from '../heap/source-groups.ts';
import {
  detachedRow,
  dominatorRow,
  growthRow,
  objectDetails,
  objectRow,
  ownerFilters,
  owners,
  pageEntries,
  pathStep,
  referenceRow,
  sourceRow,
  stringRow,
  suspectRow,
  treemapNode,
  typeRow,
  type TypeRow,
} from './heap-rows.ts';
import { heapState } from './heap-state.ts';
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

export * from './heap-rows.ts';
export * from './heap-state.ts';

/** Without it, all. */
const only = v.optional(choice(ownerFilters));

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
  detached: { snapshot, filter },
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
  object({ table: v.literal('detached'), about: object(about.detached), ...exportOptions }),
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
  /** The trees of DOM nodes that are in no document, those that retain the most first. */
  'heap.detached': {
    params: object({ ...about.detached, ...rowsWanted }),
    result: v.object(pageEntries(detachedRow)),
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
