// The `objgraph` command: its commands, their options, and who does the work.
import { parseArgs } from 'node:util';
import { readEngine, readGeometry } from './commands/options.ts';
import { runCommand, UsageError } from './commands/run.ts';
import { version } from './package.ts';

const help = `Usage:
  objgraph view FILE|- …          show DOT files in windows; - reads standard input
  objgraph render FILE|-          write a picture of a DOT file
  objgraph demo                   a program that leaks, and how the leak is found
  objgraph --help | --version

Options of view:
  -K, --engine ENGINE             dot (default), neato, fdp, sfdp, twopi, circo, osage, patchwork
  -n, --no-filter                 the file has its positions already: no layout
  -g, --geometry WIDTHxHEIGHT     size of the window
      --hide-toolbar              no toolbar

Options of render:
  -T, --format FORMAT             svg (default), png, dot, json, xdot, …; pdf, gif and others need Graphviz's dot
  -K, --engine ENGINE             as above
  -o, --output FILE               standard output if not given; its extension tells the format
      --scale NUMBER              enlarges a png; 1 is 96 dots per inch

OBJGRAPH_VIEWER=electron|chromium|browser|none or the path of a program chooses what shows the window.
`;

const commands: Record<string, (args: string[]) => Promise<void>> = {
  async view(args) {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        engine: { type: 'string', short: 'K' },
        'no-filter': { type: 'boolean', short: 'n' },
        geometry: { type: 'string', short: 'g' },
        'hide-toolbar': { type: 'boolean' },
        // For the library, which writes the file for this one window.
        temporary: { type: 'boolean' },
      },
    });
    const { viewFiles } = await import('./commands/view.ts');
    await viewFiles('objgraph', positionals, {
      engine: values.engine === undefined ? undefined : readEngine(values.engine),
      positioned: values['no-filter'],
      size: values.geometry === undefined ? undefined : readGeometry(values.geometry),
      toolbar: !values['hide-toolbar'],
      temporary: values.temporary,
    });
  },

  async render(args) {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        format: { type: 'string', short: 'T' },
        engine: { type: 'string', short: 'K' },
        output: { type: 'string', short: 'o' },
        scale: { type: 'string' },
      },
    });
    if (positionals.length !== 1) throw new UsageError('render takes one file, or - for standard input');
    const scale = Number(values.scale ?? 1);
    if (!(scale > 0 && scale <= 100))
      throw new UsageError(`--scale is a number up to 100, not ${values.scale}`);
    const { renderFile } = await import('./commands/render.ts');
    await renderFile({
      file: positionals[0],
      format: values.format?.toLowerCase(),
      engine: values.engine === undefined ? undefined : readEngine(values.engine),
      output: values.output,
      scale,
    });
  },

  async demo() {
    await (await import('./demo.ts')).runDemo();
  },
};

await runCommand('objgraph', async () => {
  const [name, ...args] = process.argv.slice(2);
  if (name === '--version') return void process.stdout.write(`objgraph ${version}\n`);
  if (name === '--help' || name === '-h' || args.includes('--help') || args.includes('-h')) {
    return void process.stdout.write(help);
  }
  if (name === undefined) throw new UsageError('what shall be done? view, render or demo');
  if (!Object.hasOwn(commands, name)) throw new UsageError(`there is no command ${JSON.stringify(name)}`);
  await commands[name](args);
});
