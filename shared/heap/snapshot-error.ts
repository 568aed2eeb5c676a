// What is wrong with a snapshot, and where.

/** Thrown for input that is no heap snapshot or a damaged one. `offset` counts bytes from the start of the input. */
export class SnapshotError extends Error {
  /** Distinguishes it from other errors, also where two copies of the library are loaded. */
  override readonly name = 'SnapshotError';

  constructor(
    problem: string,
    /** Bytes from the start of the input to where the damage shows. */
    readonly offset: number,
  ) {
    super(`${problem} (at byte ${offset}). Take the snapshot again, or copy the whole file.`);
  }
}
