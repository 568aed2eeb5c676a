// What the renderer asks about allocations: recordings of a process, opened profiles, snapshots whose allocations V8 tracked, and
// the source files that all of them lead to.
import * as v from 'valibot';
import { ownerFilters } from './heap.ts';
import { namedText } from './document.ts';
import { problem } from './problem.ts';
import {
  acknowledged,
  choice,
  flag,
  nothing,
  number,
  object,
  savedFile,
  text,
  variant,
  wholeNumber,
  type Declared,
} from './schema.ts';

/** A recording of a process, or an opened `.heapprofile`. */
const profileState = v.object({
  /** Names it in requests, as long as the window is open. */
  id: v.number(),
  /** `server.js, 14:03:21, 30 s` or `load.heapprofile`. */
  name: v.string(),
  /** Bytes that were alive at its end, as V8 estimates them. */
  bytes: v.number(),
});
export type ProfileState = v.InferOutput<typeof profileState>;

export const allocationsState = v.object({
  /** The oldest first. */
  profiles: v.array(profileState),
  /** The attached process is recorded: how far that is, its own state has. */
  isRecording: v.boolean(),
  /** A file is read. */
  isReading: v.boolean(),
  problem: v.nullable(problem),
});
export type AllocationsState = v.InferOutput<typeof allocationsState>;

/** A place in a source file; lines and columns count from 1. */
const place = v.object({ script: v.nullable(v.string()), line: v.number(), column: v.number() });

const ownerName = v.picklist(['yours', 'package', 'internal', 'builtIn']);

/** A function, or a call in one. */
const frame = v.object({
  function: v.string(),
  location: v.nullable(place),
  /** In the code that ran, where a source map leads from there to `location`. */
  generated: v.optional(v.object({ ...place.entries, function: v.string() })),
  owner: ownerName,
  package: v.nullable(v.string()),
});
export type AllocationPlace = v.InferOutput<typeof frame>;

const snapshot = wholeNumber();

/** Objects with these ids: larger than `after`, and at most `last`. */
const idRange = object({ after: wholeNumber(), last: wholeNumber() });

/** Whose allocations: of a profile, or less those of an earlier one; or what of a snapshot is alive. */
const subject = variant('kind', [
  object({
    kind: v.literal('profile'),
    profile: wholeNumber(),
    before: v.nullable(wholeNumber()),
  }),
  object({ kind: v.literal('snapshot'), snapshot, ids: v.nullable(idRange) }),
]);
export type AllocationSubject = v.InferOutput<typeof subject>;

/** By what rows are added up; `class` is of snapshots only. */
export const allocationGroupings = ['function', 'file', 'package', 'class'] as const;
export type AllocationGrouping = (typeof allocationGroupings)[number];

const allocationRow = v.object({
  name: v.string(),
  location: v.nullable(place),
  generated: v.optional(v.object({ ...place.entries, function: v.string() })),
  owner: ownerName,
  package: v.nullable(v.string()),
  /** What it allocated itself and is still alive; negative in a difference. */
  selfBytes: v.number(),
  /** With what was allocated by all that it called; null for a class. */
  totalBytes: v.nullable(v.number()),
  /** Objects; null where they were not counted. */
  count: v.nullable(v.number()),
});
export type AllocationRow = v.InferOutput<typeof allocationRow>;

/** A flame graph without what is too small to be seen: nodes in the order of a walk, parents first. */
const flameGraph = v.object({
  frames: v.array(frame),
  nodes: v.array(
    v.object({
      /** Its place in this list; -1 for the root. */
      parent: v.number(),
      frame: v.number(),
      /** Bytes that it allocated itself. */
      self: v.number(),
      /** With all that it called: its width. */
      total: v.number(),
    }),
  ),
  isEstimate: v.boolean(),
});
export type FlameGraph = v.InferOutput<typeof flameGraph>;

const timelineBar = v.object({
  /** Milliseconds from the beginning. */
  start: v.number(),
  end: v.number(),
  after: v.number(),
  last: v.number(),
  /** What was allocated in this time and is alive. */
  count: v.number(),
  bytes: v.number(),
});
export type TimelineBar = v.InferOutput<typeof timelineBar>;

