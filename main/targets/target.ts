// What a command can ask about: anything that gives the bytes of a heap snapshot.
import type { ScriptRecord } from '../../shared/source-maps/source-maps.ts';
import type { SnapshotEstimate } from '../../shared/protocol/targets.ts';

/** The heap could not be had; the message is one sentence that says why, and what to do. */
export class TargetError extends Error {}

/** Called while bytes arrive: how much is done, of how much; null where the total is not known. */
export type Progress = (task: string, done: number, total: number | null) => void;

export interface ReadContext {
  /** Called with the scripts of the target that have source maps. */
  scripts?: (scripts: readonly ScriptRecord[]) => void;
  /** Called with a sentence for each source map that cannot be used. */
  warn?: (sentence: string) => void;
  /** False where variables of functions are never named: what reads their names in source maps takes time to load. */
  namesVariables?: boolean;
  /** Ends the reading; what was changed in the target is undone. */
  signal: AbortSignal;
  progress: Progress;
  /** Called with the cost of the first snapshot, before it is taken; what it throws ends the reading. */
  before?: (estimate: SnapshotEstimate) => Promise<void>;
  /**
   * Asked of a process after each snapshot: whether to take one more. As long as no client detaches, the same objects have
   * the same ids.
   */
  again?: () => Promise<boolean>;
}

export interface Target {
  /** What messages call it: a file name, `process 1234`. */
  readonly name: string;
  /** What a user should know before attaching to it, as a sentence; absent where there is nothing. */
  readonly risk?: string;
  /** A process: another reading finds other objects, and V8 has numbered them anew. */
  readonly isLive: boolean;
  /**
   * Gives the snapshot's bytes, in any chunks; what `take` throws ends the reading. A chunk is only good until it returns.
   * @throws TargetError; the signal's reason when it was aborted
   */
  read(take: (chunk: Uint8Array) => void, context: ReadContext): Promise<void>;
}

/** One kind of target. */
export interface TargetKind {
  /** By how it is written on a command line. */
  recognise(text: string): boolean;
  open(text: string): Target;
}
