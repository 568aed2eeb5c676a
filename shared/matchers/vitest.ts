/**
 * A matcher for Vitest: `import 'objgraph/vitest'` in a test, or name it in `setupFiles`.
 *
 * @example
 * await expect(() => handleRequest()).not.toLeak({ type: 'Session', runs: 10 });
 *
 * @packageDocumentation
 */
import { expect } from 'vitest';
import type { LeakOptions } from './find-leaks.ts';
import { toLeak } from './to-leak.ts';

expect.extend({ toLeak });

declare module 'vitest' {
  interface Matchers {
    /** Whether every run of a function leaves objects behind; on failure of `.not`, the message names what keeps them. */
    toLeak(options?: LeakOptions): Promise<void>;
  }
}

export type { LeakOptions };
