// `objgraph render`: a picture file from a DOT file, without a window.
import { readAllowed } from '../allowed.ts';
import { lookForImages, type GraphImage } from '../export/images.ts';
import { readDocument } from '../documents/formats.ts';
import { DocumentError, graphvizProblem } from '../problem.ts';
import { refuseEndlessTexts } from '../documents/limits.ts';
import { readDocumentFile, readStandardInput } from '../documents/read-file.ts';
import { graphsIn, type GraphText } from '../documents/graphs.ts';
import { exportGraph, LayoutError } from '../documents/layout.ts';
import { formatOfFile } from '../export/formats.ts';
import { RenderError } from '../export/system-dot.ts';
import { layersIn, withLayers } from '../../shared/dot/layers.ts';
import type { Engine } from '../../shared/protocol.ts';
import { isTerminal, print, printFile } from '../terminal.ts';
import { flag, readArguments, text } from './arguments.ts';
import type { Command } from './command.ts';
import { readEngine } from './options.ts';
import { writeDerived, writeOutput } from './output.ts';
import { UsageError, warn } from './run.ts';

export const render: Command = {
  help: `Usage: objgraph render FILE|- [-T FORMAT] [-K ENGINE] [-o FILE | -O] [--graph N|NAME] [--layer NAMES] [--scale NUMBER]

Writes a picture of a DOT file; - reads standard input.

  -T, --format FORMAT             svg (default), png, dot, json, xdot, …; pdf by a browser of Chromium's family
                                  or Graphviz's dot; gif and others need the latter
  -K, --engine ENGINE             dot (default), neato, fdp, sfdp, twopi, circo, osage, patchwork
  -o, --output FILE               standard output if not given; its extension decides the format
  -O, --all                       every graph of the file, into FILE.FORMAT, FILE.2.FORMAT and so on
      --graph N|NAME              one graph of a file that has several; the first if not given
      --layer NAMES               only these layers of the graph (one, or a list such as one,two or one:three)
      --scale NUMBER              enlarges a png; 1 is 96 dots per inch
`,

  async run(args) {
    const { values, positionals } = readArguments(args, {
      format: { ...text, short: 'T' },
      engine: { ...text, short: 'K' },
      output: { ...text, short: 'o' },
      all: { ...flag, short: 'O' },
      graph: text,
      layer: text,
      scale: text,
    });
    if (positionals.length !== 1) throw new UsageError('render takes one file, or - for standard input');
    const scale = Number(values.scale ?? 1);
    if (!(scale > 0 && scale <= 100))
      throw new UsageError(`--scale is a number up to 100, not ${values.scale}`);
    const engine = values.engine === undefined ? undefined : readEngine(values.engine);
    const { output, all = false } = values;
    if (all && output !== undefined) throw new UsageError('-O names the files itself; leave -o out');
    if (all && values.graph !== undefined)
      throw new UsageError('-O draws every graph; leave --graph or -O out');
    const [file] = positionals;
    const format = all
      ? (values.format?.toLowerCase() ?? 'svg')
      : outputFormat(values.format?.toLowerCase(), output);
    const name = file === '-' ? 'standard input' : file;
    const source = readDocument(
      file === '-' ? await readStandardInput() : await readDocumentFile(file, true),
      name,
    );
    refuseEndlessTexts(source.dot, name);
    warn('objgraph', source.warnings);
    const graphs = graphsIn(source.dot);
    const chosen = all ? graphs : [chooseGraph(graphs, values.graph, name)];
    for (const [i, graph] of chosen.entries()) {
      const dot = values.layer === undefined ? graph.dot : chooseLayers(graph, values.layer, name);
      const path = file === '-' ? null : file;
      const { images, warnings } = await lookForImages(dot, path, readAllowed().imageFolders);
      warn('objgraph', warnings);
      const numbered = all ? numberedFile(file, format, i) : null;
      const isDerived = numbered !== null;
      await writePicture(dot, name, { format, engine, output: numbered ?? output, isDerived, scale, images });
      if (numbered !== null) print(numbered);
    }
  },
};

