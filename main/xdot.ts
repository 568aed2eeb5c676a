// The `xdot` command: the options of xdot 1.4, for whoever spawns that program, and our viewer.
import { parseArgs } from 'node:util';
import { readEngine, readGeometry } from './commands/options.ts';
import { runCommand } from './commands/run.ts';
import { viewFiles } from './commands/view.ts';
import { version } from './package.ts';

const help = `Usage: xdot [OPTIONS] FILE|- …

Shows graphs in Graphviz's dot language. This xdot belongs to objgraph for JavaScript.

  -f, --filter ENGINE             dot (default), neato, twopi, circo, fdp, sfdp, osage, patchwork
  -n, --no-filter                 the file has its positions already (dot -Txdot)
  -g, --geometry WIDTHxHEIGHT     size of the window
      --hide-toolbar              no toolbar
  -h, --help                      this help
      --version

Keys:
  Arrows                          scroll
  PageUp + =, PageDown -          zoom in, zoom out
  w                               fit to the window
  f, Ctrl-F                       find, by regular expression
  r                               reload
  q                               quit
`;

await runCommand('xdot', async () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      filter: { type: 'string', short: 'f' },
      'no-filter': { type: 'boolean', short: 'n' },
      geometry: { type: 'string', short: 'g' },
      'hide-toolbar': { type: 'boolean' },
      help: { type: 'boolean', short: 'h' },
      version: { type: 'boolean' },
    },
  });
  if (values.help) return void process.stdout.write(help);
  if (values.version) return void process.stdout.write(`xdot (objgraph ${version})\n`);
  await viewFiles('xdot', positionals, {
    engine: values.filter === undefined ? undefined : readEngine(values.filter),
    positioned: values['no-filter'],
    size: values.geometry === undefined ? undefined : readGeometry(values.geometry),
    toolbar: !values['hide-toolbar'],
  });
});
