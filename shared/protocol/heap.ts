// What the renderer asks of a heap: pages of tables, one object, a picture. The renderer never holds the heap; an object is
// spoken of by its heap object id, which is the same in all snapshots of one visit to a process.
import type { Problem } from '../protocol.ts';

/** Work that takes its time; `done` of `total` in the unit of the task, `total` null where it is not known. */
export interface HeapProgress {
  /** In words: `Reading nodes`, `Finding dominators`. */
  task: string;
  done: number;
  total: number | null;
  /** Milliseconds since the epoch. */
  since: number;
}

/** The analyses a view may have to wait for, in the order in which they are made. */
export const heapAnalyses = ['counts', 'retainedSizes', 'dominators', 'strings', 'suspects'] as const;
export type HeapAnalysisName = (typeof heapAnalyses)[number];

/** One snapshot of the window. */
export interface SnapshotState {
  /** `leak.heapsnapshot`, or `server.js, 14:03:21` for one of a process. */
  name: string;
  path: string | null;
  /** Zero until it is read. */
  nodes: number;
  edges: number;
  /** Bytes of all objects. */
  size: number;
  /** What runs now; null when nothing does. */
  progress: HeapProgress | null;
  /** What is there already: a request for something else is answered when it is. */
  ready: HeapAnalysisName[];
  problem: Problem | null;
}

/** The heap's part of a window; null in a window of a picture alone. */
export interface HeapState {
  /** The oldest first. */
  snapshots: SnapshotState[];
  /** Whose tables are shown, by its place; -1 when there is none yet. */
  shown: number;
  /** Whether two neighbours are of one process, so that growth is told object by object. */
  sameProcess: boolean;
  /** The thread that held them has ended: `heap.reload` reads those again that are files. */
  isLost?: true;
}

export interface ClassPlace {
  script: string;
  line: number;
  column: number;
}

/** A part of a table: rows from `offset` on, of `total` that pass the filter. */
export interface Page<Row> {
  offset: number;
  total: number;
  rows: Row[];
}

/** Which part of a table: at most 1,000 rows at a time. */
export interface PageRequest {
  snapshot: number;
  offset: number;
  limit: number;
}

export type SortDirection = 'ascending' | 'descending';

export interface TypeRow {
  /** The class by its place in the snapshot's list of classes: names the row in requests. */
  index: number;
  type: string;
  place: ClassPlace | null;
  count: number;
  shallowSize: number;
  /** Null until retained sizes are there. */
  retainedSize: number | null;
  distance: number | null;
}

export interface ObjectRow {
  id: number;
  type: string;
  place: ClassPlace | null;
  /** Which one it is: a function's name and place, an object's keys, the start of a string; may be empty. */
  name: string;
  shallowSize: number;
  /** Null until retained sizes are there. */
  retainedSize: number | null;
  distance: number | null;
}

/** A reference to or from an object. */
export interface ReferenceRow {
  /** The name of the reference: `cache`, `[0]`, `"42"`; may be empty. */
  edge: string;
  /** Which edge of the snapshot it is: names the row in requests. */
  edgeIndex: number;
  isWeak: boolean;
  object: ObjectRow;
  /** How many references the object at its other end has in turn: whether the row can be opened. */
  further: number;
  isRoot: boolean;
}

/** One object, all of it but its references. */
export interface ObjectDetails extends ObjectRow {
  typeIndex: number;
  /** The text of a string (its first 10,000 characters), the number of a heap number; null for others. */
  value: string | null;
  references: number;
  retainers: number;
  dominator: ObjectRow | null;
  dominated: number;
  isRoot: boolean;
}

export interface PathStep {
  object: ObjectRow;
  /** The reference to the next step; null on the last. */
  edge: string | null;
  edgeIndex: number | null;
}

export interface DominatorRow extends ObjectRow {
  /** Its part of all bytes, 0 to 1. */
  share: number;
  dominated: number;
}

/** A rectangle of the treemap: an object, and those below it that are large enough to be seen. */
export interface TreemapNode {
  object: ObjectRow;
  /** Bytes; the parts that are too small are the difference to the sum of `parts`. */
  size: number;
  parts: TreemapNode[];
}

export interface GrowthRow {
  type: string;
  place: ClassPlace | null;
  /** The class in the later snapshot; null when it is gone. */
  index: number | null;
  /** Objects of the class in each snapshot from `before` to `after`; one that could not be read is left out. */
  counts: number[];
  added: number;
  removed: number;
  addedSize: number;
  removedSize: number;
}

export interface SuspectRow {
  detector: string;
  type: string;
  place: string | null;
  count: number;
  retainedSize: number;
  /** What holds them. */
  id: number;
  summary: string;
  chain: string[];
  /** 0 to 1. */
  confidence: number;
  because: string;
}

export interface StringRow {
  text: string;
  isCut: boolean;
  count: number;
  shallowSize: number;
  wasted: number;
  id: number;
}

/** What a picture of the heap shows. */
export type HeapPicture =
  | { kind: 'references' | 'referrers'; ids: number[]; maxDepth?: number; tooMany?: number }
  | { kind: 'path'; id: number; leaveOut?: LeftOut }
  | { kind: 'merged'; type: number }
  | { kind: 'merged'; ids: number[] };

