// Whose process is at the other end of a connection on loopback. Linux lists it (proc(5), /proc/net/tcp); elsewhere there is no such source.
import { readFileSync } from 'node:fs';
import type { Socket } from 'node:net';

/** By either byte order; a socket of IPv6 may call an address of IPv4, too. */
const loopback = /^(?:0{16}(?:FFFF0000|0000FFFF))?(?:0100007F|7F000001)$/;

/** The user's number; null where it cannot be known. */
function peerUser({ localPort, remotePort }: Socket): number | null {
  if (process.platform !== 'linux') return null;
  for (const table of ['tcp', 'tcp6']) {
    for (const line of rowsOf(table)) {
      // Its own end comes first: what is remote to us is local there.
      const [, local, remote, , , , , user] = line.trim().split(/\s+/);
      if (isAt(local, remotePort) && isAt(remote, localPort)) return Number(user);
    }
  }
  return null;
}

/** Whether it is another user's than ours and the administrator's, as far as can be known. */
export function isForeign(socket: Socket): boolean {
  const user = peerUser(socket);
  return user !== null && user !== 0 && user !== process.getuid?.();
}

function isAt(end: string | undefined, port: number | undefined): boolean {
  const [address = '', hex = ''] = end?.split(':') ?? [];
  return parseInt(hex, 16) === port && loopback.test(address);
}

function rowsOf(table: string): string[] {
  try {
    return readFileSync(`/proc/net/${table}`, 'utf8').split('\n').slice(1);
  } catch {
    return [];
  }
}
