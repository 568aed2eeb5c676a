// The snapshots of a window: which there are, what is known of each, and what runs.
import * as v from 'valibot';
import { problem } from './problem.ts';

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
  /** The language of its program; absent for JavaScript. */
  language: v.optional(v.literal('python')),
  /** What runs now; null when nothing does. */
  progress: v.nullable(heapProgress),
  /** What is there already: a request for something else is answered when it is. */
  ready: v.array(v.picklist(heapAnalyses)),
  problem: v.nullable(problem),
  /** What V8 tracked of its allocations: the stacks of objects, and when they were made; absent where it tracked nothing. */
  tracked: v.optional(v.object({ stacks: v.boolean(), timeline: v.boolean() })),
  /** What its reader should know, such as source maps that cannot be used. */
  notes: v.optional(v.array(v.string())),
  /** It is of a page, and has its DOM nodes. */
  hasDom: v.optional(v.boolean()),
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
