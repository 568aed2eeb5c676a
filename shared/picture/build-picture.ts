// Puts objects of a heap into a picture, neighbours of one object at a time: a new picture is as many steps of it as were asked
// for, and a picture grows by one more.
import type { HeapAnalysis } from '../heap/analysis.ts';
import type { ChainLink } from '../heap/chain.ts';
import { eachNeighbour, type Direction } from '../heap/selection.ts';
import { isEntryName } from '../heap/hash-tables.ts';
import { Owner } from '../heap/owner.ts';
import { EdgeType } from '../heap/node-types.ts';
import {
  nameOfObject,
  type Box,
  type ObjectBox,
  type Picture,
  type PictureEdge,
  type RestBox,
  type RunBox,
  type StackBox,
} from './picture.ts';
import type { FoldedRun } from './fold-path.ts';
import { Siblings, type Neighbour } from './siblings.ts';
import { isPrimitive, type PictureWords } from './words.ts';

/** Fields that a card shows. */
const maxFields = 6;
/** Of like siblings, so many are cards, and the others a stack; one more than that is no stack yet. */
const firstOfAlike = 3;

export interface ExpandOptions {
  /** Boxes that are added at most; what is left is counted. */
  limit: number;
  /** Whether a neighbour may be drawn (default: all). */
  accepts?: (node: number, edge: number) => boolean;
  /** Unfolds this box: the siblings of a stack, or what a `RestBox` counts. */
  opened?: StackBox | RestBox;
}

export class PictureBuilder {
  readonly boxes: Box[];
  readonly edges: PictureEdge[];
  /** Per box of an object, its node. */
  private readonly nodes = new Map<string, number>();
  private readonly drawn: Set<string>;
  /** The nodes of the stacks that were made or changed: their bytes are counted at the end, all at once. */
  private readonly stacked = new Map<string, number[]>();
  /** Per node of a path that a pill folds, the pill. */
  private readonly runOf = new Map<number, string>();
  private readonly siblings: Siblings;
  private readonly objects;
  private lastNumber: number;
  /** Something was left out, because the picture has as many objects as it may have. */
  isFull = false;

  /** @param nodeWithId the node of each object that is in the picture already */
  constructor(
    private readonly analysis: HeapAnalysis,
    private readonly words: PictureWords,
    private readonly picture: Picture,
    private readonly maxObjects = Infinity,
    nodeWithId: (id: number) => number = (id) => analysis.graph.nodeWithId(id),
  ) {
    this.objects = analysis.objects;
    this.siblings = new Siblings(analysis);
    this.boxes = [...picture.boxes];
    this.edges = [...picture.edges];
    for (const box of this.boxes) if (box.kind === 'object') this.nodes.set(box.name, nodeWithId(box.id));
    this.drawn = new Set(this.edges.map(keyOf));
    this.lastNumber = this.boxes.length;
  }

  get objectCount(): number {
    return this.nodes.size;
  }

  finish(): Picture {
    const stacks = this.boxes.filter(({ name }) => this.stacked.has(name));
    const sizes = this.words.sizesOf(stacks.map(({ name }) => this.stacked.get(name)!));
    const sized = new Map(stacks.map(({ name }, i) => [name, sizes?.[i] ?? null]));
    const boxes = this.boxes.map((box) =>
      box.kind === 'stack' && sized.has(box.name) ? { ...box, size: sized.get(box.name)! } : box,
    );
    return { ...this.picture, boxes, edges: this.edges };
  }

  objectNames(): string[] {
    return [...this.nodes.keys()];
  }

  /** The node of a box. @throws Error when it is no object of the picture */
  nodeOf(name: string): number {
    const node = this.nodes.get(name);
    if (node === undefined) throw new Error(`There is no object ${name} in the picture`);
    return node;
  }

  /** Adds an object; false when the picture is full. */
  add(node: number, place: Partial<ObjectBox> & { depth: number }): boolean {
    const name = this.nameOf(node);
    if (this.nodes.has(name)) return true;
    if (this.nodes.size >= this.maxObjects) {
      this.isFull = true;
      return false;
    }
    this.nodes.set(name, node);
    this.boxes.push(this.boxOf(node, place));
    return true;
  }

  connect(owner: number, edge: number, target: number): void {
    this.addEdge(this.nameOf(owner), this.nameOf(target), { owner, edge, target });
  }

