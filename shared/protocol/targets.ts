// What the renderer asks of running processes: which there are, to attach to one, to take a snapshot of it, to ask it.
import type { HeapProgress } from './heap.ts';
import type { Problem } from '../protocol.ts';

/** A process, page or worker thread that can be attached to. */
export interface TargetRow {
  /** What `target.attach` takes: `4242`, `4242#1` (a worker thread), `127.0.0.1:9229`, `ws://…`. */
  address: string;
  pid: number | null;
  /** What runs: `server.js`, or a page's title. */
  title: string;
  /** The name in the nearest package.json; null where there is none. */
  packageName: string | null;
  folder: string | null;
  runtime: 'node' | 'deno' | 'electron' | 'chromium' | 'other';
  version: string | null;
  /** Seconds. */
  uptime: number | null;
  /** Bytes of resident memory. */
  memory: number | null;
  /** Where its inspector listens; null when it is closed. */
  inspector: string | null;
  kind: 'process' | 'worker' | 'page';
  /** Why it cannot be attached to, in words; null when it can. */
  obstacle: string | null;
}

/** What a snapshot will cost the target. */
export interface SnapshotEstimate {
  /** Bytes of the heap now. */
  heapUsed: number;
  /** Milliseconds for which it will stand still. */
  pause: number;
  /** Bytes it will need besides. */
  memory: number;
}

export interface AttachedState {
  address: string;
  title: string;
  pid: number | null;
  runtime: string;
  version: string | null;
  status: 'attaching' | 'attached' | 'snapshot' | 'detaching' | 'ended';
  /** Of a snapshot that is being taken. */
  progress: HeapProgress | null;
  problem: Problem | null;
}

/** What an expression came to in the target. */
export interface Evaluation {
  /** As a console prints it: `Map(3)`, `"text"`, `42`; what was thrown, when it was. */
  description: string;
  threw: boolean;
  type: string;
  /** The heap object id; null for what is no object of the heap. */
  id: number | null;
  /** Whether the snapshot that is shown has it: it may be newer. */
  inSnapshot: boolean;
}

/** What became of a field since a snapshot. */
export type FieldChange = 'same' | 'changed' | 'added' | 'removed';

/** A value in a line; `id` is null for what is no object of the heap. */
export interface FieldValue {
  text: string;
  id: number | null;
}

/** A field of an object, in a snapshot and now. */
export interface ComparedField {
  name: string;
  /** Null where the snapshot does not have it: snapshots lack small numbers, for example. */
  before: FieldValue | null;
  /** Null where the object has no such field now. */
  now: FieldValue | null;
  /** Null where the two cannot be compared. */
  change: FieldChange | null;
}

export type ComparedObject =
  /** `isComplete` is false where the object has more fields than these. */
  | { state: 'read'; fields: ComparedField[]; isComplete: boolean }
  /** The process has freed it. */
  | { state: 'freed' }
  /** V8 hands it out to no debugger, whether it lives or not. */
  | { state: 'unreadable'; what: 'string' | 'scope' | 'internal' };

export interface TargetRequests {
  'target.get': { params: null; result: AttachedState | null };
  'target.list': { params: null; result: TargetRow[] };
  'target.attach': { params: { address: string }; result: null };
  'target.detach': { params: null; result: null };
  'target.estimate': { params: null; result: SnapshotEstimate };
  /** Takes a snapshot and adds it to the window's heap. */
  'target.snapshot': { params: null; result: null };
  'target.cancel': { params: null; result: null };
  'target.evaluate': { params: { expression: string }; result: Evaluation };
  /** Names that can stand in the place of the last one that is being typed. */
  'target.complete': { params: { expression: string }; result: string[] };
  /** The fields of an object now, beside those of a snapshot that was taken of this process. */
  'target.fields': { params: { snapshot: number; id: number }; result: ComparedObject };
}

export interface TargetEvents {
  'target.changed': AttachedState | null;
}
