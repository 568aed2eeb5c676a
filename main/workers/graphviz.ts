// Graphviz, compiled to WebAssembly: one layout, its errors and its warnings in words. Blocks the thread it runs in.
import { withCellStyles, withoutCellStyles } from '../../shared/dot/cell-styles.ts';
import { CodedError, messageOf } from '../../shared/errors.ts';
import { attributesIn } from '../../shared/dot/attributes.ts';
import { withLastWord } from '../../shared/dot/layers.ts';
import { withoutLineDirectives } from '../../shared/dot/line-directives.ts';
import { Tokens } from '../../shared/dot/tokens.ts';
import type { Engine } from '../../shared/protocol.ts';
import type { GraphvizFormat } from '../export/formats.ts';
import { errorAmong, isOfLabel, warningsAmong } from './complaints.ts';
import { withPlainLabels } from './plain-labels.ts';
import { withDefault } from './graph-default.ts';
import { forgetGraphviz, loadGraphviz, type GraphvizInstance } from './graphviz-instance.ts';
import { withImageFiles, type ImageSize } from './image-files.ts';

export interface LayoutRequest {
  /** The graph as DOT, already decoded. */
  dot: string;
  format: GraphvizFormat;
  engine: Engine;
  /** The positions in the DOT are kept as they are (xdot's -n). */
  positioned?: boolean;
  /** The images that it may show. */
  images?: readonly ImageSize[];
}

export interface LayoutOutput {
  output: string;
  warnings: string[];
}

/** Graphviz refused the graph; the message is Graphviz's, for example `syntax error in line 3 near '}'`. */
export class GraphvizError extends CodedError {
  constructor(message: string, code: 'failed' | 'tooHard' = 'failed') {
    super(code, message);
  }
}

/** Loads Graphviz and lays a tiny graph out, so that the first real layout runs warm. */
export async function warmGraphviz(): Promise<void> {
  await runGraphviz({ dot: 'digraph { a -> b }', format: 'xdot', engine: 'dot' });
}

/**
 * Lays one graph out.
 * @throws GraphvizError when it is no graph, has none, or Graphviz cannot draw it
 */
export async function runGraphviz(request: LayoutRequest): Promise<LayoutOutput> {
  const own = withoutOldPage(withoutLineDirectives(request.dot), request.positioned === true);
  const { output, warnings, hasMalformed } = await runWithStyles({ ...request, dot: own });
  if (!hasMalformed) return { output, warnings };
  // Graphviz draws nothing for a label that it cannot read.
  const dot = await withPlainLabels(own, isMalformed);
  return { output: (await runWithStyles({ ...request, dot })).output, warnings };
}

/**
 * The page of a graph that was laid out before is in its `_draw_`, which Graphviz takes for a background: it would draw it once more
 * over the page, and gradients without their blend. Where the positions stay, so does the size of the page: it counts as a
 * background that is not seen.
 */
function withoutOldPage(dot: string, positioned: boolean): string {
  if (!dot.includes('_draw_')) return dot;
  const bb = positioned ? pageOf(dot) : null;
  if (!bb) return withLastWord(dot, '_draw_=""');
  const [left, bottom, right, top] = bb;
  const corners = [left, bottom, left, top, right, top, right, bottom].join(' ');
  return withLastWord(dot, `_draw_="c 9 -#fffffe00 p 4 ${corners}"`);
}

/** The `bb` of the whole graph. */
function pageOf(dot: string): number[] | null {
  for (const { name, value, ofGraph } of attributesIn(dot))
    if (name === 'bb' && ofGraph) {
      const numbers = value.split(',').map(Number);
      return numbers.length === 4 && numbers.every(Number.isFinite) ? numbers : null;
    }
  return null;
}

interface RunOutput extends LayoutOutput {
  /** Whether a label of HTML could not be read. */
  hasMalformed: boolean;
}

async function isMalformed(html: string): Promise<boolean> {
  const dot = `graph { a [label=<${html}>] }`;
  return (await runWithStyles({ dot, format: 'xdot', engine: 'dot' })).hasMalformed;
}

async function runWithStyles(request: LayoutRequest): Promise<RunOutput> {
  const plain = /^(x?dot_)?json|^xdot/.test(request.format) ? withoutCellStyles(request.dot) : null;
  if (!plain) return runOnce(request);
  const run = await runOnce({ ...request, dot: plain.dot });
  if (!request.format.startsWith('xdot') || request.format === 'xdot_json')
    return { ...run, warnings: [...run.warnings, solidInJson] };
  const svg = await runOnce({ ...request, format: 'svg' });
  return { ...run, output: withCellStyles(run.output, svg.output, plain) };
}