/** The lines of a source file around a place. */
const sourceLines = v.object({
  /** The number of the first line. */
  first: v.number(),
  lines: v.array(v.string()),
  /** The file on this machine, which an editor can open; null where the text is in a source map only. */
  file: v.nullable(v.string()),
  /** The file may have changed since the program was started: what its map says is not what is there now. */
  isChanged: v.boolean(),
});
export type SourceLines = v.InferOutput<typeof sourceLines>;

const rowsWanted = { offset: wholeNumber(), limit: wholeNumber(0, 1000) };

const siteEntries = v.object({
  /** The call that made the objects comes first. */
  stack: v.array(frame),
  made: v.nullable(v.number()),
  alive: v.nullable(v.number()),
});
const classSites = v.object({
  type: v.string(),
  location: v.nullable(place),
  generated: v.optional(v.object({ ...place.entries, type: v.string() })),
  owner: ownerName,
  sites: v.array(siteEntries),
  made: v.nullable(v.number()),
  alive: v.nullable(v.number()),
  /** False where more were made than could be recorded: shares are an estimate then. */
  isComplete: v.boolean(),
});
export type ClassSitesRow = v.InferOutput<typeof siteEntries>;
export type FoundSites = v.InferOutput<typeof classSites>;

/** A class as a table of the window names it. */
const className = object({ type: text(1000), script: v.nullable(text(4096)), line: wholeNumber() });

/** Questions that the heap's thread answers. */
export const allocationQuestions = {
  'allocations.rows': {
    params: object({
      subject,
      by: choice(allocationGroupings),
      only: choice(ownerFilters),
      filter: text(1000),
      sort: choice(['name', 'selfBytes', 'totalBytes', 'count']),
      direction: choice(['ascending', 'descending']),
      ...rowsWanted,
    }),
    result: v.object({
      offset: v.number(),
      total: v.number(),
      rows: v.array(allocationRow),
      owners: v.object({ yours: v.number(), packages: v.number(), internal: v.number() }),
      /** Of everything, also of what the filter leaves out. */
      bytes: v.number(),
    }),
  },
  'allocations.flame': { params: object({ subject, least: number(0, 1) }), result: flameGraph },
  /** Empty where the snapshot has no timeline. */
  'allocations.timeline': {
    params: object({ snapshot, most: wholeNumber(1, 2000) }),
    result: v.array(timelineBar),
  },
  /** Null where the file is not on this machine, and in no map. */
  'source.lines': {
    params: object({
      subject: v.nullable(subject),
      script: text(4096),
      line: wholeNumber(1),
      around: wholeNumber(0, 100),
    }),
    result: v.nullable(sourceLines),
  },
};
export type AllocationQuestions = Declared<typeof allocationQuestions>;

export const allocationRequests = {
  ...allocationQuestions,
  'allocations.get': { params: nothing, result: v.nullable(allocationsState) },
  /** Samples what the attached process allocates, for some seconds. */
  'allocations.record': acknowledged(
    object({ seconds: number(0.1, 3600), interval: wholeNumber(128, 2 ** 30) }),
  ),
  /** Ends the recording, and keeps what there is. */
  'allocations.finish': acknowledged(nothing),
  /** A profile that the page was given without a path. */
  'allocations.openText': acknowledged(namedText),
  'allocations.remove': acknowledged(object({ profile: wholeNumber() })),
  'allocations.save': {
    params: object({ profile: wholeNumber(), format: choice(['heapprofile', 'pb.gz']) }),
    result: savedFile,
  },
  /**
   * Who makes the objects of a class in the attached process. `isTracked` has V8 track every allocation, which slows the process
   * down: for classes without a constructor in JavaScript, of which the result is null otherwise.
   */
  'target.sites': {
    params: object({ ...className.entries, seconds: number(0.1, 600), isTracked: flag }),
    result: v.nullable(v.object({ classes: v.array(classSites), notes: v.array(v.string()) })),
  },
  /** Opens a file of this machine in the user's editor. */
  'source.open': acknowledged(object({ file: text(4096), line: wholeNumber(1), column: wholeNumber() })),
};
