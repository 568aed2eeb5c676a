// A Chromium that runs is stood in for by its socket: windows of a real one are opened in test/e2e.
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { askRunningChromium } from '../../../main/viewer/running-chromium.ts';

let profile: string;
let server: Server | undefined;

beforeEach(() => {
  profile = mkdtempSync(join(tmpdir(), 'objgraph-test-profile-'));
});

afterEach(() => {
  server?.close();
  server = undefined;
  rmSync(profile, { recursive: true, force: true });
});

function listen(answer: (socket: Socket) => void): Promise<void> {
  server = createServer({ allowHalfOpen: true }, answer);
  return new Promise((resolve) => server!.listen(join(profile, 'SingletonSocket'), resolve));
}

it('asks as a second process does, and is answered that it will be done', async () => {
  const asked: string[] = [];
  await listen((socket) => {
    let said = '';
    socket.on('data', (chunk) => (said += String(chunk)));
    socket.on('end', () => {
      asked.push(said);
      socket.end('ACK');
    });
  });
  expect(await askRunningChromium(profile, ['--app=http://127.0.0.1:1/#ticket', '--class=objgraph'])).toBe(
    true,
  );
  expect(asked).toEqual(['START\0/\0chromium\0--app=http://127.0.0.1:1/#ticket\0--class=objgraph']);
});

it('says no where nothing listens', async () => {
  expect(await askRunningChromium(profile, [])).toBe(false);
});

it.each(['SHUTDOWN', ''])('says no when the browser is just ending (%j)', async (answer) => {
  await listen((socket) => void socket.resume().end(answer));
  expect(await askRunningChromium(profile, [])).toBe(false);
});

it('says no when the browser breaks off', async () => {
  await listen((socket) => socket.destroy());
  expect(await askRunningChromium(profile, [])).toBe(false);
});
