// What a graph says of itself unless its author says otherwise: the last word counts, so ours is the first.
import { endOfLandmark, nextLandmark } from '../documents/graphs.ts';

/** The first graph of a text with another default, a statement such as `overlap=scale`, on the line where it begins. */
export function withDefault(dot: string, statement: string): string {
  let at = nextLandmark(dot, 0);
  while (at < dot.length && dot[at] !== '{') at = nextLandmark(dot, endOfLandmark(dot, at));
  return at < dot.length ? `${dot.slice(0, at + 1)}${statement};${dot.slice(at + 1)}` : dot;
}
