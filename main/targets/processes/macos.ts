// macOS: `ps` lists processes, `lsof` their folders and sockets.
import { userInfo } from 'node:os';
import { findProgram, outputOf, type SystemProgram } from '../../../shared/programs.ts';
import { notOurs } from '../process-state.ts';
import { TargetError } from '../target.ts';
import { isPartOfAnother, runtimeOf } from './command-line.ts';
import type { ListenerInUse, LocalProcess } from './local-process.ts';

export async function macosProcesses(): Promise<LocalProcess[]> {
  const [names, commands] = await Promise.all([
    run('ps', ['-axww', '-o', 'pid=,user=,rss=,etime=,comm=']),
    run('ps', ['-axww', '-o', 'pid=,command=']),
  ]);
  const found = readPs(names, commands, userInfo().username);
  if (found.length === 0) return [];
  const pids = found.map(({ pid }) => pid).join(',');
  // Its status is 1 when it may not look at one of them.
  const open = readLsof(await run('lsof', ['-nP', '-a', '-p', pids, '-d', 'cwd,0-999', '-FpftnPT']));
  return found.map((process) => ({ ...process, ...open.get(process.pid) }));
}

async function run(name: SystemProgram, args: readonly string[]): Promise<string> {
  const program = findProgram(name);
  if (program === null)
    throw new TargetError(`processes cannot be listed: the system's ${name} was not found`);
  return outputOf(program, args);
}

/**
 * @param names of `ps -o pid=,user=,rss=,etime=,comm=`: `comm` is the program's path
 * @param commands of `ps -o pid=,command=`: it does not show where one argument ends
 */
export function readPs(names: string, commands: string, user: string): LocalProcess[] {
  const commandOf = new Map(
    commands.split('\n').map((line) => {
      const [, pid, command] = /^\s*(\d+)\s+(.*)$/.exec(line) ?? ['', '0', ''];
      return [Number(pid), command];
    }),
  );
  return names.split('\n').flatMap((line) => {
    const match = /^\s*(\d+)\s+(\S+)\s+(\d+)\s+(\S+)\s+(.*)$/.exec(line);
    const runtime = match && runtimeInBundle(match[5]);
    if (!runtime) return [];
    const [, id, owner, kilobytes, elapsed, program] = match;
    const command = commandOf.get(Number(id)) ?? program;
    const rest = command.startsWith(program) ? command.slice(program.length) : command.replace(/^\S+/, '');
    const args = [program, ...rest.trim().split(/\s+/).filter(Boolean)];
    if (isPartOfAnother(args)) return [];
    const pid = Number(id);
    return {
      ...{ pid, runtime, program, args, folder: null, listeners: [], threads: 0, root: '/' },
      uptime: readElapsed(elapsed),
      memory: 1024 * Number(kilobytes),
      obstacle: owner === user || user === 'root' ? null : notOurs(pid).message,
    };
  });
}

/** An application of another name is Electron's when its parts are in its bundle; those are its children. */
function runtimeInBundle(program: string): string | null {
  return program.includes('.app/Contents/Frameworks/') ? null : runtimeOf(program);
}

/** `[[days-]hours:]minutes:seconds` */
function readElapsed(text: string): number {
  const [days, clock] = text.includes('-') ? text.split('-') : ['0', text];
  return clock.split(':').reduce((sum, part) => 60 * sum + Number(part), 0) + 86400 * Number(days);
}

interface OpenFiles {
  folder: string | null;
  listeners: ListenerInUse[];
}

/** Of `lsof -FpftnPT`: a line a field, its kind first; `p` begins a process, `f` a file. */
export function readLsof(text: string): Map<number, OpenFiles> {
  const processes = new Map<number, OpenFiles>();
  const connected = new Map<number, Set<number>>();
  let pid = 0;
  let file: Record<string, string> = {};
  const take = () => {
    const { f, n = '', s } = file;
    const open = processes.get(pid);
    file = {};
    if (!open) return;
    if (f === 'cwd') open.folder = n;
    const [, host, port] = /^(.*):(\d+)$/.exec(n.split('->')[0]) ?? [];
    if (s === 'LISTEN') open.listeners.push({ host: readHost(host), port: Number(port), isInUse: false });
    if (s === 'ESTABLISHED') connected.get(pid)!.add(Number(port));
  };
  for (const line of [...text.split('\n'), 'p0']) {
    const [kind, value] = [line[0], line.slice(1)];
    if (kind === 'p' || kind === 'f') take();
    if (kind === 'p' && value !== '0') {
      pid = Number(value);
      processes.set(pid, { folder: null, listeners: [] });
      connected.set(pid, new Set());
    } else if (kind === 'T') {
      if (value.startsWith('ST=')) file.s = value.slice(3);
    } else if (kind) file[kind] = value;
  }
  for (const [owner, { listeners }] of processes)
    for (const listener of listeners) listener.isInUse = connected.get(owner)!.has(listener.port);
  return processes;
}

const readHost = (host: string) => (host === '*' ? '127.0.0.1' : host);
