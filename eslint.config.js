// Lint rules; above all the borders of the house (see ARCHITECTURE.md): who may import whom.
import { builtinModules } from 'node:module';
import js from '@eslint/js';
import globals from 'globals';
import svelte from 'eslint-plugin-svelte';
import ts from 'typescript-eslint';

const nodeModules = ['node:*', ...builtinModules, 'electron', 'ws'];

/** Forbids imports by glob in some folders, and says why. ESLint takes the last that names a file. */
const border = (files, group, message, ignores = []) => ({
  files,
  ignores,
  rules: { 'no-restricted-imports': ['error', { patterns: [{ group, message }] }] },
});

export default ts.config(
  { ignores: ['dist/', 'test/fixtures/', 'test-results/', 'release/'] },
  js.configs.recommended,
  ...ts.configs.strict,
  ...svelte.configs.recommended,
  { languageOptions: { globals: { ...globals.node } } },
  { files: ['renderer/**'], languageOptions: { globals: { ...globals.browser } } },
  { files: ['**/*.svelte', '**/*.svelte.ts'], languageOptions: { parserOptions: { parser: ts.parser } } },
  {
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-dynamic-delete': 'off',
      '@typescript-eslint/no-extraneous-class': 'off',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      'no-control-regex': 'off',
    },
  },
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
    ['**/main/**', '**/renderer/**', '**/objgraph/**', '**/matchers/**', ...nodeModules],
    'The cores are pure: no Node, no main, no renderer.',
    ['shared/objgraph/**', 'shared/matchers/**', 'shared/viewer-host.ts', 'shared/trusted-program.ts'],
  ),
  border(
    ['renderer/**'],
    [
      '**/main/**',
      '**/shared/objgraph/**',
      '**/shared/matchers/**',
      '**/viewer-host.ts',
      '**/trusted-program.ts',
      ...nodeModules,
    ],
    'renderer imports nothing of Node.',
  ),
  border(['main/**'], ['**/renderer/**'], 'main and renderer meet in shared/protocol.ts only.'),
  {
    files: ['shared/**', 'renderer/**'],
    rules: {
      'no-restricted-syntax': [
        'error',
        { selector: 'ImportExpression', message: 'No border is held where an import comes while it runs.' },
      ],
    },
  },
);
