// The options of xdot 1.4, for our `xdot` and for the desktop app.
import { parseArgs } from 'node:util';
import type { Engine } from '../../shared/protocol.ts';
import { version } from '../package.ts';
import type { WindowSize } from '../viewer/view-request.ts';
import { readEngine, readGeometry } from './options.ts';
import { UsageError } from './run.ts';

export const xdotVersion = `xdot (objgraph ${version})\n`;

export const xdotHelp = `Usage: xdot [OPTIONS] FILE|- …

Shows graphs in Graphviz's dot language. This xdot belongs to objgraph for JavaScript.

  -f, --filter ENGINE             dot (default), neato, twopi, circo, fdp, sfdp, osage, patchwork
  -n, --no-filter                 the file has its positions already (dot -Txdot)
  -g, --geometry WIDTHxHEIGHT     size of the window
      --hide-toolbar              no toolbar
      --editor CMD                opens links to source files (file.js:12); else OBJGRAPH_EDITOR, VISUAL
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

export interface XdotArguments {
  files: string[];
  engine: Engine;
  positioned: boolean;
  size: WindowSize | null;
  toolbar: boolean;
  editor: string | null;
  help: boolean;
  version: boolean;
}

const options = {
  filter: { type: 'string', short: 'f' },
  'no-filter': { type: 'boolean', short: 'n' },
  geometry: { type: 'string', short: 'g' },
  'hide-toolbar': { type: 'boolean' },
  editor: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean' },
} as const;

/** Python's argparse takes the beginning of an option for the option, where there is but one: `--geom 800x600`. */
function inFull(args: readonly string[]): string[] {
  const end = args.indexOf('--');
  return args.map((arg, i) => {
    const [, beginning, value = ''] = /^--([a-z-]+)(=.*)?$/s.exec(arg) ?? [];
    if (beginning === undefined || beginning in options || (end >= 0 && i > end)) return arg;
    const meant = Object.keys(options).filter((name) => name.startsWith(beginning));
    return meant.length === 1 ? `--${meant[0]}${value}` : arg;
  });
}

/**
 * @param options strict: whether an unknown option is a mistake; Electron's arguments have Chromium's among them
 * @throws UsageError, and the errors of parseArgs, in words
 */
export function readXdotArguments(
  args: readonly string[] = process.argv.slice(2),
  { strict = true } = {},
): XdotArguments {
  const written = strict ? inFull(args) : [...args];
  const { values, positionals } = parseArgs({ args: written, strict, allowPositionals: true, options });
  const text = (name: 'filter' | 'geometry' | 'editor') => {
    const value = values[name];
    if (typeof value === 'boolean') throw new UsageError(`--${name} needs a value`);
    return value;
  };
  const [filter, geometry] = [text('filter'), text('geometry')];
  return {
    files: positionals,
    engine: filter === undefined ? 'dot' : readEngine(filter),
    positioned: values['no-filter'] === true,
    size: geometry === undefined ? null : readGeometry(geometry),
    toolbar: values['hide-toolbar'] !== true,
    editor: text('editor') ?? null,
    help: values.help === true,
    version: values.version === true,
  };
}
