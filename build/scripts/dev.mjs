// `npm run dev [-- FILE …]`: the viewer with hot reload, on a sample heap or on files of yours. Vite serves the page; the
// page's protocol goes over Vite's own connection to a session of main/, loaded from its sources. A change of the page is
// applied in place; after a change of main/ or shared/ the page is loaded again, with a new session.
import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { createServer } from 'vite';
import { root } from './parts.mjs';

const main = join(root, 'main');
const shared = join(root, 'shared');
const hostModule = '/@objgraph-dev-host';

/** Runs in the page before it: the host that it finds, in place of Electron's bridge. */
const hostCode = `
window.objgraphHost = {
  send: (message) => import.meta.hot.send('objgraph:request', message),
  receive: (listener) => import.meta.hot.on('objgraph:message', listener),
};`;

/** A service that leaks its sessions, at two moments. */
const sample = `
const { EventEmitter } = require('node:events');
const { writeHeapSnapshot } = require('node:v8');
class User { constructor(id) { this.id = id; this.name = 'user-' + id } }
class Session { constructor(user) { this.user = user; this.cart = [{ item: 'book', price: 12 }] } }
const sessions = new Map();
const bus = new EventEmitter().setMaxListeners(0);
for (const file of process.argv.slice(1)) {
  for (let i = 0; i < 2000; i++) {
    const session = new Session(new User(sessions.size));
    sessions.set('session-' + sessions.size, session);
    bus.on('news', () => session.user.name);
  }
  writeHeapSnapshot(file);
}
module.exports = { sessions, bus };`;

function sampleHeaps() {
  const folder = join(root, 'test-results/dev');
  mkdirSync(folder, { recursive: true });
  const files = ['before', 'after'].map((name) => join(folder, `${name}.heapsnapshot`));
  execFileSync(process.execPath, ['-e', sample, ...files]);
  return files;
}

/** The threads run from dist/, also here. */
const buildThreads = () =>
  execFileSync(
    process.execPath,
    [join(import.meta.dirname, 'build.mjs'), '--changed', '--quiet', '--only', 'node'],
    {
      stdio: 'inherit',
    },
  );

/** One page, one session. */
const sessions = new Map();

async function openSession(server, client, files) {
  const load = (file) => server.ssrLoadModule(join(main, file));
  const { Session } = await load('viewer/session.ts');
  const { openRequested } = await load('viewer/window-documents.ts');
  const { emptyWindow } = await load('viewer/view-request.ts');
  const isHeap = (file) => /\.(heapsnapshot|heaptimeline)(\.gz)?$/.test(file);
  const path = files.find((file) => !isHeap(file)) ?? null;
  const request = {
    ...emptyWindow,
    path,
    title: basename(path ?? 'objgraph'),
    snapshots: files.filter(isHeap),
  };
  return new Session(openRequested(request), {
    send: (message) => client.send('objgraph:message', message),
    openLink: async (url) => console.log(`The page opens ${url}`),
    chooseFile: async () => {
      console.log(
        'There is no file dialog here: drop a file into the window, or name it after npm run dev --',
      );
      return null;
    },
    openWindow: (another) => console.log(`Another window: npm run dev -- ${another.path ?? ''}`),
    closeWindow: () => console.log('The page closes itself; Ctrl-C ends the server'),
  });
}

const objgraphHost = (files) => ({
  name: 'objgraph-host',
  resolveId: (id) => (id === hostModule ? id : null),
  load: (id) => (id === hostModule ? hostCode : null),
  transformIndexHtml: () => [
    { tag: 'script', attrs: { type: 'module', src: hostModule }, injectTo: 'head-prepend' },
  ],
  configureServer(server) {
    server.ws.on('objgraph:request', async (message, client) => {
      if (!sessions.has(client)) sessions.set(client, openSession(server, client, files));
      const session = await sessions.get(client);
      await session.receive(message);
    });
    server.ws.on('vite:client:disconnect', async (_data, client) => {
      const session = await sessions.get(client);
      sessions.delete(client);
      await session?.dispose();
    });
    server.watcher.add([main, shared]).on('change', (file) => {
      if (!file.startsWith(main) && !file.startsWith(shared)) return;
      buildThreads();
      server.moduleGraph.invalidateAll();
      server.ws.send({ type: 'full-reload' });
    });
  },
});

const named = process.argv.slice(2).map((file) => resolve(file));
buildThreads();
const server = await createServer({
  configFile: join(root, 'build/renderer.config.ts'),
  plugins: [objgraphHost(named.length > 0 ? named : sampleHeaps())],
  server: {
    host: '127.0.0.1',
    open: Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY || process.platform !== 'linux'),
    fs: { allow: [root] },
  },
});
await server.listen();
server.printUrls();
console.log(
  '  A change of the page is applied in place; one of main/ or shared/ loads it again. Ctrl-C ends.',
);
