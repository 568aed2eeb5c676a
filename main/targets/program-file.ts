// Which version of its runtime the file of a program is. It is read as data and never run: the user who started the process chose the file,
// and may have put another one in its place.
import { readFile, type FileHandle } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { definesSymbol } from './elf-symbols.ts';
import { openRegularFile } from './regular-file.ts';
import { runtimeNamed } from './runtimes/index.ts';
import type { VersionMark } from './runtimes/runtime.ts';

const version = /^\d{1,4}\.\d{1,4}\.\d{1,4}(-(nightly|rc|pre|v8-canary|test)[\w.]{0,20})?/;
const longestMatch = 64;
const chunkSize = 2 ** 22;
/** How much of a file is searched; Electron has 200 MB. */
const maxBytes = 2 ** 29;
const maxCached = 200;

/** By file and its last change: the list of processes is refreshed every two seconds. */
const cache = new Map<string, string | null>();
/** Files are searched one at a time, which bounds the memory whatever the number of processes. */
let lastSearch: Promise<unknown> = Promise.resolve();

/**
 * The version of the runtime that a process runs, null when it is not this one or does not state its version. On Linux the file is the very one that runs,
 * even after it has been removed or replaced.
 * @param program its path, for other systems
 * @throws the signal's reason
 */
export async function versionInProgram(
  runtime: string,
  { pid, program }: { pid: number; program: string },
  signal: AbortSignal,
  platform = process.platform,
): Promise<string | null> {
  const { versionMark: mark } = runtimeNamed(runtime);
  if (!mark) return null;
  if (platform !== 'linux') return versionInFile(mark, program, signal);
  const own = await versionInFile(mark, `/proc/${pid}/exe`, signal);
  if (own !== null || !mark.library) return own;
  for (const library of await librariesNamed(mark.library, pid)) {
    const shared = await versionInFile(mark, library, signal);
    if (shared !== null) return shared;
  }
  return null;
}

async function librariesNamed(name: RegExp, pid: number): Promise<string[]> {
  const maps = await readFile(`/proc/${pid}/maps`, 'latin1').catch(() => '');
  const paths = [...maps.matchAll(/ (\/\S*)$/gm)]
    .map(([, path]) => path)
    .filter((path) => name.test(basename(path)));
  return [...new Set(paths)].slice(0, 2).map((path) => join(`/proc/${pid}/root`, path));
}

async function versionInFile(mark: VersionMark, path: string, signal: AbortSignal): Promise<string | null> {
  const file = await openRegularFile(path);
  if (file === null) return null;
  try {
    const { dev, ino, mtimeMs, ctimeMs, size } = await file.stat();
    const key = [mark.text, dev, ino, mtimeMs, ctimeMs, size].join(' ');
    const search = lastSearch.then(async () => {
      signal.throwIfAborted();
      if (!cache.has(key)) {
        const found = await searchFile(file, mark, signal);
        if (cache.size >= maxCached) cache.clear();
        cache.set(key, found);
      }
      return cache.get(key) ?? null;
    });
    lastSearch = search.catch(() => {});
    return await search;
  } catch {
    signal.throwIfAborted();
    return null;
  } finally {
    await file.close().catch(() => {});
  }
}

async function searchFile(
  file: FileHandle,
  { text, symbol }: VersionMark,
  signal: AbortSignal,
): Promise<string | null> {
  const found = await versionAfter(file, text, signal);
  return found !== null && symbol && !(await definesSymbol(file, symbol)) ? null : found;
}

/** The first version behind a text. */
async function versionAfter(file: FileHandle, marker: string, signal: AbortSignal): Promise<string | null> {
  const chunk = Buffer.alloc(chunkSize);
  for (let start = 0; start < maxBytes; start += chunkSize - longestMatch) {
    signal.throwIfAborted();
    const { bytesRead } = await file.read(chunk, 0, chunkSize, start);
    const bytes = chunk.subarray(0, bytesRead);
    for (let at = bytes.indexOf(marker); at >= 0; at = bytes.indexOf(marker, at + 1)) {
      if (bytes[at - 1] === '-'.charCodeAt(0)) continue;
      const match = version.exec(bytes.toString('latin1', at + marker.length, at + longestMatch));
      if (match) return match[0];
    }
    if (bytesRead < chunkSize) break;
  }
  return null;
}
