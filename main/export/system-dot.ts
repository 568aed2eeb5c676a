// The formats that only a Graphviz of the system writes (pdf, gif, jpg, …): its `dot`, with the graph on standard input.
import { messageOf } from '../../shared/errors.ts';
import { findProgram } from '../../shared/programs.ts';
import type { Engine } from '../../shared/protocol.ts';
import { runLimited, type Limits } from './limited-process.ts';

/** The format cannot be written here; the message says which always can. */
export class RenderError extends Error {}

/** Whether this machine has one. */
export const hasSystemDot = (): boolean => findProgram('dot') !== null;

/** A large graph takes its time; while a window waits for it, its user can cancel it. */
const usual: Limits = { memory: 4 * 2 ** 30, time: 10 * 60_000 };

export interface SystemDotOptions {
  engine: Engine;
  positioned?: boolean;
  limits?: Limits;
  signal?: AbortSignal;
}

/** @throws RenderError when there is no `dot`, or it refuses the graph or the format; the signal's reason */
export async function renderBySystemDot(
  dot: string,
  format: string,
  { engine, positioned = false, limits = usual, signal }: SystemDotOptions,
): Promise<Buffer> {
  if (!/^[\w.:-]+$/.test(format))
    throw new RenderError(`${JSON.stringify(format)} is not a format; ${alwaysWork()}`);
  const graphviz = findProgram('dot');
  if (graphviz === null) throw missing(format);
  const args = [`-T${format}`, ...(positioned ? ['-Kneato', '-n2'] : [`-K${engine}`])];
  // With this variable Graphviz opens no file that a graph names: a stranger's would bring those of the user into the picture.
  const env = { ...process.env, SERVER_NAME: 'objgraph' };
  const run = runLimited(graphviz, args, { input: [dot], env, limits, signal });
  const {
    output,
    complaint: complaints,
    status,
    exceeded,
  } = await run.catch((error: unknown) => {
    signal?.throwIfAborted();
    throw new RenderError(`${graphviz.path} could not be started (${messageOf(error)}); ${alwaysWork()}`);
  });
  if (exceeded === 'time')
    throw new RenderError(`the system's dot took more than ${limits.time / 1000} seconds; ${alwaysWork()}`);
  if (exceeded === 'memory')
    throw new RenderError(
      `the system's dot needed more than ${limits.memory / 2 ** 30} GB of memory; ${alwaysWork()}`,
    );
  if (status === 0 && output.length > 0) return output;
  const [complaint] = complaints.trim().split('\n');
  if (/not recognized/.test(complaint))
    throw new RenderError(`the system's dot cannot write ${format}; ${alwaysWork()}`);
  throw new RenderError(`the system's dot failed: ${complaint || `exit status ${status}`}`);
}

function missing(format: string): RenderError {
  const wanted = format === 'pdf' ? `a browser of Chromium's family or ${program}` : program;
  return new RenderError(`${format} needs ${wanted}, which is not installed; ${alwaysWork()}`);
}

const program = `Graphviz's own program "dot"`;
const alwaysWork = () => 'these formats always work: dot, svg, png, json, xdot';
