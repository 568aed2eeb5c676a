// The `objgraph` command: its commands, and what each is for.
import { findViewerHost } from '../shared/viewer-host.ts';
import { closestOf } from './commands/closest.ts';
import { commandNames, isCommandName, listedCommands, type CommandName } from './commands/command-list.ts';
import type { Command } from './commands/command.ts';
import { runCommand, UsageError } from './commands/run.ts';
import { takeVerbose } from './debug.ts';
import { takeMapFolders } from './commands/map-folders.ts';
import { version } from './package.ts';
import { notify, print, printText } from './terminal.ts';

const help = `Usage: objgraph                     the viewer: open a file, attach to a process
       objgraph COMMAND …
       objgraph COMMAND --help

${listedCommands}  --help, --version
  --source-maps DIR|GLOB|page     with any SOURCE: where source maps are that no script names (a folder, a file or a pattern);
                                  page: an attached page fetches its maps, from its own origin
  --verbose                       with any command: log each step to standard error, without contents
`;

/** Loaded when they are asked for: a help text needs no Graphviz. */
const commands: Record<CommandName, () => Promise<Command>> = {
  types: async () => (await import('./commands/types.ts')).types,
  growth: async () => (await import('./commands/growth.ts')).growth,
  instances: async () => (await import('./commands/instances.ts')).instances,
  chain: async () => (await import('./commands/chain.ts')).chain,
  refs: async () => (await import('./commands/refs.ts')).refs,
  backrefs: async () => (await import('./commands/refs.ts')).backrefs,
  dominators: async () => (await import('./commands/dominators.ts')).dominators,
  strings: async () => (await import('./commands/strings.ts')).strings,
  suspects: async () => (await import('./commands/suspects.ts')).suspects,
  page: async () => (await import('./commands/page.ts')).page,
  sites: async () => (await import('./commands/sites.ts')).sites,
  allocations: async () => (await import('./commands/allocations.ts')).allocations,
  snapshot: async () => (await import('./commands/snapshot.ts')).snapshot,
  quit: async () => (await import('./commands/quit.ts')).quitCommand,
  desktop: async () => (await import('./commands/desktop.ts')).desktopCommand,
  ps: async () => (await import('./commands/ps.ts')).ps,
  attach: async () => (await import('./commands/attach.ts')).attachCommand,
  view: async () => (await import('./commands/view.ts')).viewCommand,
  render: async () => (await import('./commands/render.ts')).render,
  'python-helper': async () => (await import('./commands/python-helper.ts')).pythonHelper,
  demo: async () => (await import('./commands/demo.ts')).demo,
};

const [name = '', ...written] = takeVerbose(process.argv.slice(2));

/** Without a command: the window that opens files and attaches to processes; where there is no screen, the usage. */
async function startWindow(): Promise<void> {
  if (findViewerHost().kind === 'none') {
    notify(help.trimEnd());
    process.exitCode = 2;
  } else await (await commands.view()).run([]);
}

await runCommand(
  'objgraph',
  async () => {
    if (name === '--version') return void print(`objgraph ${version}`);
    if (name === '--help' || name === '-h') return void printText(help);
    if (name === '') return startWindow();
    if (!isCommandName(name)) {
      const similar = closestOf(name, commandNames);
      const hint = similar === null ? '' : `. Did you mean ${similar}?`;
      throw new UsageError(`there is no command ${JSON.stringify(name)}${hint}`);
    }
    const command = await commands[name]();
    const args = takeMapFolders(written);
    if (args.includes('--help') || args.includes('-h')) return void printText(command.help);
    await command.run(args);
  },
  isCommandName(name) ? `objgraph ${name}` : 'objgraph',
);
