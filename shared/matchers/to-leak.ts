// The matcher itself: `expect(work).not.toLeak()`.
import { describeLeaks, findLeaks, type LeakOptions } from './find-leaks.ts';

/** What a test runner takes for the outcome of a matcher. */
export interface MatcherResult {
  pass: boolean;
  message: () => string;
}

/** Passes when every run of a function leaves objects behind; so it is meant to be used with `.not`. */
export async function toLeak(
  this: { isNot?: boolean },
  work: unknown,
  options: LeakOptions = {},
): Promise<MatcherResult> {
  // Only a failure has a message.
  const leaks = await findLeaks(work, { ...options, sites: this.isNot === true && options.sites !== false });
  const what = options.type ?? 'objects';
  return {
    pass: leaks.list.length > 0,
    message: () =>
      leaks.list.length > 0
        ? `Expected no ${what} to leak, but ${describeLeaks(leaks)}`
        : `Expected ${what} to leak, but every run left nothing behind`,
  };
}
