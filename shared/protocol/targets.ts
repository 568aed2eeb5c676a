// What the renderer asks of running processes: which there are, to attach to one, to take a snapshot of it, to ask it.
import * as v from 'valibot';
import { heapProgress } from './heap.ts';
import { problem } from './problem.ts';
import { acknowledged, nothing, object, text, wholeNumber } from './schema.ts';

/** A process, page or worker thread that can be attached to. */
const targetRow = v.object({
  /** What `target.attach` takes: `4242`, `4242#1` (a worker thread), `127.0.0.1:9229`, `ws://…`. */
  address: v.string(),
  pid: v.nullable(v.number()),
  /** What runs: `server.js`, or a page's title. */
  title: v.string(),
  /** The name in the nearest package.json; null where there is none. */
  packageName: v.nullable(v.string()),
  folder: v.nullable(v.string()),
  /** Its name, see main/targets/runtimes; `other` for one that is not known. */
  runtime: v.string(),
  version: v.nullable(v.string()),
  /** Seconds. */
  uptime: v.nullable(v.number()),
  /** Bytes of resident memory. */
  memory: v.nullable(v.number()),
  /** Where its inspector listens; null when it is closed. */
  inspector: v.nullable(v.string()),
  kind: v.picklist(['process', 'worker', 'page']),
  /** Why it cannot be attached to, in words; null when it can. */
  obstacle: v.nullable(v.string()),
});
export type TargetRow = v.InferOutput<typeof targetRow>;

/** What a snapshot will cost the target. */
const snapshotEstimate = v.object({
  /** Bytes of the heap now. */
  heapUsed: v.number(),
  /** Milliseconds for which it will not run. */
  pause: v.number(),
  /** Bytes that it will need in addition. */
  memory: v.number(),
});
export type SnapshotEstimate = v.InferOutput<typeof snapshotEstimate>;

export const attachedState = v.object({
  address: v.string(),
  title: v.string(),
  pid: v.nullable(v.number()),
  runtime: v.string(),
  version: v.nullable(v.string()),
  /** Milliseconds since the epoch; null where it is not known. */
  startedAt: v.nullable(v.number()),
  /** Whether expressions can be run in it, and the fields of its objects be read. */
  isInspectable: v.boolean(),
  status: v.picklist(['attaching', 'attached', 'snapshot', 'detaching', 'ended']),
  /** The snapshots that were taken of it, by their names in the window. */
  taken: v.array(v.object({ name: v.string(), time: v.number() })),
  /** Of a snapshot that is being taken. */
  progress: v.nullable(heapProgress),
  problem: v.nullable(problem),
});
export type AttachedState = v.InferOutput<typeof attachedState>;

/** What it uses of memory at one moment, in bytes; see shared/memory-timeline.ts. */
export const memorySample = v.object({
  time: v.number(),
  heapUsed: v.nullable(v.number()),
  heapTotal: v.nullable(v.number()),
  external: v.nullable(v.number()),
  rss: v.nullable(v.number()),
});

/** What an expression came to in the target. */
const evaluation = v.object({
  /** As a console prints it: `Map(3)`, `"text"`, `42`; what was thrown, when it was. */
  description: v.string(),
  threw: v.boolean(),
  type: v.string(),
  /** The heap object id; null for what is no object of the heap. */
  id: v.nullable(v.number()),
  /** Whether the snapshot that is shown has it: it may be newer. */
  inSnapshot: v.boolean(),
});
export type Evaluation = v.InferOutput<typeof evaluation>;

/** What became of a field since a snapshot. */
const fieldChange = v.picklist(['same', 'changed', 'added', 'removed']);
export type FieldChange = v.InferOutput<typeof fieldChange>;

/** A value in a line; `id` is null for what is no object of the heap. */
const fieldValue = v.object({ text: v.string(), id: v.nullable(v.number()) });
export type FieldValue = v.InferOutput<typeof fieldValue>;

/** A field of an object, in a snapshot and now. */
const comparedField = v.object({
  name: v.string(),
  /** Null where the snapshot does not have it: snapshots lack small numbers, for example. */
  before: v.nullable(fieldValue),
  /** Null where the object has no such field now. */
  now: v.nullable(fieldValue),
  /** Null where the two cannot be compared. */
  change: v.nullable(fieldChange),
});
export type ComparedField = v.InferOutput<typeof comparedField>;

const comparedObject = v.variant('state', [
  /** `isComplete` is false where the object has more fields than these. */
  v.object({ state: v.literal('read'), fields: v.array(comparedField), isComplete: v.boolean() }),
  /** The process has freed it. */
  v.object({ state: v.literal('freed') }),
  /** V8 hands it out to no debugger, whether it lives or not. */
  v.object({ state: v.literal('unreadable'), what: v.picklist(['string', 'scope', 'internal']) }),
]);
export type ComparedObject = v.InferOutput<typeof comparedObject>;

/** A DOM node as its page has it now. */
const liveNode = v.object({
  /** From the nearest named ancestor on; of a detached one, the top of its tree. */
  selector: v.string(),
  isConnected: v.boolean(),
  /** Its HTML, or that of its detached tree, shortened. */
  outline: v.string(),
  /** The nearest component of a known framework: `Row (React)`. */
  component: v.nullable(v.string()),
});
export type LiveDomNode = v.InferOutput<typeof liveNode>;

const address = v.pipe(text(4096), v.trim(), v.nonEmpty('The address is empty'));
const expression = text(100_000);

export const targetRequests = {
  'target.get': { params: nothing, result: v.nullable(attachedState) },
  'target.list': { params: nothing, result: v.array(targetRow) },
  'target.attach': acknowledged(object({ address })),
  'target.detach': acknowledged(nothing),
  /** Since the window is attached, the oldest first; the event `target.sampled` brings each that follows. */
  'target.memory': { params: nothing, result: v.array(memorySample) },
  'target.estimate': { params: nothing, result: snapshotEstimate },
  /** Takes a snapshot and adds it to the window's heap. */
  'target.snapshot': acknowledged(nothing),
  'target.cancel': acknowledged(nothing),
  'target.evaluate': { params: object({ expression }), result: evaluation },
  /** Names that can replace the last one, which is being typed. */
  'target.complete': { params: object({ expression }), result: v.array(v.string()) },
  /** The fields of an object now, beside those of a snapshot that was taken of this process. */
  /** Looks at a DOM node of the attached page, and highlights it there while it is in a document; null ends that. */
  'target.node': {
    params: object({ snapshot: wholeNumber(), id: v.nullable(wholeNumber()) }),
    result: v.nullable(liveNode),
  },
  'target.fields': { params: object({ snapshot: wholeNumber(), id: wholeNumber() }), result: comparedObject },
};
