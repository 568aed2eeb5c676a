// A large graph at a glance: where sfdp puts its nodes, as long as `dot` is at work. Two quick runs: sfdp for the places alone, then
// Graphviz draws the author's own statements there, with straight edges.
import { attributesIn } from '../../shared/dot/attributes.ts';
import { withLastWord } from '../../shared/dot/layers.ts';
import { nodeNames, runGraphviz } from './graphviz.ts';

/** Smaller graphs are laid out before a preview of them is. */
export const leastPreviewed = 1500;

/**
 * Nodes may overlap: what keeps them apart takes longer than the layout. The places are spread afterwards. `quadtree=fast` takes
 * two thirds of the time of the usual approximation, and one does not see which was taken.
 */
const quickly = 'overlap=true; splines=false; quadtree=fast';

export interface Preview {
  /** The same graph with the positions of a preview, to be drawn as they are. */
  dot: string;
  /** The names of its nodes, in the order of the text. */
  order: readonly string[];
}

/**
 * Null where a graph has too few nodes.
 * @throws GraphvizError when the graph is refused
 */
export async function previewOf(dot: string): Promise<Preview | null> {
  const order = await nodeNames(dot);
  if (order.length <= leastPreviewed) return null;
  const bare = withLastWord(withoutEdgeLabels(dot), quickly);
  const { output } = await runGraphviz({ dot: bare, format: 'plain', engine: 'sfdp' });
  const places = placesIn(output);
  const scale = spread(places) * pointsPerInch;
  const positions = places.map(
    ({ name, x, y }) => `${name} [pos="${(x * scale).toFixed(1)},${(y * scale).toFixed(1)}"]`,
  );
  return { dot: withLastWord(dot, `splines=line;\n${positions.join('\n')}\n`), order };
}

/** Where there is one such label, Graphviz looks for room around each node, which takes as long as to place the nodes. */
function withoutEdgeLabels(dot: string): string {
  const parts: string[] = [];
  let from = 0;
  for (const { name, ofEdge, start, end } of attributesIn(dot)) {
    if (name !== 'xlabel' && !(ofEdge && /^(head|tail)?label$/.test(name))) continue;
    parts.push(dot.slice(from, start), '""');
    from = end;
  }
  return [...parts, dot.slice(from)].join('');
}

const pointsPerInch = 72;

/** A node of Graphviz's `plain` format, in inches; its name as DOT has it. */
interface Place {
  name: string;
  x: number;
  y: number;
  width: number;
  height: number;
}

function placesIn(plain: string): Place[] {
  const line = /^node ("(?:\\[^]|[^"\\])*"|\S+) (\S+) (\S+) (\S+) (\S+)/gm;
  return [...plain.matchAll(line)].map(([, name, ...numbers]) => {
    const [x, y, width, height] = numbers.map(Number);
    return { name, x, y, width, height };
  });
}

/** Most nodes, not all: one pair in the same place would tear all others apart. */
const apart = 0.9;
const mostSpread = 40;

/** By how much distances grow so that most nodes overlap none: of each, those in its own and the next cells of a grid are looked at. */
export function spread(places: readonly Omit<Place, 'name'>[]): number {
  const [left, right] = rangeOf(places.map(({ x }) => x));
  const [top, bottom] = rangeOf(places.map(({ y }) => y));
  const count = Math.max(1, places.length);
  // Also of places in one line, of which one has about one.
  const cell = Math.max(
    Math.sqrt(((right - left) * (bottom - top)) / count),
    Math.max(right - left, bottom - top) / count,
    1e-6,
  );
  const cells = new Map<number, number[]>();
  const columns = Math.ceil((right - left) / cell) + 3;
  const cellOf = (x: number, y: number) =>
    (Math.floor((y - top) / cell) + 1) * columns + Math.floor((x - left) / cell) + 1;
  places.forEach(({ x, y }, i) => {
    const key = cellOf(x, y);
    const list = cells.get(key);
    if (list) list.push(i);
    else cells.set(key, [i]);
  });
  const needed = places.map((place, i) => {
    let most = 1;
    const here = cellOf(place.x, place.y);
    for (const row of [-columns, 0, columns])
      for (const column of [-1, 0, 1])
        // A crowd in one cell is judged by some of it: its time must not grow with its square.
        for (const j of (cells.get(here + row + column) ?? []).slice(0, 50))
          if (i !== j) most = Math.max(most, neededBetween(place, places[j]));
    return most;
  });
  needed.sort((a, b) => a - b);
  return Math.min(mostSpread, needed.at(Math.floor(needed.length * apart)) ?? 1);
}

/** Side by side or one above the other, whichever is sooner. */
function neededBetween(a: Omit<Place, 'name'>, b: Omit<Place, 'name'>): number {
  const across = (a.width + b.width) / 2 / Math.abs(a.x - b.x);
  const along = (a.height + b.height) / 2 / Math.abs(a.y - b.y);
  return 1.1 * Math.min(across, along, mostSpread);
}

function rangeOf(values: readonly number[]): [number, number] {
  let [least, most] = [Infinity, -Infinity];
  for (const value of values) [least, most] = [Math.min(least, value), Math.max(most, value)];
  return [least, most];
}
