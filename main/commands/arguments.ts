// The command line of a command: its sources and its options. Each option is one word of the command's own list.
import { parseArgs, type ParseArgsConfig } from 'node:util';

type Options = NonNullable<ParseArgsConfig['options']>;

/** An option with a value. */
export const text = { type: 'string' } as const;
/** One that may be given more than once. */
export const texts = { type: 'string', multiple: true } as const;
/** One without a value. */
export const flag = { type: 'boolean' } as const;

/**
 * @throws Error of `parseArgs`, which becomes exit status 2, for an option that is not in the list
 * @example
 * const { values, positionals } = readArguments(args, { limit: text, output: { ...text, short: 'o' }, json: flag });
 */
export const readArguments = <const O extends Options>(args: readonly string[], options: O) =>
  parseArgs({ args, allowPositionals: true, options });