/** How a picture of a heap is to grow. */
export type PictureGrowth =
  /** What a box such as `12 more references` counts, by the box's name in the picture: the next ones of it. */
  | { kind: 'more'; box: string }
  /** What an object refers to, or what refers to it. */
  | { kind: 'references' | 'referrers'; id: number }
  /** One step further for all objects of the picture. */
  | { kind: 'deeper'; direction: 'references' | 'referrers' };

/** What paths to a root may not go through. */
export interface LeftOut {
  ids: number[];
  edges: number[];
}

/** What can be taken along as a file. */
export const heapTables = ['types', 'instances', 'dominators', 'growth', 'suspects', 'strings'] as const;
export type HeapTable = (typeof heapTables)[number];

export interface HeapRequests {
  'heap.get': { params: null; result: HeapState | null };
  /** Adds a snapshot to the window, by its path. */
  'heap.add': { params: { path: string }; result: null };
  /**
   * A snapshot that the page was given without a path (dropped into a browser): announced, sent in pieces of at most
   * 4 MB in base64, each when the one before was taken, and ended. `failure` gives it up, in words.
   */
  'heap.upload': { params: { name: string; size: number }; result: { upload: number } };
  'heap.uploadPiece': { params: { upload: number; data: string }; result: null };
  'heap.uploadEnd': { params: { upload: number; failure: string | null }; result: null };
  'heap.show': { params: { snapshot: number }; result: null };
  /** Gives up what runs: reading, or the analysis that is asked for. */
  'heap.cancel': { params: { snapshot: number }; result: null };
  'heap.reload': { params: null; result: null };
  'heap.remove': { params: { snapshot: number }; result: null };

  'heap.types': {
    params: PageRequest & {
      sort: 'type' | 'count' | 'shallowSize' | 'retainedSize' | 'distance';
      direction: SortDirection;
      /** Part of the class's name, or of its script's path; empty for all. */
      filter: string;
    };
    result: Page<TypeRow>;
  };
  'heap.instances': {
    params: PageRequest & {
      type: number;
      sort: 'id' | 'name' | 'shallowSize' | 'retainedSize' | 'distance';
      direction: SortDirection;
      filter: string;
      /** Only those that are not in this earlier snapshot of the same process. */
      newSince: number | null;
    };
    result: Page<ObjectRow>;
  };
  /** Null when the snapshot has no such object. */
  'heap.object': { params: { snapshot: number; id: number }; result: ObjectDetails | null };
  'heap.references': { params: PageRequest & { id: number }; result: Page<ReferenceRow> };
  'heap.retainers': { params: PageRequest & { id: number; leaveOut: LeftOut }; result: Page<ReferenceRow> };
  /** Shortest paths from a root, disjoint; none when nothing but V8 holds it. */
  'heap.paths': {
    params: { snapshot: number; id: number; count: number; leaveOut: LeftOut };
    result: PathStep[][];
  };
  /** Those that an object dominates, the largest first; null for those that nothing dominates. */
  'heap.dominators': { params: PageRequest & { id: number | null }; result: Page<DominatorRow> };
  /** `least` is the smallest part of the whole that is told, e.g. 0.001; at most `depth` levels. */
  'heap.treemap': {
    params: { snapshot: number; id: number | null; least: number; depth: number };
    result: TreemapNode;
  };
  'heap.growth': {
    params: {
      before: number;
      after: number;
      offset: number;
      limit: number;
      sort: 'type' | 'count' | 'added' | 'size';
      direction: SortDirection;
      filter: string;
    };
    result: Page<GrowthRow> & { matchedBy: 'id' | 'type' };
  };
  /** Of the last snapshot, with what the earlier ones of the process tell. */
  'heap.suspects': { params: { snapshots: number[] }; result: SuspectRow[] };
  'heap.strings': { params: PageRequest & { filter: string }; result: Page<StringRow> & { wasted: number } };

  /** Draws a picture in this window: it comes as the document of the picture does. */
  'heap.draw': { params: { snapshot: number; picture: HeapPicture }; result: null };

  /**
   * Adds to the picture that is shown, where `DocumentState.grows`: the new one comes as a change of the document, and
   * `picture.undo` takes the step back. `added` objects, at most until the picture has `limit`; null when that was not reached.
   */
  'heap.grow': { params: { growth: PictureGrowth }; result: { added: number; limit: number | null } };
  /** Gives up the growth that is waited for: its request fails. The first one of a library's picture reads its snapshot. */
  'heap.cancelGrowth': { params: null; result: null };

  /**
   * A whole table as a file, as `document.export` gives it. `about` is what the table is of (the params of its request
   * but for the page); `redacted` puts `string of N characters` in the place of every string of the heap.
   */
  'heap.export': {
    params: { table: HeapTable; format: 'csv' | 'json'; about: unknown; redacted: boolean };
    result: { name: string; data: string | null };
  };
  /** A finding as one HTML file: the picture that is shown, the path, the table. */
  'heap.report': {
    params: { snapshot: number; id: number; title: string; redacted: boolean };
    result: { name: string; data: string | null };
  };
}

export interface HeapEvents {
  'heap.changed': HeapState | null;
}
