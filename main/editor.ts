// Opens a place of a source file in the user's editor. Which editor, they choose: `--editor`, OBJGRAPH_EDITOR, VISUAL, or one
// of the well-known ones that is installed. The command is never given to a shell, and only a program that no other user can
// change is started (shared/trusted-program.ts).
import { existsSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { basename, isAbsolute, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startProgram } from '../shared/programs.ts';
import { findOnPath, isProgram, isTrustedProgram, whyUntrusted } from '../shared/trusted-program.ts';

/** A place in a file: `line` and `column` count from 1. */
export interface EditorPlace {
  /** Absolute. */
  file: string;
  line?: number;
  column?: number;
}

/** A program and its arguments, ready to be started. */
export interface EditorCommand {
  program: string;
  args: string[];
}

/** No editor could be opened; the message says why and what to do. */
export class EditorError extends Error {}

/** Milliseconds in which an editor that cannot start ends with an error. */
const startTime = 700;

/**
 * Opens a file in the user's editor, at a line where it has one.
 * @param wish the command of `--editor`; null leaves the choice to the environment
 * @throws EditorError
 * @example await openInEditor({ file: '/app/server.js', line: 12 })
 */
export async function openInEditor(
  place: EditorPlace,
  wish: string | null = null,
  env: NodeJS.ProcessEnv = process.env,
): Promise<void> {
  refuseAbsent(place.file);
  const { program, args } = editorCommand(place, wish, env);
  // Detached and silent: the editor outlives the viewer.
  const child = startProgram({ name: 'editor', path: program }, args, {
    ...{ stdio: 'ignore', detached: true, env, cwd: homedir() },
  });
  await new Promise<void>((started, failed) => {
    const timer = setTimeout(started, startTime);
    const fail = (reason: string) => failed(new EditorError(`The editor ${program} ${reason}`));
    child.once('error', (error) => fail(`could not be started (${error.message})`));
    child.once('exit', (status) => {
      if (status) fail(`ended with status ${status}`);
      else started();
    });
    child.once('exit', () => clearTimeout(timer));
  });
  child.unref();
}

/**
 * The place that a link or an attribute names: `src/app.js:12`, `/src/app.js:12:5`, `file:///src/app.js`. Null for an
 * address of another kind.
 * @param folder where relative paths begin; null where there is none
 */
export function readPlace(text: string, folder: string | null): EditorPlace | null {
  const { path, line, column } = /^(?<path>.*?)(?::(?<line>\d{1,9})(?::(?<column>\d{1,9}))?)?$/.exec(
    text.trim(),
  )!.groups as { path: string; line?: string; column?: string };
  const file = absoluteFile(path, folder);
  if (file === null) return null;
  return { file, ...(line && { line: Number(line) }), ...(column && { column: Number(column) }) };
}

function absoluteFile(path: string, folder: string | null): string | null {
  if (path === '' || path.includes('\0')) return null;
  if (/^file:/i.test(path)) {
    try {
      // Another computer's file would be fetched from there, by the user's name and password on Windows.
      const url = new URL(path);
      return url.host === '' ? fileURLToPath(url) : null;
    } catch {
      return null;
    }
  }
  // A drive of Windows is one letter; a scheme is more.
  if (/^[a-z][\w+.-]+:/i.test(path) || /^[\\/]{2}/.test(path)) return null;
  if (isAbsolute(path)) return resolve(path);
  return folder === null ? null : resolve(folder, path);
}

/**
 * The command that opens a place.
 * @throws EditorError when there is no editor, or it may not be started
 */
export function editorCommand(
  place: EditorPlace,
  wish: string | null = null,
  env: NodeJS.ProcessEnv = process.env,
): EditorCommand {
  const [source, text] = chosen(wish, env);
  if (text === null) return installedEditor(place, env);
  const [name, ...args] = wordsOf(text);
  if (name === undefined) throw new EditorError(`${source} names no program`);
  const program = isAbsolute(name) ? name : findOnPath(name, env);
  if (program === null || !isProgram(program))
    throw new EditorError(
      `${source} names ${name}, which is neither the full path of a program nor on the PATH`,
    );
  const fault = whyUntrusted(program);
  if (fault !== null) throw new EditorError(`${source} names ${program}, which ${fault}`);
  if (args.some((arg) => placeholder.test(arg)))
    return { program, args: args.map((arg) => filled(arg, place)) };
  const editor = nameOf(program);
  if (terminalEditors.has(editor) && !args.includes('-g'))
    throw new EditorError(
      `${source} names ${editor}, which needs a terminal; name one with it (OBJGRAPH_EDITOR='xterm -e ${editor} +{line} {file}'), or an editor with a window of its own`,
    );
  return { program, args: [...args, ...argumentsFor(editor, place)] };
}

/** What the user asked for, and where: the first of these that is not empty. */
function chosen(wish: string | null, env: NodeJS.ProcessEnv): [source: string, text: string | null] {
  const choices: [string, string | null | undefined][] = [
    ['--editor', wish],
    ['OBJGRAPH_EDITOR', env.OBJGRAPH_EDITOR],
    ['VISUAL', env.VISUAL],
  ];
  const [source, text] = choices.find(([, text]) => text?.trim()) ?? ['', null];
  return [source, text ?? null];
}

/** Words as a POSIX shell separates them, by blanks and quotes; nothing is expanded. On Windows a backslash is a letter. */
function wordsOf(text: string): string[] {
  const escape = process.platform === 'win32' ? '(?!)' : String.raw`\\[^]`;
  const word = new RegExp(`(?:'[^']*'|"(?:${escape}|[^"])*"|${escape}|[^\\s'"])+`, 'g');
  const quoted = new RegExp(`'([^']*)'|"((?:${escape}|[^"])*)"|(${escape})`, 'g');
  const unescaped = (part: string) => (process.platform === 'win32' ? part : part.replace(/\\([^])/g, '$1'));
  return [...text.matchAll(word)].map(([written]) =>
    written.replace(
      quoted,
      (_whole, single?: string, double?: string, escaped?: string) =>
        single ?? unescaped(double ?? escaped ?? ''),
    ),
  );
}

const placeholder = /\{(file|line|column)\}/;

const filled = (arg: string, { file, line = 1, column = 1 }: EditorPlace) =>
  arg.replace(/\{(file|line|column)\}/g, (_whole, name: string) => String({ file, line, column }[name]));

/** `code` of `C:\…\Code.exe` and `/usr/bin/code`. */
const nameOf = (program: string) =>
  basename(program)
    .toLowerCase()
    .replace(/\.(exe|cmd|bat|sh)$/, '');

/** Those that draw in the terminal in which they are started: a viewer has none. */
const terminalEditors = new Set([
  'vi',
  'vim',
  'nvim',
  'nano',
  'pico',
  'micro',
  'hx',
  'helix',
  'ed',
  'emacs-nox',
  'mcedit',
  'joe',
  'ne',
  'kak',
]);

/** How a family of editors takes a place. */
type Style = (place: EditorPlace) => string[];

const withColons = ({ file, line, column }: EditorPlace) =>
  [file, line, line && column].filter((part) => part !== undefined).join(':');

const goTo: Style = (place) => ['--goto', withColons(place)];
const colons: Style = (place) => [withColons(place)];
const plus: Style = ({ file, line }) => (line ? [`+${line}`, file] : [file]);
const plusColumn: Style = ({ file, line, column }) =>
  line ? [`+${line}${column ? `:${column}` : ''}`, file] : [file];
const jetBrains: Style = ({ file, line, column }) => [
  ...(line ? ['--line', String(line)] : []),
  // Their columns count from 0.
  ...(line && column ? ['--column', String(column - 1)] : []),
  file,
];
const kate: Style = ({ file, line, column }) => [
  ...(line ? ['-l', String(line)] : []),
  ...(line && column ? ['-c', String(column)] : []),
  file,
];
const notepadPlus: Style = ({ file, line, column }) => [
  ...(line ? [`-n${line}`] : []),
  ...(line && column ? [`-c${column}`] : []),
  file,
];
const fileOnly: Style = ({ file }) => [file];

const styles: Record<string, Style | undefined> = {
  ...named(['code', 'code-insiders', 'codium', 'vscodium', 'cursor', 'windsurf'], goTo),
  ...named(['subl', 'sublime_text', 'zed', 'zeditor', 'atom', 'pulsar', 'lapce'], colons),
  ...named(
    ['idea', 'webstorm', 'phpstorm', 'pycharm', 'rubymine', 'goland', 'clion', 'rider', 'fleet'],
    jetBrains,
  ),
  ...named(
    ['gvim', 'mvim', 'vimx', 'vim', 'nvim', 'gedit', 'xed', 'pluma', 'gnome-text-editor', 'mousepad'],
    plus,
  ),
  ...named(['emacs', 'emacsclient'], plusColumn),
  ...named(['kate', 'kwrite'], kate),
  ...named(['notepad++'], notepadPlus),
};

function named(names: string[], style: Style): Record<string, Style> {
  return Object.fromEntries(names.map((name) => [name, style]));
}

const argumentsFor = (editor: string, place: EditorPlace): string[] =>
  // An editor that is not known here gets the file alone: a line in the wrong words would be a file of that name.
  (styles[editor] ?? fileOnly)(place);

/** Editors with a window of their own, by their command on the PATH: the first that is installed opens. */
const wellKnown = [
  'code',
  'codium',
  'cursor',
  'zed',
  'subl',
  'webstorm',
  'idea',
  'kate',
  'gedit',
  'gnome-text-editor',
  'gvim',
];

/** Where editors are installed that do not put themselves on the PATH. */
const wellKnownPlaces: Partial<Record<NodeJS.Platform, string[]>> = {
  darwin: [
    '/Applications/Visual Studio Code.app/Contents/Resources/app/bin/code',
    '/Applications/VSCodium.app/Contents/Resources/app/bin/codium',
    '/Applications/Cursor.app/Contents/Resources/app/bin/cursor',
    '/Applications/Sublime Text.app/Contents/SharedSupport/bin/subl',
  ],
  win32: [
    '%LOCALAPPDATA%\\Programs\\Microsoft VS Code\\Code.exe',
    '%PROGRAMFILES%\\Microsoft VS Code\\Code.exe',
    '%PROGRAMFILES%\\Sublime Text\\sublime_text.exe',
    '%PROGRAMFILES%\\Notepad++\\notepad++.exe',
  ],
};

function installedEditor(place: EditorPlace, env: NodeJS.ProcessEnv): EditorCommand {
  const places = (wellKnownPlaces[process.platform] ?? []).map((path) =>
    path.replace(/%([^%]+)%/, (_whole, variable: string) => env[variable] ?? ''),
  );
  const program = first(wellKnown, (name) => findOnPath(name, env)) ?? places.find(isTrustedProgram);
  if (program === undefined)
    throw new EditorError(
      `No editor is known here to open ${place.file}; choose one with --editor or OBJGRAPH_EDITOR, for example OBJGRAPH_EDITOR=code`,
    );
  return { program, args: argumentsFor(nameOf(program), place) };
}

function first<T, R>(items: readonly T[], find: (item: T) => R | null): R | undefined {
  for (const item of items) {
    const found = find(item);
    if (found !== null) return found;
  }
  return undefined;
}

function refuseAbsent(file: string): void {
  if (!existsSync(file)) throw new EditorError(`There is no file ${file} on this machine`);
  if (!statSync(file).isFile()) throw new EditorError(`${file} is not a file`);
}
