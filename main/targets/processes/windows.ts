// Windows: PowerShell lists processes and their sockets as JSON.
import { findProgram, outputOf } from '../../../shared/programs.ts';
import { TargetError } from '../target.ts';
import { isPartOfAnother, runtimeOf } from './command-line.ts';
import type { LocalProcess } from './local-process.ts';

/** One start of PowerShell for both questions: it takes half a second. */
const question = `$ProgressPreference = 'SilentlyContinue'
[Console]::OutputEncoding = [Text.Encoding]::UTF8
@{
  now = (Get-Date).ToUniversalTime().ToString('o')
  processes = @(Get-CimInstance Win32_Process | ForEach-Object { @{
    pid = $_.ProcessId; name = $_.Name; path = $_.ExecutablePath; command = $_.CommandLine; memory = $_.WorkingSetSize
    started = if ($_.CreationDate) { $_.CreationDate.ToUniversalTime().ToString('o') } } })
  sockets = @(Get-NetTCPConnection -State Listen, Established -ErrorAction SilentlyContinue | ForEach-Object { @{
    pid = $_.OwningProcess; host = $_.LocalAddress; port = $_.LocalPort; state = "$($_.State)" } })
} | ConvertTo-Json -Depth 3 -Compress`;

export async function windowsProcesses(): Promise<LocalProcess[]> {
  const powershell = findProgram('powershell');
  if (powershell === null)
    throw new TargetError("processes cannot be listed: Windows' PowerShell was not found");
  return readPowerShell(await outputOf(powershell, ['-NoProfile', '-NonInteractive', '-Command', question]));
}

interface Answer {
  now: string;
  processes: {
    pid: number;
    name: string;
    /** These are null for processes that we may not see. */
    path: string | null;
    command: string | null;
    memory: number | null;
    started: string | null;
  }[];
  sockets: { pid: number; host: string; port: number; state: string }[];
}

export function readPowerShell(text: string): LocalProcess[] {
  const { now, processes, sockets } = JSON.parse(text) as Answer;
  return processes.flatMap(({ pid, name, path, command, memory, started }) => {
    const runtime = runtimeOf(name);
    const args = splitCommand(command ?? name);
    if (!runtime || isPartOfAnother(args)) return [];
    const own = sockets.filter((socket) => socket.pid === pid);
    const isInUse = (port: number) =>
      own.some((socket) => socket.port === port && socket.state === 'Established');
    return {
      ...{ pid, runtime, program: path ?? name, args, memory, folder: null, threads: 0, root: '/' },
      uptime: started === null ? null : Math.max(0, (Date.parse(now) - Date.parse(started)) / 1000),
      listeners: own
        .filter(({ state }) => state === 'Listen')
        .map(({ host, port }) => ({ host: readHost(host), port, isInUse: isInUse(port) })),
      obstacle:
        path === null
          ? `process ${pid} belongs to another user or runs as administrator: run this command as that user`
          : null,
    };
  });
}

/** As Windows programs read their command line; the name of the program may be in quotes. */
function splitCommand(command: string): string[] {
  return [...command.matchAll(/(?:[^\s"]|"[^"]*")+/g)].map(([arg]) => arg.replaceAll('"', ''));
}

function readHost(host: string): string {
  if (host === '0.0.0.0' || host === '::') return '127.0.0.1';
  return host.includes(':') ? `[${host}]` : host;
}
