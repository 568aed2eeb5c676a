// Unpacks Electron's zip: files with their modes, and the links of its macOS framework, none of which leaves the folder.
import { createWriteStream, mkdirSync, symlinkSync } from 'node:fs';
import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import yauzl, { type Entry, type ZipFile } from 'yauzl';
import type { Progress } from '../targets/target.ts';

const fileKind = 0o170000;
const link = 0o120000;
const folderKind = 0o040000;
const longestLink = 4096;

const openZip = promisify<string, yauzl.Options, ZipFile>(yauzl.open.bind(yauzl));

/** @throws Error for a zip that is damaged or leads out of the folder */
export async function unpack(
  zip: string,
  folder: string,
  { signal, progress }: { signal: AbortSignal; progress: Progress },
): Promise<void> {
  // It checks names: none begins with / or has .. in it.
  const file = await openZip(zip, { lazyEntries: true, autoClose: false });
  const openEntry = promisify<Entry, Readable>(file.openReadStream.bind(file) as never);
  const links: { path: string; target: string }[] = [];
  try {
    let done = 0;
    for await (const entry of entriesOf(file)) {
      signal.throwIfAborted();
      progress('Unpacking', ++done, file.entryCount);
      const path = join(folder, entry.fileName);
      const mode = entry.externalFileAttributes >>> 16;
      if (entry.fileName.endsWith('/') || (mode & fileKind) === folderKind) {
        mkdirSync(path, { recursive: true });
        continue;
      }
      mkdirSync(dirname(path), { recursive: true });
      const content = await openEntry(entry);
      if ((mode & fileKind) === link) {
        if (entry.uncompressedSize > longestLink)
          throw new Error(`${entry.fileName} is a link of strange length`);
        links.push({ path, target: await text(content) });
      } else
        await pipeline(content, createWriteStream(path, { flags: 'wx', mode: mode & 0o755 || 0o644 }), {
          signal,
        });
    }
  } finally {
    file.close();
  }
  // After all files: none is written through a link.
  for (const { path, target } of links) {
    const inside = relative(folder, resolve(dirname(path), target));
    if (isAbsolute(target) || inside === '..' || inside.startsWith(`..${sep}`))
      throw new Error(`${path} leads out of the folder`);
    symlinkSync(target, path);
  }
}

async function* entriesOf(file: ZipFile): AsyncGenerator<Entry> {
  for (;;) {
    const entry = await new Promise<Entry | null>((resolve, reject) => {
      const settle = (then: () => void) => {
        file.off('entry', found).off('end', ended).off('error', failed);
        then();
      };
      const found = (next: Entry) => settle(() => resolve(next));
      const ended = () => settle(() => resolve(null));
      const failed = (error: Error) => settle(() => reject(error));
      file.on('entry', found).on('end', ended).on('error', failed);
      file.readEntry();
    });
    if (entry === null) return;
    yield entry;
  }
}
