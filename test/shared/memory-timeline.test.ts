// What the memory of a process over time says, and how much of it is kept.
import { describe, expect, it } from 'vitest';
import { memoryAdvice, withSample, type MemorySample } from '../../shared/memory-timeline.ts';

const MB = 1e6;
/** One sample every two seconds. */
const samples = (count: number, at: (i: number) => Partial<MemorySample>): MemorySample[] =>
  Array.from({ length: count }, (_, i) => ({
    time: i * 2000,
    heapUsed: 20 * MB,
    heapTotal: 40 * MB,
    external: 2 * MB,
    rss: 80 * MB,
    ...at(i),
  }));

describe('advice', () => {
  it('is not given before a minute has passed, nor of a few samples', () => {
    expect(memoryAdvice([])).toBeNull();
    expect(memoryAdvice(samples(29, (i) => ({ rss: 80 * MB + i * 10 * MB })))).toBeNull();
    expect(memoryAdvice(samples(5, (i) => ({ time: i * 60_000, rss: 80 * MB + i * 100 * MB })))).toBeNull();
  });

  it('is none as long as memory is steady, however much garbage there is in between', () => {
    expect(memoryAdvice(samples(90, () => ({})))).toBeNull();
    expect(memoryAdvice(samples(90, (i) => ({ heapUsed: (20 + (i % 10) * 8) * MB })))).toBeNull();
  });

  it('is none for one step up, as of a cache that has filled', () => {
    expect(memoryAdvice(samples(90, (i) => ({ heapUsed: (i < 20 ? 20 : 60) * MB })))).toBeNull();
    expect(memoryAdvice(samples(90, (i) => ({ rss: (i < 50 ? 80 : 200) * MB })))).toBeNull();
  });

  it('is to compare snapshots where the heap grows, seen through its garbage', () => {
    expect(
      memoryAdvice(samples(90, (i) => ({ heapUsed: (20 + i + (i % 7) * 5) * MB, rss: (80 + i) * MB }))),
    ).toBe('The heap grew by 63.0 MB: take a snapshot now and one later, and compare');
  });

  it('is to compare snapshots where only the whole process is known, and it grows', () => {
    const python = (i: number) => ({ heapUsed: null, heapTotal: null, external: null, rss: (80 + i) * MB });
    expect(memoryAdvice(samples(90, python))).toBe(
      'The process grew by 60.0 MB: take a snapshot now and one later, and compare',
    );
    expect(memoryAdvice(samples(90, (i) => ({ ...python(i), rss: 80 * MB })))).toBeNull();
  });

  it('is to look at native memory where RSS grows and the heap does not', () => {
    expect(memoryAdvice(samples(90, (i) => ({ rss: (80 + i * 2) * MB })))).toBe(
      'The heap is steady; RSS grew by 120.0 MB: look at native memory, Buffers',
    );
  });

  it('names Buffers where external memory grows', () => {
    expect(memoryAdvice(samples(90, (i) => ({ external: (2 + i) * MB, rss: (80 + i) * MB })))).toBe(
      'The heap is steady; external memory grew by 60.0 MB: look at Buffers and ArrayBuffers',
    );
  });

  it('is silent about what the target does not tell', () => {
    expect(
      memoryAdvice(samples(90, (i) => ({ external: null, rss: i === 3 ? null : (80 + i * 9) * MB }))),
    ).toBeNull();
  });

  it('is not given for little: less than 16 MB, or less than a tenth', () => {
    expect(memoryAdvice(samples(90, (i) => ({ rss: (80 + i * 0.2) * MB })))).toBeNull();
    expect(memoryAdvice(samples(90, (i) => ({ rss: (4000 + i * 5) * MB })))).toBeNull();
  });
});

describe('the samples that are kept', () => {
  it('reach back to the first one, are never too many, and are in order', () => {
    let kept: MemorySample[] = [];
    const all = samples(5000, () => ({}));
    for (const sample of all) kept = withSample(kept, sample);
    expect(kept.length).toBeLessThanOrEqual(600);
    expect(kept.length).toBeGreaterThan(300);
    expect(kept[0]).toBe(all[0]);
    expect(kept.slice(-200)).toEqual(all.slice(-200));
    const times = kept.map(({ time }) => time);
    expect(times).toEqual(times.toSorted((a, b) => a - b));
  });
});
