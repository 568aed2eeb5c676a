// The lines around a place of a source file: of the file on this machine, else of the text that a source map has.
import type { SourceLines } from '../../shared/protocol/allocations.ts';
import { filePath, readText, sizeOfFile } from '../../shared/source-maps/source-text.ts';

/** A longer line is no text for people. */
const longestLine = 500;

/**
 * @param script a path or URL
 * @param ofMap gives the text that a source map has of the script; it counts where the two differ, for the place is of it
 * @returns null where there is no text
 */
export function sourceLines(
  script: string,
  line: number,
  around: number,
  ofMap: (script: string) => string | null,
): SourceLines | null {
  const path = filePath(script);
  const onDisk = path === null ? null : readText(path);
  const mapped = ofMap(script);
  const text = mapped ?? onDisk;
  if (text === null) return null;
  const lines = text.split(/\r\n|[\n\r\u2028\u2029]/);
  if (line > lines.length) return null;
  const first = Math.max(1, line - around);
  return {
    first,
    lines: lines.slice(first - 1, line + around).map(shortened),
    file: path !== null && sizeOfFile(path) !== null ? path : null,
    isChanged: mapped !== null && onDisk !== null && mapped !== onDisk,
  };
}

const shortened = (line: string) => (line.length > longestLine ? `${line.slice(0, longestLine)}…` : line);
