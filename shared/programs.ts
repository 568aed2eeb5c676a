// Every program that objgraph starts: which ones there are, where they lie, and the only calls that start one. A lint rule
// keeps `node:child_process` out of all other files of main and shared, and in the tests of the windows a viewer may start
// nothing that is not listed here (test/e2e/program-guard.mjs).
import type {
  ChildProcess,
  ChildProcessWithoutNullStreams,
  SpawnOptions,
  SpawnOptionsWithoutStdio,
  SpawnSyncOptionsWithStringEncoding,
  SpawnSyncReturns,
} from 'node:child_process';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { isAbsolute, resolve } from 'node:path';
import { process } from './objgraph/node-modules.ts';
import { findOnPath, isTrustedProgram, whyUntrusted } from './trusted-program.ts';

/** Loaded when the first program is started: a process that only asks for counts starts none. */
const childProcess = () =>
  createRequire(import.meta.url)('node:child_process') as typeof import('node:child_process');

/**
 * Programs of the system: names are looked for on the PATH, full paths are where the system keeps those that have to be its
 * own. Browsers and Electron are in viewer-host/, editors in main/editor.ts.
 */
export const systemPrograms = {
  /** Graphviz, for the formats that only it writes. */
  dot: ['dot', 'dot.exe'],
  /** Has a Python process write its heap. */
  gdb: ['gdb'],
  lldb: ['lldb'],
  /** Connects to a process in another network. */
  nsenter: ['/usr/bin/nsenter', '/bin/nsenter', '/usr/sbin/nsenter'],
  /** List processes on macOS, and what they have open. */
  ps: ['/bin/ps', '/usr/bin/ps'],
  lsof: ['/usr/sbin/lsof', '/usr/bin/lsof'],
  /** Make the desktop app's entry known to a Linux desktop. */
  'update-desktop-database': ['update-desktop-database'],
  'update-mime-database': ['update-mime-database'],
  /** Lists processes on Windows. */
  powershell: ['%SystemRoot%\\System32\\WindowsPowerShell\\v1.0\\powershell.exe'],
  /** Where Windows' installer put the app. */
  reg: ['%SystemRoot%\\System32\\reg.exe'],
} satisfies Record<string, readonly string[]>;

export type SystemProgram = keyof typeof systemPrograms;

export interface Program {
  /** `node` is the Node that runs us; `python` is of the version of a process that it asks to run our dumper. */
  name: SystemProgram | 'node' | 'python' | 'electron' | 'chromium' | 'browser' | 'editor';
  /** A full path. */
  path: string;
}

/** A program that another user can change, so that it would run that user's code. */
export class UntrustedProgramError extends Error {
  override readonly name = 'UntrustedProgramError';
}

/** The Node that runs this process. */
export const ownNode = (): Program => ({ name: 'node', path: process.execPath });

/** Finds a program of the system; null where there is none that may be started. */
export function findProgram(name: SystemProgram, env: NodeJS.ProcessEnv = process.env): Program | null {
  for (const place of systemPrograms[name] as readonly string[]) {
    const expanded = place.replace('%SystemRoot%', env.SystemRoot ?? env.SYSTEMROOT ?? 'C:\\Windows');
    const path = isFullPath(expanded) ? trusted(expanded) : findOnPath(expanded, env);
    if (path !== null) return { name, path };
  }
  return null;
}

const isFullPath = (place: string) => isAbsolute(place) || place.includes('\\');

const trusted = (path: string) => (isTrustedProgram(path) ? path : null);

/**
 * Starts a program, as `spawn` does.
 * @throws UntrustedProgramError when another user can change it
 */
export function startProgram(
  program: Program,
  args: readonly string[],
  options?: SpawnOptionsWithoutStdio,
): ChildProcessWithoutNullStreams;
export function startProgram(program: Program, args: readonly string[], options: SpawnOptions): ChildProcess;
export function startProgram(
  program: Program,
  args: readonly string[],
  options: SpawnOptions = {},
): ChildProcess {
  requireTrust(program);
  const env = withFullTemporaryFolder(options.env ?? process.env);
  return childProcess().spawn(program.path, args, { windowsHide: true, ...options, env, shell: false });
}

/**
 * Runs a program to its end, as `spawnSync` does.
 * @throws UntrustedProgramError when another user can change it
 */
export function runProgramSync(
  program: Program,
  args: readonly string[],
  options: SpawnSyncOptionsWithStringEncoding,
): SpawnSyncReturns<string> {
  requireTrust(program);
  const env = withFullTemporaryFolder(options.env ?? process.env);
  return childProcess().spawnSync(program.path, args, { windowsHide: true, ...options, env, shell: false });
}

/** A program that works in another folder would look for a relative one there; Chromium leaves files in one. */
function withFullTemporaryFolder(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const { TMPDIR } = env;
  return TMPDIR === undefined || isAbsolute(TMPDIR) ? env : { ...env, TMPDIR: resolve(tmpdir()) };
}

/** More is no answer to any question of ours. */
const maxOutput = 2 ** 26;

/**
 * What a program writes to its standard output, whatever its status.
 * @param timeout milliseconds after which it is ended
 * @throws UntrustedProgramError; Error when it does not start, or writes more than 64 MB
 */
export async function outputOf(program: Program, args: readonly string[], timeout?: number): Promise<string> {
  const child = startProgram(program, args, { stdio: ['ignore', 'pipe', 'ignore'], timeout });
  const chunks: Buffer[] = [];
  let length = 0;
  child.stdout?.on('data', (chunk: Buffer) => {
    chunks.push(chunk);
    if ((length += chunk.length) > maxOutput) child.kill('SIGKILL');
  });
  await new Promise<void>((resolve, reject) => child.once('error', reject).once('close', () => resolve()));
  if (length > maxOutput) throw new Error(`${program.path} wrote more than ${maxOutput / 2 ** 20} MB`);
  return Buffer.concat(chunks).toString();
}

/** Our own Node runs already: it is what we are. */
function requireTrust({ name, path }: Program): void {
  if (name === 'node' && path === process.execPath) return;
  const fault = whyUntrusted(path);
  if (fault !== null) throw new UntrustedProgramError(`${path} was not started, because it ${fault}`);
}