  /** Adds the next neighbours of an object. @returns the nodes that are new in the picture */
  expand(name: string, direction: Direction, options: ExpandOptions): number[] {
    const node = this.nodeOf(name);
    if (direction === 'references') this.showFields(name, node);
    const box = this.boxes.find((each) => each.name === name)!;
    const waiting = this.waitingAt(name, direction);
    const { opened } = options;
    for (const each of waiting) this.remove(each);
    const stacks = new Map(waiting.flatMap((each) => (each.kind === 'stack' ? [[each.like, each]] : [])));
    const added: number[] = [];
    let left = options.limit;
    let rest = 0;
    const draw = (neighbour: Neighbour): boolean => {
      if (left <= 0) return false;
      const isNew = !this.nodes.has(this.nameOf(neighbour.node));
      if (!this.add(neighbour.node, { depth: box.depth + 1 })) return false;
      left--;
      if (isNew) added.push(neighbour.node);
      if (direction === 'references') this.connect(node, neighbour.edge, neighbour.node);
      else this.connect(neighbour.node, neighbour.edge, node);
      return true;
    };
    for (const [like, group] of this.groups(node, direction, options.accepts)) {
      const stack = stacks.get(like);
      const isOther =
        opened !== undefined && (opened.kind === 'stack' ? opened.like !== like : stack !== undefined);
      let next = 0;
      if (!isOther) {
        const cards = stack || opened?.kind === 'stack' ? options.limit : this.cardsOf(group.length);
        while (next < group.length && next < cards && draw(group[next])) next++;
      }
      const remaining = group.slice(next);
      if (remaining.length === 0) continue;
      // What did not fit at all is counted with the rest, unless it was a stack already.
      if (like !== '' && (stack || next > 0)) this.stack(box, direction, like, remaining, stack);
      else rest += remaining.length;
    }
    if (rest > 0)
      this.rest(
        box,
        direction,
        rest,
        waiting.find((each) => each.kind === 'rest'),
      );
    return added;
  }

  /** Whether a box counts what is not drawn of an object's neighbours. */
  hasWaiting(name: string, direction: Direction): boolean {
    return this.waitingAt(name, direction).length > 0;
  }

  /** Counts what is not drawn of an object's neighbours. */
  countRest(node: number, direction: Direction, count: number): void {
    this.rest(
      this.boxes.find(({ name }) => name === this.nameOf(node))!,
      direction,
      count,
    );
  }

  /** Adds the pill of a run of a path. */
  addRun(
    { from, to, label, text, note, isRoot }: FoldedRun,
    depth: number,
    path: readonly ChainLink[],
  ): void {
    const steps = path
      .slice(from, to + 1)
      .map(({ node, edge }) => ({ id: this.analysis.graph.nodeIds[node], edge }));
    const name = `run${++this.lastNumber}`;
    this.boxes.push({ kind: 'run', name, depth, label, text, note, isRoot, steps });
    for (const { node } of path.slice(from, to + 1)) this.runOf.set(node, name);
  }

  /** Draws the reference of a path between two of its links, or between the pills that fold these. */
  connectPath(path: readonly ChainLink[], from: number, to: number): void {
    const owner = path[from];
    const target = path[to].node;
    if (owner.edge < 0) return;
    const [tail, head] = [owner.node, target].map((node) => this.runOf.get(node) ?? this.nameOf(node));
    this.addEdge(tail, head, { owner: owner.node, edge: owner.edge, target });
  }

  /** Draws the objects that a pill folds. */
  unfold(run: RunBox, nodeWithId: (id: number) => number): number[] {
    const before = this.edges.filter(({ head }) => head === run.name);
    const after = this.edges.filter(({ tail }) => tail === run.name);
    this.remove(run);
    const steps = run.steps.map(({ id, edge }) => ({ node: nodeWithId(id), edge }));
    for (const { node } of steps) this.add(node, { depth: run.depth });
    for (const edge of before) this.edges.push({ ...edge, head: this.nameOf(steps[0].node) });
    for (let i = 0; i + 1 < steps.length; i++) this.connect(steps[i].node, steps[i].edge, steps[i + 1].node);
    for (const edge of after) this.edges.push({ ...edge, tail: this.nameOf(steps.at(-1)!.node) });
    return steps.map(({ node }) => node);
  }

  private groups(
    node: number,
    direction: Direction,
    accepts: ExpandOptions['accepts'] = () => true,
  ): Map<string, Neighbour[]> {
    const { graph } = this.analysis;
    const isClassic = this.picture.style === 'classic';
    const groups = new Map<string, Neighbour[]>();
    eachNeighbour(this.objects, node, direction, (neighbour, edge) => {
      // A card shows these as its fields.
      if (!isClassic && direction === 'references' && isPrimitive(graph.nodeTypes[neighbour])) return false;
      const [owner, target] = direction === 'references' ? [node, neighbour] : [neighbour, node];
      const key = `${this.nameOf(owner)} ${this.nameOf(target)} ${edge}`;
      if (this.drawn.has(key)) return true;
      if (!accepts(neighbour, edge)) return false;
      const found = { node: neighbour, edge };
      const like = isClassic ? '' : this.siblings.like(owner, found);
      const group = groups.get(like);
      if (group) group.push(found);
      else groups.set(like, [found]);
      return true;
    });
    return groups;
  }

  private cardsOf(count: number): number {
    return this.picture.style === 'classic' || count <= firstOfAlike + 1 ? count : firstOfAlike;
  }

  private waitingAt(name: string, direction: Direction): (StackBox | RestBox)[] {
    return this.boxes.filter(
      (box): box is StackBox | RestBox =>
        (box.kind === 'stack' || box.kind === 'rest') && box.of === name && box.direction === direction,
    );
  }

