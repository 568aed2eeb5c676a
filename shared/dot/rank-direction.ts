// Whether a picture reads better from left to right or from top to bottom: by the shape that it would have, reckoned from its
// ranks and the sizes of its cards without laying it out.
import { inBytes } from '../heap/quantities.ts';
import type { Box, Picture, PictureKind, RankDirection } from '../picture/picture.ts';

/** Wider than this, a picture is a ribbon. */
const flattest = 3.2;

const usual: Record<PictureKind, RankDirection> = {
  references: 'LR',
  referrers: 'LR',
  path: 'TB',
  merged: 'LR',
};

/** The direction that the picture has, unless it has none yet, or would be a ribbon. */
export function rankDirectionOf(picture: Picture): RankDirection {
  const wanted = picture.rankDirection ?? usual[picture.kind];
  const other = wanted === 'LR' ? 'TB' : 'LR';
  const [now, then] = [aspectOf(picture, wanted), aspectOf(picture, other)];
  if (now <= flattest) return wanted;
  return then < now ? other : wanted;
}

/** Width by height, roughly. */
export function aspectOf(picture: Picture, direction: RankDirection): number {
  const ranks = ranksOf(picture);
  const labels = Math.max(0, ...picture.edges.map(({ label }) => widthOf(label)));
  const along: number[] = [];
  const across: number[] = [];
  for (const box of picture.boxes) {
    const [width, height] = sizeOf(box);
    const rank = ranks.get(box.name)!;
    const [length, breadth] = direction === 'LR' ? [width, height] : [height, width];
    along[rank] = Math.max(along[rank] ?? 0, length);
    across[rank] = (across[rank] ?? 0) + breadth + 14;
  }
  const gap = direction === 'LR' ? 32 + labels : 45;
  const length = along.reduce((sum, each) => sum + (each ?? 0) + gap, 0);
  const breadth = Math.max(1, ...across.map((each) => each ?? 0));
  return direction === 'LR' ? length / (breadth + 40) : breadth / (length + 40);
}

/** Per box, its distance from the first rank: the longest way, as Graphviz ranks; a cycle counts once. */
function ranksOf({ boxes, edges }: Picture): Map<string, number> {
  const heads = new Map<string, string[]>(boxes.map(({ name }) => [name, []]));
  const entering = new Map<string, number>(boxes.map(({ name }) => [name, 0]));
  for (const { tail, head } of edges) {
    if (tail === head) continue;
    heads.get(tail)!.push(head);
    entering.set(head, entering.get(head)! + 1);
  }
  const ranks = new Map<string, number>();
  const ready = boxes.filter(({ name }) => entering.get(name) === 0).map(({ name }) => name);
  const waiting = new Set(boxes.map(({ name }) => name));
  for (const name of ready) ranks.set(name, 0);
  while (waiting.size > 0) {
    // A cycle has no first box: the one that the picture has first is taken.
    const [first] = waiting;
    const name = ready.shift() ?? first;
    if (!waiting.delete(name)) continue;
    const rank = ranks.get(name) ?? 0;
    ranks.set(name, rank);
    for (const head of heads.get(name)!) {
      if (!waiting.has(head)) continue;
      ranks.set(head, Math.max(ranks.get(head) ?? 0, rank + 1));
      entering.set(head, entering.get(head)! - 1);
      if (entering.get(head) === 0) ready.push(head);
    }
  }
  return ranks;
}

const widthOf = (text: string) => 6 * text.length;

function sizeOf(box: Box): [number, number] {
  switch (box.kind) {
    case 'rest':
      return [70, 22];
    case 'run':
      return [widthOf(`${box.label} ${box.text} ${box.note}`) + 20, 26];
    default: {
      const size = box.size === null ? '' : inBytes(box.size);
      const title = widthOf(`${box.type} ${box.text} ${size}`) + 20;
      const rows =
        box.kind === 'object' ? box.fields.length + (box.moreFields > 0 ? 1 : 0) + box.notes.length : 0;
      const fields =
        box.kind === 'object'
          ? box.fields.map(({ name, value }) => 5.4 * (name.length + value.length) + 20)
          : [];
      return [
        Math.max(title, 5.4 * box.place.length + 10, ...fields),
        26 + (box.place === '' ? 0 : 18) + 15 * rows,
      ];
    }
  }
}
