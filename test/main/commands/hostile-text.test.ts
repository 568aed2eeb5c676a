// Names that would command the terminal: of files, of processes, of inspectors. The built commands, as users run them.
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ESLint } from 'eslint';
import { afterAll, afterEach, expect, it } from 'vitest';
import { endEvil, startEvil } from '../targets/evil-inspector.ts';
import { endPrograms, start } from '../targets/programs.ts';

const cli = join(import.meta.dirname, '../../../dist/cli.js');
const folder = mkdtempSync(join(tmpdir(), 'objgraph-hostile-text-'));
afterAll(() => rmSync(folder, { recursive: true }));
afterEach(() => {
  endPrograms();
  endEvil();
});

/** Escape codes, another direction, no width, a line that could be one of ours. */
const hostile = '\u001b]0;owned\u0007\u202e\u200b\u009b31m\nobjgraph: all is well';
const unsafe = /[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069]/;

async function run(...args: string[]): Promise<{ out: string; lines: string[] }> {
  const env = { ...process.env, OBJGRAPH_VIEWER: 'none' };
  const { stdout, stderr } = await promisify(execFile)(process.execPath, [cli, ...args], {
    cwd: folder,
    env,
  }).catch((error: unknown) => error as { stdout: string; stderr: string });
  const out = stdout + stderr;
  return { out, lines: out.split('\n') };
}

it.each(['types', 'view', 'render'])(
  'objgraph %s prints the name of a file that commands the terminal as it is spelt',
  async (command) => {
    const name = `a${hostile.replaceAll('/', '')}.dot`;
    writeFileSync(join(folder, name), '{');
    const { out, lines } = await run(command, name);
    expect(out).toContain('\\u001b]0;owned');
    expect(out).not.toMatch(unsafe);
    expect(lines.filter((line) => line.startsWith('objgraph: all is well'))).toEqual([]);
  },
);

it('objgraph ps prints the title of a process, and its folder, as they are spelt', async () => {
  const { pid } = await start(
    `process.title = ${JSON.stringify(`x ${hostile}`)}` + '; setInterval(() => {}, 1000)',
  );
  const { out } = await run('ps');
  expect(out).toMatch(new RegExp(`^${pid} .*\\\\u001b`, 'm'));
  expect(out).not.toMatch(unsafe);
  const { out: json } = await run('ps', '--json');
  expect(json).not.toMatch(unsafe);
  const { targets } = JSON.parse(json) as { targets: { pid: number; title: string }[] };
  expect(targets.find((row) => row.pid === pid)?.title).toContain('\u001b]0;owned');
});

it('an inspector has no say in what the terminal does', async () => {
  const session = (id: number) => ({ type: 'page', title: hostile, webSocketDebuggerUrl: `ws://x/${id}` });
  const list = await startEvil({
    list: (response) => response.end(JSON.stringify([session(1), session(2)])),
  });
  const { out } = await run('types', list);
  expect(out).toContain('there is more than one target');
  expect(out).not.toMatch(unsafe);
  const refusing = await startEvil({
    message: (socket, { id }) => socket.send(JSON.stringify({ id, error: { message: hostile } })),
  });
  const refused = await run('types', refusing);
  expect(refused.out).toContain('the inspector refused: ');
  expect(refused.out).not.toMatch(unsafe);
});

it('a lint rule keeps every other file from writing to the terminal', async () => {
  const eslint = new ESLint({
    cwd: join(import.meta.dirname, '../../..'),
    ruleFilter: ({ ruleId }) => ruleId.startsWith('no-'),
    overrideConfig: [{ languageOptions: { parserOptions: { projectService: false } } }],
  });
  for (const code of ["process.stdout.write('x');", "process.stderr.write('x');", "console.log('x');"]) {
    const [{ messages }] = await eslint.lintText(`${code}\n`, { filePath: 'main/commands/run.ts' });
    expect(messages.map(({ ruleId }) => ruleId)).toContainEqual(
      expect.stringMatching(/^no-(console|restricted-properties)$/),
    );
  }
});
