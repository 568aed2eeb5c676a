// `objgraph ps`: what runs on this machine and can be asked for its heap.
import { homedir } from 'node:os';
import type { TargetRow } from '../../shared/protocol/targets.ts';
import { listViewers, type RunningViewer } from '../viewer/running-viewers.ts';
import { listTargets } from '../targets/processes/target-list.ts';
import { flag, readArguments } from './arguments.ts';
import type { Command } from './command.ts';
import { print, printJson } from '../terminal.ts';
import { UsageError } from './run.ts';
import { formatSize, textTable } from './text-table.ts';

export const ps: Command = {
  help: `Usage: objgraph ps [--viewers] [--json]

Lists what can be attached to on this machine: Node processes, with or without an open inspector, their worker threads
where it is open, Electron, Deno, the pages of Chromium where --remote-debugging-port is open, and Python processes. The
first column is what every command takes as its SOURCE.

      --viewers                   objgraph's own viewers instead, with windows or waiting for the next one
      --json                      for programs; see docs/json.md
`,

  async run(args) {
    const { values, positionals } = readArguments(args, { json: flag, viewers: flag });
    if (positionals.length > 0) throw new UsageError('it takes no arguments');
    if (values.viewers) return printViewers(await listViewers(), values.json === true);
    const targets = await listTargets(new AbortController().signal);
    if (values.json) printJson({ targets });
    else if (targets.length === 0) print('Nothing runs here that can be attached to');
    else printTargets(targets);
  },
};

function printViewers(viewers: readonly RunningViewer[], json: boolean): void {
  if (json) printJson({ viewers });
  else if (viewers.length === 0) print('No viewer runs');
  else
    print(
      ...textTable(viewers, [
        { title: 'process', text: ({ pid }) => String(pid) },
        { title: 'objgraph', text: ({ version }) => version, isText: true },
        { title: 'windows', text: ({ windows }) => String(windows) },
        {
          title: 'ends in',
          text: ({ secondsLeft }) => (secondsLeft === null ? '' : `${Math.ceil(secondsLeft)} s`),
        },
      ]),
    );
}

function printTargets(targets: readonly TargetRow[]): void {
  print(
    ...textTable(targets, [
      { title: 'source', text: ({ address }) => address, isText: true },
      {
        title: 'runtime',
        text: ({ runtime, version }) => (version === null ? runtime : `${runtime} ${version}`),
        isText: true,
      },
      { title: 'up', text: ({ uptime }) => (uptime === null ? '' : formatUptime(uptime)) },
      { title: 'memory', text: ({ memory }) => (memory === null ? '' : formatSize(memory)) },
      { title: 'inspector', text: ({ inspector }) => inspector ?? '', isText: true },
      { title: 'what', text: (row) => whatRuns(row), isText: true },
    ]),
  );
  print(...targets.flatMap(({ obstacle }) => obstacle ?? []));
}

/** `server.js (shop) in ~/shop` */
function whatRuns({ kind, title, packageName, folder }: TargetRow): string {
  if (kind !== 'process') return title;
  const name = packageName === null || packageName === title ? title : `${title} (${packageName})`;
  return folder === null ? name : `${name} in ${withHome(folder)}`;
}

function withHome(folder: string): string {
  const home = homedir();
  return folder === home || folder.startsWith(`${home}/`) ? `~${folder.slice(home.length)}` : folder;
}

/** `42 s`, `17 min`, `5 h`, `12 d` */
function formatUptime(seconds: number): string {
  if (seconds < 120) return `${Math.floor(seconds)} s`;
  if (seconds < 2 * 3600) return `${Math.floor(seconds / 60)} min`;
  return seconds < 48 * 3600 ? `${Math.floor(seconds / 3600)} h` : `${Math.floor(seconds / 86400)} d`;
}
