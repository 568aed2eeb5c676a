// A page in a real Chromium fetches the source maps of its scripts: only when that is asked for, and from its own origin only.
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { transformSync } from 'esbuild';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { setMapFolders } from '../../../main/source-maps/settings.ts';
import { HeapAnalysis } from '../../../shared/heap/analysis.ts';
import { read, startPage } from './programs.ts';

/** Requests of each server, by path. */
const asked = { own: [] as string[], other: [] as string[] };
const servers: Server[] = [];
let end = async () => {};
let address = '';

const scriptOf = (name: string) =>
  transformSync(
    `class ${name} { constructor() { this.name = '${name}'; } }\nglobalThis.kept${name} = [1, 2, 3].map(() => new ${name}());`,
    { minify: true, sourcemap: 'external', sourcefile: `${name}.ts`, format: 'iife' },
  );
const own = scriptOf('OwnClass');
const foreign = scriptOf('ForeignClass');
const redirected = scriptOf('RedirectedClass');

function serve(requests: string[], answers: () => Record<string, string>): Promise<Server> {
  const server = createServer((request, response) => {
    const path = request.url ?? '/';
    requests.push(path);
    if (path === '/moved.map') {
      response.writeHead(302, { location: answers()[path] }).end();
      return;
    }
    response.setHeader('content-type', path.endsWith('.js') ? 'text/javascript' : 'text/html');
    // The page of the other origin would let everyone read its maps.
    response.setHeader('access-control-allow-origin', '*');
    response.end(answers()[path] ?? '');
  });
  servers.push(server);
  return once(server.listen(0, '127.0.0.1'), 'listening').then(() => server);
}
const portOf = (server: Server) => (server.address() as AddressInfo).port;

beforeAll(async () => {
  const other = await serve(asked.other, () => ({
    '/foreign.map': foreign.map,
    '/moved.map': redirected.map,
  }));
  const elsewhere = `http://127.0.0.1:${portOf(other)}`;
  const page = await serve(asked.own, () => ({
    '/': '<title>A shop</title><script src="own.js"></script><script src="foreign.js"></script><script src="moved.js"></script>',
    '/own.js': `${own.code}//# sourceMappingURL=own.map`,
    '/own.map': own.map,
    '/foreign.js': `${foreign.code}//# sourceMappingURL=${elsewhere}/foreign.map`,
    '/moved.js': `${redirected.code}//# sourceMappingURL=moved.map`,
    '/moved.map': `${elsewhere}/foreign.map`,
  }));
  const browser = await startPage('<title>A browser</title>');
  end = browser.end;
  const opened = await fetch(`http://${browser.place}/json/new?http://127.0.0.1:${portOf(page)}/`, {
    method: 'PUT',
  });
  address = ((await opened.json()) as { webSocketDebuggerUrl: string }).webSocketDebuggerUrl;
  await vi.waitFor(() => expect(asked.own).toContain('/moved.js'), { timeout: 60_000, interval: 100 });
}, 120_000);
afterAll(async () => {
  setMapFolders([]);
  await end();
  for (const server of servers) server.close();
});

const classNames = async () => new HeapAnalysis(await read(address)).classes.list.map(({ name }) => name);
const maps = (requests: string[]) => requests.filter((path) => path.endsWith('.map'));

it('fetches nothing when nothing is asked for', async () => {
  expect(await classNames()).not.toContain('OwnClass');
  expect([maps(asked.own), maps(asked.other)]).toEqual([[], []]);
});

it('fetches the maps of its own origin when they are asked for, and none of another one', async () => {
  setMapFolders([], true);
  const names = await classNames();
  expect(names).toContain('OwnClass');
  expect(names).not.toContain('ForeignClass');
  expect(maps(asked.own).toSorted()).toEqual(['/moved.map', '/own.map']);
  expect(asked.other).toEqual([]);
});
