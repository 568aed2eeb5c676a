// Ways to a picture of a graph whose layout takes too long.
import { RenderError, renderBySystemDot } from '../export/system-dot.ts';
import type { Engine } from '../../shared/protocol.ts';
import { graphsIn } from './graphs.ts';
import { LayoutError } from './layout.ts';

/**
 * Straight edges, and a bound on the two searches of `dot` that take most of its time (a real graph of 500 objects: 0.17 s
 * instead of 2.1 s); for the spring models fewer rounds.
 */
const settings = 'splines=line; nslimit=0.5; nslimit1=0.5; mclimit=0.1; maxiter=100;';

export const settingsNote =
  'Laid out with faster settings than the file asks for: straight edges, more of them crossing';
export const systemNote = 'Laid out by the Graphviz of this system, whose letters may be wider or narrower';

/** The last attribute counts: one before the closing brace overrules what the author wrote. */
export function withFasterSettings(dot: string): string {
  const { end } = graphsIn(dot)[0];
  return end === null ? dot : `${dot.slice(0, end)}\n${settings}\n${dot.slice(end)}`;
}

/**
 * The same graph with the positions that the system's `dot` gives it: a program of the machine itself is faster than
 * WebAssembly, and has all memory.
 * @throws LayoutError in words; the signal's reason when it was aborted
 */
export async function laidOutBySystem(dot: string, engine: Engine, signal: AbortSignal): Promise<string> {
  try {
    return (await renderBySystemDot(dot, 'dot', { engine, signal })).toString();
  } catch (error) {
    signal.throwIfAborted();
    throw error instanceof RenderError ? new LayoutError('failed', error.message) : error;
  }
}
