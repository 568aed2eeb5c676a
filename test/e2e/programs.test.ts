// The viewer starts only the programs on its list. Every test of the windows runs under the guard that refuses others
// (program-guard.mjs); here it is shown that the guard sees them, and what a whole visit starts.
import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  Desktop,
  hostsToTest,
  missingPrograms,
  objgraph,
  shows,
  until,
  type StartedProgram,
} from './desktop.ts';

describe('the guard', () => {
  let folder: string;
  beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'objgraph-guard-'))));
  afterEach(() => rmSync(folder, { recursive: true }));

  /** Runs a line in a program of a `dist`, as one of ours. */
  async function attempt(
    line: string,
    through: (viewer: string) => string = (viewer) => viewer,
  ): Promise<{ output: string; log: StartedProgram[] }> {
    const dist = join(folder, 'dist');
    const log = join(folder, 'log');
    mkdirSync(dist, { recursive: true });
    cpSync(join(import.meta.dirname, 'program-guard.mjs'), join(folder, 'guard.mjs'));
    writeFileSync(join(dist, 'child.js'), "console.log('ran')");
    writeFileSync(
      join(dist, 'viewer.js'),
      `import * as programs from 'node:child_process'; const { execPath } = process; ${line}`,
    );
    writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
    writeFileSync(log, '');
    const env = {
      PATH: process.env.PATH,
      NODE_OPTIONS: `--import=${pathToFileURL(join(folder, 'guard.mjs')).href}`,
      OBJGRAPH_TEST_PROGRAMS: JSON.stringify({ log, dist, programs: ['dot'] }),
    };
    const output = await new Promise<string>((resolve) => {
      const program = through(join(dist, 'viewer.js'));
      const child = execFile(process.execPath, [program], { env }, (_error, stdout, stderr) =>
        resolve(stdout + stderr),
      );
      child.stdin?.end();
    });
    const lines = readFileSync(log, 'utf8').split('\n').filter(Boolean);
    const started = lines.map((text) => JSON.parse(text) as StartedProgram);
    return { output, log: started.filter(({ what }) => what !== 'guarded') };
  }

  it.each([
    "programs.spawn('/bin/true')",
    "programs.spawn('dot')",
    "programs.exec('id')",
    "programs.execFile('/bin/echo', ['ran'])",
    "programs.fork('/tmp/other.js')",
    "programs.spawn(execPath, ['-e', 'console.log(1)'])",
    "programs.spawn(execPath, ['--import=/tmp/other.mjs', new URL('child.js', import.meta.url).pathname])",
    "programs.spawn(execPath, ['--require', '/tmp/other.js', new URL('child.js', import.meta.url).pathname])",
    "programs.spawnSync('/bin/true')",
    "programs.execSync('id')",
    "programs.execFileSync('/bin/true')",
  ])('refuses %s', async (line) => {
    const { output, log } = await attempt(line);
    expect(output).toContain("the tests' list of programs does not have");
    expect(log).toMatchObject([{ what: 'refused', by: 'viewer.js' }]);
  });

  it('watches over what the library starts as well, which clears NODE_OPTIONS', async () => {
    const { output, log } = await attempt("programs.spawn('/bin/true')", (viewer) => {
      const program = join(folder, 'story.mjs');
      writeFileSync(
        program,
        `import { spawn } from 'node:child_process';
         const env = { ...process.env, NODE_OPTIONS: '' };
         spawn(process.execPath, [${JSON.stringify(viewer)}], { env, stdio: 'inherit' });`,
      );
      return program;
    });
    expect(output).toContain("the tests' list of programs does not have /bin/true");
    expect(log).toMatchObject([{ what: 'refused', by: 'viewer.js' }]);
  });

  it('watches over the threads of a program', async () => {
    const thread = "import { spawn } from 'node:child_process'; spawn('/bin/true')";
    const { output, log } = await attempt(
      `const { Worker } = await import('node:worker_threads');
       const { writeFileSync } = await import('node:fs');
       const file = new URL('heap-worker.mjs', import.meta.url);
       writeFileSync(file, ${JSON.stringify(thread)});
       new Worker(file).on('error', (error) => console.log(error.message))`,
    );
    expect(output).toContain("the tests' list of programs does not have /bin/true");
    expect(log).toMatchObject([{ what: 'refused', by: 'heap-worker.mjs' }]);
  });

  it('lets a program of the list through, and our own Node with a program of ours', async () => {
    const script = 'new URL("child.js", import.meta.url).pathname';
    const { output, log } = await attempt(
      `programs.spawn(execPath, [${script}], { stdio: 'inherit' }); programs.spawn('/usr/bin/dot', ['-V']).on('error', () => {});`,
    );
    expect(output).toBe('ran\n');
    expect(log.map(({ what, file }) => [what, basename(file)])).toEqual([
      ['started', basename(process.execPath)],
      ['started', 'dot'],
    ]);
  });
});

const missing = missingPrograms('Xvfb', 'chromium');

describe.skipIf(missing.length > 0).each(hostsToTest().filter((host) => host !== 'Electron'))(
  'on %s',
  (host) => {
    it('a viewer starts its browser alone', async () => {
      const desktop = await Desktop.start(host);
      try {
        const command = desktop.command(objgraph, ['view', desktop.write('a.dot', 'digraph { a -> b }')]);
        const page = await desktop.window('a.dot');
        await shows(page, { status: 'ready', nodes: 2 });
        await page.close();
        expect(await command.ended).toBe(0);
        const byViewer = desktop.programs().filter(({ by }) => by !== 'cli.js');
        const browsers = host === 'Chromium' ? ['chromium'] : [];
        expect(byViewer.map(({ what, file }) => [what, basename(file)])).toEqual(
          browsers.map((file) => ['started', file]),
        );
      } finally {
        await desktop.close();
      }
    });

    it('one that starts another program fails the test that it is in', async () => {
      const desktop = await Desktop.start(host);
      const plant = desktop.write(
        'plant.mjs',
        `import { spawn } from 'node:child_process';
       if (/viewer\\.js$|electron\\.mjs$/.test(process.argv[1] ?? '')) process.once('SIGUSR2', () => spawn('/bin/true'));`,
      );
      desktop.env.NODE_OPTIONS = `--import=${pathToFileURL(plant).href}`;
      desktop.command(objgraph, ['view', desktop.write('a.dot', 'digraph { a -> b }')]);
      await shows(await desktop.window('a.dot'), { status: 'ready', nodes: 2 });
      process.kill(desktop.viewers()[0], 'SIGUSR2');
      await until(
        'the guard to refuse it',
        () => desktop.programs().some(({ what }) => what === 'refused') || null,
      );
      await expect(desktop.close()).rejects.toThrow(/not on our list: .*\/bin\/true/);
    });
  },
);
