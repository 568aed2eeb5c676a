// The `xdot` command: the options of xdot 1.4, for programs that spawn it, and our viewer.
import { runCommand } from './commands/run.ts';
import { viewFiles } from './commands/view.ts';
import { readXdotArguments, xdotHelp, xdotVersion } from './commands/xdot-arguments.ts';
import { printText } from './terminal.ts';

await runCommand('xdot', async () => {
  const { files, help, version, ...options } = readXdotArguments();
  if (help) return void printText(xdotHelp);
  if (version) return void printText(xdotVersion);
  await viewFiles('xdot', files, options);
});
