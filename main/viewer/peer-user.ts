// Whose process is at the other end of a connection on loopback. Linux says it in its files (proc(5), /proc/net/tcp), macOS by
// lsof. Windows does not, and shows the command line of a process, with the address of a window, to its own user only.
import { readFile } from 'node:fs/promises';
import type { Socket } from 'node:net';
import { findProgram, outputOf } from '../../shared/programs.ts';

/** By either byte order; a socket of IPv6 may call an address of IPv4, too. */
const loopback = /^(?:0{16}(?:FFFF0000|0000FFFF))?(?:0100007F|7F000001)$/;
const lsofTime = 5000;

type Ports = Pick<Socket, 'localPort' | 'remotePort'>;

/**
 * Those connections whose other end is another user's than ours and the administrator's, as far as the system's files say it:
 * one look at them for all connections.
 */
export async function foreignAmong<T extends Ports>(sockets: readonly T[]): Promise<T[]> {
  const users = await usersOfEnds();
  return sockets.filter(({ localPort, remotePort }) => {
    const user = users.get(`${remotePort}-${localPort}`);
    return user !== undefined && user !== 0 && user !== process.getuid?.();
  });
}

/** Whether the other end is another user's; on macOS by a program of the system. */
export async function isForeign(socket: Ports): Promise<boolean> {
  if (process.platform !== 'darwin') return (await foreignAmong([socket])).length > 0;
  const lsof = findProgram('lsof');
  if (lsof === null) return false;
  const own = ['-a', '-u', String(process.getuid!()), `-iTCP:${socket.remotePort}`];
  return isForeignIn(await outputOf(lsof, ['-nP', ...own, '-Fn'], lsofTime), socket);
}

/**
 * Whether a list of this user's sockets has our end of a connection, and not the other one.
 * @param output of `lsof -Fn`: one line has both ends of a connection, its own end first
 */
export function isForeignIn(output: string, { localPort, remotePort }: Ports): boolean {
  const lines = new Set(output.split('\n'));
  const end = (from?: number, to?: number) => lines.has(`n127.0.0.1:${from}->127.0.0.1:${to}`);
  return end(localPort, remotePort) && !end(remotePort, localPort);
}

/** The user of each end of a connection on loopback, by its own port and that of the other end. */
async function usersOfEnds(): Promise<Map<string, number>> {
  const users = new Map<string, number>();
  if (process.platform !== 'linux') return users;
  for (const table of ['tcp', 'tcp6']) {
    const text = await readFile(`/proc/net/${table}`, 'utf8').catch(() => '');
    for (const line of text.split('\n').slice(1)) {
      const [, local, remote, , , , , user] = line.trim().split(/\s+/);
      const [from, to] = [portOf(local), portOf(remote)];
      if (from !== null && to !== null) users.set(`${from}-${to}`, Number(user));
    }
  }
  return users;
}

/** Null for an address that is not of loopback. */
function portOf(end = ''): number | null {
  const [address, hex] = end.split(':');
  return hex !== undefined && loopback.test(address) ? parseInt(hex, 16) : null;
}
