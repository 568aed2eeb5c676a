// `objgraph snapshot`: the heap of a process in a file, for later.
import { parseArgs } from 'node:util';
import { findTarget } from '../targets/kinds.ts';
import { sourceHelp, type Command } from './command.ts';
import { untilStopped } from './heaps.ts';
import { checkOutput, PrivateFile } from './output.ts';
import { UsageError } from './run.ts';
import { formatSize } from './text-table.ts';

export const snapshot: Command = {
  help: `Usage: objgraph snapshot SOURCE -o FILE

Writes the heap of a process to a file, which every command takes, and Chrome DevTools too. A heap holds all the texts
of its program, secrets too: only you may read the file.

  -o, --output FILE               usually ends in .heapsnapshot; has its name when it is whole

${sourceHelp}`,

  async run(args) {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: { output: { type: 'string', short: 'o' } },
    });
    if (positionals.length !== 1)
      throw new UsageError("it takes one SOURCE: a process id or an inspector's address");
    if (!values.output) throw new UsageError('say where to write the snapshot: -o FILE');
    checkOutput(values.output);
    const target = findTarget(positionals[0]);
    const file = new PrivateFile(values.output);
    try {
      await untilStopped((context) => target.read((chunk) => file.write(chunk), context));
    } catch (error) {
      file.discard();
      throw error;
    }
    file.finish();
    process.stdout.write(`Snapshot written to ${values.output} (${formatSize(file.bytesWritten)})\n`);
  },
};
