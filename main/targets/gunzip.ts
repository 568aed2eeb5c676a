// Gzipped or not, a snapshot's bytes: gzip is known by its first byte, with which no JSON begins.
import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { TargetError } from './target.ts';

const gzipByte = 0x1f;

/**
 * @param chunks each is looked at before the next one is asked for, and not afterwards
 * @throws TargetError when the compressed data is cut short or damaged
 */
export async function* gunzipped(
  chunks: AsyncIterable<Uint8Array>,
  name: string,
): AsyncGenerator<Uint8Array, void, undefined> {
  const source = chunks[Symbol.asyncIterator]();
  const first = await source.next();
  if (first.done) return;
  const all = prepend(first.value, source);
  if (first.value[0] !== gzipByte) yield* all;
  else yield* inflate(all, name);
}

async function* prepend(
  first: Uint8Array,
  rest: AsyncIterator<Uint8Array>,
): AsyncGenerator<Uint8Array, void, undefined> {
  try {
    yield first;
    for (let next; !(next = await rest.next()).done;) yield next.value;
  } finally {
    await rest.return?.();
  }
}

async function* copies(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void, undefined> {
  for await (const chunk of chunks) yield chunk.slice();
}

async function* inflate(
  chunks: AsyncIterable<Uint8Array>,
  name: string,
): AsyncGenerator<Uint8Array, void, undefined> {
  // A stream asks for the next one sooner.
  const source = Readable.from(copies(chunks));
  const gunzip = createGunzip({ chunkSize: 1 << 18 });
  source.on('error', (error) => gunzip.destroy(error));
  try {
    yield* source.pipe(gunzip) as AsyncIterable<Uint8Array>;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'Z_BUF_ERROR')
      throw new TargetError(`${name} is cut short: its gzip data has no end; copy the whole file`);
    if (code?.startsWith('Z_'))
      throw new TargetError(`${name} is damaged: its gzip data cannot be unpacked; copy it again`);
    throw error;
  } finally {
    source.destroy();
  }
}
