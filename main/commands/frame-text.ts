// Functions of a stack in tables of the terminal.
import type { PlacedFrame } from '../allocations/placed-frames.ts';
import { shortPath } from '../../shared/heap/short-path.ts';

/** `login — src/session.ts:42`, `(GC)` */
export function frameText({ function: name, location }: Pick<PlacedFrame, 'function' | 'location'>): string {
  return location === null ? name : `${name} — ${placeText(location)}`;
}

/** `src/session.ts:42` */
export function placeText({ script, line }: { script: string | null; line: number }): string {
  return `${shortPath(script ?? '', process.cwd())}:${line}`;
}
