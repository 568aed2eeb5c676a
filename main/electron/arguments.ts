// What the app was started with: files, and the options of xdot; or a command that will say so through the door.
import { messageOf } from '../../shared/errors.ts';
import { app } from 'electron';
import { existsSync, readFileSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { isCommandName } from '../commands/command-list.ts';
import { readXdotArguments, xdotHelp, xdotVersion } from '../commands/xdot-arguments.ts';
import { writeTemporary } from '../documents/temporary.ts';
import { emptyWindow, forCommands, type ViewRequest } from '../viewer/view-request.ts';
import { notify, printText } from '../terminal.ts';
import { refusedSwitch } from './refused-switches.ts';

export interface Start {
  requests: ViewRequest[];
  byCommand: boolean;
}

/** Ends the process, with a message, where the arguments are wrong or ask for a text only. */
export function readStart(argv: readonly string[] = process.argv): Start {
  try {
    const refused = app.isPackaged ? refusedSwitch((name) => app.commandLine.hasSwitch(name)) : null;
    if (refused !== null) throw new Error(`the installed app does not take --${refused}`);
    const { files, help, version, ...options } = readXdotArguments(argv.slice(1), { strict: false });
    if (help || version) return leave(0, help ? xdotHelp : xdotVersion);
    // Started as `electron dist/electron.js FILE`, the first one is the app itself.
    const named = withoutCommand(process.defaultApp ? files.slice(1) : files);
    const byCommand = argv.includes(forCommands);
    const requests = named.map((file) =>
      file === '-' ? fromStandardInput(options) : requestFor(resolve(file), options),
    );
    if (requests.length === 0 && !byCommand) requests.push({ ...emptyWindow, ...options });
    return { requests, byCommand };
  } catch (error) {
    return leave(2, `objgraph: ${messageOf(error)}\n`);
  }
}

/** A package brings the app as `objgraph`: users of the npm command of that name read what is different. */
function withoutCommand([first = '', ...others]: string[]): string[] {
  if (first === '') return [];
  if (!isCommandName(first) || existsSync(first)) return [first, ...others];
  if (first === 'view') return others;
  throw new Error(`${first} is a command of the npm package (npm install -g objgraph); this app opens files`);
}

/** One window on a file that the user chose by hand. */
export function requestFor(path: string, options: Partial<ViewRequest> = {}): ViewRequest {
  return { ...emptyWindow, ...options, path, title: basename(path) };
}

/** The app is not ready yet: only the writer of this text waits for us. */
function fromStandardInput(options: Partial<ViewRequest>): ViewRequest {
  const path = writeTemporary('stdin.dot', readFileSync(0));
  return { ...requestFor(path, options), title: 'standard input', temporary: true };
}

function leave(status: number, text: string): Start {
  if (status === 0) printText(text);
  else notify(text.trimEnd());
  app.exit(status);
  return { requests: [], byCommand: true };
}
