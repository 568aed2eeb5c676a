// For tests of the commands for heaps: the built command as users run it, in a folder with two snapshots of a real program.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect } from 'vitest';

export const cli = join(import.meta.dirname, '../../../dist/cli.js');

/** Of every table; see `docs/json.md`. */
export interface Row {
  type: string;
  location: { script: string; line: number; column: number } | null;
  count: number;
  shallowSize: number;
  retainedSize: number;
  distance: number | null;
  id: number;
  name: string;
}

const location = { script: expect.any(String), line: expect.any(Number), column: expect.any(Number) };
const sizes = { shallowSize: expect.any(Number), retainedSize: expect.any(Number) };
const object = { id: expect.any(Number), type: expect.any(String), name: expect.any(String), ...sizes };
/** What rows look like, by `docs/json.md`. */
export const some = {
  location,
  sizes,
  object,
  growth: { count: expect.any(Number), size: expect.any(Number) },
};

/** `before.heapsnapshot` and `after.heapsnapshot`: a class of the same name in two files, and a leak that grows. */
export function heapCommands() {
  const folder = mkdtempSync(join(tmpdir(), 'objgraph-heaps-'));
  const temporary = join(folder, 'tmp');

  beforeAll(() => {
    mkdirSync(temporary);
    writeFileSync(join(folder, 'other.cjs'), other);
    writeFileSync(join(folder, 'leak.cjs'), leak);
    const { status, stderr } = spawnSync(process.execPath, ['leak.cjs'], { cwd: folder });
    expect({ status, stderr: stderr.toString() }).toEqual({ status: 0, stderr: '' });
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  function run(args: string[], { input = Buffer.alloc(0) } = {}) {
    const { status, stdout, stderr } = spawnSync(process.execPath, [cli, ...args], {
      cwd: folder,
      input,
      env: { ...process.env, OBJGRAPH_VIEWER: 'none', TMPDIR: temporary },
      maxBuffer: 2 ** 28,
    });
    return { status, stdout: stdout.toString(), stderr: stderr.toString() };
  }

  function json<T>(args: string[]): T {
    const { status, stdout, stderr } = run([...args, '--json']);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    return JSON.parse(stdout) as T;
  }

  return { folder, temporary, run, json };
}

const other = `exports.make = () => { class User { constructor() { this.other = {} } } return new User() }`;
const leak = `const { writeHeapSnapshot } = require('node:v8');
class User { constructor(i) { this.name = 'user ' + i; this.data = { i: [i] } } }
const cache = exports.cache = new Map();
exports.others = [require('./other.cjs').make(), require('./other.cjs').make()];
for (let i = 0; i < 30; i++) cache.set('key' + i, new User(i));
cache.copies = Array.from({ length: 9 }, () => Buffer.from('the very same text').toString());
const odd = { ['bad\\x1b[31mname']: {} };
class Job { constructor(i) { this.i = { i } } }
const queue = exports.queue = Array.from({ length: 200 }, (_, i) => new Job(i));
class Odd\\u0041 {}
cache.odd = [odd, new OddA()];
writeHeapSnapshot('before.heapsnapshot');
for (let i = 0; i < 12; i++) cache.set('more' + i, new User(i));
cache.delete('key0');
for (let i = 0; i < 1500; i++) queue.push(new Job(i));
writeHeapSnapshot('after.heapsnapshot');`;
