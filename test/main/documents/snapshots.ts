// Snapshots of one real program that leaks, twice: before it leaked, and after.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const program = `const { writeHeapSnapshot } = require('node:v8');
class User { constructor(i) { this.name = 'user number ' + i; this.data = { i: [i] } } }
class Session { constructor(i) { this.id = { i }; this.secret = 'the secret token of session ' + i } }
const cache = exports.cache = new Map();
const sessions = exports.sessions = [];
for (let i = 0; i < 30; i++) cache.set('key' + i, new User(i));
cache.copies = Array.from({ length: 9 }, () => Buffer.from('the very same text').toString());
for (let i = 0; i < 100; i++) sessions.push(new Session(i));
writeHeapSnapshot('before.heapsnapshot');
for (let i = 0; i < 12; i++) cache.set('more' + i, new User(i));
cache.delete('key0');
for (let i = 0; i < 1500; i++) sessions.push(new Session(i));
writeHeapSnapshot('after.heapsnapshot');`;

export interface Snapshots {
  folder: string;
  before: string;
  after: string;
  remove(): void;
}

export function takeSnapshots(): Snapshots {
  const folder = mkdtempSync(join(tmpdir(), 'objgraph-heap-'));
  writeFileSync(join(folder, 'leak.cjs'), program);
  execFileSync(process.execPath, ['leak.cjs'], { cwd: folder, env: { ...process.env, NODE_OPTIONS: '' } });
  const path = (name: string) => join(folder, name);
  return {
    folder,
    before: path('before.heapsnapshot'),
    after: path('after.heapsnapshot'),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
