// `objgraph snapshot`: the heap of a process in a file, for later; at several moments in several files.
import { scriptsFileOf, scriptsText } from '../../shared/source-maps/scripts-file.ts';
import type { ScriptRecord } from '../../shared/source-maps/source-maps.ts';
import { findTarget } from '../targets/kinds.ts';
import { clearStatus, isTerminal, notify, print } from '../terminal.ts';
import { flag, readArguments, text, texts } from './arguments.ts';
import { sourceHelp, type Command } from './command.ts';
import { confirmCost } from './cost.ts';
import { untilStopped } from './heaps.ts';
import { checkMoments, everyHelp, nextMoment, readEvery } from './moments.ts';
import { PrivateFile } from './output.ts';
import { UsageError } from './run.ts';
import { formatSize } from './text-table.ts';

export const snapshot: Command = {
  help: `Usage: objgraph snapshot SOURCE -o FILE [-o FILE …] [--every SECONDS] [--yes]

Writes the heap of a process to a file, which every command takes, and Chrome DevTools too. A heap holds all the texts
of its program, secrets too: only you may read the file. In several files, the heap at several moments: as the process
stays attached in between, growth and suspects can compare them object by object.

Before it begins, it prints how long the process will pause and how much memory it will need; at a terminal it
asks first. Ctrl-C waits until the process has written what it has begun: Node can crash when its
reader goes away meanwhile. A second Ctrl-C does not wait.

  -o, --output FILE               usually ends in .heapsnapshot; has its name when it is whole. Source maps that are in memory
                                  only (tsx, ts-node) go to FILE's name with .scripts.json, without the sources in them
  -y, --yes                       does not ask
${everyHelp}
${sourceHelp}`,

  async run(args) {
    const { values, positionals } = readArguments(args, {
      output: { ...texts, short: 'o' },
      every: text,
      yes: { ...flag, short: 'y' },
    });
    if (positionals.length !== 1)
      throw new UsageError("it takes one SOURCE: a process id or an inspector's address");
    const outputs = values.output ?? [];
    if (outputs.length === 0 || outputs.includes(''))
      throw new UsageError('say where to write the snapshot: -o FILE');
    const every = readEvery(values.every);
    const target = findTarget(positionals[0]);
    if (outputs.length > 1 && !target.isLive)
      throw new UsageError(`${target.name} has one moment only: name one file`);
    checkMoments(outputs.length, every);
    for (const output of outputs) PrivateFile.check(output);
    if (target.risk && isTerminal('errors')) notify(target.risk);
    const [first, ...rest] = outputs;
    let file = new PrivateFile(first);
    let scripts: readonly ScriptRecord[] = [];
    const finish = () => {
      file.finish();
      writeScripts(file.file, scripts);
      clearStatus();
      print(`Snapshot written to ${file.file} (${formatSize(file.bytesWritten)})`);
    };
    try {
      await untilStopped((context) =>
        target.read((chunk) => file.write(chunk), {
          ...context,
          scripts: (found) => (scripts = found),
          before: (estimate) => confirmCost(target.name, estimate, context.signal, values.yes),
          again: async () => {
            const next = rest.shift();
            if (next === undefined) return false;
            finish();
            await nextMoment(target.name, every, context.signal);
            file = new PrivateFile(next);
            return true;
          },
        }),
      );
    } catch (error) {
      file.discard();
      throw error;
    }
    finish();
  },
};

/** So that places are the authors' when the process has ended; see `source-maps/scripts-file.ts`. */
function writeScripts(snapshotFile: string, scripts: readonly ScriptRecord[]): void {
  const text = scriptsText(scripts);
  if (text === null) return;
  const file = new PrivateFile(scriptsFileOf(snapshotFile));
  file.write(Buffer.from(text));
  file.finish();
}
