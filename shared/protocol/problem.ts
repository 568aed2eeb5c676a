// What is wrong with something that a window shows.
import * as v from 'valibot';

/** A problem in words for its user; `line` counts from 1, `source` is that line of the file. */
export const problem = v.object({
  message: v.string(),
  file: v.optional(v.string()),
  line: v.optional(v.number()),
  source: v.optional(v.string()),
  /** An easier layout may succeed. */
  tooHard: v.optional(v.literal(true)),
});
export type Problem = v.InferOutput<typeof problem>;
