// What becomes more from snapshot to snapshot, wherever it hangs: entries of collections, lists, listeners, timers,
// scopes of functions that never return. One finding for each place; what hangs from it grew because of it.
import type { HeapAnalysis } from '../analysis.ts';
import type { ChainLink } from '../chain.ts';
import { groupRetainedSizes, noGroup } from '../group-retained-sizes.ts';
import { NodeType } from '../node-types.ts';
import { grouped, inBytes } from '../quantities.ts';
import { growthConfidence } from './confidence.ts';
import type { Consequence, Detector, Finding } from './finding.ts';
import { findGrowth, type GrowingGroup } from './growing-groups.ts';
import type { HolderWords } from './holder-words.ts';
import type { PathGroups } from './path-groups.ts';
import { pathTo } from './reach-tree.ts';

const maxConsequences = 10;
/** Classes that say nothing of a program. */
const unspecific = new Set([
  'Object',
  'Array',
  'string',
  'Function',
  'Context',
  'Map',
  'Set',
  'Promise',
  'Generator',
]);

export const growth: Detector = ({ now, earlier, words, isSameProcess }) => {
  if (earlier.length === 0) return [];
  const { last, growing } = findGrowth([...earlier, now], isSameProcess);
  const retained = retainedOf(now, last, growing);
  return growing.map((one, i) => describe(new Place(now, words, last, one), one, retained[i], isSameProcess));
};

/** Bytes that would be freed with each group. */
function retainedOf(now: HeapAnalysis, last: PathGroups, growing: readonly GrowingGroup[]): Float64Array {
  const number = new Map(growing.map(({ group }, i) => [group, i]));
  const groups = new Uint32Array(now.graph.nodeCount).fill(noGroup);
  for (let node = 0; node < groups.length; node++)
    if (!last.isStore[node]) groups[node] = number.get(last.ofNode[node]) ?? noGroup;
  return groupRetainedSizes(groups, growing.length, now);
}

function describe(
  place: Place,
  one: GrowingGroup,
  retained: number,
  isSameProcess: boolean,
): Omit<Finding, 'detector'> {
  const { counts, bytes, consequences } = one;
  const { confidence, because, doubts } = growthConfidence(one, place.isInternal, isSameProcess);
  return {
    className: place.className,
    place: place.source,
    count: counts.at(-1)!,
    bytes: Math.max(retained, one.grows === 'size' ? bytes.at(-1)! : 0),
    node: place.node,
    summary: place.summary(one),
    chain: place.chain,
    confidence,
    because,
    growth: counts.map((count, i) => ({ count, bytes: bytes[i] })),
    holders: one.holders,
    consequences: place.consequences(consequences),
    doubts,
  };
}

/** Where a group hangs, in words. */
class Place {
  readonly className: string;
  /** Where the class, or the function, is written. */
  readonly source: string | null;
  readonly node: number;
  readonly chain: string[];
  /** Whether nothing of the program's own code is in it. */
  readonly isInternal: boolean;
  private readonly path: ChainLink[];
  private readonly holder: ChainLink[];
  private readonly closure: number;

  constructor(
    private readonly now: HeapAnalysis,
    private readonly words: HolderWords,
    private readonly last: PathGroups,
    one: GrowingGroup,
  ) {
    const { example, group } = one;
    this.path = pathTo(last.tree, example);
    const top = this.path.findIndex(({ node }) => last.ofNode[node] === group);
    this.holder = one.grows === 'size' ? this.path : this.path.slice(0, Math.max(1, top));
    this.node = this.holder.at(-1)!.node;
    this.className = words.className(example);
    this.closure = this.closureOf(example);
    this.source = words.names.place(this.closure >= 0 ? this.closure : example);
    this.chain = words.steps(
      this.holder.map(({ node, edge }, i) => ({ node, edge: i + 1 < this.holder.length ? edge : -1 })),
    );
    const places = [
      this.source,
      ...one.consequences.map((other) => words.names.place(last.examples[other.group])),
    ];
    const isOfNode = (script: string | null) => script === null || script.startsWith('node:');
    const script = words.scriptAlong(this.path);
    const isOfV8 = now.objects.isSynthetic(this.path[0].node);
    this.isInternal = places.every(isOfNode) && (script === null ? isOfV8 : isOfNode(script));
  }

