// `objgraph desktop`: Electron for the viewer's windows, brought, described and removed when its user says so.
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { findViewerHost, type ViewerHost } from '../../shared/viewer-host.ts';
import {
  dataFolder,
  electronBinary,
  electronVersion,
  ownElectronFolder,
} from '../../shared/viewer-host/electron.ts';
import { findInstalledApp } from '../../shared/viewer-host/installed-app.ts';
import { isTrustedProgram } from '../../shared/trusted-program.ts';
import { isRegistered, register, unregister } from '../desktop/register.ts';
import { version } from '../package.ts';
import { print, printJson } from '../terminal.ts';
import { flag, readArguments, text } from './arguments.ts';
import type { Command } from './command.ts';
import { showProgress } from './progress.ts';
import { StoppedError, UsageError } from './run.ts';

export const desktopCommand: Command = {
  help: `Usage: objgraph desktop install [--register] [--from FILE]
       objgraph desktop status [--offline] [--json]
       objgraph desktop remove

Windows of their own for the viewer, where no desktop app is installed: install downloads Electron ${electronVersion} (some 120 MB)
into a folder of yours, and checks that it is the right one. Nothing is downloaded without this command. Ctrl-C stops it;
the next time it goes on where it stopped.

      --register                  the app in the desktop's menu, for .dot, .gv, .xdot and .heapsnapshot (Linux)
      --from FILE                 Electron's zip that is here already: the same checks, no download
      --offline                   does not ask npm's registry whether objgraph has a newer version
      --json                      for programs; see docs/json.md

HTTPS_PROXY and NO_PROXY are honoured, ELECTRON_MIRROR names another server. status says what shows windows now; remove takes
away what install has brought.
`,

  async run([action = '', ...args]) {
    const actions: Record<string, (args: string[]) => Promise<void>> = { install, status, remove };
    if (!Object.hasOwn(actions, action))
      throw new UsageError(
        action === ''
          ? 'say install, status or remove'
          : `${JSON.stringify(action)} is none of install, status, remove`,
      );
    await actions[action](args);
  },
};

async function install(args: string[]): Promise<void> {
  const { values, positionals } = readArguments(args, { register: flag, from: text });
  if (positionals.length > 0) throw new UsageError(`it does not take ${JSON.stringify(positionals[0])}`);
  if (values.register && process.platform !== 'linux')
    throw new UsageError(
      '--register is for Linux; on this system, the package of the desktop app opens files',
    );
  const { installElectron } = await import('../desktop/install-electron.ts');
  const stop = new AbortController();
  const onSignal = () => stop.abort(new StoppedError());
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, onSignal);
  const { progress, done } = showProgress();
  let installed: Awaited<ReturnType<typeof installElectron>>;
  try {
    installed = await installElectron({ signal: stop.signal, progress, from: values.from });
  } finally {
    done();
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.off(signal, onSignal);
  }
  print(`Electron ${electronVersion} ${installed.isNew ? 'is' : 'was already'} in ${installed.folder}`);
  if (!values.register) return;
  await register(join(installed.folder, electronBinary(process.platform)));
  print('The desktop has objgraph in its menu, and opens .dot, .gv, .xdot and .heapsnapshot with it');
}

async function status(args: string[]): Promise<void> {
  const { values, positionals } = readArguments(args, { offline: flag, json: flag });
  if (positionals.length > 0) throw new UsageError(`it does not take ${JSON.stringify(positionals[0])}`);
  const { app, note } = findInstalledApp(process.env, process.platform);
  const electron = join(ownElectronFolder(process.env, process.platform), electronBinary(process.platform));
  const host = findViewerHost();
  const newest = values.offline ? { version: null, problem: null } : await askNewest();
  const found = {
    version,
    newest: newest.version,
    host: { kind: host.kind, name: host.name, command: host.command, reason: host.reason ?? null },
    app: app && { command: app.command, version: app.protocol?.version ?? null },
    electron: isTrustedProgram(electron) ? { command: electron, version: electronVersion } : null,
    registered: process.platform === 'linux' && isRegistered(),
  };
  if (values.json) return printJson(found);
  print(`objgraph   ${version}${await describeNewest(newest)}`);
  print(`windows    ${describeHost(host)}`);
  print(
    `app        ${found.app ? `${found.app.command}${found.app.version ? `, ${found.app.version}` : ''}` : 'not installed'}`,
  );
  print(
    `Electron   ${found.electron ? `${electronVersion}, ${electron}` : 'not brought; objgraph desktop install brings it'}`,
  );
  if (process.platform === 'linux') print(`menu       ${found.registered ? 'registered' : 'not registered'}`);
  if (note !== null) print(note);
}

const describeHost = ({ kind, name, command, reason = '' }: ViewerHost): string =>
  kind === 'none' ? `none: ${reason}` : `${name}, ${command}`;

interface Newest {
  version: string | null;
  /** Why it is not known. */
  problem: string | null;
}

async function askNewest(): Promise<Newest> {
  const { newestVersion } = await import('../desktop/newest-version.ts');
  try {
    return { version: await newestVersion(), problem: null };
  } catch (error) {
    return { version: null, problem: error instanceof Error ? error.message : String(error) };
  }
}

async function describeNewest({ version: newest, problem }: Newest): Promise<string> {
  if (problem !== null) return ` (whether there is a newer one is not known: ${problem})`;
  if (newest === null) return '';
  const { isNewer } = await import('../desktop/newest-version.ts');
  return isNewer(newest, version) ? `; ${newest} is there: npm install -g objgraph` : ', the newest';
}

async function remove(args: string[]): Promise<void> {
  if (args.length > 0) throw new UsageError(`it does not take ${JSON.stringify(args[0])}`);
  const home = dataFolder(process.env, process.platform);
  const brought = ['electron', 'download'].map((name) => join(home, name)).filter(existsSync);
  if (process.platform === 'linux' && isRegistered()) {
    await unregister();
    print("Taken out of the desktop's menu");
  }
  for (const folder of brought) {
    rmSync(folder, { recursive: true, force: true });
    print(`Removed ${folder}`);
  }
  if (existsSync(home) && readdirSync(home).length === 0) rmSync(home, { recursive: true });
  if (brought.length === 0) print('There is no Electron that objgraph has brought');
}
