// Bytes of a document: from a file, or from standard input.
import { constants } from 'node:fs';
import { access, open, stat, type FileHandle } from 'node:fs/promises';
import { DocumentError, fileProblem } from '../problem.ts';

/** Graphviz holds a text several times over: more than this cannot be laid out anyway. */
const largestDocument = 256 * 2 ** 20;

/**
 * @param acceptPipes a command may wait for the writer of a pipe, until its user stops it; a window may not: a file that is
 * being opened holds a thread of Node's pool, of which there are four
 * @throws DocumentError with the reason in words
 */
export async function readDocumentFile(path: string, acceptPipes = false): Promise<Uint8Array> {
  let file: FileHandle | undefined;
  try {
    if (!acceptPipes) await refuseSpecialFile(path);
    file = await open(path, acceptPipes ? constants.O_RDONLY : withoutWaiting);
    const { size } = await file.stat();
    if (size > largestDocument) throw tooLarge(path, size);
    // A device or a pipe has no size: it is counted while it is read.
    return await readAll(file.createReadStream({ autoClose: false, highWaterMark: 2 ** 20 }), path);
  } catch (error) {
    throw error instanceof DocumentError ? error : new DocumentError(fileProblem(error, path));
  } finally {
    await file?.close();
  }
}

/** Opens a pipe at once, even without a writer: it may take the place of a file after we looked. */
const withoutWaiting = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);

async function refuseSpecialFile(path: string): Promise<void> {
  const stats = await stat(path);
  if (!stats.isFile() && !stats.isDirectory() && !stats.isCharacterDevice())
    throw new DocumentError({ message: 'it is a pipe or a socket, not a file', file: path });
}

/** Whether a file is there and may be read. @throws DocumentError with the reason in words */
export async function checkReadable(path: string): Promise<void> {
  try {
    if ((await stat(path)).isDirectory()) throw Object.assign(new Error(), { code: 'EISDIR' });
    // Not opened: a pipe would wait for its writer, who would then lose its only reader.
    await access(path, constants.R_OK);
  } catch (error) {
    throw new DocumentError(fileProblem(error, path));
  }
}

/** @throws DocumentError when there is too much of it */
export function readStandardInput(): Promise<Uint8Array> {
  return readAll(process.stdin, 'standard input');
}

async function readAll(stream: AsyncIterable<Buffer>, name: string): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stream) {
    chunks.push(chunk);
    if ((size += chunk.length) > largestDocument) throw tooLarge(name, size);
  }
  return Buffer.concat(chunks);
}

function tooLarge(file: string, size: number): DocumentError {
  const megabytes = (bytes: number) => Math.ceil(bytes / 2 ** 20);
  const message = `too large: ${megabytes(size)} MB, and the most that can be laid out is ${megabytes(largestDocument)} MB`;
  return new DocumentError({ message, file });
}
