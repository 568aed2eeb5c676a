// Lint rules; above all the borders of the house (see ARCHITECTURE.md): who may import whom.
import { builtinModules } from 'node:module';
import js from '@eslint/js';
import globals from 'globals';
import svelte from 'eslint-plugin-svelte';
import ts from 'typescript-eslint';
import { typedParser } from './build/lint-program.mjs';

const nodeModules = ['node:*', ...builtinModules, 'electron', 'ws'];

/** Forbids imports by glob in some folders, and says why. ESLint takes the last that names a file. */
const border = (files, group, message, ignores = []) => ({
  files,
  ignores,
  rules: { 'no-restricted-imports': ['error', { patterns: [{ group, message }] }] },
});

const noUnsafe = Object.fromEntries(
  ['argument', 'assignment', 'call', 'member-access', 'return'].map((use) => [
    `@typescript-eslint/no-unsafe-${use}`,
    'off',
  ]),
);

/** The parts of main, and those above each: it imports none of them. The threads (workers) are made of heap and export. */
const above = {
  'source-maps': [
    'viewer',
    'electron',
    'commands',
    'documents',
    'workers',
    'heap',
    'export',
    'targets',
    'allocations',
    'pages',
  ],
  targets: ['viewer', 'electron', 'commands', 'documents', 'workers', 'heap', 'export', 'pages'],
  heap: ['viewer', 'electron', 'commands', 'documents', 'workers', 'export', 'pages'],
  allocations: ['viewer', 'electron', 'commands', 'documents', 'workers', 'export', 'pages'],
  pages: ['viewer', 'electron', 'commands', 'documents'],
  export: ['viewer', 'electron', 'commands', 'documents', 'heap', 'targets'],
  workers: ['viewer', 'electron', 'commands', 'documents'],
  documents: ['viewer', 'electron', 'commands'],
  viewer: ['electron', 'commands'],
};

const startsPrograms = {
  names: ['child_process', 'node:child_process', 'cluster', 'node:cluster'],
  message: 'Only shared/programs.ts starts programs: it knows which ones, and checks whose they are.',
};

const isExpensive = {
  names: ['process', 'node:process', 'crypto', 'node:crypto'],
  message: 'Every program that loads the library would load it: see shared/objgraph/node-modules.ts.',
};

/** Another rule than that of the borders, of which ESLint takes one for a file. Types may be imported. */
function noImports(files, kinds, ignores = []) {
  const paths = kinds.flatMap(({ names, message }) =>
    names.map((name) => ({ name, allowTypeImports: true, message })),
  );
  return { files, ignores, rules: { '@typescript-eslint/no-restricted-imports': ['error', { paths }] } };
}

