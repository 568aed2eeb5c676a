// Where a process listens: /proc of Linux. Elsewhere only a program of the system lists them, so the ports are tried.
import { readdir, readFile, readlink } from 'node:fs/promises';

export interface Listener {
  /** As in a URL: `127.0.0.1`, `[::1]`. */
  host: string;
  port: number;
}

/** A socket of the network that a process sees: it waits for clients, or is connected to one. */
export interface TcpSocket extends Listener {
  isConnected: boolean;
  inode: string;
}

/** `st` of a socket. */
const listening = '0A';
const established = '01';

/** The TCP ports on which a process listens. @throws the system's error when it may not be seen */
export async function listeningPorts(pid: number): Promise<Listener[]> {
  return listenersIn(await tcpSockets(pid), pid);
}

/** Those of some sockets that are the process's own. @throws the system's error when it may not be seen */
export async function listenersIn(sockets: readonly TcpSocket[], pid: number): Promise<Listener[]> {
  const folder = `/proc/${pid}/fd`;
  const links = await Promise.all(
    // A descriptor may be closed while we look.
    (await readdir(folder)).map((name) => readlink(`${folder}/${name}`).catch(() => '')),
  );
  const own = new Set(links.map((link) => /^socket:\[(\d+)\]$/.exec(link)?.[1]).filter(Boolean));
  return sockets
    .filter(({ isConnected, inode }) => !isConnected && own.has(inode))
    .map(({ host, port }) => ({ host, port }));
}

/** Whether anybody listens on a port in the network of a process. */
export async function isPortTaken(pid: number, port: number): Promise<boolean> {
  return (await tcpSockets(pid)).some((socket) => !socket.isConnected && socket.port === port);
}

/** The process that listens on a port in the network of another; null when we may not see it. */
export async function portHolder(pid: number, port: number): Promise<number | null> {
  const sockets = (await tcpSockets(pid)).filter((socket) => socket.port === port);
  for (const name of await readdir('/proc')) {
    const holder = Number(name);
    // It may have ended, or be another user's.
    const own = Number.isInteger(holder) ? await listenersIn(sockets, holder).catch(() => []) : [];
    if (own.length > 0) return holder;
  }
  return null;
}

export async function tcpSockets(pid: number): Promise<TcpSocket[]> {
  const tables = await Promise.all(
    // A system without IPv6 has no such table.
    ['tcp', 'tcp6'].map((table) => readFile(`/proc/${pid}/net/${table}`, 'latin1').catch(() => '')),
  );
  return tables
    .flatMap((table) => table.split('\n').slice(1))
    .map((line) => line.trim().split(/\s+/))
    .filter((fields) => fields[3] === listening || fields[3] === established)
    .map((fields) => {
      const [address, port] = fields[1].split(':');
      const isConnected = fields[3] === established;
      return { host: readAddress(address), port: parseInt(port, 16), isConnected, inode: fields[9] };
    });
}

/** The kernel writes words of four bytes in the machine's order, which is the lesser end first on all that Node runs on. */
function readAddress(hex: string): string {
  const bytes = hex.match(/.{8}/g)!.flatMap((word) => word.match(/../g)!.reverse());
  if (bytes.every((byte) => byte === '00')) return '127.0.0.1';
  if (bytes.length === 4) return bytes.map((byte) => parseInt(byte, 16)).join('.');
  return `[${bytes.join('').match(/.{4}/g)!.join(':')}]`;
}
