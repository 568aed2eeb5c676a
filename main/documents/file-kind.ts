// What a file is, before it is opened: a heap snapshot, or something that can be drawn.
import type { FileHandle } from 'node:fs/promises';
import { isSnapshotName } from '../../shared/file-formats.ts';
import { openRegularFile } from '../targets/regular-file.ts';

/** How V8 begins every snapshot. */
const snapshotStart = '{"snapshot":';

/** By its name; by its first bytes where the name says nothing. A file that cannot be read fails when it is opened. */
export async function isHeapSnapshot(path: string): Promise<boolean> {
  if (isSnapshotName(path)) return true;
  let file: FileHandle | null = null;
  try {
    // A pipe is left alone: what is read of it would be missing when it is opened.
    file = await openRegularFile(path);
    if (file === null) return false;
    const { buffer, bytesRead } = await file.read(Buffer.alloc(64), 0, 64, 0);
    return buffer.toString('latin1', 0, bytesRead).replace(/\s/g, '').startsWith(snapshotStart);
  } catch {
    return false;
  } finally {
    await file?.close();
  }
}
