// The one door to standard output and standard error. Names of files, processes and classes are strangers', and a terminal obeys
// what it is sent: every line is made printable here. A lint rule keeps the rest of main from writing by itself.
import { printable, printableJson, printableLines } from '../shared/printable.ts';

/** Lines of an answer. A line break inside of one is printed as `\u000a`. */
export function print(...lines: string[]): void {
  process.stdout.write(text(lines));
}

/** A help text of ours, or another that has its line breaks. */
export function printText(text: string): void {
  process.stdout.write(printableLines(text));
}

/** One JSON value, for programs. */
export function printJson(value: unknown): void {
  process.stdout.write(`${printableJson(JSON.stringify(value, null, 2))}\n`);
}

/** A file's content, byte by byte; on a terminal, what is printable of its text. */
export function printFile(content: string | Uint8Array): void {
  if (!process.stdout.isTTY) process.stdout.write(content);
  else
    process.stdout.write(
      printableLines(typeof content === 'string' ? content : new TextDecoder().decode(content)),
    );
}

/** Lines that are no part of the answer: what went wrong, what the user should know. */
export function notify(...lines: string[]): void {
  clearStatus();
  process.stderr.write(text(lines));
}

/** A question on standard error; the cursor stays behind it. */
export function ask(question: string): void {
  clearStatus();
  process.stderr.write(`${printable(question)} `);
  // What comes instead of an answer takes its line.
  hasStatus = process.stderr.isTTY;
}

/** Whether a person reads it. */
export const isTerminal = (stream: 'output' | 'errors'): boolean =>
  (stream === 'output' ? process.stdout : process.stderr).isTTY;

let hasStatus = false;

/** One line on standard error that the next one replaces, for how far something is; nothing where no terminal shows it. */
export function showStatus(line: string): void {
  if (!process.stderr.isTTY) return;
  hasStatus = true;
  // Some terminals do not know how wide they are.
  const width = (process.stderr.columns || 80) - 1;
  process.stderr.write(`\r${printable(line).slice(0, width)}\x1b[K`);
}

export function clearStatus(): void {
  if (hasStatus) process.stderr.write('\r\x1b[K');
  hasStatus = false;
}

/** The reader of a pipe has gone (`objgraph render … | head`): that is no failure of ours. */
export function endWithReader(): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));
}

const text = (lines: readonly string[]) => lines.map((line) => `${printable(line)}\n`).join('');
