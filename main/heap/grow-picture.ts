// A picture that grows: neighbours of its objects are added to its text, so that what was there stays as it was, and
// Graphviz finds it a place near its old one.
import { pictureEdge, pictureName, pictureNode } from '../../shared/dot/heap-picture.ts';
import { edgeStatement, nodeStatements, tooManyStatements } from '../../shared/dot/write.ts';
import { eachNeighbour, type Direction } from '../../shared/heap/selection.ts';
import type { PictureGrowth } from '../../shared/protocol/heap.ts';
import { wordsOf } from './draw.ts';
import type { LoadedSnapshot } from './loaded-snapshot.ts';
import { idOfName, readPicture, writePicture, type PictureLine } from './picture-lines.ts';

/** More objects than this nobody sees through, and Graphviz takes long for them. */
export const mostObjects = 300;
/** Neighbours that one step adds to an object. */
const step = 10;
/** Steps from white to the darkest shade, in a picture that has no shades yet. */
const usualShades = 10;

export interface Grown {
  dot: string;
  added: number;
  /** Whether something was left out, because the picture is as large as it may be. */
  isFull: boolean;
}

/** @throws Error in words when the picture is not of this heap, or there is nothing to add */
export function growPicture(snapshot: LoadedSnapshot, dot: string, growth: PictureGrowth): Grown {
  const picture = new GrowingPicture(snapshot, readPicture(dot));
  switch (growth.kind) {
    case 'more': {
      const { name, direction } = picture.boxNamed(growth.box);
      picture.expand(name, direction);
      break;
    }
    case 'references':
    case 'referrers':
      picture.expand(`o${growth.id}`, growth.kind);
      break;
    case 'deeper':
      picture.expandAll(growth.direction);
  }
  return picture.grown();
}

class GrowingPicture {
  /** Per object of the picture, by its name, its node. */
  private readonly nodes = new Map<string, number>();
  private readonly before: number;
  private readonly shades: number;
  private isFull = false;

  constructor(
    private readonly snapshot: LoadedSnapshot,
    private lines: PictureLine[],
  ) {
    for (const line of lines) {
      const id = line.kind === 'node' ? idOfName(line.name) : null;
      if (id !== null) this.nodes.set((line as { name: string }).name, snapshot.nodeWithId(id));
    }
    this.before = this.nodes.size;
    this.shades = this.shadesDrawn();
  }

  /** The object at which a box counts what was too much, and in which direction. */
  boxNamed(box: string): { name: string; direction: Direction } {
    for (const line of this.lines) {
      if (line.kind !== 'edge') continue;
      if (line.head === box && this.nodes.has(line.tail)) return { name: line.tail, direction: 'references' };
      if (line.tail === box && this.nodes.has(line.head)) return { name: line.head, direction: 'referrers' };
    }
    throw new Error(`There is no ${box} in the picture`);
  }

  /** Every object that was not expanded yet; back references end at roots. */
  expandAll(direction: Direction): void {
    const { objects } = this.snapshot.analysis;
    for (const [name, node] of [...this.nodes]) {
      const isEnd = direction === 'referrers' && (objects.isRoot(node) || objects.isSynthetic(node));
      if (!isEnd && !this.boxOf(name, direction)) this.expand(name, direction);
    }
  }

  /** Adds the next neighbours of an object, and counts the rest. */
  expand(name: string, direction: Direction): void {
    const node = this.nodes.get(name);
    if (node === undefined) throw new Error(`There is no object ${name} in the picture`);
    const { objects } = this.snapshot.analysis;
    const drawn = this.drawnBetween();
    const depth = this.depthOf(name);
    let added = 0;
    let skipped = 0;
    eachNeighbour(objects, node, direction, (neighbour, edge) => {
      const [owner, target] = direction === 'references' ? [node, neighbour] : [neighbour, node];
      const pair = `${pictureName(objects, owner)} ${pictureName(objects, target)}`;
      const known = drawn.get(pair) ?? 0;
      drawn.set(pair, known - 1);
      // A live process knows names that its snapshot does not: references are told apart by their number.
      if (known > 0) return;
      if (added >= step || !this.add(neighbour, depth + 1)) {
        skipped++;
        return;
      }
      added++;
      const words = wordsOf(this.snapshot);
      const drawnEdge = pictureEdge(objects, owner, edge, target, words);
      this.lines.push({ kind: 'edge', ...drawnEdge, text: edgeStatement(drawnEdge) });
    });
    this.count(name, depth, direction, skipped);
  }

