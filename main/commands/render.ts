// `objgraph render`: a picture file from a DOT file, without a window.
import { writeFile } from 'node:fs/promises';
import { readDocument } from '../documents/formats.ts';
import { DocumentError, graphvizProblem } from '../documents/problem.ts';
import { readDocumentFile, readStandardInput } from '../documents/read-file.ts';
import { formatOfFile, renderDot, RenderError, type Rendering } from '../export/render.ts';
import { GraphvizError } from '../workers/graphviz.ts';
import type { Engine } from '../../shared/protocol.ts';
import { UsageError, warn } from './run.ts';

export interface RenderCommand {
  file: string;
  format?: string;
  engine?: Engine;
  /** Enlarges a png. */
  scale?: number;
  /** Where to write; standard output when there is none, or `-`. */
  output?: string;
}

/** @throws DocumentError for a bad graph, RenderError for a format that cannot be written here, Error for a bad output file */
export async function renderFile({ file, engine, scale, output, ...options }: RenderCommand): Promise<void> {
  const toFile = output !== undefined && output !== '-';
  const format = options.format ?? (toFile ? formatOfFile(output) : 'svg');
  if (format === null) throw new UsageError(`${output} has no extension to tell its format; say it with -T`);
  const binary = !textFormats.test(format);
  if (binary && !toFile && process.stdout.isTTY) {
    throw new UsageError(
      `${format} is not for a terminal; name a file with -o, or send the output somewhere`,
    );
  }
  const name = file === '-' ? 'standard input' : file;
  const source = readDocument(file === '-' ? await readStandardInput() : await readDocumentFile(file), name);
  const { data, warnings } = await draw(source.dot, name, { format, engine, scale });
  if (toFile) await write(output, data);
  else process.stdout.write(data);
  warn('objgraph', [...source.warnings, ...warnings]);
}

const textFormats =
  /^(svg|dot|gv|canon|x?dot.*|json.*|plain.*|ps2?|eps|fig|pic|pov|tk|vml|c?i?mapx?(_np)?|ismap)$/;

async function draw(dot: string, name: string, options: Parameters<typeof renderDot>[1]): Promise<Rendering> {
  try {
    return await renderDot(dot, options);
  } catch (error) {
    if (error instanceof GraphvizError) throw new DocumentError(graphvizProblem(error.message, name, dot));
    throw error;
  }
}

async function write(output: string, data: Buffer | string): Promise<void> {
  try {
    await writeFile(output, data);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const reason =
      code === 'ENOENT' ? 'its folder does not exist' : code === 'EACCES' ? 'no permission' : message;
    throw new RenderError(`${output} cannot be written: ${reason}`);
  }
}