function chooseGraph(graphs: GraphText[], wish: string | undefined, file: string): GraphText {
  const names = graphs.map(({ name }, i) => `${i + 1} ${name}`).join(', ');
  if (wish === undefined) {
    if (graphs.length > 1)
      warn('objgraph', [
        `${file} has ${graphs.length} graphs (${names}); the first is drawn: --graph chooses one, -O draws all`,
      ]);
    return graphs[0];
  }
  const graph = graphs.find(({ name }) => name === wish) ?? graphs[Number(wish) - 1];
  if (!graph) throw new DocumentError({ message: `there is no graph ${wish}; there are ${names}`, file });
  return graph;
}

/** @throws DocumentError where the graph has none of these layers */
function chooseLayers({ dot }: GraphText, wish: string, file: string): string {
  const layers = layersIn(dot);
  if (!layers) throw new DocumentError({ message: 'the graph has no layers', file });
  const chosen = withLayers(dot, wish);
  if (layersIn(chosen)?.selected.length === 0)
    throw new DocumentError({
      message: `there is no layer ${wish}; there are ${layers.names.join(', ')}`,
      file,
    });
  return chosen;
}

/** As `dot -O` names its files; it calls standard input noname.gv. */
const numberedFile = (file: string, format: string, index: number) =>
  `${file === '-' ? 'noname.gv' : file}.${index === 0 ? '' : `${index + 1}.`}${format}`;

export interface PictureOptions {
  format: string;
  engine?: Engine;
  /** Enlarges a png. */
  scale?: number;
  images?: readonly GraphImage[];
  /** Where to write; standard output when there is none, or `-`. */
  output?: string;
  /** Whether the name of the output comes from that of the input: then no link of that name is followed. */
  isDerived?: boolean;
}

/**
 * Draws a graph into a file.
 * @param name of the graph, for messages
 * @throws DocumentError for a bad graph, RenderError for a format that cannot be written here, OutputError for a bad file
 */
export async function writePicture(
  dot: string,
  name: string,
  { output, isDerived = false, ...options }: PictureOptions,
): Promise<void> {
  const { data, warnings } = await draw(dot, name, options);
  if (isFile(output) && isDerived) writeDerived(output, data);
  else if (isFile(output)) writeOutput(output, data);
  else printFile(data);
  warn('objgraph', warnings);
}

const isFile = (output: string | undefined): output is string => output !== undefined && output !== '-';

function outputFormat(wish: string | undefined, output: string | undefined): string {
  const format = wish ?? (isFile(output) ? formatOfFile(output) : 'svg');
  if (format === null) throw new UsageError(`${output} has no extension to tell its format; say it with -T`);
  if (!textFormats.test(format) && !isFile(output) && isTerminal('output')) {
    throw new UsageError(
      `${format} is not for a terminal; name a file with -o, or send the output somewhere`,
    );
  }
  return format;
}

const textFormats =
  /^(svg|dot|gv|canon|x?dot.*|json.*|plain.*|ps2?|eps|fig|pic|pov|tk|vml|c?i?mapx?(_np)?|ismap)$/;

/** In the thread that draws for windows: the same picture, with the same memory and stack. */
async function draw(dot: string, name: string, options: Omit<PictureOptions, 'output' | 'isDerived'>) {
  const { engine = 'dot', scale = 1, images = [], format } = options;
  try {
    const task = { dot, engine, scale, format, positioned: false, images: [...images] };
    return await exportGraph(task, new AbortController().signal);
  } catch (error) {
    if (!(error instanceof LayoutError)) throw error;
    if (error.isRefused) throw new DocumentError(graphvizProblem(error, name, dot));
    throw new RenderError(error.message);
  }
}
