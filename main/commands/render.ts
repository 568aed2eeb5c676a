// `objgraph render`: a picture file from a DOT file, without a window.
import { parseArgs } from 'node:util';
import { findImages, type GraphImage } from '../export/images.ts';
import { readDocument } from '../documents/formats.ts';
import { DocumentError, graphvizProblem } from '../problem.ts';
import { refuseEndlessTexts } from '../documents/limits.ts';
import { readDocumentFile, readStandardInput } from '../documents/read-file.ts';
import { formatOfFile, renderDot, type Rendering } from '../export/render.ts';
import { GraphvizError } from '../workers/graphviz.ts';
import type { Engine } from '../../shared/protocol.ts';
import { isTerminal, printFile } from '../terminal.ts';
import type { Command } from './command.ts';
import { readEngine } from './options.ts';
import { writeOutput } from './output.ts';
import { UsageError, warn } from './run.ts';

export const render: Command = {
  help: `Usage: objgraph render FILE|- [-T FORMAT] [-K ENGINE] [-o FILE] [--scale NUMBER]

Writes a picture of a DOT file; - reads standard input.

  -T, --format FORMAT             svg (default), png, dot, json, xdot, …; pdf by a browser of Chromium's family
                                  or Graphviz's dot; gif and others need the latter
  -K, --engine ENGINE             dot (default), neato, fdp, sfdp, twopi, circo, osage, patchwork
  -o, --output FILE               standard output if not given; its extension tells the format
      --scale NUMBER              enlarges a png; 1 is 96 dots per inch
`,

  async run(args) {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        format: { type: 'string', short: 'T' },
        engine: { type: 'string', short: 'K' },
        output: { type: 'string', short: 'o' },
        scale: { type: 'string' },
      },
    });
    if (positionals.length !== 1) throw new UsageError('render takes one file, or - for standard input');
    const scale = Number(values.scale ?? 1);
    if (!(scale > 0 && scale <= 100))
      throw new UsageError(`--scale is a number up to 100, not ${values.scale}`);
    const engine = values.engine === undefined ? undefined : readEngine(values.engine);
    const { output } = values;
    const format = outputFormat(values.format?.toLowerCase(), output);
    const [file] = positionals;
    const name = file === '-' ? 'standard input' : file;
    const source = readDocument(
      file === '-' ? await readStandardInput() : await readDocumentFile(file, true),
      name,
    );
    refuseEndlessTexts(source.dot, name);
    warn('objgraph', source.warnings);
    const images = await findImages(source.dot, file === '-' ? null : file);
    await writePicture(source.dot, name, { format, engine, output, scale, images });
  },
};

export interface PictureOptions {
  format: string;
  engine?: Engine;
  /** Enlarges a png. */
  scale?: number;
  images?: readonly GraphImage[];
  /** Where to write; standard output when there is none, or `-`. */
  output?: string;
}

/**
 * Draws a graph into a file.
 * @param name of the graph, for messages
 * @throws DocumentError for a bad graph, RenderError for a format that cannot be written here, OutputError for a bad file
 */
export async function writePicture(
  dot: string,
  name: string,
  { output, ...options }: PictureOptions,
): Promise<void> {
  const { data, warnings } = await draw(dot, name, options);
  if (isFile(output)) writeOutput(output, data);
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

async function draw(dot: string, name: string, options: Parameters<typeof renderDot>[1]): Promise<Rendering> {
  try {
    return await renderDot(dot, options);
  } catch (error) {
    if (error instanceof GraphvizError) throw new DocumentError(graphvizProblem(error, name, dot));
    throw error;
  }
}
