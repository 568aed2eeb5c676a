// The app's entry in the desktop of a Linux user: its name in the menu, its icon, the files that it opens. Packages bring their own.
// https://specifications.freedesktop.org/desktop-entry-spec, .../shared-mime-info-spec, .../icon-theme-spec
import { copyFileSync, existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { findProgram, outputOf, type SystemProgram } from '../../shared/programs.ts';
import { dataFolder } from '../../shared/viewer-host/electron.ts';
import { distFolder } from '../package.ts';

/** Not the name of the packages' entry, by which the library finds an installed app with code of its own. */
const name = 'io.github.objgraph.viewer';

const types = `<?xml version="1.0" encoding="UTF-8"?>
<mime-info xmlns="http://www.freedesktop.org/standards/shared-mime-info">
  <mime-type type="text/vnd.graphviz">
    <comment>Graphviz graph</comment>
    <glob pattern="*.dot"/>
    <glob pattern="*.gv"/>
    <glob pattern="*.xdot"/>
  </mime-type>
  <mime-type type="application/x-v8-heapsnapshot">
    <comment>V8 heap snapshot</comment>
    <glob pattern="*.heapsnapshot"/>
  </mime-type>
</mime-info>
`;

interface Places {
  /** The folder of all programs' data. */
  data: string;
  entry: string;
  types: string;
  icons: { from: string; to: string }[];
}

function places(env: NodeJS.ProcessEnv): Places {
  const data = dirname(dataFolder(env, 'linux'));
  const icons = join(distFolder, 'icons');
  const sizes = existsSync(icons) ? readdirSync(icons).map((file) => file.replace('.png', '')) : [];
  return {
    data,
    entry: join(data, 'applications', `${name}.desktop`),
    types: join(data, 'mime', 'packages', `${name}.xml`),
    icons: sizes.map((size) => ({
      from: join(icons, `${size}.png`),
      to: join(data, 'icons', 'hicolor', size, 'apps', `${name}.png`),
    })),
  };
}

export const isRegistered = (env: NodeJS.ProcessEnv = process.env): boolean => existsSync(places(env).entry);

/** @param electron the program that runs the app of this package */
export async function register(electron: string, env: NodeJS.ProcessEnv = process.env): Promise<void> {
  const { data, entry, types: typesFile, icons } = places(env);
  for (const { from, to } of icons) {
    mkdirSync(dirname(to), { recursive: true });
    copyFileSync(from, to);
  }
  write(typesFile, types);
  write(
    entry,
    [
      '[Desktop Entry]',
      'Type=Application',
      'Name=objgraph',
      'GenericName=Graph Viewer',
      'Comment=Shows DOT files, and what keeps JavaScript objects in memory',
      `TryExec=${escapeValue(electron)}`,
      `Exec=${quote(electron)} ${quote(join(distFolder, 'electron.js'))} %F`,
      `Icon=${name}`,
      'Categories=Development;',
      'Keywords=graph;dot;graphviz;heap;memory;leak;javascript;',
      'MimeType=text/vnd.graphviz;application/x-v8-heapsnapshot;',
      'StartupWMClass=objgraph',
      '',
    ].join('\n'),
  );
  await refresh(data);
}

export async function unregister(env: NodeJS.ProcessEnv = process.env): Promise<void> {
  const { data, entry, types: typesFile, icons } = places(env);
  for (const file of [entry, typesFile, ...icons.map(({ to }) => to)]) rmSync(file, { force: true });
  await refresh(data);
}

function write(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

const escapeValue = (value: string): string => value.replaceAll('\\', '\\\\');

/** Quoted as an argument, then escaped as a value; a percent sign would begin a field code. */
const quote = (argument: string): string =>
  escapeValue(`"${argument.replaceAll(/["`$\\]/g, '\\$&')}"`).replaceAll('%', '%%');

/** Desktops that have these programs read their output, the others the files themselves. */
async function refresh(data: string): Promise<void> {
  const programs: [SystemProgram, string][] = [
    ['update-desktop-database', join(data, 'applications')],
    ['update-mime-database', join(data, 'mime')],
  ];
  for (const [program, folder] of programs) {
    const command = findProgram(program);
    if (command !== null && existsSync(folder)) await outputOf(command, [folder], 20_000).catch(() => {});
  }
}
