// Brings Electron into a folder of its user's, which the library and the commands find. Nothing else ever downloads it. It is
// there with all its files, or not at all: what is unpacked gets its name last.
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { downloadArtifact, ElectronDownloadCacheMode } from '@electron/get';
import {
  dataFolder,
  electronBinary,
  electronVersion,
  ownElectronFolder,
} from '../../shared/viewer-host/electron.ts';
import { isProgram } from '../../shared/trusted-program.ts';
import { isRunning } from '../documents/temporary.ts';
import type { Progress } from '../targets/target.ts';
import { ResumableDownloader, type DownloadOptions } from './download.ts';
import { electronChecksums } from './electron-checksums.ts';
import { NetworkError } from './http.ts';
import { unpack } from './unpack.ts';

export interface Installation {
  signal: AbortSignal;
  progress: Progress;
  env?: NodeJS.ProcessEnv;
  platform?: NodeJS.Platform;
  arch?: string;
  /** A zip of Electron's that is here already. */
  from?: string;
  /** SHA-256 by name of file; those of the release when a test has no others. */
  checksums?: Record<string, string>;
  silent?: number;
}

/** Electron could not be brought; the message says why and what to do, and nothing of it is left. */
export class InstallError extends Error {}

/** Bytes of the zip and what comes of it, roughly. */
const neededMegabytes = 450;

/** @returns the folder that has it, and whether it was there before */
export async function installElectron(
  installation: Installation,
): Promise<{ folder: string; isNew: boolean }> {
  const { env = process.env, platform = process.platform } = installation;
  const folder = ownElectronFolder(env, platform);
  if (isProgram(join(folder, electronBinary(platform)))) return { folder, isNew: false };
  const home = dataFolder(env, platform);
  try {
    mkdirSync(join(home, 'electron'), { recursive: true, mode: 0o700 });
    const unlock = lock(join(home, 'electron', 'installing'));
    const work = mkdtempSync(join(home, 'electron', '.new-'));
    try {
      const zip = await bringZip(installation, work, join(home, 'download'));
      await unpack(zip, join(work, 'unpacked'), installation);
      if (!isProgram(join(work, 'unpacked', electronBinary(platform))))
        throw new InstallError(`The zip has no ${electronBinary(platform)} in it`);
      rmSync(folder, { recursive: true, force: true });
      renameSync(join(work, 'unpacked'), folder);
      rmSync(join(home, 'download'), { recursive: true, force: true });
    } finally {
      rmSync(work, { recursive: true, force: true });
      unlock();
    }
    return { folder, isNew: true };
  } catch (error) {
    installation.signal.throwIfAborted();
    throw explain(error, home);
  }
}

async function bringZip(
  { signal, progress, silent, from, platform = process.platform, arch = process.arch, ...more }: Installation,
  work: string,
  parts: string,
): Promise<string> {
  const { env = process.env, checksums = electronChecksums } = more;
  const name = `electron-v${electronVersion}-${platform}-${arch}.zip`;
  if (!Object.hasOwn(checksums, name))
    throw new InstallError(`There is no Electron ${electronVersion} for ${platform} on ${arch}`);
  if (from !== undefined && !existsSync(from)) throw new InstallError(`There is no file ${from}`);
  // By its own downloader it goes through the same checks.
  const downloader =
    from === undefined
      ? new ResumableDownloader(parts)
      : { download: (_url: string, target: string) => Promise.resolve(copyFileSync(from, target)) };
  const downloadOptions: DownloadOptions = { signal, progress, silent };
  return downloadArtifact({
    version: electronVersion,
    artifactName: 'electron',
    platform,
    arch,
    checksums,
    // What another program of the user's has downloaded is taken from there; nothing is put there.
    cacheMode: from === undefined ? ElectronDownloadCacheMode.ReadOnly : ElectronDownloadCacheMode.Bypass,
    cacheRoot: env.electron_config_cache,
    tempDirectory: work,
    downloader,
    downloadOptions,
  });
}

/** One installation at a time; one that was killed does not block the next. */
function lock(file: string): () => void {
  for (let tries = 0; ; tries++) {
    try {
      writeFileSync(file, String(process.pid), { flag: 'wx', mode: 0o600 });
      return () => rmSync(file, { force: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST' || tries > 2) throw error;
    }
    const owner = Number(readFileSync(file, 'utf8'));
    if (owner > 0 && isRunning(owner))
      throw new InstallError(`Electron is being installed already, by process ${owner}`);
    rmSync(file, { force: true });
  }
}

function explain(error: unknown, home: string): Error {
  if (error instanceof InstallError) return error;
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    rmSync(join(home, 'download'), { recursive: true, force: true });
    return new InstallError(
      `The disk of ${home} is full: Electron needs about ${neededMegabytes} MB. Nothing was installed; free some space, or set XDG_DATA_HOME to a folder on another disk`,
    );
  }
  if (code === 'EACCES' || code === 'EROFS' || code === 'EPERM')
    return new InstallError(`${home} cannot be written to (${code}); set XDG_DATA_HOME to a folder that can`);
  if (/checksum/i.test(message))
    return new InstallError(
      `What was downloaded is not Electron ${electronVersion}: its checksum is another one. Nothing was installed; check ELECTRON_MIRROR and the proxy, and try again`,
    );
  if (error instanceof NetworkError)
    return new InstallError(
      `${message[0].toUpperCase()}${message.slice(1)}. Without a connection: download electron-v${electronVersion}-${process.platform}-${process.arch}.zip from Electron's releases elsewhere, then objgraph desktop install --from FILE`,
    );
  return new InstallError(`Electron was not installed: ${message}`);
}