const solidInJson = 'Dashed and dotted cells of tables are solid in json: svg, png, pdf and xdot have them';

async function runOnce(request: LayoutRequest): Promise<RunOutput> {
  const graphviz = await instanceFor(request);
  const { used } = graphviz;
  const run = graphviz.run(request.positioned ? 2 : 0);
  const { dot, files } = withImageFiles(request.dot, request.images ?? [], request.format);
  let output = '';
  let failure: unknown = null;
  try {
    for (const { name, content } of files) run.createFile(name, content);
    const spread = request.engine === 'sfdp' && !request.positioned;
    const engine = request.positioned ? 'neato' : request.engine;
    output = run.layout(spread ? withDefault(dot, apart) : dot, request.format, engine);
    run.delete();
    // Files stay in an instance: the next graph has no right to them.
    if (files.length > 0) forgetGraphviz();
  } catch (error) {
    failure = error;
  }
  const messages = graphviz.takeMessages();
  if (failure !== null || output === '') {
    forgetGraphviz();
    // An earlier graph may have left the WebAssembly in disorder (Debian's crazy.gv is laid out by a new one only).
    if (used && failure instanceof WebAssembly.RuntimeError) return runOnce(request);
    throw explain(failure, errorAmong(messages), dot.length);
  }
  // Its parser gives up, and what it has read until then would be drawn.
  if (messages.some((line) => /memory exhausted in line/.test(line)))
    throw new GraphvizError(isNested(dot) ? tooDeep : tooLong, 'tooHard');
  if (messages.some((line) => line.includes('-n flag'))) {
    throw new GraphvizError(
      'its nodes have no positions, so it cannot be shown without a layout: leave -n out',
    );
  }
  const hasMalformed = messages.some((line) => isOfLabel.test(line.trim()));
  return { output, warnings: warningsAmong(messages), hasMalformed };
}

/**
 * fdp and sfdp go on with the random numbers of the last layout: only a new instance gives the same graph the same places, so that a
 * file shows what its window does.
 */
async function instanceFor({ dot, engine, positioned }: LayoutRequest): Promise<GraphvizInstance> {
  const graphviz = await loadGraphviz();
  const isRandom = !positioned && (/^s?fdp$/.test(engine) || /\blayout\s*=\s*"?s?fdp/i.test(dot));
  if (!isRandom || !graphviz.used) return graphviz;
  forgetGraphviz();
  return loadGraphviz();
}

/** The names of the nodes of a graph that could be laid out, in the order of its text. */
export async function nodeNames(dot: string): Promise<string[]> {
  return (await loadGraphviz()).nodeNames(dot);
}

/**
 * Nodes that do not lie on each other: the picture is enlarged until they are apart. Graphviz moves those of sfdp apart by
 * triangles (overlap=prism), with a library that its WebAssembly has not: it leaves them in a heap, thousands in the space of
 * a dozen.
 */
const apart = 'overlap=scale';

const tooDeep = 'the graph is nested too deeply for Graphviz';
const tooLong =
  'a chain of edges (a -> b -> c …) is too long for Graphviz: write it as several statements (a -> b; b -> c; …)';

/** Graphviz's parser has 10,000 places, of which a graph in a graph and a node of a chain take a few each. */
const manyLevels = 200;

function isNested(dot: string): boolean {
  let depth = 0;
  for (const token = new Tokens(dot); token.kind !== 'end'; token.next()) {
    if (token.kind === '{' && ++depth > manyLevels) return true;
    if (token.kind === '}') depth--;
  }
  return false;
}

/** Characters of a text that is not large, whatever is drawn of it. */
const smallGraph = 100_000;

/** `failure` was thrown, `error` was written; a text without a graph has neither. */
function explain(failure: unknown, error: string | null, length: number): GraphvizError {
  if (failure === null) return new GraphvizError(error ?? 'no graph in it');
  const message = messageOf(failure).trim();
  if (/Maximum call stack|stack overflow/i.test(message))
    return new GraphvizError('the graph is too large for this layout: Graphviz ran out of stack', 'tooHard');
  const isOutOfMemory = /out of memory|Cannot enlarge memory|^abort/i.test(message);
  // What overwrites its own memory in a large graph has most often run out of it.
  if (isOutOfMemory || (length > smallGraph && /memory access out of bounds/i.test(message)))
    return new GraphvizError('the graph is too large for this layout: Graphviz ran out of memory', 'tooHard');
  if (failure instanceof WebAssembly.RuntimeError)
    return new GraphvizError(`Graphviz itself broke down over this graph (${message})`, 'tooHard');
  return new GraphvizError(error ?? (message === '' ? 'Graphviz could not draw it' : message));
}
