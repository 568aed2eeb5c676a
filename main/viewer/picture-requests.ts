// The requests that the library leaves as files: see shared/viewer-host/picture-request.ts.
import {
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmdirSync,
  unlinkSync,
  watch,
  type FSWatcher,
} from 'node:fs';
import { join } from 'node:path';
import { messageOf } from '../../shared/errors.ts';
import { readPictureRequest, requestEnding } from '../../shared/viewer-host/picture-request.ts';
import { debug } from '../debug.ts';
import { pictureWindow, type ViewRequest } from './view-request.ts';

/** Milliseconds after which a file was left behind: the library withdraws its requests much earlier. */
const longestAge = 5000;
/** Bytes; a path and a command are in it. */
const longestRequest = 2 ** 16;

export class PictureRequests {
  readonly #folder: string;
  readonly #open: (request: ViewRequest) => void;
  readonly #watcher: FSWatcher;

  private constructor(folder: string, open: (request: ViewRequest) => void) {
    this.#folder = folder;
    this.#open = open;
    this.#watcher = watch(folder, { persistent: false }, () => this.#take());
    this.#watcher.on('error', () => this.close());
    this.#take();
  }

  /** Takes requests from now on; null where the system watches no folder: then the library starts a command. */
  static watch(folder: string, open: (request: ViewRequest) => void): PictureRequests | null {
    try {
      // One that a killed viewer has left is as good.
      mkdirSync(folder, { mode: 0o700, recursive: true });
      return new PictureRequests(folder, open);
    } catch (error) {
      debug('viewer', () => `takes no requests by files: ${messageOf(error)}`);
      removeEmpty(folder);
      return null;
    }
  }

  /** What comes from now on is withdrawn by the library, so its folder stays then. */
  close(): void {
    this.#watcher.close();
    removeEmpty(this.#folder);
  }

  #take(): void {
    try {
      for (const name of readdirSync(this.#folder)) this.#takeFile(join(this.#folder, name));
    } catch (error) {
      debug('viewer', () => `requests cannot be read: ${messageOf(error)}`);
    }
  }

  #takeFile(file: string): void {
    try {
      const { mtimeMs, size } = lstatSync(file);
      if (Date.now() - mtimeMs > longestAge) return unlinkSync(file);
      if (!file.endsWith(requestEnding)) return;
      const text = size <= longestRequest ? readFileSync(file, 'utf8') : '';
      // Fails when it has been withdrawn meanwhile.
      unlinkSync(file);
      this.#open(pictureWindow(readPictureRequest(text)));
    } catch (error) {
      debug('viewer', () => `a request was not taken: ${messageOf(error)}`);
    }
  }
}

function removeEmpty(folder: string): void {
  try {
    rmdirSync(folder);
  } catch {
    // It has a request in it, or is not there.
  }
}
