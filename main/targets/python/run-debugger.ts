// A debugger that runs a script and ends, whatever happens: it is interrupted first, so that it restores what it has changed.
import { startProgram, type Program } from '../../../shared/programs.ts';
import { TargetError } from '../target.ts';
import type { Injection } from './injection.ts';

/**
 * Runs it to its end; gives what it printed.
 *
 * @param done what it prints, on a line of its own, when all its commands were run
 * @throws TargetError that says why they were not; the signal's reason
 */
export async function runDebugger(
  program: Program,
  args: string[],
  done: RegExp,
  { python: { pid }, longestRun }: Injection,
  signal: AbortSignal,
): Promise<string> {
  const { output, hasEnded } = await collect(program, args, longestRun, signal);
  signal.throwIfAborted();
  if (hasEnded && done.test(output)) return output;
  if (hasEnded) throw new TargetError(problemIn(output, program.name, pid));
  throw new TargetError(
    `${program.name} did not finish with process ${pid} within ${longestRun / 1000} seconds, and was stopped: try again later`,
  );
}

export const interpreterIsBusy = (pid: number) =>
  `process ${pid} is in the middle of a collection, or of another call into C that holds the interpreter's lock: try again later`;

export const tooManyCalls = (pid: number) =>
  `process ${pid} takes no call at the moment: too many are waiting in it already`;

function collect(
  program: Program,
  args: string[],
  longestRun: number,
  signal: AbortSignal,
): Promise<{ output: string; hasEnded: boolean }> {
  return new Promise((resolve, reject) => {
    const env = { ...process.env, DEBUGINFOD_URLS: '', LC_ALL: 'C' };
    const child = startProgram(program, args, { stdio: ['ignore', 'pipe', 'pipe'], env });
    let output = '';
    let hasEnded = true;
    const interrupt = () => {
      hasEnded = false;
      child.kill('SIGINT');
      setTimeout(() => child.kill('SIGTERM'), 2000).unref();
    };
    const timer = setTimeout(interrupt, longestRun);
    signal.addEventListener('abort', interrupt);
    for (const stream of [child.stdout, child.stderr])
      stream?.setEncoding('utf8').on('data', (text: string) => (output = (output + text).slice(-100_000)));
    child.on('error', reject);
    child.on('close', () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', interrupt);
      resolve({ output, hasEnded });
    });
  });
}

function problemIn(output: string, name: string, pid: number): string {
  if (/Operation not permitted|Permission denied|Could not attach|attach failed/.test(output))
    return `this system does not let ${name} attach to process ${pid}: run this command with sudo; in a container, with the capability SYS_PTRACE`;
  if (
    /No symbol "(Py|mmap)|No symbol table is loaded|undeclared identifier '(Py|mmap)|symbols? (?:could )?not (?:be )?(?:found|resolved)/.test(
      output,
    )
  )
    return `process ${pid} does not have the functions of CPython where ${name} can find them: its program is stripped of them, or it is not CPython`;
  const lines = output.trim().split('\n');
  const last = lines.findLast((line) => /\berror:/i.test(line)) ?? lines.at(-1) ?? '';
  return `${name} could not run code in process ${pid}: ${last || 'it ended without a word'}`;
}
