// `objgraph attach`: the viewer on a process that runs.
import { editorOfEnvironment } from '../../shared/viewer-host/picture-request.ts';
import { mapFolders } from '../source-maps/settings.ts';
import { findLiveTarget } from '../targets/kinds.ts';
import { isTerminal, notify } from '../terminal.ts';
import { NoScreenError, view, ViewerError } from '../viewer/launch.ts';
import { emptyWindow, type ViewRequest } from '../viewer/view-request.ts';
import { readArguments, text } from './arguments.ts';
import type { Command } from './command.ts';
import { readGeometry } from './options.ts';
import { UsageError } from './run.ts';

export const attachCommand: Command = {
  help: `Usage: objgraph attach [PID|HOST:PORT|ws://…] [-g WIDTHxHEIGHT]

Opens the viewer attached to a process that runs; without a name, it asks which one. The process goes on until you take
a snapshot, and is left as it was when the window closes. Until then every user of this machine can run code in it through
its inspector, which Node opens on 127.0.0.1 at SIGUSR1; a program with its own handler for that signal runs the handler.

  PID                             a Node process (objgraph ps lists them); 1234#2 is its worker thread 2
  HOST:PORT, ws://…               the inspector of Node, Deno, Chromium or Electron
  -g, --geometry WIDTHxHEIGHT     size of the window
`,

  async run(args) {
    const { values, positionals } = readArguments(args, { geometry: { ...text, short: 'g' } });
    if (positionals.length > 1) throw new UsageError('it takes one process');
    const size = values.geometry === undefined ? null : readGeometry(values.geometry);
    const address = positionals.length === 0 ? null : positionals[0];
    const target = address === null ? null : findLiveTarget(address);
    // A missing process is reported here, where the user typed its number.
    await target?.check();
    if (target?.risk && isTerminal('errors')) notify(target.risk);
    const title = target?.name ?? emptyWindow.title;
    const request: ViewRequest = {
      ...emptyWindow,
      title,
      attach: address,
      attended: true,
      editor: editorOfEnvironment(),
      mapFolders: [...mapFolders()],
      size,
    };
    try {
      await view(request);
    } catch (error) {
      if (!(error instanceof NoScreenError)) throw error;
      throw new ViewerError(
        `${error.message}: write a snapshot to a file instead (objgraph snapshot ${address ?? 'PID'} -o FILE)`,
      );
    }
  },
};
