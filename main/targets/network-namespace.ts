// Processes in another network: its 127.0.0.1 is not ours. Where rights allow, a helper of ours connects in there, as nsenter
// does; see network_namespaces(7) and setns(2).
import { readlink } from 'node:fs/promises';
import type { Socket } from 'node:net';
import { findProgram, ownNode, startProgram, type Program } from '../../shared/programs.ts';
import type { Route } from './route.ts';
import { TargetError } from './target.ts';

/** Run in a Node of ours inside the namespace: its descriptor 3 is the connection. */
const relay = `const { Socket, connect } = require('node:net');
const [host, port] = process.argv.slice(1);
const ours = new Socket({ fd: 3 });
const theirs = connect({ host, port: Number(port) });
ours.pipe(theirs).pipe(ours);
for (const end of [ours, theirs]) end.on('error', () => process.exit(1)).on('close', () => process.exit());`;

/** In the command line of the helpers: they are not listed as targets. */
export const helperTitle = '--title=objgraph-relay';

/** Whether a process has another network than we have; false where the system does not say. */
export async function isInOtherNetwork(pid: number): Promise<boolean> {
  const [theirs, ours] = await Promise.all([pid, 'self'].map((id) => namespaceOf(id, 'net')));
  return theirs !== null && ours !== null && theirs !== ours;
}

/**
 * Why a process in another network cannot be reached, as far as that is known without trying it; null when it can.
 * Without root's rights, only a namespace of a user of ours can be entered.
 */
export async function networkObstacle(pid: number): Promise<string | null> {
  if (!(await isInOtherNetwork(pid))) return null;
  const mayEnter = process.geteuid?.() === 0 || (await isInOtherUserNamespace(pid));
  return mayEnter && findProgram('nsenter') !== null && canRunHelper() ? null : cannotEnter(pid);
}

/**
 * The way to the ports of a process; undefined for our own network. Nothing is done to the process.
 * @throws TargetError when its network cannot be entered
 */
export async function routeTo(pid: number): Promise<Route | undefined> {
  if (!(await isInOtherNetwork(pid))) return undefined;
  const program = findProgram('nsenter');
  if (program === null || !canRunHelper()) throw new TargetError(cannotEnter(pid));
  const enter = [`--net=/proc/${pid}/ns/net`];
  if (process.geteuid?.() !== 0 && (await isInOtherUserNamespace(pid)))
    enter.unshift(`--user=/proc/${pid}/ns/user`, '--preserve-credentials');
  if (!(await runs(program, [...enter, '--', ownNode().path, '--version'])))
    throw new TargetError(cannotEnter(pid));
  return {
    createConnection({ host, hostname, port }) {
      const target = [host ?? hostname ?? '127.0.0.1', String(port)];
      const helper = [ownNode().path, helperTitle, '-e', relay];
      const child = startProgram(program, [...enter, '--', ...helper, ...target], {
        stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
        env: {},
      });
      const socket = child.stdio[3] as Socket;
      child.on('error', (error) => socket.destroy(error));
      socket.on('close', () => child.kill());
      return socket;
    },
  };
}

function cannotEnter(pid: number): string {
  const how = process.versions.electron ? 'run the objgraph command in it' : 'run objgraph in it, or as root';
  return `process ${pid} runs in another network (a container has one of its own), where its inspector would open: ${how}`;
}

/** The desktop app does not run as Node. */
const canRunHelper = () => process.versions.electron === undefined;

async function isInOtherUserNamespace(pid: number): Promise<boolean> {
  return (await namespaceOf(pid, 'user')) !== (await namespaceOf('self', 'user'));
}

const namespaceOf = (id: number | string, kind: string) =>
  readlink(`/proc/${id}/ns/${kind}`).catch(() => null);

function runs(program: Program, args: readonly string[]): Promise<boolean> {
  return new Promise((resolve) => {
    const child = startProgram(program, args, { stdio: 'ignore', env: {}, timeout: 10_000 });
    child.on('error', () => resolve(false)).on('exit', (status) => resolve(status === 0));
  });
}
