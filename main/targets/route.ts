// The way to a port of a process: that of this machine, or one inside the network namespace of a container.
import type { Duplex } from 'node:stream';

export interface Route {
  /** As `http.request` and `ws` call it. */
  createConnection(options: {
    host?: string | null;
    hostname?: string | null;
    port?: number | string | null;
  }): Duplex;
}
