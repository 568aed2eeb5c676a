// Where the picture of a heap goes: to standard output as DOT, into a file, or into a window.
import type { HeapAnalysis } from '../../shared/heap/analysis.ts';
import type { WrittenPicture } from '../../shared/dot/write-picture.ts';
import type { PictureStyle } from '../../shared/picture/picture.ts';
import { writeSnapshotBeside } from '../../shared/objgraph/snapshot-beside.ts';
import { wordsOfHeap, type PictureWords } from '../../shared/picture/words.ts';
import { HeapDescriber } from '../heap/describe.ts';
import { writeTemporary } from '../documents/temporary.ts';
import { formatOfFile } from '../export/formats.ts';
import { print, printFile } from '../terminal.ts';
import { readChoice } from './options.ts';
import { checkOutput, writeOutput } from './output.ts';
import { writePicture } from './render.ts';
import { UsageError } from './run.ts';
import { viewFiles } from './view.ts';

/** In the help of the commands that draw. */
export const outputHelp = `  -o, --output FILE               .dot, .svg or .png; other formats through Graphviz; - prints DOT (default: a window)
`;

/** In the help of the commands that draw. */
export const styleHelp = `      --style STYLE               cards (default), or classic: as Python's objgraph draws
`;

/** @throws UsageError for a style that does not exist */
export const readStyle = (value: string | undefined): PictureStyle =>
  readChoice('style', value ?? 'cards', ['cards', 'classic'] as const);

/** @throws UsageError or OutputError for an output that cannot work, before any time is spent on the heap */
export function checkPictureOutput(output: string | undefined): void {
  if (output === undefined || output === '-') return;
  if (formatOfFile(output) === null)
    throw new UsageError(`${output} has no extension to tell its format; .dot, .svg and .png always work`);
  checkOutput(output);
}

/** What a picture says of a heap; sizes in cards alone. */
export function pictureWords(analysis: HeapAnalysis, style: PictureStyle): PictureWords {
  const { names, references } = new HeapDescriber(analysis);
  return wordsOfHeap({ analysis, names, references, hasSizes: style === 'cards' });
}

/**
 * @param grows the heap of a picture of objects: a window gets it beside the picture, which can grow there
 * @throws as `writePicture`; ViewerError for a window that cannot be opened
 */
export async function presentPicture(
  { dot, picture }: WrittenPicture,
  output: string | undefined,
  grows: HeapAnalysis | null,
): Promise<void> {
  if (output === '-') return void printFile(dot);
  if (output === undefined) {
    const file = writeTemporary('objgraph.dot', Buffer.from(dot));
    if (grows) writeSnapshotBeside(file, picture, grows);
    return viewFiles('objgraph', [file], { temporary: true });
  }
  const format = formatOfFile(output)!;
  // The text as it is: positions would only hinder editing it.
  if (format === 'dot') writeOutput(output, dot);
  else await writePicture(dot, output, { format, output });
  print(`Image generated as ${output}`);
}
