// What runs, by a command line: the runtime by its program, the script among its options.
import { posix, win32 } from 'node:path';
import { runtimeNamed, runtimes } from '../runtimes/index.ts';

/** The name of a runtime, by that of its program; null for any other program. */
export function runtimeOf(program: string): string | null {
  const name = lastPart(program).replace(/\.exe$/i, '');
  return runtimes.find((runtime) => runtime.program.test(name))?.name ?? null;
}

/** Chromium's and Electron's own children: their pages are reached through the first process. */
export function isPartOfAnother(args: readonly string[]): boolean {
  // They write over their command line, and leave no borders in it.
  return args.some((arg) => /(^| )--type=/.test(arg));
}

const withValue =
  /^(-r|--require|--import|--loader|--experimental-loader|-C|--conditions|--env-file|--title|--config|-c)$/;
const withCode = /^(-[ep]+|--eval|--print)$/;

/** The script's path as it was written; null for one that has none (`node -e`, a REPL). */
export function scriptOf(runtime: string, args: readonly string[]): string | null {
  const rest = runtimeNamed(runtime).scriptArgs(args) ?? [];
  for (let i = 0; i < rest.length; i++) {
    if (withCode.test(rest[i])) return null;
    if (withValue.test(rest[i])) i++;
    else if (rest[i] === '--') return rest[i + 1] ?? null;
    else if (!rest[i].startsWith('-')) return rest[i];
  }
  return null;
}

/** `server.js`, `node -e`; what a program calls itself by process.title. */
export function titleOf(runtime: string, args: readonly string[], program: string): string {
  // Who sets a title writes over its whole command line.
  if (args.length === 1 && args[0].includes(' ')) return args[0];
  const script = scriptOf(runtime, args);
  if (script !== null && lastPart(script) !== '.') return lastPart(script);
  const ownTitle = runtimeNamed(runtime).title?.(args);
  if (ownTitle) return ownTitle;
  const code = args.slice(1).find((arg) => withCode.test(arg));
  const name = lastPart(program).replace(/\.exe$/i, '');
  return code === undefined ? name : `${name} ${code}`;
}

/** Of a path of either kind. */
export function lastPart(path: string): string {
  return path.includes('\\') ? win32.basename(path) : posix.basename(path);
}
