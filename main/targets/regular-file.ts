// Files of other people's programs and folders: a pipe, a device or a file without end must not keep us waiting.
import { constants } from 'node:fs';
import { open, stat, type FileHandle } from 'node:fs/promises';

/** Opens a regular file for reading; null for everything else, and for what cannot be opened. Never waits for a pipe's writer. */
export async function openRegularFile(path: string): Promise<FileHandle | null> {
  let file: FileHandle | null = null;
  try {
    // A device may do something when it is opened (a tape rewinds), so it is not opened at all.
    if (!(await stat(path)).isFile()) return null;
    file = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    // It may have been replaced in between.
    if ((await file.stat()).isFile()) return file;
  } catch {
    // Closed below.
  }
  await file?.close().catch(() => {});
  return null;
}

/** The bytes of a regular file; null when it has more than `maxBytes`, or is anything else. */
export async function readSmallFile(path: string, maxBytes = 2 ** 20): Promise<Buffer | null> {
  const file = await openRegularFile(path);
  if (file === null) return null;
  try {
    const bytes = Buffer.alloc(Math.min(maxBytes, (await file.stat()).size) + 1);
    let length = 0;
    while (length < bytes.length) {
      const { bytesRead } = await file.read(bytes, length, bytes.length - length, length);
      if (bytesRead === 0) return bytes.subarray(0, length);
      length += bytesRead;
    }
    // It is larger than its reported size, or than the limit.
    return null;
  } catch {
    return null;
  } finally {
    await file.close().catch(() => {});
  }
}
