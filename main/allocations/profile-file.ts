// The text of a `.heapprofile`: a stranger's file may be a pipe, a device or without end.
import { constants } from 'node:fs';
import { open, stat, type FileHandle } from 'node:fs/promises';
import { HeapProfileError } from '../../shared/heap/heap-profile.ts';

/** V8 has no longer text than 512 MB. */
const largest = 500e6;

/**
 * @param acceptPipes a command may wait for the writer of a pipe, until its user stops it; a window may not
 * @throws HeapProfileError; the system's error
 */
export async function readProfileText(path: string, acceptPipes = false): Promise<string> {
  let file: FileHandle | undefined;
  try {
    if (!acceptPipes && !isPlain(await stat(path)))
      throw new HeapProfileError('is a pipe or a device, not a file');
    file = await open(path, constants.O_RDONLY | (acceptPipes ? 0 : (constants.O_NONBLOCK ?? 0)));
    const chunks: Buffer[] = [];
    let length = 0;
    for await (const chunk of file.createReadStream({ autoClose: false, highWaterMark: 2 ** 20 })) {
      chunks.push(chunk as Buffer);
      if ((length += (chunk as Buffer).length) > largest) throw new HeapProfileError('is larger than 500 MB');
    }
    return Buffer.concat(chunks).toString();
  } finally {
    await file?.close();
  }
}

/** A folder says by itself that it cannot be read. */
const isPlain = (stats: { isFile(): boolean; isDirectory(): boolean }) =>
  stats.isFile() || stats.isDirectory();
