// A png is drawn in a process of its own, with limits of memory and time: graphs and images come from strangers, and resvg, native
// code, takes whatever they ask for. An SVG image of 60 pixels may ask for 130 GB by its filters, and no thread could be ended.
import { join } from 'node:path';
import { ownNode } from '../../shared/programs.ts';
import { distFolder } from '../package.ts';
import { runLimited, type Input, type Limits, type Outcome } from './limited-process.ts';
import type { Png, PngOptions } from './png.ts';

/** The first line of what the process reads, as JSON; the SVG follows. */
export interface PngTask {
  options: PngOptions;
  limits: Limits;
}

/** What draws: a process that runs `png-process.js`, reads these parts, and writes a line of JSON and the png. */
export type DrawingProcess = (input: Input, limits: Limits, signal?: AbortSignal) => Promise<Outcome>;

export const drawingScript = join(distFolder, 'png-process.js');

const byNode: DrawingProcess = (input, limits, signal) =>
  runLimited(ownNode(), [drawingScript], {
    input,
    limits,
    signal,
    env: { ...process.env, NODE_OPTIONS: '' },
  });

let drawing = byNode;

/** The desktop app cannot be started as Node: it has another way to start a process. */
export function drawPngsBy(other: DrawingProcess): void {
  drawing = other;
}

const usual: Limits = { memory: 3 * 2 ** 30, time: 60_000 };

/**
 * As drawPng, but nothing in the picture can end this process, take its memory, or keep it busy. The process starts while the
 * picture is still being made.
 * @throws Error in words when the picture could not be drawn; the signal's reason
 */
export async function drawPngApart(
  svg: string | Uint8Array | Promise<string | Uint8Array>,
  options: PngOptions = {},
  { limits = usual, signal }: { limits?: Limits; signal?: AbortSignal } = {},
): Promise<Png> {
  const task: PngTask = { options, limits };
  const input = Promise.resolve(svg).then((text) => [`${JSON.stringify(task)}\n`, text]);
  // It may fail before a process waits for it, which then reports it.
  input.catch(() => {});
  const outcome = await drawing(input, limits, signal);
  if (outcome.status === 0 && outcome.exceeded === null) return readPng(outcome.output);
  throw new Error(`png could not be drawn: ${whyNot(outcome, limits)}; svg, dot, json and xdot work`);
}

function whyNot({ status, complaint, exceeded }: Outcome, { memory, time }: Limits): string {
  if (exceeded === 'time') return `it took more than ${time / 1000} seconds`;
  if (status === 1) return complaint.trim();
  // The process ends itself by a signal when it has too much; one that asked for more than there is was aborted.
  return `it needed more than ${(memory / 2 ** 30).toFixed(1)} GB of memory`;
}

/** A line of JSON, and the file. */
function readPng(output: Buffer): Png {
  const end = output.indexOf('\n');
  const { reduced } = JSON.parse(output.toString('utf8', 0, end)) as Pick<Png, 'reduced'>;
  return { png: output.subarray(end + 1), reduced };
}
