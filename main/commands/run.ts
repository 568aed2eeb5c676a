// How a command ends: 0, or one sentence on standard error and 1 for a failure, 2 for a wrong command line. Never a stack.

import { messageOf } from '../../shared/errors.ts';
import { debug } from '../debug.ts';
import { endWithReader, notify } from '../terminal.ts';

/** The command line is wrong; the message says what about it. */
export class UsageError extends Error {}

/** The user stopped the command, and what it had begun was undone. */
export class StoppedError extends Error {
  constructor() {
    super('stopped');
  }
}

/** Runs one command of `program` and sets the exit status; `described` is the command whose --help lists its options. */
export async function runCommand(
  program: string,
  command: () => Promise<void>,
  described = program,
): Promise<void> {
  endWithReader();
  try {
    await command();
  } catch (error) {
    const wrongUsage = error instanceof UsageError || isParseArgsError(error);
    const message = messageOf(error)
      .trim()
      .replace(/\s*\n\s*/g, ' ');
    debug('command', () => (error instanceof Error ? (error.stack ?? error.message) : String(error)));
    notify(`${program}: ${message}${wrongUsage ? ` (see ${described} --help)` : ''}`);
    // Shells know 130 as the end by Ctrl-C.
    process.exitCode = wrongUsage ? 2 : error instanceof StoppedError ? 130 : 1;
  }
}

/** Something that the user should know, although it went well. */
export function warn(program: string, warnings: readonly string[]): void {
  notify(...warnings.map((warning) => `${program}: warning: ${warning}`));
}

function isParseArgsError(error: unknown): boolean {
  return error instanceof Error && String((error as NodeJS.ErrnoException).code).startsWith('ERR_PARSE_ARGS');
}
