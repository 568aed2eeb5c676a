// A picture with images in it is drawn in a process of its own, with limits of memory and time: images come from strangers,
// and resvg, native code, takes whatever they ask for. An SVG of 60 pixels may ask for 130 GB by its filters.
import { join } from 'node:path';
import { buffer, text } from 'node:stream/consumers';
import { ownNode, startProgram } from '../../shared/programs.ts';
import { distFolder } from '../package.ts';
import { drawPng, type Png, type PngOptions } from './png.ts';
import { withoutSvgFilters } from './svg-filters.ts';

export interface PngLimits {
  /** Bytes. */
  memory: number;
  /** Milliseconds. */
  time: number;
}

const usual: PngLimits = { memory: 3 * 2 ** 30, time: 60_000 };

/** What the process is given on its standard input, as JSON. */
export interface PngTask {
  svg: string;
  options: PngOptions;
  memory: number;
  time: number;
}

/**
 * As drawPng, but no image in the picture can end this process or take its memory.
 * @throws Error in words when the picture could not be drawn
 */
export async function drawPngApart(
  svg: string,
  options: PngOptions = {},
  limits: PngLimits = usual,
): Promise<Png> {
  if (!svg.includes('<image')) return drawPng(svg, options);
  // The desktop app cannot be started as Node.
  if (process.versions.electron) return drawPng(withoutSvgFilters(svg), options);
  const child = startProgram(ownNode(), [join(distFolder, 'png-process.js')], {
    env: { ...process.env, NODE_OPTIONS: '' },
    timeout: limits.time,
    killSignal: 'SIGKILL',
  });
  const started = performance.now();
  const ended = new Promise<NodeJS.Signals | number | null>((resolve, reject) => {
    child.once('error', reject).once('close', (status, signal) => resolve(signal ?? status));
  });
  // It may end before it has read all.
  child.stdin.on('error', () => {});
  child.stdin.end(JSON.stringify({ svg, options, ...limits } satisfies PngTask));
  const [output, complaint, outcome] = await Promise.all([buffer(child.stdout), text(child.stderr), ended]);
  if (outcome === 0) return readPng(output);
  const gigabytes = (limits.memory / 2 ** 30).toFixed(1);
  const isLate = performance.now() - started >= limits.time;
  const reason =
    outcome === 1
      ? complaint.trim()
      : isLate
        ? `its images took more than ${limits.time / 1000} seconds`
        : `its images needed more than ${gigabytes} GB of memory`;
  throw new Error(`png could not be drawn: ${reason}; svg, dot, json and xdot work`);
}

/** A line of JSON, and the file. */
function readPng(output: Buffer): Png {
  const end = output.indexOf('\n');
  const { reduced } = JSON.parse(output.toString('utf8', 0, end)) as Pick<Png, 'reduced'>;
  return { png: output.subarray(end + 1), reduced };
}
