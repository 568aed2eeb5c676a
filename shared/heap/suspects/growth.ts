// What becomes more from snapshot to snapshot, wherever it hangs: entries of collections, lists, listeners, timers,
// scopes of functions that never return. One finding for each place; what hangs from it grew because of it.
import type { HeapAnalysis } from '../analysis.ts';
import type { ChainLink } from '../chain.ts';
import { groupRetainedSizes, noGroup } from '../group-retained-sizes.ts';
import { NodeType } from '../node-types.ts';
import type { SourcePlace } from '../places.ts';
import { grouped, inBytes } from '../../quantities.ts';
import { growthConfidence } from './confidence.ts';
import type { Consequence, Detector, Finding } from './finding.ts';
import type { GrowingGroup } from './growing-group.ts';
import { findGrowth } from './growing-groups.ts';
import type { HolderWords } from './holder-words.ts';
import type { PathGroups } from './path-groups.ts';
import { pathTo } from './reach-tree.ts';

const maxConsequences = 10;
const maxNamedParts = 2;
/** As many as the growing objects, but for this share: one of each. */
const mostOdd = 0.05;
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
  const number = new Map(growing.flatMap(({ members }, i) => members.map((group) => [group, i])));
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
  const { confidence, because, doubts } = growthConfidence(
    one,
    place.isInternal,
    isSameProcess,
    place.isPython,
  );
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

/** The newest of the timers that call the function which most timers of a group call, and how many these are. */
function mostCommonTimer(
  { graph }: HeapAnalysis,
  last: PathGroups,
  group: number,
): { example: number; count: number } | null {
  const found = new Map<string, { example: number; count: number }>();
  for (const node of last.tree.order) {
    if (last.ofNode[node] !== group || last.isStore[node]) continue;
    const closure = graph.childNamed(node, '_onTimeout');
    if (closure < 0 || graph.nodeTypes[closure] !== NodeType.closure) continue;
    const row = graph.locationOf(closure);
    const { scriptIds, lines, columns } = graph.locations;
    const place = row < 0 ? '' : `${scriptIds[row]} ${lines[row]} ${columns[row]}`;
    const key = `${graph.nodeName(closure)} ${place}`;
    const known = found.get(key) ?? { example: node, count: 0 };
    known.count++;
    if (graph.nodeIds[node] > graph.nodeIds[known.example]) known.example = node;
    found.set(key, known);
  }
  return [...found.values()].sort((a, b) => b.count - a.count)[0] ?? null;
}

/** Whether a script is Node's own, or Deno's. */
const isOfRuntime = (script: string) => /^(node|ext):/.test(script);

/** Whether a class is written in the program. */
const isOfProgram = ({ className, place }: Consequence) =>
  !unspecific.has(className) && place !== null && !isOfRuntime(place.text);

const withArticle = (noun: string) => `${/^[aeiou]/i.test(noun) ? 'an' : 'a'} ${noun}`;

/** Where a group hangs, in words. */
class Place {
  readonly className: string;
  /** Where the class, or the function, is written. */
  readonly source: SourcePlace | null;
  readonly node: number;
  readonly chain: string[];
  /** Whether nothing of the program's own code is in it. */
  readonly isInternal: boolean;
  readonly isPython: boolean;
  /** Whether nothing but a list of V8's leads to them. */
  private readonly isHeldByV8: boolean;
  private readonly path: ChainLink[];
  private readonly holder: ChainLink[];
  private readonly closure: number;
  /** Whether some timers of a group call other functions than most of them. */
  private readonly callsOthers: boolean;

  constructor(
    private readonly now: HeapAnalysis,
    private readonly words: HolderWords,
    private readonly last: PathGroups,
    one: GrowingGroup,
  ) {
    this.isPython = now.graph.language.name === 'python';
    const { group } = one;
    const waiting = words.className(one.example) === 'Timeout' ? mostCommonTimer(now, last, group) : null;
    const example = waiting?.example ?? one.example;
    this.callsOthers = waiting !== null && waiting.count < last.counts[group];
    this.path = pathTo(last.tree, example);
    const top = this.path.findIndex(({ node }) => last.ofNode[node] === group);
    this.holder = one.grows === 'size' ? this.path : this.path.slice(0, Math.max(1, top));
    // A list of V8's or Blink's is no object to look at: one of those that it holds is.
    const holder = this.holder.at(-1)!.node;
    this.isHeldByV8 = now.objects.isSynthetic(holder) || /^blink::Heap\w+</.test(now.graph.nodeName(holder));
    if (this.isHeldByV8) this.holder = this.path.slice(0, top + 1);
    this.node = this.holder.at(-1)!.node;
    this.className = words.className(example);
    this.closure = this.closureOf(example);
    this.source = words.names.sourcePlace(this.closure >= 0 ? this.closure : example);
    this.chain = words.steps(
      this.holder.map(({ node, edge }, i) => ({ node, edge: i + 1 < this.holder.length ? edge : -1 })),
    );
    const places = [
      this.source?.text ?? null,
      ...one.consequences.map((other) => words.names.place(last.examples[other.group])),
    ];
    const isOfNode = (script: string | null) => script === null || isOfRuntime(script);
    // Node's own listener of the program's emitter is the program's.
    const script = words.scriptAlong(this.holder);
    const isOfV8 = this.isHeldByV8 || now.objects.isSynthetic(this.path[0].node);
    this.isInternal = places.every(isOfNode) && (script === null ? isOfV8 : isOfNode(script));
  }

