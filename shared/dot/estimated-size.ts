// How wide and how high a picture of a heap gets, estimated from its ranks and the sizes of its cards, without laying it out.
// The ranks are close to those of Graphviz: Gansner, Koutsofios, North, Vo: A Technique for Drawing Directed Graphs (1993).
import { roomySize, sizeTextOf } from './size-text.ts';
import type { Box, Picture, PictureEdge, RankDirection } from '../picture/picture.ts';
import { portsOf } from './card-ports.ts';

/** In points. */
export interface Size {
  width: number;
  height: number;
}

/** Between two ranks, and between two neighbours in a rank: what write-cards.ts asks of Graphviz, in points. */
const rankGap = 32;
const nodeGap = 14;

/** The size of the drawing without its heading. */
export function estimatedSize(picture: Picture, direction: RankDirection): Size {
  const isLevel = direction === 'LR';
  const ranks = ranksOf(picture);
  const ports = portsOf({ ...picture, rankDirection: direction });
  const edgesAtRows = new Set([...ports.values()].flat());
  // Labels lie in ranks of their own between those of the cards, as Graphviz places them.
  const along: number[] = [];
  const across: number[] = [];
  const place = (at: number, { width, height }: Size) => {
    const [length, breadth] = isLevel ? [width, height] : [height, width];
    along[at] = Math.max(along[at] ?? 0, length);
    across[at] = (across[at] ?? 0) + breadth + nodeGap;
  };
  const room = picture.hasRoomForSizes === true ? roomySize : null;
  for (const box of picture.boxes)
    place(2 * ranks.get(box.name)!, sizeOf(box, ports.get(box.name)?.length, room));
  for (const edge of picture.edges) {
    const ends = [2 * ranks.get(edge.tail)!, 2 * ranks.get(edge.head)!];
    const [from, to] = [Math.min(...ends), Math.max(...ends)];
    // A label lies in the middle, in a rank of labels.
    const middle = 2 * Math.floor((from + to) / 4) + 1;
    // An edge that passes a rank takes room in it.
    for (let at = from + 1; at < to; at++)
      if (at === middle && !edgesAtRows.has(edge)) place(at, labelSize(edge));
      else across[at] = (across[at] ?? 0) + nodeGap;
  }
  const last = Math.max(0, ...ranks.values());
  const length = along.reduce((sum, each) => sum + (each ?? 0), last * rankGap);
  const breadth = Math.max(0, ...across.map((each) => each ?? 0)) - nodeGap;
  return isLevel ? { width: length, height: breadth } : { width: breadth, height: length };
}

/** Per box, its distance from the first rank: the longest way, with each box moved close to what it leads to. */
function ranksOf(picture: Picture): Map<string, number> {
  const { order, heads, entering } = withoutCycles(picture);
  const ranks = new Map(order.map((name) => [name, 0]));
  for (const name of order)
    for (const head of heads.get(name)!) ranks.set(head, Math.max(ranks.get(head)!, ranks.get(name)! + 1));
  for (const name of order.reverse()) {
    const next = heads.get(name)!.map((head) => ranks.get(head)!);
    if (next.length > entering.get(name)!) ranks.set(name, Math.min(...next) - 1);
  }
  return ranks;
}

interface Acyclic {
  /** The names of the boxes, each before those that it leads to. */
  order: string[];
  heads: ReadonlyMap<string, string[]>;
  entering: ReadonlyMap<string, number>;
}

/** The edges between boxes, those turned around that close a cycle, as Graphviz does it: depth first, in the order of the text. */
function withoutCycles({ boxes, edges }: Picture): Acyclic {
  const given = new Map<string, string[]>(boxes.map(({ name }) => [name, []]));
  for (const { tail, head } of edges) if (tail !== head) given.get(tail)!.push(head);
  const heads = new Map<string, string[]>(boxes.map(({ name }) => [name, []]));
  const entering = new Map<string, number>(boxes.map(({ name }) => [name, 0]));
  const connect = (tail: string, head: string) => {
    heads.get(tail)!.push(head);
    entering.set(head, entering.get(head)! + 1);
  };
  const seen = new Set<string>();
  const order: string[] = [];
  for (const { name } of boxes) {
    if (seen.has(name)) continue;
    seen.add(name);
    const way = [{ name, next: 0 }];
    const onWay = new Set([name]);
    for (let here = way.at(-1); here; here = way.at(-1)) {
      const head = given.get(here.name)!.at(here.next++);
      if (head === undefined) {
        order.push(here.name);
        onWay.delete(here.name);
        way.pop();
      } else if (onWay.has(head)) connect(head, here.name);
      else {
        connect(here.name, head);
        if (seen.has(head)) continue;
        seen.add(head);
        onWay.add(head);
        way.push({ name: head, next: 0 });
      }
    }
  }
  return { order: order.reverse(), heads, entering };
}

const widthOf = (text: string) => 6 * text.length;

function labelSize({ label }: PictureEdge): Size {
  if (label === '') return { width: 0, height: 0 };
  const lines = label.split('\n');
  // Two spaces on each side, as they are written.
  return { width: Math.max(...lines.map((line) => 5 * (line.length + 3))), height: 12 * lines.length + 4 };
}

function sizeOf(box: Box, portCount = 0, room: string | null = null): Size {
  switch (box.kind) {
    case 'rest':
      return { width: 70, height: 22 };
    case 'run':
      return { width: widthOf(`${box.label} ${box.text} ${box.note}`) + 20, height: 26 };
    default: {
      const size = room ?? sizeTextOf(box.size);
      const title = widthOf(`${box.type} ${box.text} ${size}`) + 20;
      const rows =
        box.kind === 'object'
          ? box.fields.length + (box.moreFields > 0 ? 1 : 0) + box.notes.length + portCount
          : 0;
      const fields =
        box.kind === 'object'
          ? box.fields.map(({ name, value }) => 5.4 * (name.length + value.length) + 20)
          : [];
      return {
        width: Math.max(title, 5.4 * box.place.length + 10, ...fields),
        height: 26 + (box.place === '' ? 0 : 18) + 15 * rows,
      };
    }
  }
}
