// V8's sampling profiler on a live target: what is still alive, by the stack that allocated it. It goes on while the program runs,
// ends with our connection, however that ends, and changes nothing else.
// Protocol: HeapProfiler.startSampling, https://chromedevtools.github.io/devtools-protocol/v8/HeapProfiler/.
import { setTimeout as sleep } from 'node:timers/promises';
import type { AllocationTree } from '../../shared/heap/allocation-tree.ts';
import { readHeapProfile } from '../../shared/heap/heap-profile.ts';
import type { ScriptRecord } from '../../shared/source-maps/source-maps.ts';
import type { Channel } from '../targets/conversation.ts';
import { listScripts } from '../targets/scripts.ts';
import type { Progress } from '../targets/target.ts';

export interface SampledAllocations {
  trees: AllocationTree[];
  scripts: readonly ScriptRecord[];
}

export interface SamplingOptions {
  /** Bytes between two samples, on average. */
  interval: number;
  /** Milliseconds from the start to each profile, ascending. */
  moments: readonly number[];
  /** Ends the recording early; what there is then is kept. */
  finish?: AbortSignal;
}

/** A profile of a large program is written and sent as one message. */
const profileTime = 120_000;
const stackDepth = 64;

/**
 * Samples a target until the last moment.
 * @throws TargetError; the signal's reason: the profiler has been stopped then as well
 */
export async function sampleAllocations(
  channel: Channel,
  name: string,
  { interval, moments, finish }: SamplingOptions,
  progress: Progress,
  signal: AbortSignal,
): Promise<SampledAllocations> {
  const trees: AllocationTree[] = [];
  const last = moments.at(-1) ?? 0;
  await channel.post('HeapProfiler.startSampling', { samplingInterval: interval, stackDepth });
  const start = Date.now();
  try {
    for (const [i, moment] of moments.entries()) {
      while (Date.now() - start < moment && !finish?.aborted) {
        progress(`${name}: recording allocations`, Math.min(last, Date.now() - start), last);
        const rest = Math.max(1, Math.min(200, moment - (Date.now() - start)));
        await sleep(rest, null, { signal }).catch(() => signal.throwIfAborted());
      }
      signal.throwIfAborted();
      // What can be freed is not alive.
      await channel.post('HeapProfiler.collectGarbage', {}, profileTime);
      const method = i === moments.length - 1 ? 'stopSampling' : 'getSamplingProfile';
      const { profile } = await channel.post(`HeapProfiler.${method}`, {}, profileTime);
      trees.push(readHeapProfile(profile));
    }
  } catch (error) {
    await channel.post('HeapProfiler.stopSampling', {}, profileTime).catch(() => {});
    throw error;
  }
  // Not before: a program loads scripts while it runs.
  const { withMaps, ours } = await listScripts(channel);
  return { trees: trees.map((tree) => withoutOurs(tree, ours)), scripts: withMaps };
}

/** What our timer in the target allocates is none of the program's. */
function withoutOurs(tree: AllocationTree, ours: ReadonlySet<number>): AllocationTree {
  const { frames, frameOf, parents } = tree;
  const isOurs = Uint8Array.from(frames, ({ scriptId }) => (ours.has(scriptId) ? 1 : 0));
  const bytes = tree.bytes.slice();
  const below = new Uint8Array(parents.length);
  for (let node = 0; node < parents.length; node++) {
    below[node] = isOurs[frameOf[node]] || (parents[node] >= 0 ? below[parents[node]] : 0);
    if (below[node] === 1) bytes[node] = 0;
  }
  return { ...tree, bytes };
}
