/**
 * A matcher for Jest: `import 'objgraph/jest'` (or `require('objgraph/jest')`) in a test, or name it in
 * `setupFilesAfterEnv`.
 *
 * @example
 * await expect(() => handleRequest()).not.toLeak({ type: 'Session', runs: 10 });
 *
 * @packageDocumentation
 */
import { expect } from '@jest/globals';
import type { LeakOptions } from './find-leaks.ts';
import { toLeak } from './to-leak.ts';

expect.extend({ toLeak });

// An interface can only be added to in the words in which others wrote it.
/* eslint-disable @typescript-eslint/no-unused-vars, @typescript-eslint/no-namespace, @typescript-eslint/no-empty-object-type */

/** For `import { expect } from '@jest/globals'`. */
declare module 'expect' {
  interface Matchers<R extends void | Promise<void>, T = unknown> {
    /** Whether every run of a function leaves objects behind; on failure of `.not`, the message names what keeps them. */
    toLeak(options?: LeakOptions): Promise<void>;
  }
}

declare global {
  /** For the globals of `@types/jest`. */
  namespace jest {
    interface Matchers<R, T = {}> {
      /** Whether every run of a function leaves objects behind; on failure of `.not`, the message names what keeps them. */
      toLeak(options?: LeakOptions): Promise<void>;
    }
  }
}

export type { LeakOptions };
