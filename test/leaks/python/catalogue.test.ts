// Leaks of Python after public reports, run in a real CPython: each is the first finding; the same program with the fix is
// accused of nothing, and neither are healthy ones. A part of them, one of each kind; all with `OBJGRAPH_ALL=1`.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { HeapAnalysis } from '../../../shared/heap/analysis.ts';
import { SnapshotReader } from '../../../shared/heap/snapshot-reader.ts';
import type { Finding } from '../../../shared/heap/suspects/finding.ts';
import { findSuspects } from '../../../shared/heap/suspects/index.ts';

const python = '/usr/bin/python3';
const dumper = resolve('main/targets/python/objgraph_dump.py');
/** A list, a table with texts as keys, many small ones, frames, tasks, a weak table, and what C code holds. */
const representative =
  /^(class_registry|module_dict|many_small_lists|kept_tracebacks|pending_tasks|weak_|atexit|lru_bounded|expiring|static_table)/;
const programs = (kind: string) =>
  readdirSync(join(import.meta.dirname, kind))
    .map((file) => [basename(file, '.py')])
    .filter(([name]) => process.env.OBJGRAPH_ALL || representative.test(name));
const fileOf = (kind: string, name: string) => join(import.meta.dirname, kind, `${name}.py`);

/** Those that look for Python's own, in one snapshot: they accuse no healthy program either. */
const forPython = new Set(['lru caches', 'tasks', 'finalizers', 'tracebacks']);
const isHealthy = (file: string) => file.includes('/healthy/');

function suspectsOf(file: string, step: 'step' | 'fixed'): Finding[] {
  const folder = mkdtempSync(join(tmpdir(), 'objgraph-python-leak-'));
  try {
    execFileSync(python, [join(import.meta.dirname, 'drive.py'), dumper, file, folder, step], {
      stdio: 'ignore',
    });
    const moments = [0, 1, 2].map((moment) => read(join(folder, `${moment}.heapsnapshot`)));
    const ofOne = findSuspects(moments.slice(-1)).filter(({ detector }) => forPython.has(detector));
    return [...findSuspects(moments), ...(step === 'fixed' || isHealthy(file) ? ofOne : [])];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function read(file: string): HeapAnalysis {
  const reader = new SnapshotReader();
  reader.write(readFileSync(file));
  return new HeapAnalysis(reader.end());
}

/** The last line of a leak: what holds it, and a class of it. */
function truthOf(file: string): { holder: RegExp; type: RegExp } {
  const [, holder, type] = /^TRUTH = \{'holder': r'(.*)', 'type': r'(.*)'\}$/m.exec(
    readFileSync(file, 'utf8'),
  )!;
  return { holder: new RegExp(holder), type: new RegExp(type) };
}

describe.skipIf(!existsSync(python))('in Python', () => {
  it.each(programs('leaking'))('%s is the first finding, and none when it is mended', (name) => {
    const file = fileOf('leaking', name);
    const { holder, type } = truthOf(file);
    const [{ summary, chain, className, consequences, confidence }] = suspectsOf(file, 'step');
    expect([summary, ...chain].join('\n')).toMatch(holder);
    expect([className, ...consequences.map((one) => one.className)]).toContainEqual(
      expect.stringMatching(type),
    );
    expect(confidence).toBeGreaterThanOrEqual(0.5);
    expect(suspectsOf(file, 'fixed').filter((one) => one.confidence >= 0.5)).toEqual([]);
  });

  it.each(programs('healthy'))('%s is accused of nothing', (name) => {
    expect(suspectsOf(fileOf('healthy', name), 'step').filter((one) => one.confidence >= 0.5)).toEqual([]);
  });
});
