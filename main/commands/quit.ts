// `objgraph quit`: ends the viewers of this user.
import { print } from '../terminal.ts';
import { quitViewers } from '../viewer/running-viewers.ts';
import { readArguments } from './arguments.ts';
import type { Command } from './command.ts';
import { UsageError } from './run.ts';

export const quitCommand: Command = {
  help: `Usage: objgraph quit

Closes all windows of the viewer and ends it. After its last window it stays for a minute, so that the next one opens at
once; objgraph ps --viewers lists what runs, and OBJGRAPH_VIEWER_LINGER=0 lets it end with its last window.
`,

  async run(args) {
    const { positionals } = readArguments(args, {});
    if (positionals.length > 0) throw new UsageError('it takes no arguments');
    const ended = await quitViewers();
    if (ended.length === 0) print('No viewer runs');
    for (const { pid, windows } of ended)
      print(`Ended the viewer, process ${pid}, with ${windows} window${windows === 1 ? '' : 's'}`);
  },
};
