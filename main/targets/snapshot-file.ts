// A snapshot in a file or behind a named pipe: .heapsnapshot or .heaptimeline, gzipped or not; what it is, its content
// tells.
import { constants, type Stats } from 'node:fs';
import { open, stat, type FileHandle } from 'node:fs/promises';
import { fileProblem } from '../problem.ts';
import { readScriptsFile } from '../../shared/source-maps/scripts-file.ts';
import { gunzipped } from './gunzip.ts';
import { openNamedPipe, readPipe } from './pipe.ts';
import { TargetError, type ReadContext, type Target, type TargetKind } from './target.ts';

export const snapshotFiles: TargetKind = {
  recognise: () => true,
  open: (file) => new SnapshotFile(file),
};

export class SnapshotFile implements Target {
  readonly isLive = false;

  /** @param name what messages call it */
  constructor(
    private readonly path: string,
    readonly name = path,
  ) {}

  async read(take: (chunk: Uint8Array) => void, context: ReadContext): Promise<void> {
    let file: FileHandle | undefined;
    try {
      if ((await stat(this.path)).isFIFO())
        return await readPipe(openNamedPipe(this.path), this.name, take, context);
      // A pipe may have taken its place meanwhile, which would keep a thread of Node's pool waiting.
      file = await open(this.path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
      const before = versionOf(await file.stat());
      let failure: unknown = null;
      await this.#readAll(file, take, context).catch((error: unknown) => (failure = error));
      // Half of one snapshot and half of another explains whatever else went wrong.
      if (!context.signal.aborted && versionOf(await this.#statsOf(file)) !== before)
        throw new TargetError(`${this.name} changed while it was read: wait until it is written`);
      if (failure !== null) throw failure as Error;
      context.scripts?.(readScriptsFile(this.path));
    } catch (error) {
      throw isSystemError(error)
        ? new TargetError(`${this.name}: ${fileProblem(error, this.path).message}`)
        : error;
    } finally {
      await file?.close();
    }
  }

  /** A reader that gave up early has closed the file with its stream. */
  #statsOf(file: FileHandle): Promise<Stats> {
    return file.stat().catch(() => stat(this.path));
  }

  async #readAll(
    file: FileHandle,
    take: (chunk: Uint8Array) => void,
    { signal, progress }: ReadContext,
  ): Promise<void> {
    const { size } = await file.stat();
    const chunks = new FileChunks(file);
    for await (const chunk of gunzipped(chunks, this.name)) {
      signal.throwIfAborted();
      take(chunk);
      progress(`reading ${this.name}`, chunks.bytesRead, size || null);
    }
  }
}

const chunkSize = 1 << 18;

/**
 * The bytes of a file. The next part is read while one is looked at, into one of two buffers: memory of their own for all parts would
 * cost more than reading them. A part is good until the next one is asked for.
 */
class FileChunks implements AsyncIterable<Uint8Array> {
  bytesRead = 0;

  constructor(private readonly file: FileHandle) {}

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array, void, undefined> {
    let [buffer, other] = [new Uint8Array(chunkSize), new Uint8Array(chunkSize)];
    let next = this.file.read(buffer, 0, chunkSize);
    try {
      for (let length; (length = (await next).bytesRead) > 0; [buffer, other] = [other, buffer]) {
        next = this.file.read(other, 0, chunkSize);
        this.bytesRead += length;
        yield buffer.subarray(0, length);
      }
    } finally {
      // A reader that gives up closes the file: not while it is read.
      await next.catch(() => {});
    }
  }
}

/** Changes with the content; a device has none. */
function versionOf(stats: Stats): string {
  return stats.isFile() ? `${stats.size} ${stats.mtimeMs}` : '';
}

function isSystemError(error: unknown): boolean {
  return error instanceof Error && 'syscall' in error;
}
