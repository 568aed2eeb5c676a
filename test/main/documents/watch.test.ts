import { mkdtempSync, renameSync, rmSync, writeFileSync, appendFileSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { watchFile, type FileWatch } from '../../../main/documents/watch.ts';

let folder: string;
let file: string;
let watch: FileWatch;
const changed = vi.fn();

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'objgraph-watch-'));
  file = join(folder, 'a.dot');
  writeFileSync(file, 'graph {}');
  changed.mockClear();
  watch = watchFile(file, changed);
  // It has looked once when a look that was begun later is done.
  await stat(file);
  await sleep(100);
});
afterEach(() => {
  watch.close();
  rmSync(folder, { recursive: true });
});

const times = (count: number) =>
  vi.waitFor(() => expect(changed).toHaveBeenCalledTimes(count), { timeout: 60_000 });

it('reports a change once', async () => {
  writeFileSync(file, 'graph { a }');
  await times(1);
  await sleep(1300);
  await times(1);
});

it('waits until the file has stopped changing', async () => {
  for (let i = 0; i < 10; i++) {
    appendFileSync(file, `// ${i}\n`);
    await sleep(30);
  }
  await times(1);
  await sleep(300);
  await times(1);
});

it('follows the name when another file takes it, and when it goes and comes back', async () => {
  writeFileSync(join(folder, 'new'), 'graph { b }');
  renameSync(join(folder, 'new'), file);
  await times(1);
  rmSync(file);
  await times(2);
  writeFileSync(file, 'graph { c }');
  await times(3);
});

it('does not mind its neighbours, nor a folder that is not there', async () => {
  writeFileSync(join(folder, 'other.dot'), 'graph {}');
  watchFile('/nowhere/at/all.dot', changed).close();
  await sleep(400);
  await times(0);
});
