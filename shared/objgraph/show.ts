// The pictures: what an object refers to, what refers to it, and the chain that keeps it in memory.
import { isProxy } from 'node:util/types';
import { pictureAround } from '../dot/heap-picture.ts';
import { writeDot } from '../dot/write.ts';
import type { Direction } from '../heap/selection.ts';
import { checkCounts, checkFunctions, checkOptions, ignoredIds, isList } from './arguments.ts';
import { locate, referenceName, type Predicate } from './chains.ts';
import { HeapNode } from './heap-node.ts';
import { showMerged, type MergeOptions } from './show-merged.ts';
import { checkDestination, present, type Destination } from './present.ts';
import { reachableObjects } from './reachable-objects.ts';
import type { LiveValues, Snapshot } from './snapshot.ts';

/** The options of the pictures; as in objgraph. */
export interface ShowOptions extends Destination {
  /** Steps away from the objects (default 3). */
  maxDepth?: number;
  /** References drawn per object (default 10); the rest becomes one node that counts them. */
  tooMany?: number;
  /** Only objects for which this is true are drawn, besides the ones asked for. */
  filter?: Predicate;
  /** Ids (or `HeapNode`s) of objects to leave out. */
  extraIgnore?: Iterable<number | HeapNode>;
  /** Objects for which this is true are drawn in blue. */
  highlight?: Predicate;
  /** One more line of the label. */
  extraInfo?: (node: HeapNode) => string;
  /** More attributes of Graphviz for a node, such as `{ URL: … }`; null and undefined are left out. */
  extraNodeAttrs?: (node: HeapNode) => Record<string, unknown>;
  /** Whether to show how many references lead to each object. */
  refcounts?: boolean;
  /** False names classes with their place in the source. */
  shortNames?: boolean;
  /** A moment to draw instead of the present. */
  snapshot?: Snapshot;
  /** See `MergeOptions`. */
  merge?: false;
}

const known = [
  'maxDepth',
  'tooMany',
  'filter',
  'extraIgnore',
  'highlight',
  'extraInfo',
  'extraNodeAttrs',
  'refcounts',
  'shortNames',
  'filename',
  'output',
  'snapshot',
] as const;

/**
 * Draws what objects refer to.
 *
 * @param objects an object, or an array of objects: to draw an array itself, put it into one; with `merge`, also the name of
 *   a class, for all of its instances
 * @throws TypeError for what is no object in the heap, for options that do not exist, or for both filename and output
 * @example
 * const x = [];
 * const y = [x, [x], { x }];
 * showRefs([y]); // opens the viewer
 * showRefs([y], { filename: 'sample-graph.png' });
 * showRefs('Session', { merge: true }); // what all sessions are made of, in a few boxes
 */
export function showRefs(objects: unknown, options: ShowOptions | MergeOptions = {}): void {
  if (isMerge(options)) showMerged('showRefs', 'references', objects, options);
  else show('showRefs', 'references', objects, options);
}

/**
 * Draws what refers to objects, back to modules and the global object, where it stops.
 *
 * @param objects an object, or an array of objects; with `merge`, also the name of a class, for all of its instances
 * @throws as `showRefs`
 * @example
 * showBackrefs(byType('MyBigFatObject'), { maxDepth: 5 });
 * showBackrefs('MyBigFatObject', { merge: true }); // thousands of them in a few boxes
 */
export function showBackrefs(objects: unknown, options: ShowOptions | MergeOptions = {}): void {
  if (isMerge(options)) showMerged('showBackrefs', 'referrers', objects, options);
  else show('showBackrefs', 'referrers', objects, options);
}

/** What is no object is judged later, by what draws. */
function isMerge(options: ShowOptions | MergeOptions | null): options is MergeOptions {
  return typeof options === 'object' && options !== null && !isProxy(options) && options.merge === true;
}

