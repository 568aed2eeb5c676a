// The snapshot beside a picture that goes to the viewer, so that the picture can grow there: written while V8 gives it, and
// private to the user. The viewer removes it with the picture.
import { closeSync, mkdtempSync, openSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Of a larger heap there is no copy: it would cost more time and disk than a picture is worth. */
const mostBytes = 512 * 2 ** 20;

/** A picture is worth showing without its copy, too: what goes wrong here is nobody's concern. */
export class SnapshotCopy {
  /** Where the picture goes. */
  readonly dotFile: string;
  readonly #file: string;
  readonly #ownFile: string;
  /** Opened with the first bytes: of an earlier moment none come. */
  #descriptor: number | null = null;
  #bytes = 0;
  #isGivenUp = false;

  constructor() {
    const folder = mkdtempSync(join(tmpdir(), 'objgraph-'));
    this.dotFile = join(folder, 'graph.dot');
    this.#file = join(folder, 'graph.heapsnapshot');
    this.#ownFile = join(folder, 'graph.own');
  }

  write(chunk: Uint8Array): void {
    if (this.#isGivenUp) return;
    try {
      this.#descriptor ??= openSync(this.#file, 'wx', 0o600);
      this.#bytes += chunk.length;
      if (this.#bytes > mostBytes) return this.#discard();
      for (let from = 0; from < chunk.length;) from += writeSync(this.#descriptor, chunk, from);
    } catch {
      this.#discard();
    }
  }

  /** @param excluded per node, 1 for what is the library's own: the viewer shows it no more than we do */
  finish(excluded: Uint8Array): void {
    if (this.#descriptor === null) return;
    try {
      closeSync(this.#descriptor);
      this.#descriptor = null;
      writeFileSync(this.#ownFile, excluded, { mode: 0o600, flag: 'wx' });
    } catch {
      this.#discard();
    }
  }

  #discard(): void {
    if (this.#descriptor !== null) closeSync(this.#descriptor);
    this.#descriptor = null;
    this.#isGivenUp = true;
    for (const file of [this.#file, this.#ownFile]) rmSync(file, { force: true });
  }
}
