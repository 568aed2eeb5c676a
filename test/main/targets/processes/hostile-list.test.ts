// `objgraph ps` among inspectors of strangers: its list is complete, in time, and Ctrl-C ends it at once.
import { execFileSync, spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { endPrograms, freePort, leaking, root, start, track } from '../programs.ts';

const folder = mkdtempSync(join(tmpdir(), 'objgraph-list-'));
afterAll(() => rmSync(folder, { recursive: true }));
afterEach(endPrograms);

const objgraph = (...args: string[]): ChildProcessWithoutNullStreams =>
  track(spawn(process.execPath, [join(root, 'dist/cli.js'), ...args]));

/**
 * A program whose arguments promise an inspector, in whose place it answers otherwise. It writes a line for each question.
 * @param list statements that answer /json/list: `response` and, of its own address, `place`
 * @param message statements for each message of a WebSocket: `socket` and `request`
 */
async function startEvil(list: string, message = ''): Promise<{ pid: number; asked: Promise<unknown> }> {
  const port = await freePort();
  const ws = join(root, 'node_modules/ws/index.js');
  const code = `
    const place = '127.0.0.1:${port}';
    const offer = (more) => JSON.stringify([{ id: 'x', type: 'node', title: 'evil', url: 'file:///evil.js', webSocketDebuggerUrl: 'ws://' + place + '/x', ...more }]);
    const server = require('node:http').createServer((request, response) => {
      response.on('error', () => {});
      console.log(request.url);
      if (request.url === '/json/version') return response.end('{"Browser":"node.js/v20.1.1"}');
      ${list}
    }).listen(${port}, '127.0.0.1', () => console.log('ready'));
    new (require(${JSON.stringify(ws)}).WebSocketServer)({ server }).on('connection', (socket) => {
      socket.on('error', () => {});
      socket.on('message', (data) => { const request = JSON.parse(data); console.log(request.method); ${message} });
    });`;
  const child = track(
    spawn(process.execPath, ['-e', code, 'evil', `--inspect=${port}`], {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...process.env, NODE_OPTIONS: '' },
    }),
  );
  await once(child.stdout, 'data');
  return { pid: child.pid!, asked: once(child.stdout, 'data') };
}

const endless = `response.write('['); const more = () => { while (response.write(' '.repeat(65536))); response.once('drain', more) }; more();`;

interface Row {
  pid: number;
  kind: string;
}

async function listed(): Promise<{ rows: Row[]; complaint: string; status: unknown }> {
  const ps = objgraph('ps', '--json');
  let [out, complaint] = ['', ''];
  ps.stdout.on('data', (data: Buffer) => (out += data.toString()));
  ps.stderr.on('data', (data: Buffer) => (complaint += data.toString()));
  const [status] = (await once(ps, 'close')) as [unknown];
  return { rows: (JSON.parse(out) as { targets: Row[] }).targets, complaint, status };
}

describe.skipIf(process.platform !== 'linux')('the list of processes', () => {
  const evils: [what: string, list: string, message?: string][] = [
    ['lists null', "response.end('[null]')"],
    ['lists without end', endless],
    ['does not answer', ''],
    ['answers byte by byte', "setInterval(() => response.write(' '), 50)"],
    ['breaks off', "response.write('[{'); setTimeout(() => response.destroy(), 50)"],
    ['lists itself 5000 times', 'response.end(JSON.stringify(Array(5000).fill(JSON.parse(offer({}))[0])))'],
    ['lists fields of other types', 'response.end(offer({ id: 7, title: {}, type: [], url: null }))'],
    ['leads to an address that is none', "response.end(offer({ webSocketDebuggerUrl: 'ws://%/' }))"],
    ['is silent behind its list', 'response.end(offer({}))'],
    [
      'answers without end behind its list',
      'response.end(offer({}))',
      "const more = () => socket.readyState === 1 && socket.send('x'.repeat(65536), more); more()",
    ],
    ['sends 100 MB behind its list', 'response.end(offer({}))', 'socket.send(Buffer.alloc(1e8, 32))'],
    ['answers null behind its list', 'response.end(offer({}))', "socket.send('null')"],
    [
      'repeats each answer',
      'response.end(offer({}))',
      'for (let i = 0; i < 100; i++) socket.send(JSON.stringify({ id: request.id, result: {} }))',
    ],
    [
      'says that workers are there that are none',
      'response.end(offer({}))',
      "socket.send(JSON.stringify({ method: 'NodeWorker.attachedToWorker', params: { sessionId: {}, workerInfo: null } })); socket.send(JSON.stringify({ id: request.id, result: {} }))",
    ],
    [
      'says that 100,000 workers are there',
      'response.end(offer({}))',
      "for (let i = 0; i < 1e5; i++) socket.send(JSON.stringify({ method: 'NodeWorker.attachedToWorker', params: { sessionId: String(i), workerInfo: { workerId: String(i), title: 'w', url: '' } } })); socket.send(JSON.stringify({ id: request.id, result: {} }))",
    ],
    ['closes at each question', 'response.end(offer({}))', 'socket.terminate()'],
  ];

  it('is complete among inspectors that lie, are silent, never end, and break off', async () => {
    const honest = await start(leaking);
    const started = await Promise.all(evils.map(([, list, message]) => startEvil(list, message)));
    const { rows, complaint, status } = await listed();
    expect({ complaint, status }).toEqual({ complaint: '', status: 0 });
    expect(rows.filter(({ pid, kind }) => pid === honest.pid && kind === 'process')).toHaveLength(1);
    const missing = evils.filter((_evil, i) => !rows.some(({ pid }) => pid === started[i].pid));
    expect(missing.map(([what]) => what)).toEqual([]);
  });

  it.each<[string, string, string?]>([
    ['lists without end', endless],
    ['does not answer', ''],
    ['is silent behind its list', 'response.end(offer({}))'],
    [
      'answers without end behind its list',
      'response.end(offer({}))',
      "const more = () => socket.readyState === 1 && socket.send('x'.repeat(65536), more); more()",
    ],
  ])('ends at once by Ctrl-C while an inspector %s', async (_what, list, message) => {
    const evil = await startEvil(list, message);
    const ps = objgraph('ps');
    await evil.asked;
    ps.kill('SIGINT');
    expect(await once(ps, 'close')).toEqual([null, 'SIGINT']);
  });

  it('ends at once by Ctrl-C while the folder of a process has a pipe in the place of its package.json', async () => {
    execFileSync('mkfifo', [join(folder, 'package.json')]);
    await start(leaking, { cwd: folder });
    const evil = await startEvil('');
    const ps = objgraph('ps');
    await evil.asked;
    ps.kill('SIGINT');
    expect(await once(ps, 'close')).toEqual([null, 'SIGINT']);
  });
});
