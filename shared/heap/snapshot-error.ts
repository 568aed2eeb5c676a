// What is wrong with a snapshot, and where.

/** Thrown for input that is no heap snapshot or a damaged one. `offset` counts bytes from the start of the input. */
export class SnapshotError extends Error {
  override readonly name = 'SnapshotError';

  constructor(
    problem: string,
    readonly offset: number,
  ) {
    super(`${problem} (at byte ${offset}). Take the snapshot again, or copy the whole file.`);
  }
}