  summary({ counts, bytes, grows, holders, entriesAt, consequences }: GrowingGroup): string {
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
      return `${count} timers wait to call ${words.names.describe(this.closure)}${this.callsOthers ? ' and others' : ''}, ${added}`;
    if (this.isHeldByV8) {
      const isLost = this.isPython && this.now.graph.nodeName(this.path[0].node).startsWith('(unreachable');
      const how = isLost ? 'wait for the garbage collector' : 'are held by native code';
      return `${count} ${this.className}${this.partsOfEach(counts, consequences)} ${how}, ${added}`;
    }
    const own = this.ownClass(consequences);
    const what = `${count} ${this.className}${own === null ? '' : ` with ${own}`}`;
    const holder = this.holder.at(-1)!.node;
    if (holders > 1 && this.holder.length > 1) {
      const entry = entriesAt === null ? undefined : this.holder.at(-1 - entriesAt)?.node;
      const isAny = (node: number) => this.last.isEntry[this.last.ofNode[node]] || node === entry;
      const owner = words.named(this.holder, isAny);
      return `${grouped(holders)} ${words.className(holder)} in ${owner} hold ${what}, ${added}`;
    }
    const first = this.firstOfList();
    if (first !== null) return `${words.named(first, () => false)} is followed by ${what}, ${added}`;
    return `${this.nameOfHolder()} holds ${what}, ${added}`;
  }

  consequences(others: GrowingGroup['consequences']): Consequence[] {
    const { words, last } = this;
    const found = new Map<string, Consequence>();
    for (const { group, counts } of others) {
      const className = words.className(last.examples[group]);
      const place = words.names.sourcePlace(last.examples[group]);
      const key = `${className} ${place?.text ?? ''}`;
      const known = found.get(key) ?? { className, place, count: 0 };
      known.count += counts.at(-1)!;
      found.set(key, known);
    }
    return [...found.values()].slice(0, maxConsequences);
  }

  /** What a reader would look for: a class of the program's, if the growing objects themselves are of none. */
  private ownClass(others: GrowingGroup['consequences']): string | null {
    if (isOfProgram({ className: this.className, place: this.source, count: 0 })) return null;
    const known = this.consequences(others);
    const own = known.find(isOfProgram);
    if (own) return `${grouped(own.count)} ${own.className}`;
    const isOfNode = this.source === null || isOfRuntime(this.source.text);
    const script = this.words.scriptAlong(this.path);
    if (!isOfNode || (script !== null && !isOfRuntime(script))) return null;
    const code = known.find(({ place }) => place !== null && !isOfRuntime(place.text));
    return code?.place ? `functions of ${code.place.text}` : null;
  }

  /** What each of the growing objects has, or is a part of: the first classes with a name of their own. */
  private partsOfEach(counts: readonly number[], others: GrowingGroup['consequences']): string {
    const count = counts.at(-1)!;
    const parts = this.consequences(others)
      .filter((one) => !unspecific.has(one.className) && Math.abs(one.count - count) <= mostOdd * count)
      .sort((a, b) => Number(isOfProgram(b)) - Number(isOfProgram(a)))
      .slice(0, maxNamedParts)
      .map(({ className }) => withArticle(className));
    return parts.length === 0 ? '' : `, each with ${parts.join(' and ')},`;
  }

  /** The way to the first object of a list of such objects; of functions, each of which refers to the one before it by its scope. */
  private firstOfList(): ChainLink[] | null {
    const { words, holder, last } = this;
    // The entries of a collection of collections follow one another in no list.
    if (last.isEntry[last.ofNode[this.path.at(-1)!.node]]) return null;
    const to = holder.findLastIndex(({ node }) => !words.isScope(node)) + 1;
    const isList = to > 1 && words.className(holder[to - 1].node) === this.className;
    return isList && (to === holder.length || this.className === 'Function') ? holder.slice(0, to) : null;
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
