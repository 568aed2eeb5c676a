// `objgraph suspects --sites`: the line that makes what leaks, checked against programs that leak by one function of several.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
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
setInterval(() => { login(); ping(); }, 20)`;

it('names the line that makes what leaks, of a process', async () => {
  const { pid } = await start(program, { asFile: true });
  const args = ['suspects', String(pid), '--rounds', '3', '--every', '1', '--limit', '1', '--sites'];
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
