// The types for lint, as one program for all files. typescript-eslint's project service makes a new program, and checks it anew,
// for each .svelte file, whose script only its parser knows: that took most of the time. Here the scripts of all .svelte
// files are read first. Editors keep the project service, which sees what changes.
import { readFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import svelte from 'eslint-plugin-svelte';
import eslint from 'typescript-eslint';
import ts from 'typescript';

const root = resolve(import.meta.dirname, '..');
const svelteParser = svelte.configs.base.find(({ languageOptions }) => languageOptions?.parser)
  .languageOptions.parser;

/** `eslint` on a command line: no file changes while it runs. */
const isCommand = ['eslint', 'eslint.js'].includes(basename(process.argv[1] ?? ''));

let program = null;

/** The parser of TypeScript, also of the scripts in .svelte files, which takes the types of its files from one program. */
export const typedParser = {
  ...eslint.parser,
  parseForESLint(code, options) {
    if (!isCommand || !options.projectService) return eslint.parser.parseForESLint(code, options);
    program ??= createProgram();
    // Not of this program, or changed by a fix.
    if (program.getSourceFile(options.filePath)?.text !== code)
      return eslint.parser.parseForESLint(code, options);
    return eslint.parser.parseForESLint(code, { ...options, projectService: undefined, programs: [program] });
  },
};

function createProgram() {
  const components = { extension: '.svelte', isMixedContent: true, scriptKind: ts.ScriptKind.Deferred };
  const { fileNames, options } = ts.getParsedCommandLineOfConfigFile(
    join(root, 'tsconfig.json'),
    { allowNonTsExtensions: true },
    ts.sys,
    undefined,
    undefined,
    [components],
  );
  // Of .svelte.ts files, too, the parser makes a script of its own.
  const ofSvelte = fileNames.filter((file) => /\.svelte(\.ts)?$/.test(file));
  const scripts = new Map(ofSvelte.map((file) => [file, scriptOf(file)]));
  const host = ts.createCompilerHost(options, true);
  const getSourceFile = host.getSourceFile.bind(host);
  host.getSourceFile = (file, version, ...rest) =>
    scripts.has(file)
      ? ts.createSourceFile(file, scripts.get(file), version, true, ts.ScriptKind.TS)
      : getSourceFile(file, version, ...rest);
  return ts.createProgram({ rootNames: [...fileNames, join(root, 'vitest.config.ts')], options, host });
}

/** What its parser asks TypeScript for the types of. */
function scriptOf(file) {
  let script = '';
  const parser = {
    ...eslint.parser,
    parseForESLint(code, { projectService, ...options }) {
      if (projectService) script = code;
      return eslint.parser.parseForESLint(code, options);
    },
  };
  svelteParser.parseForESLint(readFileSync(file, 'utf8'), { filePath: file, parser, projectService: true });
  return script;
}
