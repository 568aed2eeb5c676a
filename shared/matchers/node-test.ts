/**
 * An assertion for node:test, or any other runner: `import { doesNotLeak } from 'objgraph/node-test'`.
 *
 * @example
 * test('requests leave nothing', () => doesNotLeak(() => handleRequest(), { type: 'Session', runs: 10 }));
 *
 * @packageDocumentation
 */
import { AssertionError } from 'node:assert';
import { describeLeaks, findLeaks, type LeakOptions } from './find-leaks.ts';

/**
 * Fails when every run of a function leaves objects behind, and says what keeps them.
 *
 * @param work what to run; a promise that it returns is waited for
 * @throws AssertionError when it leaks; TypeError for wrong arguments; what `work` throws
 * @example
 * await doesNotLeak(() => fetch(url).then((response) => response.text()));
 */
export async function doesNotLeak(work: () => unknown, options: LeakOptions = {}): Promise<void> {
  const leaks = await findLeaks(work, options);
  if (leaks.list.length === 0) return;
  throw new AssertionError({
    message: `Expected no ${options.type ?? 'objects'} to leak, but ${describeLeaks(leaks)}`,
    actual: leaks.list.map(({ type, what, count }) =>
      what === 'entries' ? `${count} entries of ${type}` : `${count} ${type}`,
    ),
    expected: [],
    operator: 'doesNotLeak',
  });
}

export type { LeakOptions };
