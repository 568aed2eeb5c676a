// A png is drawn in a process of its own, with limits of memory and time: graphs and images come from strangers, and resvg, native
// code, takes whatever they ask for. An SVG image of 60 pixels may ask for 130 GB by its filters, and no thread could be ended.
import { runScript, ScriptFailure } from './limited-script.ts';
import type { Limits } from './limited-process.ts';
import type { Png, PngOptions } from './png.ts';

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
  try {
    const { head, body } = await runScript('png-process', options, limits, { body: svg, signal });
    return { png: body, reduced: (head as Pick<Png, 'reduced'>).reduced };
  } catch (error) {
    if (!(error instanceof ScriptFailure)) throw error;
    throw new Error(`png could not be drawn: ${error.message}; svg, dot, json and xdot work`, {
      cause: error,
    });
  }
}
