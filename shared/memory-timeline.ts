// The memory of a process over time: samples that are thinned out as they grow old, and what they say.
import { inBytes } from './quantities.ts';

export interface MemorySample {
  /** Milliseconds since the epoch, by the clock of the one who asked. */
  time: number;
  /** Bytes of V8's heap that objects have, and that V8 has reserved for it; null where there is no such heap. */
  heapUsed: number | null;
  heapTotal: number | null;
  /** Bytes of Buffers and other C++ objects that JavaScript refers to; null where the target does not report them. */
  external: number | null;
  /** Bytes of the whole process in RAM; null where the target does not report them. */
  rss: number | null;
}

/** Samples that are kept: at one every two seconds, the last twenty minutes exactly, and an hour before that by halves. */
const mostSamples = 600;

/**
 * Adds the latest sample. When there are too many, every second one of the older half goes, so that the first one stays and
 * the line reaches back to the beginning.
 */
export function withSample(samples: readonly MemorySample[], sample: MemorySample): MemorySample[] {
  if (samples.length < mostSamples) return [...samples, sample];
  const half = mostSamples / 2;
  return [...samples.filter((_, i) => i >= half || i % 2 === 0), sample];
}

/** Milliseconds of samples before anything is concluded: a process that has just begun is still growing warm. */
const leastTime = 60_000;
const leastSamples = 15;
/** Growth that is worth a word: of the whole, and in bytes. */
const leastShare = 0.1;
const leastBytes = 16e6;

/** The least of each third: what is left after garbage was collected. */
function floors(values: readonly number[]): [first: number, second: number, third: number] {
  const third = Math.floor(values.length / 3);
  const least = (from: number, to: number) => Math.min(...values.slice(from, to));
  return [least(0, third), least(third, values.length - third), least(values.length - third, values.length)];
}

/** Bytes by which it grew from third to third; 0 where it did not, or not all the time. */
function steadyGrowth(values: readonly number[]): number {
  const [first, second, third] = floors(values);
  const grown = third - first;
  const isSteady = Math.min(second - first, third - second) > grown / 5;
  return isSteady && grown >= leastBytes && grown >= first * leastShare ? grown : 0;
}

/**
 * What the samples say, in a sentence with its next step; null when memory is steady, or there is too little to go by.
 * @param samples the oldest first
 * @example
 * memoryAdvice(samples); // 'The heap is steady; RSS grew by 210 MB: look at native memory, Buffers'
 */
export function memoryAdvice(samples: readonly MemorySample[]): string | null {
  const seconds = Math.round(((samples.at(-1)?.time ?? 0) - (samples[0]?.time ?? 0)) / 1000);
  if (samples.length < leastSamples || seconds * 1000 < leastTime) return null;
  const [heap, external, rss] = (['heapUsed', 'external', 'rss'] as const).map((key) => {
    const known = samples.map((sample) => sample[key]).filter((one) => one !== null);
    return known.length === samples.length ? steadyGrowth(known) : 0;
  });
  if (samples.some(({ heapUsed }) => heapUsed === null))
    return rss > 0
      ? `The process grew by ${inBytes(rss)}: take a snapshot now and one later, and compare`
      : null;
  if (heap > 0) return `The heap grew by ${inBytes(heap)}: take a snapshot now and one later, and compare`;
  if (external > 0)
    return `The heap is steady; external memory grew by ${inBytes(external)}: look at Buffers and ArrayBuffers`;
  if (rss > 0) return `The heap is steady; RSS grew by ${inBytes(rss)}: look at native memory, Buffers`;
  return null;
}