  grown(): Grown {
    const added = this.nodes.size - this.before;
    return { dot: writePicture(this.lines), added, isFull: this.isFull };
  }

  /** False when the picture is full. */
  private add(node: number, depth: number): boolean {
    const { objects } = this.snapshot.analysis;
    const name = pictureName(objects, node);
    if (this.nodes.has(name)) return true;
    if (this.nodes.size >= mostObjects) {
      this.isFull = true;
      return false;
    }
    this.nodes.set(name, node);
    const drawn = pictureNode(objects, node, wordsOf(this.snapshot), { depth, skipped: 0, isStart: false });
    for (const text of nodeStatements(drawn, { maxDepth: this.shades })) this.lines.push(lineOf(text, name));
    return true;
  }

  /** A box that counts the rest, in the place of the one that was there. */
  private count(name: string, depth: number, direction: Direction, skipped: number): void {
    const old = this.boxOf(name, direction);
    if (old !== null)
      this.lines = this.lines.filter(
        (line) => !mentions(line, old) && !(line.kind === 'node' && line.name === old),
      );
    if (skipped === 0) return;
    const isTaken = this.boxOf(name, direction === 'references' ? 'referrers' : 'references') !== null;
    const box = old ?? (isTaken ? `too_many_${direction}_${name}` : `too_many_${name}`);
    const [edge, ...statements] = tooManyStatements(
      { name, depth, skipped },
      { direction, maxDepth: this.shades },
      box,
    );
    const [tail, head] = direction === 'references' ? [name, box] : [box, name];
    this.lines.push({ kind: 'edge', tail, head, text: edge });
    for (const text of statements) this.lines.push({ kind: 'node', name: box, text });
  }

  /** The name of the box that counts what is not drawn of an object's neighbours. */
  private boxOf(name: string, direction: Direction): string | null {
    for (const line of this.lines) {
      if (line.kind !== 'edge') continue;
      const [from, box] = direction === 'references' ? [line.tail, line.head] : [line.head, line.tail];
      if (from === name && box.startsWith('too_many_')) return box;
    }
    return null;
  }

  /** Per pair of objects, how many references between them are drawn. */
  private drawnBetween(): Map<string, number> {
    const drawn = new Map<string, number>();
    for (const line of this.lines)
      if (line.kind === 'edge') {
        const pair = `${line.tail} ${line.head}`;
        drawn.set(pair, (drawn.get(pair) ?? 0) + 1);
      }
    return drawn;
  }

  /** By its shade; nothing gets darker than the darkest. */
  private depthOf(name: string): number {
    const line = this.lines.find((each) => each.kind === 'node' && each.name === name && isShaded(each));
    return line ? Math.min(this.shades - 1, Math.round(darkness(line) * this.shades)) : 0;
  }

  /** As the picture has them, so that what is added looks like what was there: by the first step from white. */
  private shadesDrawn(): number {
    const steps = this.lines
      .filter((line) => line.kind === 'node' && this.nodes.has(line.name) && isShaded(line))
      .map(darkness)
      .filter((step) => step > 0);
    return steps.length > 0 ? Math.max(1, Math.round(1 / Math.min(...steps))) : usualShades;
  }
}

const shade = /fillcolor="[^",]*,[^",]*,([\d.]+)"/;
const isShaded = ({ text }: PictureLine) => shade.test(text);

/** From white, 0, to the darkest, 1: values from 1 to 0.3. */
const darkness = ({ text }: PictureLine) => (1 - Number(shade.exec(text)![1])) / 0.7;

const mentions = (line: PictureLine, name: string) =>
  line.kind === 'edge' && (line.tail === name || line.head === name);

/** Statements of a node may be edges: the mark of a finalizer. */
function lineOf(text: string, name: string): PictureLine {
  return text.includes('->') && !text.includes('label=')
    ? { kind: 'edge', tail: name, head: `${name}_has_a_finalizer`, text }
    : { kind: 'node', name: text.trimStart().split('[')[0], text };
}
