// Shows a file in a window, whichever program hosts it, and in the viewer that is already running if there is one.
import { spawn, type ChildProcess } from 'node:child_process';
import type { Socket } from 'node:net';
import { join, parse } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { findViewerHost, type ViewerHost } from '../../shared/viewer-host.ts';
import { distFolder } from '../package.ts';
import type { ViewReply } from './chromium-host.ts';
import { meet, rendezvousOf } from './rendezvous.ts';
import type { ViewRequest } from './view-request.ts';

/** The viewer could not show the file; the message says why. */
export class ViewerError extends Error {}

/** There is no program that could show a window here. */
export class NoScreenError extends ViewerError {}

/** Node and our code on a slow machine; a viewer that takes longer to listen will not. */
const startTime = 15_000;

/** One that ends sooner than this never showed a window. */
const electronStartTime = 3000;

/**
 * Opens a window and waits until it is closed, as xdot does; until it is open, where nobody sits in front of the command.
 * @throws NoScreenError where there is none; ViewerError when the window did not open
 */
export async function view(request: ViewRequest, host = findViewerHost()): Promise<void> {
  if (host.kind === 'none') throw new NoScreenError('there is no screen to show a window on');
  if (host.kind !== 'electron') return viewInBrowser(request, host);
  const failure = await viewInElectron(request, host);
  if (failure === null) return;
  const next = browserInstead();
  if (next.kind === 'none') throw new ViewerError(failure);
  process.stderr.write(`${failure}; ${next.name} opens instead\n`);
  await viewInBrowser(request, next);
}

/** Electron keeps to one process itself, and hands a second start over to the first. Gives the reason when it did not start. */
async function viewInElectron(request: ViewRequest, { command }: ViewerHost): Promise<string | null> {
  const child = spawn(command, [join(distFolder, 'electron.js'), JSON.stringify(request)], {
    stdio: ['ignore', 'ignore', request.attended ? 'inherit' : 'ignore'],
    detached: !request.attended,
  });
  const ended = new Promise<string | null>((resolve) => {
    child.once('error', (error) => resolve(`Electron could not be started (${error.message})`));
    child.once('exit', (status, signal) => resolve(status === 0 ? null : whyElectronEnded(status, signal)));
  });
  const started = sleep(electronStartTime, null, { ref: false });
  const early = await Promise.race([ended, started]);
  if (!request.attended) child.unref();
  else if (early === null) await ended;
  return early;
}

function whyElectronEnded(status: number | null, signal: NodeJS.Signals | null): string {
  const outcome = `Electron ended at once with ${signal ?? `status ${status}`}`;
  if (signal !== 'SIGTRAP' && signal !== 'SIGABRT') return outcome;
  // Ubuntu 24.04 denies unprivileged programs the namespaces that Chromium's sandbox is made of.
  return `${outcome}, probably because this system denies it its sandbox (see Electron's documentation: SUID sandbox)`;
}

function browserInstead(): ViewerHost {
  const chromium = findViewerHost({ ...process.env, OBJGRAPH_VIEWER: 'chromium' });
  return chromium.kind === 'none' ? findViewerHost({ ...process.env, OBJGRAPH_VIEWER: 'browser' }) : chromium;
}

async function viewInBrowser(request: ViewRequest, host: ViewerHost): Promise<void> {
  // A viewer that is just ending closes the door in our face: then there is room for a new one.
  for (let attempt = 0; attempt < 3; attempt++) {
    const socket = await reachViewer(host);
    socket.write(JSON.stringify(request) + '\n');
    if (await hearOut(socket, request)) return;
  }
  throw new ViewerError('the viewer ended before its window opened');
}

/** Waits for the window's end; false when the viewer was gone before the window came. */
async function hearOut(socket: Socket, request: ViewRequest): Promise<boolean> {
  socket.on('error', () => socket.destroy());
  let opened = false;
  try {
    for await (const line of createInterface({ input: socket, crlfDelay: Infinity })) {
      const reply = JSON.parse(line) as ViewReply;
      if ('error' in reply) throw new ViewerError(reply.error);
      if ('closed' in reply) return true;
      opened = true;
      if (!request.attended) return true;
    }
    return opened;
  } finally {
    socket.destroy();
  }
}

async function reachViewer(host: ViewerHost): Promise<Socket> {
  const place = rendezvousOf(host.kind);
  const running = await meet(place);
  if (running) return running;
  const viewer = startViewer(host);
  const deadline = Date.now() + startTime;
  while (Date.now() < deadline) {
    const socket = await meet(place);
    if (socket) return socket;
    // One that found another viewer ends with 0, and the other one is there to meet.
    if (viewer.exitCode) throw new ViewerError(`the viewer ended with status ${viewer.exitCode}`);
    await sleep(5);
  }
  throw new ViewerError(`the viewer did not start within ${startTime / 1000} seconds`);
}

/** A process of its own, so that Ctrl-C here closes our window and nobody else's. */
function startViewer(host: ViewerHost): ChildProcess {
  const child = spawn(process.execPath, [join(distFolder, 'viewer.js'), JSON.stringify(host)], {
    stdio: 'ignore',
    detached: true,
    // It outlives us: it must not keep the folder where we happened to be.
    cwd: parse(distFolder).root,
  });
  child.on('error', () => {});
  child.unref();
  return child;
}
