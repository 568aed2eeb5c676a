// What a detector says, and what it is given to say it.
import type { HeapAnalysis } from '../analysis.ts';
import type { SourcePlace } from '../places.ts';
import type { HolderWords } from './holder-words.ts';

/** Something that may be a leak. */
export interface Finding {
  /** The detector's name, as in `detectors`. */
  detector: string;
  /** The class of what piles up. */
  className: string;
  /** Where that class, or the function that matters, is written; null where that is not known. */
  place: SourcePlace | null;
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
  /**
   * Per snapshot, the oldest first: how many of these objects there were, and the shallow bytes of all that hung from them.
   * One entry where there is one snapshot.
   */
  growth: { count: number; bytes: number }[];
  /** How many objects hold them: `node` is one of these. */
  holders: number;
  /** What grew because of it, by class, that with most bytes first. It is no leak of its own, and in no other finding. */
  consequences: Consequence[];
  /** What speaks against a leak, a sentence each; empty where nothing does. */
  doubts: string[];
}

/** Objects of a class that hang from what a finding is about. */
export interface Consequence {
  className: string;
  place: SourcePlace | null;
  count: number;
}

export interface Evidence {
  /** The last snapshot. */
  now: HeapAnalysis;
  /** Snapshots of the same process before that, the oldest first. */
  earlier: readonly HeapAnalysis[];
  words: HolderWords;
  /** Whether ids mean the same objects in all of them. */
  isSameProcess: boolean;
  /** Bytes below which what is merely large is not worth telling. */
  leastBytes: number;
}

type Optional = 'growth' | 'holders' | 'consequences' | 'doubts';

/** Looks for one kind of leak. What it leaves out is as for one snapshot, one holder, no consequences and no doubts. */
export type Detector = (
  evidence: Evidence,
) => (Omit<Finding, 'detector' | Optional> & Partial<Pick<Finding, Optional>>)[];
