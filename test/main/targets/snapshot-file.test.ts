// Snapshots in files: what the content is, and what is wrong with it.
import { execFileSync } from 'node:child_process';
import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeHeapSnapshot } from 'node:v8';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findTarget } from '../../../main/targets/kinds.ts';
import { countNamed, read } from './programs.ts';

class InThisFile {}
export const kept = [new InThisFile(), new InThisFile()];

describe('a snapshot in a file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'objgraph-files-'));
  const path = (name: string) => join(folder, name);
  const write = (name: string, content: string | Uint8Array) => {
    writeFileSync(path(name), content);
    return path(name);
  };
  let bytes: Buffer;
  beforeAll(() => {
    writeHeapSnapshot(path('one.heapsnapshot'));
    bytes = readFileSync(path('one.heapsnapshot'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it('is read, gzipped or not, whatever its name', async () => {
    expect(countNamed(await read(path('one.heapsnapshot')), 'InThisFile')).toBe(2);
    expect(countNamed(await read(write('two', gzipSync(bytes))), 'InThisFile')).toBe(2);
  });

  it('may be a .heaptimeline, which has the allocations too', async () => {
    const program = write(
      'timeline.cjs',
      `const { Session } = require('node:inspector');
       const { appendFileSync } = require('node:fs');
       const session = new Session();
       session.connect();
       session.on('HeapProfiler.addHeapSnapshotChunk', ({ params }) => appendFileSync(process.argv[2], params.chunk));
       session.post('HeapProfiler.startTrackingHeapObjects', { trackAllocations: true });
       class Tracked {}
       globalThis.kept = Array.from({ length: 7 }, () => new Tracked());
       setTimeout(() => session.post('HeapProfiler.stopTrackingHeapObjects', () => {}), 100);`,
    );
    execFileSync(process.execPath, [program, path('one.heaptimeline')]);
    expect(readFileSync(path('one.heaptimeline'), 'latin1')).toMatch(/"trace_tree":\[\d/);
    expect(countNamed(await read(path('one.heaptimeline')), 'Tracked')).toBe(7);
  });

  it('reports its progress', async () => {
    const seen: number[][] = [];
    await findTarget(path('one.heapsnapshot')).read(() => {}, {
      signal: new AbortController().signal,
      progress: (_task, done, total) => seen.push([done, total!]),
    });
    expect(seen.at(-1)).toEqual([bytes.length, bytes.length]);
  });

  it.each([
    ['missing', () => path('missing'), 'missing: no such file'],
    ['a folder', () => folder, 'it is a folder, not a file'],
    [
      'empty',
      () => write('empty', ''),
      /^\S+empty: The input is empty: this is no heap snapshot \(at byte 0\)\./,
    ],
    ['text', () => write('text', 'hello'), /text: This is no heap snapshot.* \(at byte 0\)\./],
    [
      'cut short',
      () => write('short', bytes.subarray(0, bytes.length >> 1)),
      /short: .+ \(at byte \d+\)\. Take the snapshot again, or copy the whole file\./,
    ],
    [
      'gzip cut short',
      () => write('short.gz', gzipSync(bytes).subarray(0, 20_000)),
      'short.gz is cut short: its gzip data has no end; copy the whole file',
    ],
    [
      'a damaged gzip',
      () => write('bad.gz', Buffer.concat([Buffer.of(0x1f, 0x8b), Buffer.alloc(500, 7)])),
      'bad.gz is damaged: its gzip data cannot be unpacked; copy it again',
    ],
    [
      'a gzip of something else',
      () => write('other.gz', gzipSync('[1]')),
      'other.gz: This is no heap snapshot',
    ],
    [
      'a large gzip that is refused at its beginning',
      () => write('early.gz', gzipSync(Buffer.concat([bytes.subarray(0, 2000), Buffer.alloc(3e7, 32)]))),
      /early\.gz: .+ \(at byte \d+\)\. Take the snapshot again/,
    ],
  ])('that is %s is refused', async (_what, file, sentence) => {
    await expect(read(file())).rejects.toThrow(sentence);
  });

  it('that changes while it is read is refused', async () => {
    const file = write('changing', bytes);
    const reading = findTarget(file).read(() => appendFileSync(file, ' '), {
      signal: new AbortController().signal,
      progress: () => {},
    });
    await expect(reading).rejects.toThrow(`${file} changed while it was read: wait until it is written`);
  });

  it('can be given up', async () => {
    const stop = new AbortController();
    const reading = findTarget(path('one.heapsnapshot')).read(() => stop.abort(new Error('given up')), {
      signal: stop.signal,
      progress: () => {},
    });
    await expect(reading).rejects.toThrow('given up');
  });
});
