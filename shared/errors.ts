// What was thrown, as text: anything can be thrown, and most of it is an Error.

/** The message of an error, or the text of whatever else was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
