// What a window can ask of the process that it is attached to, whatever it runs.
import type { EventEmitter } from 'node:events';
import type { MemorySample } from '../../shared/memory-timeline.ts';
import type { SnapshotEstimate } from '../../shared/protocol/targets.ts';
import type { Channel } from './conversation.ts';
import type { ScriptRecord } from '../../shared/source-maps/source-maps.ts';
import type { TargetDescription } from './describe-target.ts';
import type { LiveFields, LiveValue } from './live-expression.ts';
import type { Progress } from './target.ts';

export interface TakenSnapshot {
  /** Whether objects have the ids that they had in the snapshot before; null when there was none. */
  idsKept: boolean | null;
}

/** A process that a window is attached to. Emits `ended` once, with the reason, when it has gone without being detached from. */
export interface Attached extends EventEmitter<{ ended: [Error] }> {
  readonly address: string;
  /** What messages call it: `process 4242`. */
  readonly name: string;
  readonly description: TargetDescription;
  readonly title: string;
  readonly pid: number | null;
  readonly runtime: string;
  readonly version: string | null;
  readonly folder: string | null;
  readonly startedAt: number | null;
  /** Whether expressions can be run in it, and the fields of its objects be read. */
  readonly isInspectable: boolean;
  /** What it uses now; null where its heap cannot be separated from the rest. @throws TargetError */
  memory(): Promise<MemorySample | null>;
  /** Bytes of its heap, and what a snapshot will cost it. */
  estimate(): Promise<SnapshotEstimate>;
  /** @param track milliseconds in which V8 tracks every allocation before, so that the snapshot has the stacks of objects */
  takeSnapshot(
    take: (chunk: Uint8Array) => void,
    progress: Progress,
    signal: AbortSignal,
    track?: number,
  ): Promise<TakenSnapshot>;
  /** Its inspector; null where it has none. */
  readonly channel: Channel | null;
  /** The scripts that have source maps; none where it does not say. */
  scripts(): Promise<ScriptRecord[]>;
  evaluate(expression: string): Promise<LiveValue>;
  completions(expression: string): Promise<string[]>;
  fieldsNow(id: number): Promise<LiveFields | null>;
  /** Whether objects still have the ids that they have in the snapshots taken of it. */
  hasKnownIds(): Promise<boolean>;
  /** Leaves it as it was. Never throws; again, it does nothing. */
  detach(): Promise<void>;
}
