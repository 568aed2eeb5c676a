// docs/json.md is what the commands print: its TypeScript is compiled with their real output, which may have no property
// less, more, or of another type.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ts from 'typescript';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { runtimes } from '../../../main/targets/runtimes/index.ts';
import { endPrograms, leaking, root, start } from '../targets/programs.ts';

const cli = join(root, 'dist/cli.js');
const folder = mkdtempSync(join(tmpdir(), 'objgraph-json-'));
afterAll(() => rmSync(folder, { recursive: true }));
afterEach(endPrograms);

const documentation = readFileSync(join(root, 'docs/json.md'), 'utf8');
const shapes = [...documentation.matchAll(/^```ts\n(.*?)^```$/gms)].map(([, code]) => code).join('\n');

beforeAll(() => {
  writeFileSync(
    join(folder, 'program.cjs'),
    `const { writeHeapSnapshot } = require('node:v8');
class Job { constructor(i) { this.data = { i: [i] } } }
const queue = exports.queue = Array.from({ length: 50 }, (_, i) => new Job(i));
exports.copies = Array.from({ length: 9 }, () => Buffer.from('the very same text').toString());
writeHeapSnapshot('before');
for (let i = 0; i < 3000; i++) queue.push(new Job(i));
writeHeapSnapshot('after');`,
  );
  expect(spawnSync(process.execPath, ['program.cjs'], { cwd: folder }).status).toBe(0);
});

function output(args: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, ...args, '--json'], {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  return stdout;
}

const options: ts.CompilerOptions = {
  noEmit: true,
  strict: true,
  target: ts.ScriptTarget.ES2022,
  // The declarations of the language, without those of pages. They need no check.
  lib: ['lib.es2022.d.ts'],
  skipLibCheck: true,
  types: [],
};
const host = ts.createCompilerHost(options);
const readSource = host.getSourceFile;
/** The language's own declarations are read once. */
const declarations = new Map<string, ts.SourceFile | undefined>();
let text = '';
host.getSourceFile = (file, ...rest) => {
  if (file === 'output.ts') return ts.createSourceFile(file, text, ts.ScriptTarget.ES2022);
  if (!declarations.has(file)) declarations.set(file, readSource(file, ...rest));
  return declarations.get(file);
};

/** What TypeScript has against some JSON's being of a documented shape. */
function complaints(shape: string, json: string): string[] {
  text = `${shapes}\nexport const output: ${shape} = ${json};\n`;
  return ts
    .getPreEmitDiagnostics(ts.createProgram(['output.ts'], options, host))
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'));
}

/** Something of each list, so that nothing is right only because it is empty. */
const commands: [command: string, shape: string, args: string[], filled: string][] = [
  ['types', 'Types', ['types', 'after', '--limit', '40'], 'types'],
  ['types --by package', 'Sources', ['types', 'after', '--by', 'package'], 'sources'],
  ['growth', 'Growth', ['growth', 'before', 'after', '--limit', '40'], 'types'],
  ['growth --by type', 'Growth', ['growth', 'before', 'after', '--by', 'type', '--limit', '40'], 'types'],
  ['instances', 'Instances', ['instances', 'after', '--type', 'Job', '--limit', '40'], 'instances'],
  ['chain', 'Chain', ['chain', 'after', '--type', 'Job', '--count', '2'], 'chains'],
  ['dominators', 'Dominators', ['dominators', 'after', '--max-depth', '3'], 'dominators'],
  ['refs --merge', 'Merged', ['refs', 'after', '--type', 'Job', '--merge'], 'references'],
  ['backrefs --merge', 'Merged', ['backrefs', 'after', '--type', 'Job', '--merge'], 'references'],
  ['suspects', 'Suspects', ['suspects', 'before', 'after', '--least', '1000'], 'suspects'],
  ['strings', 'Strings', ['strings', 'after', '--limit', '40'], 'strings'],
];

describe('docs/json.md', () => {
  it.each(commands)('says what %s prints', (_command, shape, args, filled) => {
    const json = output(args);
    expect((JSON.parse(json) as Record<string, unknown[]>)[filled]).not.toEqual([]);
    expect(complaints(shape, json)).toEqual([]);
  });

  it('says what ps prints', async () => {
    const { pid } = await start(leaking);
    const json = output(['ps']);
    const { targets } = JSON.parse(json) as { targets: { pid: number | null }[] };
    expect(targets.map((target) => target.pid)).toContain(pid);
    expect(complaints('Processes', json)).toEqual([]);
  });

  it('names every runtime, whichever processes there are', () => {
    const line = /^ {2}runtime: .*$/m.exec(shapes)?.[0];
    for (const { name } of runtimes) expect(line).toContain(`'${name}'`);
  });

  it('says what page prints', () => {
    const page = `<title>Leaky</title><button aria-haspopup="dialog">Open</button><script>
      const list = [];
      document.querySelector('button').onclick = () => list.push(new (class Draft {})());
    </script>`;
    writeFileSync(join(folder, 'leaky.html'), page);
    const args = [cli, 'page', `file://${folder}/leaky.html`, '--runs', '2', '--json'];
    const { status, stdout } = spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8' });
    const { actions } = JSON.parse(stdout) as { actions: { leaks: unknown[] }[] };
    expect([status, actions[0].leaks.length]).toEqual([1, 1]);
    expect(complaints('Pages', stdout)).toEqual([]);
  });

  it('says what sites and allocations print', async () => {
    const { pid } = await start(
      'class Job { constructor() { this.data = [1] } } const kept = []; setInterval(() => kept.push(new Job(), new Job(), [kept.length]), 20)',
      { asFile: true },
    );
    const sites = output(['sites', String(pid), '--type', 'Job', '--for', '1s']);
    expect((JSON.parse(sites) as { classes: { sites: unknown[] }[] }).classes[0].sites).not.toEqual([]);
    expect(complaints('Sites', sites)).toEqual([]);
    const allocations = output(['allocations', String(pid), '--for', '1s', '--interval', '128']);
    expect((JSON.parse(allocations) as { rows: unknown[] }).rows).not.toEqual([]);
    expect(complaints('Allocations', allocations)).toEqual([]);
  }, 120_000);

  it('would be found wrong: a property less, one more, one of another type', () => {
    const strings = (string: object) => JSON.stringify({ wasted: 1, strings: [string] });
    const right = { text: '', isCut: false, count: 1, shallowSize: 1, wasted: 1, id: 1 };
    expect(complaints('Strings', strings(right))).toEqual([]);
    const { id, ...less } = right;
    for (const wrong of [less, { ...right, more: id }, { ...right, id: null }])
      expect(complaints('Strings', strings(wrong))).toHaveLength(1);
  });
});

it('the boxes of a merged picture are counted, and its references lead from one to another', () => {
  interface Merged {
    groups: { type: string; name: string; count: number; depth: number; isRoot: boolean }[];
    references: { from: number; to: number; name: string; count: number }[];
  }
  const { groups, references } = JSON.parse(
    output(['backrefs', 'after', '--type', 'Job', '--merge']),
  ) as Merged;
  expect(groups[0]).toMatchObject({ type: 'Job', count: 3050, depth: 0, isRoot: false });
  const [holder] = references.filter(({ to }) => to === 0).sort((a, b) => b.count - a.count);
  expect(holder).toMatchObject({ name: '[…]', count: 3050 });
  expect(groups[holder.from]).toMatchObject({ type: 'Array', count: 1 });
  const module = groups.findIndex(({ name }) => name.includes('program.cjs'));
  expect(groups[module].isRoot).toBe(true);
});