  summary({ counts, bytes, grows, holders, consequences }: GrowingGroup): string {
    const { words } = this;
    const count = grouped(counts.at(-1)!);
    if (grows === 'size') {
      const many = counts.at(-1)! > 1 ? `${count} ${this.className} in ` : '';
      return `${many}${this.nameOfHolder()} grew from ${inBytes(bytes[0])} to ${inBytes(bytes.at(-1)!)}`;
    }
    const added = `${grouped(counts.at(-1)! - counts[0])} more than before`;
    const event = this.event();
    if (event)
      return `${event.emitter} has ${count} listeners of \`${event.name}\`: ${words.names.describe(this.path.at(-1)!.node)}, ${added}`;
    if (this.closure >= 0 && this.className === 'Timeout')
      return `${count} timers wait to call ${words.names.describe(this.closure)}, ${added}`;
    const own = this.ownClass(consequences);
    const what = `${count} ${this.className}${own === null ? '' : ` with ${own}`}`;
    const holder = this.holder.at(-1)!.node;
    if (holders > 1 && this.holder.length > 1) {
      const owner = words.named(this.holder, (node) => this.last.isEntry[this.last.ofNode[node]]);
      return `${grouped(holders)} ${words.className(holder)} in ${owner} hold ${what}, ${added}`;
    }
    const isEntry = this.last.isEntry[this.last.ofNode[this.path.at(-1)!.node]];
    if (words.className(holder) === this.className && this.holder.length > 1 && !isEntry)
      return `${words.named(this.holder, () => false)} is followed by ${what}, ${added}`;
    return `${this.nameOfHolder()} holds ${what}, ${added}`;
  }

  consequences(others: GrowingGroup['consequences']): Consequence[] {
    const { words, last } = this;
    const found = new Map<string, Consequence>();
    for (const { group, counts } of others) {
      const className = words.className(last.examples[group]);
      const place = words.names.place(last.examples[group]);
      const key = `${className} ${place ?? ''}`;
      const known = found.get(key) ?? { className, place, count: 0 };
      known.count += counts.at(-1)!;
      found.set(key, known);
    }
    return [...found.values()].slice(0, maxConsequences);
  }

  /** What a reader would look for: a class of the program's, if the growing objects themselves are of none. */
  private ownClass(others: GrowingGroup['consequences']): string | null {
    const isOwn = ({ className, place }: Consequence) =>
      !unspecific.has(className) && place !== null && !place.startsWith('node:');
    if (isOwn({ className: this.className, place: this.source, count: 0 })) return null;
    const known = this.consequences(others);
    const own = known.find(isOwn);
    if (own) return `${grouped(own.count)} ${own.className}`;
    const isOfNode = this.source?.startsWith('node:') ?? true;
    const script = this.words.scriptAlong(this.path);
    if (!isOfNode || (script !== null && !script.startsWith('node:'))) return null;
    const code = known.find(({ place }) => place !== null && !place.startsWith('node:'));
    return code ? `functions of ${code.place}` : null;
  }

  private nameOfHolder(): string {
    return this.words.named(this.holder);
  }

  /** The emitter and the event of a listener. */
  private event(): { emitter: string; name: string } | null {
    const at = this.path.length - 4;
    if (at < 0 || this.now.graph.nodeTypes[this.path.at(-1)!.node] !== NodeType.closure) return null;
    const [emitter, events] = this.path.slice(at);
    const { references } = this.words;
    if (references.of(emitter.node, emitter.edge) !== '_events') return null;
    return {
      emitter: this.words.named(this.path.slice(0, at + 1)),
      name: references.of(events.node, events.edge),
    };
  }

  /** The function that a timer calls, or that a function is. */
  private closureOf(node: number): number {
    const { graph } = this.now;
    if (graph.nodeTypes[node] === NodeType.closure) return node;
    const called = graph.childNamed(node, '_onTimeout');
    return called >= 0 && graph.nodeTypes[called] === NodeType.closure ? called : -1;
  }
}
