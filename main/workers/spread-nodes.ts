// Nodes that do not lie on each other. Graphviz moves those of sfdp apart by triangles (overlap=prism), with a library that
// its WebAssembly has not: it leaves them in a heap, thousands in the space of a dozen.
import { endOfLandmark, nextLandmark } from '../documents/graphs.ts';

/** The graph with another default for `overlap`: the picture is enlarged until they are apart. What its author wrote still counts. */
export function spreadNodes(dot: string): string {
  let at = nextLandmark(dot, 0);
  while (at < dot.length && dot[at] !== '{') at = nextLandmark(dot, endOfLandmark(dot, at));
  return at < dot.length ? `${dot.slice(0, at + 1)}overlap=scale;${dot.slice(at + 1)}` : dot;
}
