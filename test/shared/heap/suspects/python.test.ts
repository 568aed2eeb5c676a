// What one heap of a real Python program shows: results of caches, tasks, finalizers and tracebacks that pile up.
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findSuspects } from '../../../../shared/heap/suspects/index.ts';
import { debianPython, dump, pythons } from '../../../main/targets/python/dumped.ts';

const program = resolve('test/fixtures/python/piled_up.py');

describe.each(process.env.OBJGRAPH_ALL ? pythons : [debianPython])('%s', (python) => {
  const found = findSuspects([dump(python, program).analysis]);
  const of = (detector: string) =>
    found
      .filter((one) => one.detector === detector)
      .map(({ summary, place, confidence }) => ({ summary, place: place?.text, confidence }));

  it('caches: that without a bound, more than that with one', () => {
    const caches = of('lru caches').map(({ summary, place, confidence }) => [
      summary.replace(/, [\d.]+ .?B$/, ''),
      place?.replace(/.*\//, ''),
      confidence,
    ]);
    expect(caches).toContainEqual(['lru_cache of report holds 2,000 results', 'piled_up.py:13', 0.6]);
    for (const [summary, , confidence] of caches)
      if (String(summary).includes('bounded')) expect(confidence).toBeLessThan(0.5);
  });

  it('tasks that have not ended, and coroutines that were never awaited', () => {
    expect(of('tasks').map(({ summary }) => summary)).toEqual([
      '150 coroutines of `never` were made and never awaited',
      '300 tasks of `wait` have not ended',
    ]);
  });

  it('objects with __del__ in cycles that nothing reaches, and not those that something does', () => {
    expect(of('finalizers')).toEqual([
      {
        summary:
          '200 piled_up.Closed in cycles wait for the garbage collector, which has to call their __del__',
        place: expect.stringMatching(/piled_up\.py:\d+$/),
        confidence: 0.5,
      },
    ]);
  });

  it('frames that stored exceptions keep', () => {
    expect(of('tracebacks').map(({ summary }) => summary)).toEqual([
      expect.stringMatching(
        /^150 frames of `fail` are kept by stored exceptions: traceback `.*__traceback__/,
      ),
    ]);
  });
});
