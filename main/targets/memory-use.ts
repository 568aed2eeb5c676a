// How much memory a target has. The heap's size comes from V8 itself. What is outside of it only the runtime knows: one call of
// `process.memoryUsage` (Deno: `Deno.memoryUsage`) runs in the target, and nothing of the program, unless it replaced that function.
import type { MemorySample } from '../../shared/memory-timeline.ts';
import { evaluateValue, type Channel } from './conversation.ts';
import { asCount, isFields } from './reply.ts';

const question = `(() => {
  const usage =
    typeof Deno === 'object' ? Deno.memoryUsage
    : typeof process === 'object' && process?.versions?.node ? process.memoryUsage
    : null;
  if (typeof usage !== 'function') return null;
  const { rss, external } = usage();
  return { rss, external };
})()`;

/** @throws TargetError when the target does not answer */
export async function memoryUse(channel: Channel): Promise<MemorySample> {
  const usage = await channel.post('Runtime.getHeapUsage');
  const outside = await evaluateValue(channel, question).catch(() => null);
  const fields = isFields(outside) ? outside : {};
  return {
    time: Date.now(),
    heapUsed: asCount(usage.usedSize),
    heapTotal: asCount(usage.totalSize),
    external: bytesOf(fields.external),
    rss: bytesOf(fields.rss),
  };
}

const bytesOf = (value: unknown) =>
  typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : null;
