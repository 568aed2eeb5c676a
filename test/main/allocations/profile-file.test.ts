// Profiles of strangers that are no files.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readProfileText } from '../../../main/allocations/profile-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'objgraph-profile-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe.skipIf(process.platform === 'win32')('a profile', () => {
  it('is no pipe in a window, which would wait for its writer', async () => {
    const pipe = join(folder, 'pipe.heapprofile');
    execFileSync('mkfifo', [pipe]);
    // More than Node's pool has threads.
    const answers = await Promise.allSettled(Array.from({ length: 6 }, () => readProfileText(pipe)));
    for (const answer of answers)
      expect(answer).toMatchObject({ reason: { message: 'is a pipe or a device, not a file' } });
    writeFileSync(join(folder, 'whole'), '{}');
    expect(await readProfileText(join(folder, 'whole'))).toBe('{}');
  });

  it('is no device, and no folder', async () => {
    await expect(readProfileText('/dev/zero')).rejects.toThrow('is a pipe or a device, not a file');
    mkdirSync(join(folder, 'folder'));
    await expect(readProfileText(join(folder, 'folder'))).rejects.toMatchObject({ code: 'EISDIR' });
  });

  it('has an end, also where a command reads a device', async () => {
    await expect(readProfileText('/dev/zero', true)).rejects.toThrow('is larger than 500 MB');
  });
});
