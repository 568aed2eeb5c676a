// A socket beside the app's settings: a second start speaks to the first by it, and tests do what a user's hands would.
import { createServer, connect } from 'node:net';
import { existsSync, rmSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { join } from 'node:path';

type Handler = (params: never) => unknown;

const handlers: Record<string, Handler> = {};
const address = (userData: string) => join(userData, 'test-host.sock');

export function handle(added: Record<string, Handler>): void {
  Object.assign(handlers, added);
}

export function listen(userData: string): void {
  rmSync(address(userData), { force: true });
  const server = createServer(async (socket) => {
    socket.on('error', () => socket.destroy());
    for await (const line of createInterface({ input: socket })) {
      const { method, params } = JSON.parse(line) as { method: string; params: never };
      try {
        const result = (await handlers[method](params)) ?? null;
        socket.end(JSON.stringify({ result }) + '\n');
      } catch (error) {
        socket.end(JSON.stringify({ error: String(error) }) + '\n');
      }
    }
  });
  server.listen(address(userData)).unref();
  process.once('exit', () => rmSync(address(userData), { force: true }));
}

/** Asks a host that runs, and waits for one that is only starting. */
export async function ask(userData: string, method: string, params: unknown = null): Promise<unknown> {
  const path = address(userData);
  const deadline = Date.now() + 20_000;
  while (!existsSync(path)) {
    if (Date.now() > deadline) throw new Error(`Nothing listens at ${path}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  const socket = connect(path);
  socket.write(JSON.stringify({ method, params }) + '\n');
  const text = (await socket.setEncoding('utf8').toArray()).join('');
  const { result, error } = JSON.parse(text) as { result?: unknown; error?: string };
  if (error !== undefined) throw new Error(error);
  return result;
}
