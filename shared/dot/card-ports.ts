// The edges that begin at a row of their card instead of at its border.
import type { ObjectBox, Picture, PictureEdge } from '../picture/picture.ts';

/** Rows that a card has at most, those with ports among them. */
const maxRows = 12;

/** Per card, the edges that begin at a row of it. */
export type Ports = ReadonlyMap<string, PictureEdge[]>;

/** Only where ranks go from left to right a row lies at the side at which an edge leaves. */
export function portsOf({ boxes, edges, rankDirection }: Picture): Ports {
  const ports = new Map<string, PictureEdge[]>();
  if (rankDirection !== 'LR') return ports;
  const cards = new Map(
    boxes.flatMap((box) => (box.kind === 'object' && hasRows(box) ? [[box.name, box]] : [])),
  );
  for (const edge of edges) {
    const card = cards.get(edge.tail);
    if (!card || !edge.isField || edge.edge === null) continue;
    const rows = ports.get(edge.tail) ?? [];
    if (rows.length + card.fields.length >= maxRows) continue;
    ports.set(edge.tail, [...rows, edge]);
  }
  return ports;
}

/** A root has hundreds of variables; its pill has no rows. */
const hasRows = (box: ObjectBox) => !box.isRoot && !box.isV8Root;
