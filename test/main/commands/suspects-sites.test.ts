// `objgraph suspects --sites`: the line that makes what leaks, checked against programs that leak by one function of several.
import { spawnSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import type { ClassSites } from '../../../main/allocations/sites.ts';
import { siteLines } from '../../../main/commands/suspects.ts';
import { endPrograms, root, start } from '../targets/programs.ts';

const cli = join(root, 'dist/cli.js');
afterEach(endPrograms);

const program = `
class Session { constructor(id) { this.id = id; this.texts = ['text of ' + id, [id]]; } }
const sessions = new Map();
let id = 0;
function login() { const session = new Session(id++); sessions.set(id, session); }
function ping() { return new Session(id++).id; }
for (let i = 0; i < 3000; i++) login();
setInterval(() => { login(); ping(); }, 10)`;

it('names the line that makes what leaks, of a process', async () => {
  const { pid } = await start(program, { asFile: true });
  const args = ['suspects', String(pid), '--rounds', '3', '--every', '2', '--limit', '1', '--sites'];
  const run = (...more: string[]) =>
    spawnSync(process.execPath, [cli, ...args, ...more], { encoding: 'utf8' });
  const { status, stdout, stderr } = run('--json');
  expect(status, stderr).toBe(0);
  const { suspects } = JSON.parse(stdout) as {
    suspects: {
      type: string;
      sites: { stack: { function: string; location: { line: number } }[]; made: number; alive: number }[];
    }[];
  };
  expect(suspects[0].type).toBe('Session');
  const [login, ping] = suspects[0].sites;
  expect(login.stack[0]).toMatchObject({
    function: 'login',
    location: { line: program.split('\n').findIndex((line) => line.includes('function login')) + 1 },
  });
  expect(login.alive).toBe(login.made);
  expect(ping).toMatchObject({ alive: 0 });
}, 60_000);

const sitesOf = (isComplete: boolean, kept: readonly number[]) => {
  const sites = kept.map((alive, i) => ({
    stack: [
      {
        function: ['login', 'refresh', 'import', 'restore'][i],
        location: { script: '/app/login.js', line: 40 + i },
      },
      { function: '(anonymous)', location: null },
    ],
    alive,
    made: 500,
  }));
  const alive = kept.reduce((sum, each) => sum + each, 0);
  return { sites, alive, made: 500 * kept.length, isComplete } as unknown as ClassSites;
};

it('prints the three stacks that made most of what stays', () => {
  expect(siteLines(sitesOf(true, [60, 20, 15, 5]))).toEqual([
    '  made by login — /app/login.js:40 ← (anonymous) (60.0 %)',
    '  made by refresh — /app/login.js:41 ← (anonymous) (20.0 %)',
    '  made by import — /app/login.js:42 ← (anonymous) (15.0 %)',
  ]);
});

it('calls a share an estimate where not all objects could be recorded', () => {
  expect(siteLines(sitesOf(false, [30, 10, 0]))).toEqual([
    '  made by login — /app/login.js:40 ← (anonymous) (estimated 75.0 %)',
    '  made by refresh — /app/login.js:41 ← (anonymous) (estimated 25.0 %)',
  ]);
  expect(siteLines(sitesOf(true, [0]))).toEqual([expect.stringContaining('nothing was made')]);
  // Of what V8 tracked, only what is alive is known.
  expect(siteLines({ ...sitesOf(false, []), made: null, alive: 0 })).toEqual([
    '  made by: unknown, V8 tracked none that is alive',
  ]);
});

it('knows that a timeline has no stacks', () => {
  const file = join(mkdtempSync(join(tmpdir(), 'objgraph-sites-')), 'a.heaptimeline');
  const { status } = spawnSync(
    process.execPath,
    [
      '-e',
      `const { Session } = require('node:inspector');
       const session = new Session(); session.connect();
       const parts = []; session.on('HeapProfiler.addHeapSnapshotChunk', ({ params }) => parts.push(params.chunk));
       session.post('HeapProfiler.startTrackingHeapObjects', { trackAllocations: false });
       class Session2 {} globalThis.kept = new Map(); for (let i = 0; i < 5000; i++) kept.set(i, new Session2());
       setTimeout(() => session.post('HeapProfiler.stopTrackingHeapObjects', () => {
         require('node:fs').writeFileSync(process.argv[1], parts.join('')); session.disconnect() }), 300)`,
      file,
    ],
    { encoding: 'utf8' },
  );
  expect(status).toBe(0);
  const found = spawnSync(process.execPath, [cli, 'suspects', file, '--sites', '--least', '10000'], {
    encoding: 'utf8',
  });
  expect(found.status, found.stderr).toBe(0);
  expect(found.stdout).toContain('Session2');
  expect(found.stderr).toContain('V8 did not track that');
  expect(found.stdout).not.toContain('made by');
});
