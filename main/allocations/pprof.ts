// An allocation tree as pprof, which go tool pprof, speedscope, Pyroscope and others read: gzipped protocol buffers.
// Format: https://github.com/google/pprof/blob/main/proto/profile.proto, encoded by pprof-format.
import { gzipSync } from 'node:zlib';
import { Function, Line, Location, Profile, Sample, StringTable, ValueType } from 'pprof-format';
import type { AllocationTree } from '../../shared/heap/allocation-tree.ts';
import type { PlacedFrame } from './placed-frames.ts';

/**
 * A profile with one value a sample: bytes in use; negative where they became less.
 * @param frames per frame of the tree, as it is shown
 */
export function writePprof(tree: AllocationTree, frames: readonly PlacedFrame[]): Uint8Array {
  const stringTable = new StringTable();
  const text = (value: string) => stringTable.dedup(value);
  const functions = frames.map(
    ({ function: name, location, generated }, i) =>
      new Function({
        id: i + 1,
        name: text(name),
        systemName: text(generated?.function ?? name),
        filename: text(location?.script ?? ''),
        startLine: location?.line ?? 0,
      }),
  );
  const locations = frames.map(
    ({ location }, i) =>
      new Location({ id: i + 1, line: [new Line({ functionId: i + 1, line: location?.line ?? 0 })] }),
  );
  const sample: Sample[] = [];
  for (let node = 1; node < tree.parents.length; node++) {
    const bytes = Math.round(tree.bytes[node]);
    if (bytes === 0) continue;
    const locationId: number[] = [];
    for (let at = node; at > 0; at = tree.parents[at]) locationId.push(tree.frameOf[at] + 1);
    sample.push(new Sample({ locationId, value: [bytes] }));
  }
  const inuse = new ValueType({ type: text('inuse_space'), unit: text('bytes') });
  const profile = new Profile({
    sampleType: [inuse],
    sample,
    location: locations,
    function: functions,
    stringTable,
    timeNanos: BigInt(Date.now()) * 1_000_000n,
    periodType: new ValueType({ type: text('space'), unit: text('bytes') }),
    period: 1,
  });
  return gzipSync(profile.encode());
}
