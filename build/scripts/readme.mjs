// Runs the programs of the README and puts what they print, and the pictures they draw, where the README shows them:
// `node build/scripts/readme.mjs`. With --check it changes nothing and fails when the outputs are no longer alike
// (numbers and temporary names differ from run to run and are not compared).
import { spawnSync } from 'node:child_process';
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../..');
const readme = join(root, 'README.md');
const check = process.argv.includes('--check');
const folder = mkdtempSync(join(tmpdir(), 'objgraph-readme-'));

const alike = (text) =>
  text
    .replaceAll(/\S*\/objgraph-\w{6}\//g, '…/')
    .replaceAll(/[+ ]*\b\d+\b/g, ' N')
    // Of two that are leaked alike, any may be found first.
    .replaceAll(/—(foo|bar)→/g, '—foo or bar→')
    .replaceAll(/ +$/gm, '')
    .trim();

/** A program, and the block of what it printed, if there is one. */
const example = /```js\n\/\/ (\S+)\n([\s\S]*?)```(?:\n\n```text\n([\s\S]*?)```)?/g;

function run(name) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [name], { cwd: folder, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${name} failed: ${stderr}`);
  return stdout;
}

mkdirSync(join(folder, 'node_modules'));
symlinkSync(root, join(folder, 'node_modules/objgraph'));
const before = readFileSync(readme, 'utf8');
// Programs import each other: all of them are there before the first one runs.
for (const [, name, code] of before.matchAll(example)) writeFileSync(join(folder, name), code);
const differing = [];
const after = before.replaceAll(example, (whole, name, code, printed) => {
  if (printed === undefined) return whole;
  const output = run(name);
  if (alike(output) !== alike(printed))
    differing.push(`${name} printed\n${output}\nand the README says\n${printed}`);
  return whole.replace(/```text\n[\s\S]*```$/, () => `\`\`\`text\n${output}\`\`\``);
});
if (!check) {
  writeFileSync(readme, after);
  mkdirSync(join(root, 'docs'), { recursive: true });
  for (const file of readdirSync(folder))
    if (file.endsWith('.png')) copyFileSync(join(folder, file), join(root, 'docs', file));
}
rmSync(folder, { recursive: true });
if (check && differing.length > 0) {
  console.error(differing.join('\n\n'));
  process.exitCode = 1;
}
