// Downloads one file in as many attempts as it takes: a connection that breaks is taken up where it broke, and so is a download
// that its user stopped. Whether it is the right file, its checksum says (@electron/get).
import { createWriteStream, mkdirSync, renameSync, rmSync, statSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { basename, dirname, join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Downloader } from '@electron/get';
import type { Progress } from '../targets/target.ts';
import { httpGet, NetworkError } from './http.ts';

export interface DownloadOptions {
  signal: AbortSignal;
  progress: Progress;
  /** Milliseconds without a byte, after which a connection counts as broken. */
  silent?: number;
}

/** Attempts without a single new byte. */
const mostVain = 3;

export class ResumableDownloader implements Downloader<DownloadOptions> {
  readonly #folder: string;

  /** @param folder keeps what is not complete yet; on the same disk as the target */
  constructor(folder: string) {
    this.#folder = folder;
  }

  async download(url: string, target: string, options: DownloadOptions): Promise<void> {
    mkdirSync(dirname(target), { recursive: true });
    mkdirSync(this.#folder, { recursive: true, mode: 0o700 });
    const part = join(this.#folder, `${basename(target)}.part`);
    for (let vain = 0; ;) {
      const before = sizeOf(part);
      try {
        if (await fetchRest(url, part, options)) break;
      } catch (error) {
        options.signal.throwIfAborted();
        if (!(error instanceof NetworkError)) throw error;
        if (sizeOf(part) <= before && ++vain >= mostVain) throw error;
      }
    }
    renameSync(part, target);
  }
}

/** One connection. @returns whether the file is complete */
async function fetchRest(
  url: string,
  part: string,
  { signal, progress, silent }: DownloadOptions,
): Promise<boolean> {
  const begun = sizeOf(part);
  const headers = begun > 0 ? { Range: `bytes=${begun}-` } : undefined;
  const response = await httpGet(url, { signal, silent, headers });
  const { host } = new URL(url);
  // What was begun is longer than the file, or a server that takes no ranges: from the beginning.
  if (response.statusCode === 416) {
    response.resume();
    rmSync(part, { force: true });
    return false;
  }
  if (response.statusCode !== 200 && response.statusCode !== 206) {
    response.resume();
    throw refusal(response, host, url);
  }
  const start = response.statusCode === 206 ? begun : 0;
  const length = Number(response.headers['content-length']);
  const total = Number.isFinite(length) && length > 0 ? start + length : null;
  let done = start;
  const count = new Transform({
    transform(chunk: Buffer, _encoding, next) {
      done += chunk.length;
      progress(`Downloading ${basename(new URL(url).pathname)}`, done, total);
      next(null, chunk);
    },
  });
  try {
    await pipeline(response, count, createWriteStream(part, { flags: start > 0 ? 'a' : 'w', mode: 0o600 }), {
      signal,
    });
  } catch (error) {
    signal.throwIfAborted();
    if (isOfDisk(error)) throw error;
    throw new NetworkError(
      `the connection to ${host} broke after ${done} bytes; run the command again to go on`,
    );
  }
  if (total !== null && done < total)
    throw new NetworkError(
      `the connection to ${host} broke after ${done} bytes; run the command again to go on`,
    );
  return true;
}

/** A status that will not change by asking again. */
class RefusedError extends Error {}

function refusal({ statusCode = 0 }: IncomingMessage, host: string, url: string): Error {
  if (statusCode === 407)
    return new RefusedError('the proxy asks for a password: HTTPS_PROXY=http://NAME:PASSWORD@HOST:PORT');
  if (statusCode >= 500) return new NetworkError(`${host} failed (status ${statusCode}); try again later`);
  const advice = statusCode === 404 ? ': check ELECTRON_MIRROR, if it is set' : '';
  return new RefusedError(`${host} does not give ${url} (status ${statusCode})${advice}`);
}

const isOfDisk = (error: unknown): boolean =>
  ['ENOSPC', 'EDQUOT', 'EROFS', 'EACCES', 'EIO', 'EFBIG'].includes(
    (error as NodeJS.ErrnoException).code ?? '',
  );

const sizeOf = (file: string): number => statSync(file, { throwIfNoEntry: false })?.size ?? 0;
