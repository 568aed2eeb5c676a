// Whether an inspector can be closed while clients come in, which opening it again at another port would need: a program opens
// and closes its own, and three clients connect at about the moment in which it closes.
// Usage: node test/soak/inspector-closes.mjs [NODE] [SECONDS]
import { fork } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { WebSocket } from 'ws';

const [node = process.execPath, seconds = '15'] = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), 'objgraph-closes-'));
const program = join(folder, 'program.cjs');
writeFileSync(
  program,
  `const inspector = require('node:inspector');
   const open = () => {
     inspector.open(0, '127.0.0.1');
     process.send({ url: inspector.url(), version: process.version });
   };
   process.on('message', () => { process._debugEnd(); setImmediate(open); });
   open();`,
);

const most = { connect: 6, close: 8, stay: 10 };
const end = Date.now() + 1000 * Number(seconds);
let [closed, version] = [0, ''];
const crashes = {};

function visit(url) {
  const socket = new WebSocket(url, { handshakeTimeout: 2000 });
  socket.on('error', () => {});
  socket.on('open', () => {
    socket.send('{"id":1,"method":"Runtime.enable"}');
    setTimeout(() => socket.terminate(), Math.random() * most.stay);
  });
}

while (Date.now() < end) {
  const child = fork(program, { execPath: node, execArgv: [], stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
  const timer = setTimeout(() => child.kill('SIGKILL'), end - Date.now());
  child.on('message', (message) => {
    ({ version } = message);
    for (let i = 0; i < 3; i++) setTimeout(visit, Math.random() * most.connect, message.url);
    setTimeout(() => {
      closed++;
      if (child.connected) child.send('close', () => {});
    }, Math.random() * most.close);
  });
  const [status, signal] = await new Promise((resolve) => child.on('exit', (...how) => resolve(how)));
  clearTimeout(timer);
  if (signal !== 'SIGKILL') crashes[signal ?? status] = (crashes[signal ?? status] ?? 0) + 1;
}
rmSync(folder, { recursive: true });
console.log(`${version}: closed ${closed} times; ended by`, crashes);
process.exit();
