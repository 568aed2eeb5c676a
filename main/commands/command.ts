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
A # and a number behind a PID or an address ask that worker thread (1234#1).
`;
