import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isHeapSnapshot } from '../../../main/documents/file-kind.ts';
import { checkReadable, readDocumentFile } from '../../../main/documents/read-file.ts';

let folder: string;
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'objgraph-read-'))));
afterEach(() => rmSync(folder, { recursive: true }));

describe.skipIf(process.platform === 'win32')('a pipe that nothing writes to', () => {
  it('is refused at once where a window would wait for it: other files can still be read', async () => {
    const pipe = join(folder, 'pipe');
    execFileSync('mkfifo', [pipe]);
    const file = join(folder, 'file.dot');
    writeFileSync(file, 'digraph {}');
    // More of them than Node's pool has threads.
    for (let i = 0; i < 6; i++) {
      await expect(readDocumentFile(pipe)).rejects.toThrow('pipe: it is a pipe or a socket, not a file');
      expect(await isHeapSnapshot(pipe)).toBe(false);
    }
    expect(await readFile(file, 'utf8')).toBe('digraph {}');
  });

  it('counts as readable without being opened: its writer keeps waiting for its reader', async () => {
    const pipe = join(folder, 'pipe');
    execFileSync('mkfifo', [pipe]);
    for (let i = 0; i < 6; i++) await checkReadable(pipe);
    await expect(checkReadable(folder)).rejects.toThrow('folder');
    await expect(checkReadable(join(folder, 'none'))).rejects.toThrow('none');
  });
});

it('is a snapshot by its first bytes', async () => {
  writeFileSync(join(folder, 'x'), ' {"snapshot": {');
  expect(await isHeapSnapshot(join(folder, 'x'))).toBe(true);
});
