// Reports when a file has changed and is complete: written in place, replaced by a rename, removed or back again.
import { watch, type FSWatcher } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { startInBackground } from '../background.ts';

/** A file rests when two looks this far apart see the same. */
const restTime = 80;
/** Looked at this often even if no event comes: network and container file systems send none. */
const lookInterval = 1000;

export interface FileWatch {
  close(): void;
}

/**
 * Calls `changed` once for each change of the file, after it has stopped changing. Never throws: a folder that cannot be
 * watched is looked at every second.
 */
export function watchFile(path: string, changed: () => void): FileWatch {
  let reported: string | null = null;
  let seen: string | null = null;
  let pending: NodeJS.Timeout | undefined;
  let closed = false;

  const look = async () => {
    const now = await fingerprint(path);
    if (closed) return;
    const rests = now === seen;
    seen = now;
    reported ??= now;
    clearTimeout(pending);
    if (now === reported) return;
    if (!rests) {
      pending = setTimeout(() => startInBackground(look()), restTime);
      return;
    }
    reported = now;
    changed();
  };
  startInBackground(look());
  const interval = setInterval(() => startInBackground(look()), lookInterval);
  const watcher = watchFolder(path, () => {
    clearTimeout(pending);
    pending = setTimeout(() => startInBackground(look()), restTime / 4);
  });

  return {
    close() {
      closed = true;
      clearTimeout(pending);
      clearInterval(interval);
      watcher?.close();
    },
  };
}

/** The folder, not the file: editors replace files, and a watch on a file ends with its inode. */
function watchFolder(path: string, touched: () => void): FSWatcher | null {
  try {
    const name = basename(path);
    const watcher = watch(dirname(path), (_event, file) => {
      if (file === null || file === name) touched();
    });
    return watcher.on('error', () => watcher.close());
  } catch {
    return null;
  }
}

async function fingerprint(path: string): Promise<string> {
  try {
    const { ino, size, mtimeMs, ctimeMs } = await stat(path);
    return [ino, size, mtimeMs, ctimeMs].join(' ');
  } catch {
    return 'missing';
  }
}
