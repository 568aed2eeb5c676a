// Runs programs that use the library as its users do: built, installed in a folder of its own, in a process of its own.
import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../../..');
const commands = join(root, 'dist/cli.js');

/** Whether the commands are built, which draw the pictures. */
export const hasCommands = existsSync(commands);

const node24 = [join(root, 'node_modules/node24/bin/node'), process.env.OBJGRAPH_NODE24 ?? ''].find(
  existsSync,
);

/** The versions of Node to test on, by name: the one that runs the tests, and 24 where it is installed. */
export const nodes: [name: string, program: string][] = [
  [`Node ${process.versions.node.split('.')[0]}`, process.execPath],
  ...(node24 ? [['Node 24', node24] as [string, string]] : []),
];

export interface RunOptions {
  /** As a CommonJS module, not as an ES module. */
  commonJs?: boolean;
  node?: string;
  flags?: string[];
  env?: Record<string, string>;
}

/** What a program did. */
export interface Run {
  stdout: string;
  stderr: string;
  status: number | null;
}

/** A folder with the library installed. */
export class ProgramFolder {
  readonly path = realpathSync(mkdtempSync(join(tmpdir(), 'objgraph-program-')));
  private count = 0;

  constructor() {
    const installed = join(this.path, 'node_modules/objgraph');
    mkdirSync(join(installed, 'dist'), { recursive: true });
    // Copies: the library knows its own files by where they are.
    for (const file of ['index.js', 'index.cjs'])
      cpSync(join(root, 'dist', file), join(installed, 'dist', file));
    symlinkSync(join(root, 'package.json'), join(installed, 'package.json'));
    if (hasCommands) symlinkSync(commands, join(installed, 'dist/cli.js'));
  }

  /** Runs a program to its end, with `objgraph` at hand. */
  run(
    source: string,
    { commonJs = false, node = process.execPath, flags = [], env = {} }: RunOptions = {},
  ): Run {
    const file = join(this.path, `program${++this.count}.${commonJs ? 'cjs' : 'mjs'}`);
    const head = commonJs
      ? "const objgraph = require('objgraph');"
      : "import * as objgraph from 'objgraph'; import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);";
    writeFileSync(file, `${head} ${prelude}\n${source}`);
    const { stdout, stderr, status } = spawnSync(node, [...flags, file], {
      cwd: this.path,
      encoding: 'utf8',
      timeout: 110_000,
      env: { ...process.env, NODE_OPTIONS: '', OBJGRAPH_VIEWER: 'none', ...env },
    });
    return { stdout, stderr, status };
  }

  /** What a program answers with `answer(value)`. */
  ask<Answer = unknown>(source: string, options: RunOptions = {}): Answer {
    const { stdout, stderr, status } = this.run(source, options);
    const line = stdout.split('\n').find((one) => one.startsWith('answer:'));
    if (status !== 0 || line === undefined)
      throw new Error(`The program ended with ${status} and answered nothing:\n${stdout}\n${stderr}`);
    return JSON.parse(line.slice('answer:'.length)) as Answer;
  }

  remove(): void {
    rmSync(this.path, { recursive: true, force: true });
  }
}

/** What every program has: `answer`, `dot` (the text that a picture in the classic style would be), `errorOf`. */
const prelude = [
  "const answer = (value) => process.stdout.write('answer:' + JSON.stringify(value ?? null) + '\\n');",
  'const sink = () => ({ text: "", write(text) { this.text += text; } });',
  'const dot = (show, objects, options) => { const output = sink(); show(objects, { output, style: "classic", ...options }); return output.text; };',
  'const errorOf = (run) => { try { run(); } catch (error) { return `${error.name}: ${error.message}`; } return "no error"; };',
].join(' ');

/** A picture as a reader sees it, from its DOT text. */
export interface PictureText {
  /** The labels of the nodes in the order of the search. */
  labels: string[];
  /** `from —label→ to`, with the labels' first lines. */
  edges: string[];
}

export function readPicture(dot: string): PictureText {
  const labels = new Map<string, string>();
  for (const [, name, label] of dot.matchAll(/^ {2}(o\d+)\[label="((?:[^"\\]|\\.)*)"/gm))
    labels.set(name, label.replaceAll('\\n', '\n').replaceAll('\\"', '"').replaceAll('\\\\', '\\'));
  const first = (name: string) => labels.get(name)?.split('\n')[0];
  const edges = [...dot.matchAll(/^ {2}(o\d+) -> (o\d+)(?: \[label="((?:[^"\\]|\\.)*)")?/gm)].map(
    ([, tail, head, label = '']) => `${first(tail)} —${label.replaceAll('\\"', '"')}→ ${first(head)}`,
  );
  return { labels: [...labels.values()], edges };
}

/** The names of the boxes in a picture of cards, in the order of its text. */
export const boxesIn = (dot: string): string[] =>
  [...dot.matchAll(/^ {2}(\w+) ?\[/gm)]
    .map(([, name]) => name)
    .filter((name) => !['graph', 'node', 'edge'].includes(name));
