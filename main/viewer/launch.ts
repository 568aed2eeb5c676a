// Shows a file in a window, whichever program hosts it, and in the viewer that is already running if there is one.
import type { ChildProcess } from 'node:child_process';
import type { Socket } from 'node:net';
import { join, parse, resolve } from 'node:path';
import type { Stream } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { messageOf } from '../../shared/errors.ts';
import { ownNode, startProgram, type Program } from '../../shared/programs.ts';
import { findViewerHost, nextViewerHost, type ViewerHost } from '../../shared/viewer-host.ts';
import { describeMismatch, readAppProtocol } from '../../shared/viewer-host/protocol.ts';
import { debug, isDebugging } from '../debug.ts';
import { distFolder } from '../package.ts';
import { notify } from '../terminal.ts';
import { startForViewer } from './chromium-process.ts';
import type { ViewReply } from './door.ts';
import { linesOf, meet, rendezvousOf } from './rendezvous.ts';
import { forCommands, type ViewRequest } from './view-request.ts';

/** The viewer could not show the file; the message says why. */
export class ViewerError extends Error {}

/** There is no program that could show a window here. */
export class NoScreenError extends ViewerError {}

/** The viewer's program did not come up, or does not understand us: another one may. */
class StartError extends ViewerError {}

/** Node, Electron and our code on a slow machine; a viewer that takes longer to listen will not. */
const startTime = 15_000;

/**
 * Opens a window and waits until it is closed, as xdot does; until it is open, where no user waits at the command.
 * @throws NoScreenError where there is none; ViewerError when the window did not open
 */
export async function view(request: ViewRequest, host = findViewerHost()): Promise<void> {
  if (host.kind === 'none') throw new NoScreenError(host.reason);
  if (host.note !== undefined) notify(`${host.note}; ${host.name} opens instead`);
  for (let current = host; ;) {
    try {
      return await show(request, current);
    } catch (error) {
      const next = nextViewerHost(current);
      const isOurs = current.kind === 'app' || current.kind === 'electron';
      if (!isOurs || !(error instanceof StartError) || next.kind === 'none') throw error;
      notify(`${error.message}; ${next.name} opens instead`);
      current = next;
    }
  }
}

async function show(request: ViewRequest, host: ViewerHost): Promise<void> {
  // A viewer that is just ending closes the door in our face: then there is room for a new one.
  for (let attempt = 0; attempt < 3; attempt++) {
    const socket = await reachViewer(host);
    if (await hearOut(socket, request, host)) return;
  }
  throw new ViewerError('the viewer ended before its window opened');
}

/** Asks for the window, and waits for its end; false when the viewer was gone before the window came. */
async function hearOut(socket: Socket, request: ViewRequest, host: ViewerHost): Promise<boolean> {
  socket.on('error', () => socket.destroy());
  let opened = false;
  let asked = false;
  try {
    for await (const line of linesOf(socket)) {
      if (!asked) {
        checkProtocol(line, host);
        socket.write(JSON.stringify(request) + '\n');
        asked = true;
        continue;
      }
      const reply = JSON.parse(line) as ViewReply;
      if ('error' in reply) throw new ViewerError(reply.error);
      if ('closed' in reply) return true;
      opened ||= 'opened' in reply;
      if (!request.attended) return true;
    }
    return opened;
  } finally {
    socket.destroy();
  }
}

/** @throws StartError when an installed app does not understand our requests */
function checkProtocol(line: string, { command }: ViewerHost): void {
  const viewer = readAppProtocol(line);
  if (viewer === null) throw new StartError(`${command} is no viewer of objgraph`);
  const mismatch = describeMismatch(viewer, command);
  if (mismatch !== null) throw new StartError(mismatch);
}

