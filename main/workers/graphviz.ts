// Graphviz, compiled to WebAssembly: one layout, its errors and its warnings in words. Blocks the thread it runs in.
import { Graphviz, type Engine as WasmEngine, type Format as WasmFormat } from '@hpcc-js/wasm-graphviz';
import type { Engine } from '../../shared/protocol.ts';

/** What Graphviz writes without help from outside. */
export const graphvizFormats = [
  ...['svg', 'dot', 'gv', 'json', 'json0', 'xdot', 'xdot1.2', 'xdot1.4', 'xdot_json', 'dot_json', 'canon'],
  ...['plain', 'plain-ext', 'ps', 'ps2', 'eps', 'fig', 'pic', 'pov', 'tk', 'svg_inline'],
  ...['cmap', 'cmapx', 'cmapx_np', 'imap', 'imap_np', 'ismap'],
] as const;
export type GraphvizFormat = (typeof graphvizFormats)[number];

export interface LayoutRequest {
  /** The graph as DOT, already decoded. */
  dot: string;
  format: GraphvizFormat;
  engine: Engine;
  /** The positions in the DOT are kept as they are (xdot's -n). */
  positioned?: boolean;
}

export interface LayoutOutput {
  output: string;
  warnings: string[];
}

/** Graphviz refused the graph; the message is Graphviz's, for example `syntax error in line 3 near '}'`. */
export class GraphvizError extends Error {}

/** Loads Graphviz and lays a tiny graph out, so that the first real layout runs warm. */
export async function warmGraphviz(): Promise<void> {
  (await Graphviz.load()).layout('digraph { a -> b }', 'json', 'dot');
}

/**
 * Lays one graph out.
 * @throws GraphvizError when it is no graph, has none, or Graphviz cannot draw it
 */
export async function runGraphviz(request: LayoutRequest): Promise<LayoutOutput> {
  // After an error the package forgets its instance, since Graphviz may be in disorder: load() then makes a new one.
  const graphviz = await Graphviz.load();
  const engine: WasmEngine = request.positioned ? 'neato' : request.engine;
  let output: string;
  try {
    output = graphviz.layout(
      request.dot,
      request.format as WasmFormat,
      engine,
      request.positioned ? { nop: 2 } : {},
    );
  } catch (error) {
    throw new GraphvizError(explain(error));
  }
  if (output === '') throw new GraphvizError('no graph in it');
  const complaint = lastComplaint(graphviz);
  if (complaint.includes('-n flag')) {
    throw new GraphvizError(
      'its nodes have no positions, so it cannot be shown without a layout: leave -n out',
    );
  }
  return { output, warnings: complaint === '' ? [] : [asWarning(complaint)] };
}

/** What Graphviz said although it gave a picture; the package keeps only the last such line, and keeps it private. */
function lastComplaint(graphviz: Graphviz): string {
  const inside = graphviz as unknown as { _module: { CGraphviz: { lastError(): string } } };
  return inside._module.CGraphviz.lastError().trim();
}

function asWarning(complaint: string): string {
  const label = /^in label of (.+)$/.exec(complaint);
  return label
    ? `The HTML label of ${label[1]} is not well-formed; its text is shown plainly`
    : `Graphviz: ${complaint}`;
}

function explain(error: unknown): string {
  const message = (error instanceof Error ? error.message : String(error)).trim();
  if (/memory access out of bounds|out of memory|Cannot enlarge memory|^abort/i.test(message)) {
    return 'the graph is too large: Graphviz ran out of memory';
  }
  if (/Maximum call stack|stack overflow/i.test(message))
    return 'the graph is nested too deeply for Graphviz';
  return message === '' ? 'Graphviz could not draw it' : message;
}