/**
 * Draws chains of references, as `findBackrefChain` and `findRefChain` give them.
 *
 * @param args chains, and at the end options, if any; `backrefs: false` draws forwards from the first object
 * @example
 * showChain(findBackrefChain(object, isProperModule), { filename: 'chain.png' });
 */
export function showChain(...args: (readonly unknown[] | (ShowOptions & { backrefs?: boolean }))[]): void {
  const chains = args.filter(isList).filter((chain) => chain.length > 0);
  const given = args.findLast((arg) => !isList(arg)) ?? {};
  const { backrefs = true, ...options } = given as ShowOptions & { backrefs?: boolean };
  if (chains.length === 0)
    throw new TypeError('showChain: there is no chain to show: pass what findBackrefChain gives');
  const { snapshot, nodes } = locate(
    'showChain',
    chains.flat(),
    options.snapshot,
    hasCallback(options) ? 'all' : 'few',
  );
  const members = new Set(nodes);
  const ends = chains.map((chain) => (backrefs ? chain.at(-1) : chain[0]));
  show(
    'showChain',
    backrefs ? 'referrers' : 'references',
    locate('showChain', ends, snapshot, 'few').nodes.map((node) => snapshot.node(node)),
    {
      ...options,
      snapshot,
      maxDepth: Math.max(...chains.map((chain) => chain.length)) - 1,
      filter: (node) => members.has(node.ordinal),
    },
  );
}

function show(name: string, direction: Direction, objects: unknown, options: ShowOptions): void {
  checkOptions(name, options, name === 'showChain' ? known : [...known, 'merge']);
  checkDestination(name, options);
  const { maxDepth = 3, tooMany = 10, filter, extraIgnore = [] } = options;
  const { highlight, extraInfo, extraNodeAttrs } = options;
  checkCounts(name, { maxDepth, tooMany });
  checkFunctions(name, { filter, highlight, extraInfo, extraNodeAttrs });
  const ignored = ignoredIds(name, extraIgnore);
  const { snapshot, nodes: starts } = locate(
    name,
    objects,
    options.snapshot,
    valuesFor(direction, objects, options),
  );
  const { graph, heap } = snapshot;
  const picture = pictureAround(
    graph,
    starts,
    {
      direction,
      maxDepth,
      tooMany,
      accepts: (node) => !ignored.has(heap.nodeIds[node]) && (!filter || filter(snapshot.node(node))),
    },
    {
      lines: (node) => label(snapshot.node(node), options),
      reference: (owner, edge, target) => referenceName(snapshot, owner, edge, target),
      isHighlighted: (node) => Boolean(highlight?.(snapshot.node(node))),
      attributes: (node) => extraNodeAttrs?.(snapshot.node(node)) ?? {},
    },
  );
  present(writeDot(picture), picture.nodes.length, options, snapshot);
}

function valuesFor(direction: Direction, objects: unknown, options: ShowOptions): LiveValues {
  // A callback may ask for the live value of any object.
  if (hasCallback(options)) return 'all';
  if (direction === 'referrers' || options.snapshot) return 'few';
  return reachableObjects(isList(objects) ? objects : [objects], options.maxDepth ?? 3) ?? 'few';
}

function hasCallback({ filter, highlight, extraInfo, extraNodeAttrs }: ShowOptions): boolean {
  return Boolean(filter ?? highlight ?? extraInfo ?? extraNodeAttrs);
}

function label(node: HeapNode, { refcounts = false, shortNames = true, extraInfo }: ShowOptions): string[] {
  const type = shortNames ? node.className : node.longName;
  const count = refcounts ? ` [${node.snapshot.graph.countReferrers(node.ordinal)}]` : '';
  // eslint-disable-next-line @typescript-eslint/no-unnecessary-type-conversion -- a program without types gives anything
  return [`${type}${count}`, node.name, ...(extraInfo ? [String(extraInfo(node))] : [])].filter(
    (line, i) => i !== 1 || line !== '',
  );
}
