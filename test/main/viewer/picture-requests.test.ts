// The library requests a window from a viewer that runs: by a file that one of the two removes.
import { spawn } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { version } from '../../../main/package.ts';
import { Door, type DoorActions } from '../../../main/viewer/door.ts';
import { emptyWindow, type ViewRequest } from '../../../main/viewer/view-request.ts';
import type { ViewerHost } from '../../../shared/viewer-host.ts';
import { requestEnding, requestFolder, requestPicture } from '../../../shared/viewer-host/picture-request.ts';

const library = pathToFileURL(resolve(import.meta.dirname, '../../../dist/index.js')).href;
const viewer = resolve(import.meta.dirname, '../../../dist/viewer.js');

let folder: string;
let door: Door | null;
const opened: ViewRequest[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'objgraph-requests-'));
  vi.stubEnv('XDG_RUNTIME_DIR', folder);
  vi.stubEnv('DISPLAY', ':1');
  opened.length = 0;
  door = null;
});
afterEach(() => {
  door?.close();
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

const openDoor = async (kind = 'chromium'): Promise<void> => {
  const status = () => ({ windows: opened.length, secondsLeft: null });
  const open: DoorActions['open'] = (request, visitor) => {
    opened.push(request);
    visitor.reply({ opened: true });
  };
  door = await Door.of(kind, { open, status, quit: () => {} });
};
const requests = () => requestFolder('chromium', version);
const picture = { path: '/tmp/objgraph-1/graph.dot', editor: null };

/** As the library leaves it. */
function leave(name: string, content: string): string {
  const draft = join(requests(), name);
  const file = draft + requestEnding;
  writeFileSync(draft, content);
  renameSync(draft, file);
  return file;
}

it('opens a window for the picture of another process, which ends at once and starts no other one', async () => {
  await openDoor();
  const temporary = join(folder, 'tmp');
  mkdirSync(temporary);
  const program = `import { showRefs } from ${JSON.stringify(library)}; showRefs([{ a: 1 }]);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', program], {
    // Of a viewer's host it asks for its name alone: were it started, it would be Node.
    env: { ...process.env, TMPDIR: temporary, OBJGRAPH_VIEWER: process.execPath, VISUAL: 'code -w' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout.on('data', (text: Buffer) => (output += text.toString()));
  const status = await new Promise((ended) => child.once('close', ended));
  const file = /^Graph written to (.*)\/graph\.dot/.exec(output)?.[1] ?? output;
  expect(status).toBe(0);
  expect(opened).toEqual([
    { ...emptyWindow, path: join(file, 'graph.dot'), title: 'graph.dot', temporary: true, editor: 'code -w' },
  ]);
  expect(readFileSync(opened[0].path!, 'utf8')).toMatch(/^digraph/);
  expect(readdirSync(requests())).toEqual([]);
});

it('goes to the viewer that runs also from one that started at the same moment, and finds it there', async () => {
  await openDoor('browser');
  const host: ViewerHost = { kind: 'browser', name: 'a browser', command: process.execPath };
  const args = [viewer, JSON.stringify(host), JSON.stringify(picture)];
  const child = spawn(process.execPath, args, { env: process.env, stdio: ['ignore', 'ignore', 'inherit'] });
  expect(await new Promise((ended) => child.once('exit', ended))).toBe(0);
  expect(opened).toEqual([{ ...emptyWindow, path: picture.path, title: 'graph.dot', temporary: true }]);
});

it('opens a window for each of many requests, and one only', async () => {
  await openDoor();
  const paths = Array.from({ length: 50 }, (_, i) => `/tmp/objgraph-${i}/graph.dot`);
  for (const [i, path] of paths.entries()) leave(String(i), JSON.stringify({ ...picture, path }));
  await vi.waitFor(() => expect(opened).toHaveLength(50));
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(opened.map(({ path }) => path).sort()).toEqual([...paths].sort());
  expect(readdirSync(requests())).toEqual([]);
});

it('is withdrawn when nothing takes it: the folder may be that of a viewer that was killed', () => {
  expect(requestPicture('chromium', version, picture)).toBe(false);
  mkdirSync(requests(), { recursive: true, mode: 0o700 });
  chmodSync(dirname(requests()), 0o700);
  expect(requestPicture('chromium', version, picture)).toBe(false);
  expect(readdirSync(requests())).toEqual([]);
});

it('is written to no folder that others can enter', () => {
  mkdirSync(requests(), { recursive: true, mode: 0o700 });
  chmodSync(dirname(requests()), 0o755);
  const before = statSync(requests()).mtimeMs;
  expect(requestPicture('chromium', version, picture)).toBe(false);
  expect(statSync(requests()).mtimeMs).toBe(before);
});

it('is for a viewer of the same display, kind and version', () => {
  const folders = [
    requestFolder('chromium', version),
    requestFolder('electron', version),
    requestFolder('chromium', '0.0.1'),
    requestFolder('chromium', version, { ...process.env, DISPLAY: ':2' }),
  ];
  expect(new Set(folders).size).toBe(4);
  expect(requestFolder('app', '0.0.1')).toBe(requestFolder('app', version));
});

it('is not taken when it is old: its library ended without withdrawing it', async () => {
  mkdirSync(requests(), { recursive: true, mode: 0o700 });
  chmodSync(dirname(requests()), 0o700);
  const old = leave('old', JSON.stringify(picture));
  const fresh = leave('fresh', JSON.stringify({ ...picture, path: '/tmp/objgraph-2/graph.dot' }));
  utimesSync(old, new Date(0), new Date(0));
  await openDoor();
  await vi.waitFor(() => expect(existsSync(fresh)).toBe(false));
  expect(existsSync(old)).toBe(false);
  expect(opened.map(({ path }) => path)).toEqual(['/tmp/objgraph-2/graph.dot']);
});

it.each([
  ['{'],
  ['null'],
  ['{}'],
  [JSON.stringify({ ...picture, path: 'graph.dot' })],
  [JSON.stringify({ ...picture, path: 1 })],
  [JSON.stringify({ ...picture, editor: ['rm'] })],
  [JSON.stringify({ ...picture, editor: 'x'.repeat(2 ** 17) })],
])('opens nothing for %.40s, and takes the next one', async (content) => {
  await openDoor();
  leave('bad', content);
  leave('good', JSON.stringify(picture));
  await vi.waitFor(() => expect(opened).toHaveLength(1));
  expect(opened[0].path).toBe(picture.path);
  await vi.waitFor(() => expect(readdirSync(requests())).toEqual([]));
});

it('ends with the viewer: its folder is gone', async () => {
  await openDoor();
  expect(existsSync(requests())).toBe(true);
  door!.close();
  expect(existsSync(requests())).toBe(false);
});
