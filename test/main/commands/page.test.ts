// `objgraph page`: the command as it is built, on pages that a server of this test shows.
import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';

const root = resolve(import.meta.dirname, '../../..');

/** A browser starts, and each action needs two to four snapshots: on a busy machine, a minute and more. */
vi.setConfig({ testTimeout: 240_000 });
const pages: Record<string, string> = {
  '/': `<title>Shop</title><a href="/about">About</a><a href="https://example.com/">Elsewhere</a>
    <button id="leaky" aria-haspopup="dialog">Basket</button><button id="clean" aria-haspopup="dialog">Help</button>
    <script>
      class Session {}
      const sessions = new Map();
      function open(isLeaky) {
        const dialog = document.createElement('div');
        dialog.setAttribute('role', 'dialog');
        dialog.innerHTML = '<p>text</p><button aria-label="Close">×</button>';
        document.body.append(dialog);
        dialog.querySelector('button').onclick = () => dialog.remove();
        if (isLeaky) sessions.set(sessions.size, new Session());
      }
      leaky.onclick = () => open(true);
      clean.onclick = () => open(false);
    </script>`,
  '/about': '<title>About</title><h1>About</h1>',
  '/plain': '<title>Plain</title><p>Nothing to do here</p>',
};

let server: Server;
let address: string;
let folder: string;

beforeAll(async () => {
  server = createServer(({ url = '' }, response) => {
    response.setHeader('content-type', 'text/html').end(pages[url] ?? '');
  });
  await new Promise<void>((ready) => void server.listen(0, '127.0.0.1', ready));
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  folder = mkdtempSync(join(tmpdir(), 'objgraph-page-test-'));
});

afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true, force: true });
});

interface Outcome {
  status: number | null;
  stdout: string;
  stderr: string;
}

function run(args: string[], interruptAt?: RegExp): Promise<Outcome> {
  return new Promise((done) => {
    const child = spawn(process.execPath, [join(root, 'dist/cli.js'), 'page', ...args], {
      cwd: folder,
      // A folder of its own: other tests start browsers, too.
      env: { ...process.env, TMPDIR: folder },
    });
    const outcome = { stdout: '', stderr: '' };
    child.stdout.on('data', (text: Buffer) => (outcome.stdout += text.toString()));
    child.stderr.on('data', (text: Buffer) => (outcome.stderr += text.toString()));
    if (interruptAt) server.once('request', () => setTimeout(() => child.kill('SIGINT'), 500));
    child.once('close', (status) => done({ status, ...outcome }));
  });
}

describe('objgraph page', () => {
  it('opens and closes what can be opened, goes to other pages of the site and back, and says what leaks', async () => {
    const { status, stdout } = await run([address, '--runs', '5', '--json', '--save', 'saved']);
    const { actions } = JSON.parse(stdout);
    expect(actions.map(({ action }: { action: string }) => action)).toEqual([
      'opens and closes "Basket"',
      'opens and closes "Help"',
      'opens /about and goes back',
    ]);
    expect(actions.map(({ error }: { error: unknown }) => error)).toEqual([null, null, null]);
    expect(actions.map(({ leaks }: { leaks: { name: string }[] }) => leaks.map(({ name }) => name))).toEqual([
      ['Session'],
      [],
      [],
    ]);
    expect(status).toBe(1);
    expect(readdirSync(join(folder, 'saved/1')).sort()).toEqual([
      'leaks.html',
      'leaks.json',
      'page-0.heapsnapshot.gz',
      'page-3.heapsnapshot.gz',
    ]);
    expect(readFileSync(join(folder, 'saved/1/leaks.html'), 'utf8')).toMatch(/<svg[\s\S]*Session/);
    expect(readdirSync(join(folder, 'saved/2')).sort()).toEqual(['leaks.html', 'leaks.json']);
  });

  it('plays an action of a file', async () => {
    writeFileSync(
      join(folder, 'help.mjs'),
      "export const action = (page) => page.click('#clean');\nexport const back = (page) => page.click('[aria-label=Close]');\n",
    );
    const clean = await run([address, '--action', 'help.mjs', '--runs', '3']);
    expect(clean).toEqual({ status: 0, stdout: 'action and back: nothing leaks\n', stderr: '' });
    writeFileSync(
      join(folder, 'basket.mjs'),
      "export async function action(page) {\n  await page.click('#leaky');\n  await page.click('[aria-label=Close]');\n}\n",
    );
    const leaky = await run([address, '--action', 'basket.mjs', '--runs', '3']);
    expect(leaky.status).toBe(1);
    expect(leaky.stdout).toMatch(
      /^action: leaks\n {2}12 runs left behind\n {4}12 × Session .* in Map `sessions`/,
    );
  });

  it.each([
    [['x', 'y'], 2, 'it takes one URL'],
    [[], 2, 'it takes one URL'],
    [['::'], 2, '"::" is no address of a web page'],
    [['localhost', '--action', 'none.mjs'], 2, '--action: none.mjs cannot be loaded'],
    [['localhost', '--runs', '1'], 2, '--runs is a number from 2 to 1000'],
    [['http://127.0.0.1:9/'], 1, 'http://127.0.0.1:9/ cannot be opened'],
    [['localhost', '--browser', '127.0.0.1:9'], 1, 'there is no browser at 127.0.0.1:9'],
  ])('says what is wrong with %j', async (args, status, text) => {
    const outcome = await run(args);
    expect(outcome.stderr).toContain(`objgraph: ${text}`);
    expect(outcome.stderr.trim().split('\n')).toHaveLength(1);
    expect(outcome.status).toBe(status);
  });

  it('says that a page has nothing to do', async () => {
    const { status, stderr } = await run([`${address}/plain`]);
    expect([status, stderr]).toEqual([1, expect.stringContaining('has no links to its own site')]);
  });

  it('is cancelled by Ctrl-C, and leaves no browser', async () => {
    const { status, stderr } = await run([address], /./);
    expect([status, stderr.trim()]).toEqual([130, 'objgraph: stopped']);
    expect(readdirSync(folder).filter((name) => /^objgraph-page-\w{6}$/.test(name))).toEqual([]);
  });
});
