// Requests that never stop, and visits to the server meanwhile: for the bench and for the test.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import http from 'node:http';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';

const root = resolve(import.meta.dirname, '../..');

/**
 * Attaches to a Python server under load.
 * @returns how many requests were answered and lost, the longest one in milliseconds, and what is left in the process
 */
export async function visitUnderLoad({ python, visits, connections = 4 }) {
  const server = spawn(python, [resolve(root, 'test/bench/programs/python-server.py')], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    const [port] = await once(createInterface({ input: server.stdout }), 'line');
    const before = stateOf(server.pid);
    const load = new Load(Number(port), connections);
    for (let visit = 0; visit < visits; visit++) await attach(server.pid);
    const result = await load.stop();
    // Its threads end with their connections.
    await new Promise((done) => setTimeout(done, 500));
    return { ...result, before, after: stateOf(server.pid), isRunning: server.exitCode === null };
  } finally {
    server.kill('SIGKILL');
  }
}

/** What a visit could leave: files, children, a debugger, folders; and the memory that it has. */
export function stateOf(pid) {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim();
  return {
    files: readdirSync(`/proc/${pid}/fd`).length,
    children: children === '' ? 0 : children.split(' ').length,
    tracer: Number(/^TracerPid:\s*(\d+)/m.exec(status)[1]),
    folders: readdirSync('/tmp').filter((name) => /^objgraph-[\da-f-]{36}$/.test(name)).length,
    resident: Number(/^VmRSS:\s*(\d+)/m.exec(status)[1]) * 1024,
  };
}

async function attach(pid) {
  const command = spawn(
    process.execPath,
    [resolve(root, 'dist/cli.js'), 'types', String(pid), '--limit', '1', '--sort', 'count', '--json'],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  );
  let errors = '';
  command.stderr.on('data', (text) => (errors += text));
  const [status] = await once(command, 'close');
  if (status !== 0) throw new Error(errors);
}

class Load {
  answered = 0;
  lost = [];
  longest = 0;
  #stopped = false;
  #loops;

  constructor(port, connections) {
    this.agent = new http.Agent({ keepAlive: true, maxSockets: connections });
    this.#loops = Array.from({ length: connections }, (_, i) => this.#ask(port, i));
  }

  async stop() {
    this.#stopped = true;
    await Promise.all(this.#loops);
    this.agent.destroy();
    const { answered, lost, longest } = this;
    return { answered, lost, longest: Math.round(longest) };
  }

  async #ask(port, connection) {
    for (let number = 0; !this.#stopped; number++) {
      const start = performance.now();
      try {
        const text = await this.#get(port, `/${connection}/${number % 50}`);
        if (JSON.parse(text).path !== `/${connection}/${number % 50}`) throw new Error(text);
        this.answered++;
      } catch (error) {
        this.lost.push(String(error));
      }
      this.longest = Math.max(this.longest, performance.now() - start);
      await new Promise((done) => setTimeout(done, 10));
    }
  }

  #get(port, path) {
    return new Promise((resolve, reject) => {
      const request = http.get(
        { host: '127.0.0.1', port, path, agent: this.agent, timeout: 30_000 },
        (response) => {
          let text = '';
          response.setEncoding('utf8').on('data', (chunk) => (text += chunk));
          response.on('end', () => (response.statusCode === 200 ? resolve(text) : reject(new Error(text))));
          response.on('error', reject);
        },
      );
      request.on('timeout', () => request.destroy(new Error('no answer in 30 s')));
      request.on('error', reject);
    });
  }
}