export default ts.config(
  {
    ignores: [
      'dist/',
      'test/fixtures/',
      'test/leaks/leaking/',
      'test/leaks/healthy/',
      'test-results/',
      'release/',
    ],
  },
  js.configs.recommended,
  ...ts.configs.strictTypeChecked,
  ...svelte.configs.recommended,
  {
    languageOptions: {
      globals: { ...globals.node },
      parserOptions: {
        projectService: { allowDefaultProject: ['vitest.config.ts'] },
        extraFileExtensions: ['.svelte'],
      },
    },
  },
  { files: ['renderer/**', 'test/pages/**'], languageOptions: { globals: { ...globals.browser } } },
  {
    files: ['**/*.ts', '**/*.mts'],
    ignores: ['**/*.svelte.ts'],
    languageOptions: { parser: typedParser },
  },
  { files: ['**/*.svelte', '**/*.svelte.ts'], languageOptions: { parserOptions: { parser: typedParser } } },
  {
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      // Numbers and booleans in messages read as they should.
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      // `() => close()` is how we write a callback.
      '@typescript-eslint/no-confusing-void-expression': 'off',
      // Without noUncheckedIndexedAccess it takes every element of an array for present; nor does it see what an await changes.
      '@typescript-eslint/no-unnecessary-condition': 'off',
      // Our interfaces declare functions as methods, and none of them uses `this`.
      '@typescript-eslint/unbound-method': 'off',
      // `void value` names what an effect depends on, `void list.push(…)` makes a callback of an expression.
      '@typescript-eslint/no-meaningless-void-operator': 'off',
      // We spread digits of colours, and records of typed arrays that happen to be classes.
      '@typescript-eslint/no-misused-spread': 'off',
      // A parameter that is the result's type alone says what the caller expects of JSON or of a message.
      '@typescript-eslint/no-unnecessary-type-parameters': 'off',
      // An async function may have nothing to await today: its callers wait all the same.
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-dynamic-delete': 'off',
      '@typescript-eslint/no-extraneous-class': 'off',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      'no-control-regex': 'off',
    },
  },
  {
    // A rejection that nothing handles ends the process, or is lost in a page: work in the background says where it reports
    // (main/background.ts, renderer/state/failures.svelte.ts).
    files: ['main/**/*.ts', 'renderer/**/*.{ts,svelte}'],
    rules: { '@typescript-eslint/no-floating-promises': ['error', { ignoreVoid: false }] },
  },
  {
    // TypeScript alone sees `any` in what comes from a .svelte file; svelte-check knows its type, and checks it.
    files: ['**/*.svelte', '**/*.svelte.ts'],
    rules: {
      ...noUnsafe,
      '@typescript-eslint/no-redundant-type-constituents': 'off',
      '@typescript-eslint/use-unknown-in-catch-callback-variable': 'off',
    },
  },
  {
    // Tests read JSON, and what a page or another process answers.
    files: ['test/**'],
    rules: {
      ...noUnsafe,
      '@typescript-eslint/no-base-to-string': 'off',
      '@typescript-eslint/no-misused-promises': 'off',
      '@typescript-eslint/no-unnecessary-type-conversion': 'off',
      '@typescript-eslint/use-unknown-in-catch-callback-variable': 'off',
      '@typescript-eslint/restrict-plus-operands': 'off',
    },
  },
  // Scripts of the build have no types.
  { ...ts.configs.disableTypeChecked, files: ['**/*.{js,mjs,cjs}'] },
  // A program as its user writes it.
  { files: ['main/demo/shop/*.cjs'], rules: { '@typescript-eslint/no-require-imports': 'off' } },
  border(['shared/**'], ['**/main/**', '**/renderer/**'], 'shared imports neither main nor renderer.'),
  {
    files: ['shared/objgraph/**'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              regex: '^(?!node:|\\.)',
              message: 'The library needs Node alone: import node:* and shared/ only.',
            },
            { group: ['**/main/**', '**/renderer/**'], message: 'shared imports neither main nor renderer.' },
          ],
        },
      ],
    },
  },
  border(
    ['shared/**'],
    ['**/main/**', '**/renderer/**', '**/objgraph/**', '**/matchers/**', '**/source-maps/**', ...nodeModules],
    'The cores are pure: no Node, no main, no renderer.',
    [
      'shared/objgraph/**',
      'shared/matchers/**',
      'shared/source-maps/**',
      'shared/viewer-host.ts',
      'shared/viewer-host/**',
      'shared/trusted-program.ts',
      'shared/programs.ts',
    ],
  ),
  border(
    ['renderer/**'],
    [
      '**/main/**',
      '**/shared/objgraph/**',
      '**/shared/matchers/**',
      '**/shared/source-maps/**',
      '**/viewer-host.ts',
      '**/viewer-host/**',
      '**/trusted-program.ts',
      '**/shared/programs.ts',
      ...nodeModules,
    ],
    'renderer imports nothing of Node.',
  ),
  noImports(['main/**'], [startsPrograms]),
  noImports(['shared/**'], [startsPrograms, isExpensive], ['shared/programs.ts']),
  border(['main/**'], ['**/renderer/**'], 'main and renderer meet in shared/protocol.ts only.'),
  ...Object.entries(above).map(([part, others]) => ({
    files: [`main/${part}/**`],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              regex: `^(\\.\\./)+(renderer|${others.join('|')})/`,
              message: `main/${part} knows nothing of renderer, ${others.join(', ')}.`,
            },
          ],
        },
      ],
    },
  })),
  {
    // Text of strangers must not reach a terminal as it is. Graphviz's module takes console.error for its standard error.
    files: ['main/**/*.ts'],
    // What a process with limits writes is read by its parent.
    ignores: ['main/terminal.ts', 'main/workers/graphviz-instance.ts', 'main/export/limited-task.ts'],
    rules: {
      'no-console': 'error',
      'no-restricted-properties': [
        'error',
        ...['stdout', 'stderr'].map((property) => ({
          object: 'process',
          property,
          message: 'Only main/terminal.ts writes: print, notify, printJson, printFile.',
        })),
      ],
    },
  },
  {
    files: ['shared/**', 'renderer/**'],
    rules: {
      'no-restricted-syntax': [
        'error',
        {
          // One of the same folder crosses none.
          selector: 'ImportExpression:not([source.value=/^\\.\\/[a-z-]+\\.ts$/])',
          message: 'No border is held where an import comes while it runs.',
        },
      ],
    },
  },
);
