// Which lines make what leaks: V8 tracks every allocation during some more runs, of a function that has been found to leak.
import { allocatedBy, byType, trackAllocations, type HeapNode } from '../objgraph/index.ts';
import { isOfRunner } from './leak-chain.ts';

/** Functions of a stack. */
const mostFrames = 3;

/**
 * Per type, the stack that made most of its objects, in words: `login src/session.ts:12 ← handle src/server.ts:40`. A type of which
 * V8 tracked nothing is not in it: Node 20 gives many objects no stack.
 *
 * @param run runs what leaks, often enough
 */
export async function findMakers(
  types: readonly string[],
  run: () => Promise<void>,
): Promise<ReadonlyMap<string, string>> {
  const makers = new Map<string, string>();
  const tracking = trackAllocations();
  try {
    await run();
  } finally {
    const snapshot = tracking.stop();
    for (const type of snapshot ? types : []) {
      const maker = mainMaker(byType(type, { snapshot: snapshot! }) as HeapNode[]);
      if (maker !== null) makers.set(type, maker);
    }
  }
  return makers;
}

function mainMaker(nodes: readonly HeapNode[]): string | null {
  const counts = new Map<string, number>();
  let tracked = 0;
  for (const node of nodes) {
    const stack = ownFrames(allocatedBy(node));
    if (stack.length === 0) continue;
    const text = stack.slice(0, mostFrames).join(' ← ');
    counts.set(text, (counts.get(text) ?? 0) + 1);
    tracked++;
  }
  const [most] = [...counts].sort((a, b) => b[1] - a[1]);
  if (most === undefined) return null;
  const [text, count] = most;
  return count === tracked ? text : `${text} (an estimated ${Math.round((100 * count) / tracked)} %)`;
}

/** From the innermost one to the function that is tested: what runs that is the runner's, or ours. */
function ownFrames(stack: readonly string[]): string[] {
  const end = stack.findIndex((frame) => isOfRunner(frame) || frame.startsWith('repeat '));
  return stack.slice(0, end < 0 ? stack.length : end);
}