  private remove({ name }: Box): void {
    this.boxes.splice(
      this.boxes.findIndex((box) => box.name === name),
      1,
    );
    for (let i = this.edges.length - 1; i >= 0; i--)
      if (this.edges[i].tail === name || this.edges[i].head === name) {
        this.drawn.delete(keyOf(this.edges[i]));
        this.edges.splice(i, 1);
      }
  }

  private stack(of: Box, direction: Direction, like: string, group: Neighbour[], old?: StackBox): void {
    const [{ node }] = group;
    const { type, place, owner } = this.words.card(node);
    const targets = [...new Set(group.map((each) => each.node))];
    const name = old?.name ?? `more${++this.lastNumber}`;
    this.boxes.push({
      kind: 'stack',
      name,
      of: of.name,
      depth: of.depth + 1,
      direction,
      like,
      type,
      text: '',
      place,
      owner,
      isRoot: false,
      isV8Root: false,
      count: targets.length,
      size: null,
    });
    this.stacked.set(name, targets);
    const [first] = group;
    const label =
      direction === 'references'
        ? this.words.reference(this.nodes.get(of.name)!, first.edge, first.node)
        : this.words.reference(first.node, first.edge, this.nodes.get(of.name)!);
    const isNumbered = label === '' || isEntryName(label);
    const shown = isNumbered || group.length === 1 || label === 'member' ? label : `${label} …`;
    this.link(of.name, name, direction, isNumbered ? '' : shown, group.length);
  }

  private rest(of: Box, direction: Direction, count: number, old?: Box): void {
    const isTaken = this.boxes.some((box) => box.name === `too_many_${of.name}`);
    const fresh = isTaken ? `too_many_${direction}_${of.name}` : `too_many_${of.name}`;
    const name = old?.name ?? fresh;
    this.boxes.push({ kind: 'rest', name, of: of.name, depth: of.depth + 1, direction, count });
    this.link(of.name, name, direction, '', count);
  }

  private addEdge(
    tail: string,
    head: string,
    { owner, edge, target }: { owner: number; edge: number; target: number },
  ): void {
    const isField = this.analysis.graph.edgeType(edge) === EdgeType.property;
    const label = this.words.reference(owner, edge, target);
    const drawn = { tail, head, label, edge, isField, count: 1 };
    if (this.drawn.has(keyOf(drawn))) return;
    this.drawn.add(keyOf(drawn));
    this.edges.push(drawn);
  }

  private link(of: string, box: string, direction: Direction, label: string, count: number): void {
    const [tail, head] = direction === 'references' ? [of, box] : [box, of];
    this.edges.push({ tail, head, label, edge: null, isField: false, count });
  }

  private boxOf(node: number, place: Partial<ObjectBox> & { depth: number }): ObjectBox {
    const { words } = this;
    return {
      kind: 'object',
      name: this.nameOf(node),
      id: this.analysis.graph.nodeIds[node],
      ...words.card(node),
      isStart: false,
      isHolder: false,
      isHighlighted: words.isHighlighted?.(node) ?? false,
      hasFinalizer: this.objects.hasFinalizer(node),
      ...(this.picture.kind === 'references' ? this.fieldsOf(node) : { fields: [], moreFields: 0 }),
      lines: this.picture.style === 'classic' ? words.lines(node) : [],
      notes: words.notes?.(node) ?? [],
      attributes: textsOf(words.attributes?.(node) ?? {}),
      ...place,
    };
  }

  /** Only in cards: the classic style draws primitive values as it draws objects. */
  private fieldsOf(node: number): Pick<ObjectBox, 'fields' | 'moreFields'> {
    if (this.picture.style === 'classic') return { fields: [], moreFields: 0 };
    const { fields, total } = this.words.fields(node, maxFields);
    return { fields, moreFields: total - fields.length };
  }

  /** An object whose references are drawn shows its primitive values as well. */
  private showFields(name: string, node: number): void {
    const index = this.boxes.findIndex((box) => box.name === name);
    this.boxes[index] = { ...(this.boxes[index] as ObjectBox), ...this.fieldsOf(node) };
  }

  nameOf(node: number): string {
    return nameOfObject(this.analysis.graph.nodeIds[node]);
  }

  /** Whether a new picture goes on behind an object: what is Node's own is seldom what is looked for. */
  isWorthExpanding(node: number, direction: Direction): boolean {
    const { objects } = this;
    const isRoot = objects.isRoot(node) || objects.isSynthetic(node);
    if (direction === 'referrers') return !isRoot;
    return (
      this.picture.style === 'classic' || !(isRoot || this.analysis.owners.ofNode[node] === Owner.internal)
    );
  }
}

const keyOf = ({ tail, head, edge }: PictureEdge) => `${tail} ${head} ${edge}`;

function textsOf(attributes: Record<string, unknown>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(attributes)
      .filter(([, value]) => value !== null && value !== undefined)
      .map(([key, value]) => [key, String(value)]),
  );
}
