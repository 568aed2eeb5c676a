// Files that commands write: what can go wrong is reported before any time is spent.
import {
  accessSync,
  closeSync,
  constants,
  openSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';

/** A file could not be written; the message says which and why. */
export class OutputError extends Error {}

/** @throws OutputError where a file cannot be written */
export function checkOutput(file: string): void {
  const folder = dirname(resolve(file));
  try {
    if (!statSync(folder).isDirectory())
      throw new OutputError(`${file} cannot be written: ${folder} is not a folder`);
    accessSync(folder, constants.W_OK);
  } catch (error) {
    throw explain(file, error);
  }
}

/** @throws OutputError */
export function writeOutput(file: string, data: Uint8Array | string): void {
  try {
    writeFileSync(file, data);
  } catch (error) {
    throw explain(file, error);
  }
}

/**
 * Writes a file of a name that the user did not give: what lies there already is replaced, and a link in a stranger's folder is
 * not followed to a file of the user's.
 * @throws OutputError
 */
export function writeDerived(file: string, data: Uint8Array | string): void {
  const partial = partialOf(file);
  try {
    writeFileSync(partial, data, { flag: 'wx' });
    renameSync(partial, file);
  } catch (error) {
    rmSync(partial, { force: true });
    throw explain(file, error);
  }
}

const partialOf = (file: string) => join(dirname(file), `.${basename(file)}.${process.pid}.partial`);

/**
 * Writes a file that no other user may read, in pieces; it has its name when it is whole, and until then does not touch
 * what had that name.
 */
export class PrivateFile {
  readonly #partial: string;
  #descriptor: number | null;
  bytesWritten = 0;

  /** @throws OutputError where it could not be written: a device, say, would be replaced by it */
  static check(file: string): void {
    checkOutput(file);
    if (statSync(file, { throwIfNoEntry: false })?.isFile() === false)
      throw new OutputError(`${file} cannot be written: it is no file`);
  }

  /** @throws OutputError */
  constructor(readonly file: string) {
    this.#partial = partialOf(file);
    try {
      this.#descriptor = openSync(this.#partial, 'wx', 0o600);
    } catch (error) {
      throw explain(file, error);
    }
  }

  /** @throws OutputError, when the disk is full above all */
  write(chunk: Uint8Array): void {
    try {
      for (let from = 0; from < chunk.length;) from += writeSync(this.#descriptor!, chunk, from);
    } catch (error) {
      throw explain(this.file, error);
    }
    this.bytesWritten += chunk.length;
  }

  /** @throws OutputError */
  finish(): void {
    this.#close();
    try {
      renameSync(this.#partial, this.file);
    } catch (error) {
      rmSync(this.#partial, { force: true });
      throw explain(this.file, error);
    }
  }

  /** Leaves nothing of a file that is not finished. */
  discard(): void {
    this.#close();
    rmSync(this.#partial, { force: true });
  }

  #close(): void {
    if (this.#descriptor !== null) closeSync(this.#descriptor);
    this.#descriptor = null;
  }
}

const reasons: Record<string, string> = {
  ENOENT: 'its folder does not exist',
  EACCES: 'no permission',
  EROFS: 'the disk is read-only',
  ENOSPC: 'the disk is full',
  EISDIR: 'there is a folder of that name',
};

function explain(file: string, error: unknown): OutputError {
  if (error instanceof OutputError) return error;
  const { code = '', message } = error as NodeJS.ErrnoException;
  return new OutputError(`${file} cannot be written: ${reasons[code] ?? message}`);
}
