// The `xdot` command: the options of xdot 1.4, for whoever spawns that program, and our viewer.
import { runCommand } from './commands/run.ts';
import { viewFiles } from './commands/view.ts';
import { readXdotArguments, xdotHelp, xdotVersion } from './commands/xdot-arguments.ts';

await runCommand('xdot', async () => {
  const { files, help, version, ...options } = readXdotArguments();
  if (help) return void process.stdout.write(xdotHelp);
  if (version) return void process.stdout.write(xdotVersion);
  await viewFiles('xdot', files, options);
});
