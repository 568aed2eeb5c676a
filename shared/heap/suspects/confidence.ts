// How sure it is that what grew is a leak: by rule, each with its reason. The figures are no more than the share of findings of
// that kind which were right in the catalogue of test/leaks; the scale and the shares are in docs/leaks.md.
import { grouped } from '../../quantities.ts';
import type { GrowingGroup } from './growing-group.ts';

/** The last step has to be so much of the mean of those before to count as steady. */
const steadyShare = 0.5;
/** Fewer new objects may be chance. */
const many = 100;
const some = 30;
const large = 100_000;

/** The most that each doubt allows; without doubts, 95 %. */
const most = {
  certain: 0.95,
  fewer: 0.9,
  inPlace: 0.8,
  apart: 0.6,
  two: 0.5,
  few: 0.5,
  internal: 0.25,
  /** Not measured: the catalogue is of JavaScript. */
  internalOfPython: 0.5,
  fading: 0.15,
  fewBytes: 0.15,
  internalInPlace: 0.1,
} as const;

/** What speaks for a leak and what against it. */
export function growthConfidence(
  { counts, bytes, grows, survival }: GrowingGroup,
  isInternal: boolean,
  isSameProcess: boolean,
  isPython = false,
): { confidence: number; because: string; doubts: string[] } {
  const doubts: string[] = [];
  const numbers = grows === 'count' ? counts : bytes;
  const steps = numbers.slice(1).map((number, i) => number - numbers[i]);
  const added = counts.at(-1)! - counts[0];
  let confidence: number = most.certain;
  const limit = (highest: number, doubt: string): void => {
    confidence = Math.min(confidence, highest);
    doubts.push(doubt);
  };
  if (steps.length < 2)
    limit(most.two, 'Two snapshots cannot tell growth from a cache that fills up once: take a third.');
  const before = steps.slice(0, -1);
  const mean = before.reduce((sum, step) => sum + step, 0) / Math.max(1, before.length);
  if (steps.length > 1 && steps.at(-1)! < steadyShare * mean)
    limit(most.fading, 'It grew by less in the last step: a cache that fills up looks the same.');
  if (grows === 'count' && added < some) limit(most.few, `Only ${grouped(added)} have come.`);
  else if (grows === 'count' && added < many) limit(most.fewer, `Only ${grouped(added)} have come.`);
  if (grows === 'count' && survival < 0.2)
    limit(most.fading, 'Most of those that came earlier are no longer held there: they are used, not kept.');
  if (grows === 'size' && bytes.at(-1)! - bytes[0] < large) limit(most.fewBytes, 'Few bytes have come.');
  if (grows === 'size')
    limit(
      most.inPlace,
      'What they hold (numbers, bytes) is in no snapshot; a buffer that keeps its capacity looks the same.',
    );
  if (isInternal)
    limit(
      grows === 'size' ? most.internalInPlace : isPython ? most.internalOfPython : most.internal,
      `Nothing of it is written in the program: it may be how ${isPython ? 'Python' : 'Node'} works.`,
    );
  if (!isSameProcess)
    limit(
      most.apart,
      'The snapshots are of separate processes or visits: compared by class, place and path, not object by object.',
    );
  const all = numbers.map(grouped).join(', ');
  return {
    confidence,
    because:
      grows === 'count'
        ? `It grew from snapshot to snapshot: ${all} objects.`
        : `The same objects became larger: ${all} bytes.`,
    doubts,
  };
}
