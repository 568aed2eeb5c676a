// What every command is: its help, and what it does with its arguments.

export interface Command {
  /** Begins with the lines of its usage. */
  help: string;
  /** @throws UsageError for a wrong command line; what else goes wrong, see `runCommand` */
  run(args: string[]): Promise<void>;
}

/** In the help of every command that reads heaps. */
export const sourceHelp = `SOURCE is one of
  FILE                            a .heapsnapshot or .heaptimeline, gzipped or not
  -                               the same on standard input
  PID                             a Node process: it stands still while its heap is written; or a Python process,
                                  through gdb: it waits for milliseconds
  HOST:PORT, ws://…               the inspector of Node, Deno or Chromium
A PID without an open inspector gets SIGUSR1, at which Node opens one on 127.0.0.1; only what is proved to be Node gets it. A
program with its own handler for SIGUSR1 runs that handler, even if it ends by it: start it with --inspect. While the
inspector is open, every user of this machine can run code in the process through it; objgraph closes it when it is done.
A # and a number behind a PID or an address ask that worker thread (1234#1).
`;
