import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { attend, meet, rendezvousOf } from '../../../main/viewer/rendezvous.ts';

let folder: string;
let env: NodeJS.ProcessEnv;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'objgraph-meet-'));
  env = { XDG_RUNTIME_DIR: folder, DISPLAY: ':1' };
});
afterEach(() => rmSync(folder, { recursive: true }));

it('is one place for a user, a display and a kind of host, in a private folder', () => {
  const place = rendezvousOf('chromium', env);
  expect(rendezvousOf('chromium', env)).toEqual(place);
  expect(rendezvousOf('chromium', { ...env, DISPLAY: ':2' })).not.toEqual(place);
  expect(rendezvousOf('browser', env)).not.toEqual(place);
  expect(dirname(place.address)).toBe(join(folder, 'objgraph'));
  expect(statSync(dirname(place.address)).mode & 0o777).toBe(0o700);
});

it('makes no folder for temporary files where there is none, and says so', () => {
  const missing = join(folder, 'none');
  vi.stubEnv('TMPDIR', missing);
  expect(() => rendezvousOf('chromium', {})).toThrow(
    `The temporary folder ${missing} cannot be used: it does not exist. Set TMPDIR to another one`,
  );
  expect(existsSync(missing)).toBe(false);
  vi.unstubAllEnvs();
});

it('refuses a folder that others can enter, and one that is a link', () => {
  mkdirSync(join(folder, 'objgraph'));
  chmodSync(join(folder, 'objgraph'), 0o755);
  expect(() => rendezvousOf('chromium', env)).toThrow(/is not private to you/);
  rmSync(join(folder, 'objgraph'), { recursive: true });
  mkdirSync(join(folder, 'elsewhere'), { mode: 0o700 });
  symlinkSync(join(folder, 'elsewhere'), join(folder, 'objgraph'));
  expect(() => rendezvousOf('chromium', env)).toThrow(/is not private to you/);
});

it('brings two together, and knows when no viewer is there', async () => {
  const place = rendezvousOf('chromium', env);
  expect(await meet(place)).toBeNull();
  const server = await attend(place, (socket) => socket.end('hello'));
  const socket = await meet(place);
  const [word] = (await socket!.setEncoding('utf8').toArray()) as string[];
  expect(word).toBe('hello');
  expect(await attend(place, () => {})).toBeNull();
  server!.close();
});

it('is given to one of many that come at the same moment', async () => {
  const place = rendezvousOf('chromium', env);
  const servers = await Promise.all(
    Array.from({ length: 8 }, () => attend(place, (socket) => socket.destroy())),
  );
  const [winner, ...others] = servers.filter((server) => server !== null);
  expect(others).toEqual([]);
  winner?.close();
});

it('is taken over from one that was killed, with or without the lock', async () => {
  const place = rendezvousOf('chromium', env);
  writeFileSync(place.address, '');
  mkdirSync(place.lock);
  utimesSync(place.lock, new Date(0), new Date(0));
  const server = await attend(place, (socket) => socket.destroy());
  expect(server).not.toBeNull();
  server?.close();
});
