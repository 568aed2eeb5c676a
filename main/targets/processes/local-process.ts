// One process of this machine that could be attached to.
import type { Listener } from '../listening-ports.ts';

export interface LocalProcess {
  pid: number;
  /** The name of its runtime. */
  runtime: string;
  /** Absolute. */
  program: string;
  /** The command line, the program first. */
  args: string[];
  /** Where the system shows it; null to look elsewhere. */
  version?: string | null;
  folder: string | null;
  /** Seconds. */
  uptime: number | null;
  /** Bytes of resident memory. */
  memory: number | null;
  /** How many; 0 where the system is not asked. */
  threads: number;
  /** Where it listens; empty when we may not see it. */
  listeners: ListenerInUse[];
  /** Why it cannot be attached to, as far as the system shows. */
  obstacle: string | null;
  /** The root of its file system, as we see it: a container has another one. */
  root: string;
}

export interface ListenerInUse extends Listener {
  /** Whether a client is connected to it; null where it is not known. */
  isInUse: boolean | null;
}
