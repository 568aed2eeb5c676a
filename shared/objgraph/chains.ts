// The shortest chain of references from an object, or to it: the answer to "why is this still in memory?".
import { inspect } from 'node:util';
import { isMap } from 'node:util/types';
import { findChain, type ChainOptions } from '../heap/chain.ts';
import { isEntryName } from '../heap/hash-tables.ts';
import { grouped } from '../quantities.ts';
import type { Direction } from '../heap/selection.ts';
import {
  checkCounts,
  checkOptions,
  describeValue,
  ignoredIds,
  isHeapNode,
  startObjects,
} from './arguments.ts';
import { chainSteps } from './chain-steps.ts';
import { HeapNode, lineOf } from './heap-node.ts';
import { isSnapshot, snapshotNow, type LiveValues, type Snapshot } from './snapshot.ts';

/** The options of `findRefChain` and `findBackrefChain`. */
export interface ChainSearch {
  /** The most steps a chain may have (default: any number; a list of timers or promises is as long as it is). */
  maxDepth?: number;
  /** Ids (or `HeapNode`s) that no chain may lead through. */
  extraIgnore?: Iterable<number | HeapNode>;
  /** A moment to ask about instead of the present. */
  snapshot?: Snapshot;
}

/** Whether an object is the one that a search looks for, or may be drawn. It gets a view of the object; nothing of it runs. */
export type Predicate = (node: HeapNode) => boolean;

/**
 * Whether chains of back references may end at an object: a CommonJS or ES module, the global object, or the scope of
 * scripts. The counterpart of objgraph's "a module that is in sys.modules".
 */
export function isProperModule(object: unknown): boolean {
  if (isHeapNode(object)) return object.snapshot.graph.isRoot(object.ordinal);
  if (object === globalThis) return true;
  if (typeof object !== 'object' || object === null) return false;
  const { snapshot, nodes } = snapshotNow([object], 'none');
  return snapshot.graph.isRoot(snapshot.graph.canonical(nodes[0]));
}

/**
 * A shortest chain of references that leads from `object` to one for which `predicate` is true.
 *
 * @returns the objects from `object` on, each with the name of its reference to the next in `edge`;
 *   `[object]` alone when there is no such chain
 * @example
 * showChain(findRefChain(app, (node) => node.className === 'Socket'), { backrefs: false });
 */
export function findRefChain(object: unknown, predicate: Predicate, options: ChainSearch = {}): HeapNode[] {
  return search('findRefChain', 'references', object, predicate, options);
}

/**
 * A shortest chain of references that leads to `object` from one for which `predicate` is true.
 *
 * @returns the objects up to `object`, each with the name of its reference to the next in `edge`;
 *   `[object]` alone when there is no such chain
 * @example
 * showChain(findBackrefChain(byType('MyBigFatObject')[0], isProperModule));
 */
export function findBackrefChain(
  object: unknown,
  predicate: Predicate = isProperModule,
  options: ChainSearch = {},
): HeapNode[] {
  return search('findBackrefChain', 'referrers', object, predicate, options);
}

function search(
  name: string,
  direction: Direction,
  object: unknown,
  predicate: Predicate,
  options: ChainSearch,
): HeapNode[] {
  checkOptions(name, options, ['maxDepth', 'extraIgnore', 'snapshot']);
  if (typeof predicate !== 'function')
    throw new TypeError(`${name}: the predicate is a function of a node, not ${describeValue(predicate)}`);
  const { maxDepth = Infinity, extraIgnore = [] } = options;
  if (maxDepth !== Infinity) checkCounts(name, { maxDepth });
  const values = predicate === isProperModule ? 'few' : 'all';
  const { snapshot, nodes } = locate(name, [object], options.snapshot, values);
  const { graph, heap } = snapshot;
  const ignored = ignoredIds(name, extraIgnore);
  const sought: ChainOptions = {
    direction,
    maxDepth,
    // The usual predicate needs no view of every object on the way.
    isEnd:
      predicate === isProperModule ? (node) => graph.isRoot(node) : (node) => predicate(snapshot.node(node)),
    accepts: (node) => ignored.size === 0 || !ignored.has(heap.nodeIds[node]),
  };
  // A prototype is a step of a chain only where there is none without it.
  const links =
    findChain(graph, nodes[0], sought) ?? findChain(graph, nodes[0], { ...sought, prototypes: true });
  if (!links) return [snapshot.node(nodes[0])];
  const chain = links.map(({ node, edge }, i) => {
    // The edge of a link enters the next node; it names the reference as its owner sees it.
    const label = edge < 0 ? undefined : referenceName(snapshot, node, edge, links[i + 1].node);
    return new HeapNode(snapshot, node, label);
  });
  return Object.defineProperty(chain, inspect.custom, {
    __proto__: null,
    value: inspectChain,
  } as PropertyDescriptor);
}