async function reachViewer(host: ViewerHost): Promise<Socket> {
  const place = rendezvousOf(host.kind);
  const running = await meet(place);
  debug('viewer', () => `${running ? 'a viewer is running' : 'starting a viewer'}: ${host.name}`);
  if (running) return running;
  const startAnother = () =>
    host.kind === 'app' || host.kind === 'electron' ? startElectron(host) : startViewer(host);
  let viewer = startAnother();
  const deadline = Date.now() + startTime;
  while (Date.now() < deadline) {
    const socket = await meet(place);
    if (socket) return socket;
    if (viewer.failure !== null) throw new StartError(viewer.failure);
    await sleep(viewer.gaveWay ? 200 : 5);
    // It found another one, which should be there to meet, unless that one was just ending.
    if (viewer.gaveWay) viewer = startAnother();
  }
  throw new StartError(`the viewer did not start within ${startTime / 1000} seconds`);
}

/** A viewer that starts; `failure` says in words why nothing will come of it. */
interface StartingViewer {
  failure: string | null;
  /** It ended in order, because another one was there. */
  gaveWay: boolean;
}

/** The browser takes longest to come up: it is started first. */
function startViewer(host: ViewerHost): StartingViewer {
  const handed = startForViewer(host);
  const args = [join(distFolder, 'viewer.js'), JSON.stringify(host)];
  if (handed) args.push('', JSON.stringify(handed.browser));
  const why = (status: number | null) => `the viewer ended with status ${status}`;
  const viewer = start(ownNode(), args, process.env, why, handed?.ends);
  handed?.letGo();
  return viewer;
}

/** Electron's own process, with our code or the installed app's: it keeps to one itself, too, for files that are opened by the desktop. */
function startElectron({ kind, name, command }: ViewerHost): StartingViewer {
  const extra = (process.env.OBJGRAPH_CHROMIUM_ARGS ?? '').split(' ').filter(Boolean);
  // Set in the terminals of editors that are made with Electron: it would make a plain Node of ours.
  const env = { ...process.env };
  delete env.ELECTRON_RUN_AS_NODE;
  const code = kind === 'app' ? [] : [join(distFolder, 'electron.js')];
  const args = [...extra, ...code, forCommands];
  return start({ name: 'electron', path: command }, args, env, (status, signal) => {
    const outcome = `${name} ended at once with ${signal ?? `status ${status}`}`;
    if (signal !== 'SIGTRAP' && signal !== 'SIGABRT') return outcome;
    // Ubuntu 24.04 denies unprivileged programs the namespaces that Chromium's sandbox is made of.
    return `${outcome}, probably because this system denies it its sandbox (see Electron's documentation: SUID sandbox)`;
  });
}

/** It works in another folder, from which a relative TMPDIR would lead elsewhere. */
const withAbsoluteFolder = (env: NodeJS.ProcessEnv): NodeJS.ProcessEnv =>
  env.TMPDIR ? { ...env, TMPDIR: resolve(env.TMPDIR) } : env;

/**
 * A process of its own, so that Ctrl-C here closes our window alone.
 * @param ends what it has as its file descriptors 3 and following
 */
function start(
  program: Program,
  args: string[],
  env: NodeJS.ProcessEnv,
  why: (status: number | null, signal: NodeJS.Signals | null) => string,
  ends: readonly Stream[] = [],
): StartingViewer {
  const viewer: StartingViewer = { failure: null, gaveWay: false };
  let child: ChildProcess;
  try {
    // It outlives us: it must not keep the folder where we happened to be.
    child = startProgram(program, args, {
      stdio: ['ignore', 'ignore', isDebugging() ? 'inherit' : 'ignore', ...ends],
      detached: true,
      env: withAbsoluteFolder(env),
      cwd: parse(distFolder).root,
    });
  } catch (error) {
    return { failure: messageOf(error), gaveWay: false };
  }
  const cannot = ({ message }: Error) => `${program.path} could not be started (${message})`;
  child.once('error', (error) => (viewer.failure = cannot(error)));
  child.once('exit', (status, signal) => {
    if (status === 0) viewer.gaveWay = true;
    else viewer.failure = why(status, signal);
  });
  child.unref();
  return viewer;
}
