// What we print and document as a command runs with our users' rights: only packages that are ours, Electron's, or well known.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { extname, join, resolve } from 'node:path';
import { expect, it } from 'vitest';

/** By what a command does with a package: runs it, or installs it. */
const known = {
  run: ['objgraph', 'electron', 'vitest', 'tsc', 'eslint', 'prettier', 'vite'],
  install: ['objgraph', 'electron'],
};

const runs = /\b(?:npx|bunx|(?:npm|pnpm|yarn|bun) (?:exec|dlx|x|create|init))((?:[ \t]+[^\s`'"|&;()<>,]+)+)/g;
const installs = /\b(?:npm|pnpm|yarn|bun) (?:install|i|add)\b((?:[ \t]+[^\s`'"|&;()<>,]+)*)/g;

interface Use {
  kind: keyof typeof known;
  name: string;
}

/** Options are passed over; what is run takes the words after its name, what is installed is each of them. */
function usesIn(text: string): Use[] {
  const plain = text.replaceAll('\\-', '-').replaceAll(/\\f[BRI]/g, ' ');
  const words = (arguments_: string) =>
    arguments_
      .trim()
      .split(/\s+/)
      .filter((word) => word !== '' && !word.startsWith('-') && word !== '\\');
  const nameOf = (word: string) => word.replace(/(?<=.)@.*$/, '').replace(/[.:…]+$/, '');
  return [
    ...[...plain.matchAll(runs)].map(([, rest]): Use => ({
      kind: 'run',
      name: nameOf(words(rest)[0] ?? ''),
    })),
    ...[...plain.matchAll(installs)].flatMap(([, rest]) =>
      words(rest)
        .slice(0, /^\s+-/.test(rest) || words(rest).length === 1 ? undefined : 1)
        .map((word): Use => ({ kind: 'install', name: nameOf(word) })),
    ),
  ].filter(({ name }) => name !== '');
}

const root = resolve(import.meta.dirname, '..');
const folders = ['main', 'shared', 'renderer', 'build', 'docs', '.github', '.ci', 'test'];
const texts = ['', '.ts', '.mjs', '.js', '.svelte', '.md', '.json', '.yml', '.yaml', '.html', '.1'];
const files = [
  ...folders.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name)),
  ),
  ...readdirSync(root),
]
  .filter((name) => texts.includes(extname(name)) && statSync(join(root, name)).isFile())
  .filter((name) => !/^(test.fixtures|package-lock|test.package-commands)/.test(name));

it('finds the commands in a text', () => {
  expect(
    usesIn('(`npx install-electron`), or \\fBnpm install \\-g objgraph\\fR; npx --yes vitest@3 run a'),
  ).toEqual([
    { kind: 'run', name: 'install-electron' },
    { kind: 'run', name: 'vitest' },
    { kind: 'install', name: 'objgraph' },
  ]);
  expect(usesIn('npm install --save-dev a b && npm ci; pnpm dlx c')).toEqual([
    { kind: 'run', name: 'c' },
    { kind: 'install', name: 'a' },
    { kind: 'install', name: 'b' },
  ]);
});

it('reads what is printed and documented', () => {
  for (const file of [
    'README.md',
    'shared/viewer-host.ts',
    '.github/workflows/ci.yml',
    'build/man/objgraph.1',
  ])
    expect(files).toContain(file);
});

it('names no package that is not ours or well known', () => {
  const unknown = files.flatMap((file) =>
    usesIn(readFileSync(join(root, file), 'utf8'))
      .filter(({ kind, name }) => !known[kind].includes(name))
      .map((use) => ({ file, ...use })),
  );
  expect(unknown).toEqual([]);
});
