// Every runtime in one list. A new one is one file and one line here.
import { chromium } from './chromium.ts';
import { deno } from './deno.ts';
import { electron } from './electron.ts';
import { node } from './node.ts';
import { python } from './python.ts';
import type { Runtime } from './runtime.ts';

/** The first that recognises something has it: Deno has a `process` too, and Electron is Node and Chromium. */
export const runtimes: readonly Runtime[] = [deno, electron, node, chromium, python];

/** @throws RangeError when there is no runtime of this name */
export function runtimeNamed(name: string): Runtime {
  const found = runtimes.find((runtime) => runtime.name === name);
  if (!found) throw new RangeError(`There is no runtime ${name}`);
  return found;
}