/** A line for each object, at the REPL and in `console.log`; a run of the same reference is one line: `—_idleNext × 57→`. */
function inspectChain(this: HeapNode[]): string {
  const steps = chainSteps(this);
  const lines = steps.map(({ node }, i) => {
    const next = steps.at(i + 1);
    return lineOf(node, next && (next.run > 1 ? `${next.edge} × ${grouped(next.run)}` : next.edge));
  });
  return `[\n  ${lines.join(',\n  ')}\n]`;
}

/** The nodes of objects: in the snapshot that was given, in the one that `HeapNode`s come from, or in a new one. */
export function locate(
  name: string,
  objects: unknown,
  given: Snapshot | undefined,
  values: LiveValues,
): { snapshot: Snapshot; nodes: number[] } {
  const list = startObjects(name, objects);
  if (given !== undefined && !isSnapshot(given))
    throw new TypeError(
      `${name}: snapshot is what takeSnapshot or openSnapshot gives: not ${describeValue(given)}`,
    );
  const first = list[0];
  const snapshot = given ?? (isHeapNode(first) ? first.snapshot : undefined);
  if (!snapshot) {
    const now = snapshotNow(
      list.map((object) => (isHeapNode(object) ? object.value : object)),
      values,
      [list],
    );
    return { snapshot: now.snapshot, nodes: checked(name, list, [...now.nodes], now.snapshot) };
  }
  return {
    snapshot,
    nodes: checked(
      name,
      list,
      list.map((object) => snapshot.find(object)),
      snapshot,
    ),
  };
}

function checked(name: string, objects: unknown[], nodes: number[], snapshot: Snapshot): number[] {
  nodes.forEach((node, i) => {
    if (node >= 0) return;
    const which = objects.length > 1 ? `item ${i} of the list` : 'the object';
    throw new Error(
      `${name}: ${which} is not in the snapshot: it was made later, or belongs to another process`,
    );
  });
  return nodes.map((node) => snapshot.graph.canonical(node));
}

/**
 * The name of a reference, with what only the live process knows: the keys of a Map that are numbers, which a snapshot
 * leaves out.
 */
export function referenceName(snapshot: Snapshot, owner: number, edge: number, target: number): string {
  const name = snapshot.references.of(owner, edge);
  if (!isEntryName(name) || snapshot.heap.nodeName(owner) !== 'Map') return name;
  const map = snapshot.valueOf(owner);
  const value = snapshot.valueOf(target);
  if (!isMap(map) || value === undefined) return name;
  for (const [key, held] of Map.prototype.entries.call(map) as MapIterator<[unknown, unknown]>)
    // eslint-disable-next-line @typescript-eslint/no-base-to-string -- it is no object
    if (held === value && typeof key !== 'object') return String(key);
  return name;
}

/** V8's name of what running functions refer to. */
const stackRoots = '(Stack roots)';

/**
 * Why no chain leads from a module or the global object to an object, in a sentence, with the objects from what holds it to it;
 * no sentence where there is such a chain after all.
 */
export function whyNoChain(
  { graph, heap }: Snapshot,
  node: number,
): { says: string | null; chain: number[] | null } {
  const chainTo = (isEnd: (node: number) => boolean) =>
    findChain(graph, node, {
      direction: 'referrers',
      maxDepth: Infinity,
      isEnd,
      accepts: () => true,
      prototypes: true,
    });
  if (chainTo((each) => graph.isRoot(each))) return { says: null, chain: null };
  const name = heap.nodeName(node);
  const links = chainTo((each) => graph.isSynthetic(each) && heap.nodeName(each) === stackRoots);
  const holder = links
    ? 'only a variable of a running function holds it'
    : 'only V8 itself holds it, or nothing does any more';
  return {
    says: `No module and no global leads to ${name}: ${holder}`,
    chain: links && links.map((link) => link.node),
  };
}
