// What a detector says, and what it is given to say it.
import type { HeapAnalysis } from '../analysis.ts';
import type { HolderWords } from './holder-words.ts';

/** Something that may be a leak. */
export interface Finding {
  /** The detector's name, as in `detectors`. */
  detector: string;
  /** The class of what piles up, and where it stands in the source; null where that is not known. */
  className: string;
  place: string | null;
  count: number;
  /** Bytes that would be freed with these objects. */
  bytes: number;
  /** The ordinal, in the last snapshot, of the object to look at: what holds them. */
  node: number;
  /** One sentence to act on: ``Map `cache` in svc.js holds 2,000 Request``. */
  summary: string;
  /** How `node` is reached from a root, a step a line: `svc.js`, `cache: Map`. Empty when only V8 knows. */
  chain: string[];
  /** How sure it is that memory is lost: 0 to 1. */
  confidence: number;
  /** Why so sure, and not surer. */
  because: string;
}

export interface Evidence {
  /** The last snapshot. */
  now: HeapAnalysis;
  /** Snapshots of the same process before that, the oldest first. */
  earlier: readonly HeapAnalysis[];
  words: HolderWords;
  /** Bytes below which what is merely large is not worth telling. */
  leastBytes: number;
}

/** Looks for one kind of leak; names the detector itself. */
export type Detector = (evidence: Evidence) => Omit<Finding, 'detector'>[];
