// A picture of a heap as a value: what it shows, box by box. The DOT text is written of it (write-cards.ts, write-classic.ts) and
// never read back: a picture grows, is redacted and is undone as a value.
import type { Owner } from '../heap/owner.ts';
import type { Direction } from '../heap/selection.ts';
import type { NodeRef } from '../scene/scene.ts';

/** What a picture shows: the neighbours of objects, the chain that holds one, or groups of many. */
export type PictureKind = Direction | 'path' | 'merged';

/** `cards` is ours; `classic` is drawn as Python's objgraph draws. */
export type PictureStyle = 'cards' | 'classic';

/** Ranks from left to right, or from top to bottom. */
export type RankDirection = 'LR' | 'TB';

export interface Picture {
  kind: PictureKind;
  style: PictureStyle;
  /** How it was searched: from the objects that it is about forwards, or backwards. */
  direction: Direction;
  /** Steps from white to the darkest shade, in the classic style. */
  maxDepth: number;
  /** Chosen when the picture is first written; stays while the picture grows. Null in the classic style. */
  rankDirection: RankDirection | null;
  /** The cards have equal room for sizes that come later: then the drawing stays as it is laid out. */
  hasRoomForSizes?: boolean;
  boxes: Box[];
  edges: PictureEdge[];
}

export type Box = ObjectBox | GroupBox | StackBox | RestBox | RunBox;

interface AnyBox {
  /** Names the box in the picture and in the DOT text. */
  name: string;
  /** Steps from the objects that the picture is about. */
  depth: number;
}

/** What a card says. */
export interface Card {
  /** `Map`, `Session`, `Function`. */
  type: string;
  /** Which one it is: `700 entries`, the name of a function; may be empty. */
  text: string;
  /** `server.js:29`, or a package; may be empty. */
  place: string;
  /** Retained bytes; null where they are not known. */
  size: number | null;
  owner: Owner;
  /** A module, the global object: the program's own roots. */
  isRoot: boolean;
  /** One of V8's root lists: the stack, handles. */
  isV8Root: boolean;
}

/** A primitive value that an object has. */
export interface Field {
  name: string;
  value: string;
}

/** One object of the heap. */
export interface ObjectBox extends AnyBox, Card {
  kind: 'object';
  /** The heap object id. */
  id: number;
  /** The picture is about it. */
  isStart: boolean;
  /** It holds a leak. */
  isHolder: boolean;
  isHighlighted: boolean;
  /** A FinalizationRegistry waits for its end. */
  hasFinalizer: boolean;
  /** Primitive fields that are shown, and how many more there are. */
  fields: Field[];
  moreFields: number;
  /** The label of the classic style, line by line. */
  lines: string[];
  /** Lines that the caller adds to the card. */
  notes: string[];
  /** Attributes of Graphviz that the caller wants. */
  attributes: Record<string, string>;
}

/** Objects of one class that are merged into one box. */
export interface GroupBox extends AnyBox, Card {
  kind: 'group';
  /** The heap object id where it is one object alone. */
  id: number | null;
  count: number;
  isStart: boolean;
}

/** Like siblings that are not drawn one by one. */
export interface StackBox extends AnyBox, Card {
  kind: 'stack';
  /** The box whose neighbours they are. */
  of: string;
  direction: Direction;
  /** What they have in common: see `Siblings`. */
  like: string;
  count: number;
}

/** References that are too many to draw. */
export interface RestBox extends AnyBox {
  kind: 'rest';
  of: string;
  direction: Direction;
  count: number;
}

/** A run of objects on a path that says little, folded: Node's internals, or a linked list. */
export interface RunBox extends AnyBox {
  kind: 'run';
  /** `timer`, `Node internals`, `next`. */
  label: string;
  /** `every 5 s`, `× 57`; may be empty. */
  text: string;
  /** `+6 internal`; may be empty. */
  note: string;
  isRoot: boolean;
  /** The folded objects in the order of the path, each with the heap's edge that enters the next one. */
  steps: { id: number; edge: number }[];
}

export interface PictureEdge {
  /** The names of two boxes. */
  tail: string;
  head: string;
  label: string;
  /** The heap's edge that enters the head, whose reference this is; null where it represents several or none. */
  edge: number | null;
  /** Whether the label is the name of a property: then the card of the tail may have a row for it. */
  isField: boolean;
  /** How many references it represents. */
  count: number;
}

/** How an object's box is called: the same in the snapshot and in the live process. */
export const nameOfObject = (id: number): string => `o${id}`;

/** What the window knows of each box, by its name. */
export function refsOf({ boxes }: Picture): Record<string, NodeRef> {
  const refs: Record<string, NodeRef> = {};
  for (const box of boxes) {
    const ref = refOf(box);
    if (ref !== null) refs[box.name] = ref;
  }
  return refs;
}

function refOf(box: Box): NodeRef | null {
  switch (box.kind) {
    case 'object':
      return { kind: 'object', id: box.id };
    case 'group':
      return box.id === null ? null : { kind: 'object', id: box.id };
    case 'stack':
    case 'rest':
      return { kind: 'more', of: box.of };
    case 'run':
      return { kind: 'more', of: null };
  }
}
