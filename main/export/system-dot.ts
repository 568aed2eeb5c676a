// The formats that only a Graphviz of the system writes (pdf, gif, jpg, …): its `dot`, with the graph on standard input.
import { text, buffer } from 'node:stream/consumers';
import { findProgram, startProgram } from '../../shared/programs.ts';
import type { Engine } from '../../shared/protocol.ts';

/** The format cannot be written here; the message says which always can. */
export class RenderError extends Error {}

/** Whether this machine has one. */
export const hasSystemDot = (): boolean => findProgram('dot') !== null;

/** @throws RenderError when there is no `dot`, or it refuses the graph or the format */
export async function renderBySystemDot(
  dot: string,
  format: string,
  engine: Engine,
  positioned = false,
  signal?: AbortSignal,
): Promise<Buffer> {
  if (!/^[\w.:-]+$/.test(format))
    throw new RenderError(`${JSON.stringify(format)} is not a format; ${alwaysWork()}`);
  const graphviz = findProgram('dot');
  if (graphviz === null) throw missing(format);
  const args = [`-T${format}`, ...(positioned ? ['-Kneato', '-n2'] : [`-K${engine}`])];
  const child = startProgram(graphviz, args, {
    // With this variable Graphviz opens no file that a graph names: a stranger's would bring those of the user into the picture.
    env: { ...process.env, SERVER_NAME: 'objgraph' },
    signal,
    killSignal: 'SIGKILL',
  });
  const started = new Promise<void>((resolve, reject) => child.once('spawn', resolve).once('error', reject));
  try {
    await started;
  } catch (error) {
    throw new RenderError(
      `${graphviz.path} could not be started (${(error as Error).message}); ${alwaysWork()}`,
    );
  }
  // It may end before it has read all; its words on standard error say why.
  child.stdin.on('error', () => {});
  child.stdin.end(dot);
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  const [data, complaints, status] = await Promise.all([buffer(child.stdout), text(child.stderr), ended]);
  if (status === 0 && data.length > 0) return data;
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
