// The pictures: what an object refers to, what refers to it, and the chain that keeps it in memory.
import { isProxy } from 'node:util/types';
import { writePicture, type WrittenPicture } from '../dot/write-picture.ts';
import type { ChainLink } from '../heap/chain.ts';
import type { Direction } from '../heap/selection.ts';
import { pictureAround, pictureOfPaths } from '../picture/draw-picture.ts';
import type { PictureStyle } from '../picture/picture.ts';
import type { PictureWords } from '../picture/words.ts';
import {
  checkCounts,
  checkFunctions,
  checkOptions,
  describeValue,
  ignoredIds,
  isHeapNode,
  isList,
  startObjects,
} from './arguments.ts';
import { locate, referenceName, whyNoChain, type Predicate } from './chains.ts';
import { HeapNode } from './heap-node.ts';
import { checkStyle, wordsOf } from './live-words.ts';
import { placeByMaps } from './original-names.ts';
import { showMerged, type MergeOptions } from './show-merged.ts';
import {
  checkDestination,
  goesToViewer,
  present,
  presentQuickly,
  type Destination,
  type Drawn,
} from './present.ts';
import { print } from './tables.ts';
import { reachableObjects } from './reachable-objects.ts';
import { idGeneration } from './session.ts';
import { Snapshot, type LiveValues } from './snapshot.ts';
import { walkHeap } from './walked-heap.ts';

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
  /** Objects for which this is true stand out. */
  highlight?: Predicate;
  /** One more line of the label. */
  extraInfo?: (node: HeapNode) => string;
  /** More attributes of Graphviz for a node, such as `{ URL: … }`; null and undefined are left out. */
  extraNodeAttrs?: (node: HeapNode) => Record<string, unknown>;
  /** Whether to show how many references lead to each object. */
  refcounts?: boolean;
  /** False names classes with their place in the source. */
  shortNames?: boolean;
  /** False leaves retained sizes out of the cards: they need an analysis of the whole heap, and a small picture little else. */
  sizes?: boolean;
  /** A moment to draw instead of the present. */
  snapshot?: Snapshot;
  /** `cards` (the default), or `classic`: as Python's objgraph draws. */
  style?: PictureStyle;
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
  'style',
  'sizes',
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
  if (backrefs && nodes.length === 1 && !snapshot.graph.isRoot(nodes[0]))
    return showEnd(snapshot, nodes[0], options);
  if (options.style !== 'classic') return showPaths(chains, nodes, snapshot, backrefs, options);
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
  const { style = 'cards' } = options;
  checkStyle(name, style);
  if (options.sizes !== undefined && typeof options.sizes !== 'boolean')
    throw new TypeError(`${name}: sizes is true or false: not ${describeValue(options.sizes)}`);
  const draw = (snapshot: Snapshot, starts: readonly number[], sizes: Sizes): WrittenPicture => {
    const { heap } = snapshot;
    const picture = pictureAround(
      snapshot.analysis,
      starts,
      {
        style,
        direction,
        maxDepth,
        tooMany,
        accepts: (node) => !ignored.has(heap.nodeIds[node]) && (!filter || filter(snapshot.node(node))),
      },
      labelledBy(snapshot, options, sizes === 'now' || sizes === 'arrived'),
    );
    const hasRoom = style === 'cards' && (sizes === 'later' || sizes === 'arrived');
    return writePicture(hasRoom ? { ...picture, hasRoomForSizes: true } : picture);
  };
  const drawWhole = (sizes: Sizes, values: LiveValues): Drawn => {
    const { snapshot, nodes: starts } = locate(name, objects, options.snapshot, values);
    return { written: draw(snapshot, starts, sizes), snapshot };
  };
  const isSized = options.sizes ?? true;
  const toViewer = goesToViewer(options);
  // In the classic style, a mark shows what a FinalizationRegistry waits for, which only V8 knows.
  const mayWalk = (toViewer || (!isSized && style === 'cards')) && ignored.size === 0;
  const walked =
    mayWalk && isWalkable(direction, options) ? walk(startObjects(name, objects), maxDepth, style) : null;
  if (!walked) {
    present(drawWhole(isSized ? 'now' : 'none', valuesFor(direction, objects, options)), options);
    return;
  }
  const quick = draw(walked.snapshot, walked.starts, isSized ? 'later' : 'none');
  if (toViewer) presentQuickly(quick, (sizes) => drawWhole(isSized ? sizes : 'none', walked.objects));
  else present({ written: quick, snapshot: null }, options);
}

/** Whether retained sizes are in the picture, come later, have come into the room that was kept for them, or are not wanted. */
type Sizes = 'now' | 'later' | 'arrived' | 'none';

/** What a walk over the live objects can answer: no question to a snapshot, and no callback that may put one. */
function isWalkable(direction: Direction, options: ShowOptions): boolean {
  const { snapshot, refcounts = false } = options;
  return direction === 'references' && snapshot === undefined && !refcounts && !hasCallback(options);
}

/** Null where only V8's snapshot shows what the objects refer to. */
function walk(
  objects: readonly unknown[],
  maxDepth: number,
  style: PictureStyle,
): { snapshot: Snapshot; starts: number[]; objects: object[] } | null {
  const walked = objects.some(isHeapNode) ? null : walkHeap(objects, maxDepth, style === 'classic');
  if (walked === null) return null;
  placeByMaps(walked.heap);
  const snapshot = new Snapshot(walked.heap, null, walked, 'this process', idGeneration());
  return { snapshot, starts: walked.starts, objects: walked.objects };
}

/** An object alone, as a search gives it that found no chain: says why there is none, and draws what holds it instead. */
function showEnd(snapshot: Snapshot, node: number, options: ShowOptions): void {
  const { says, chain } = whyNoChain(snapshot, node);
  if (says !== null && options.output === undefined) print(undefined, says);
  const heapNodes = (chain ?? [node]).map((one) => snapshot.node(one));
  if (options.style !== 'classic') return showPaths([heapNodes], chain ?? [node], snapshot, true, options);
  const members = new Set(chain ?? [node]);
  show('showChain', 'referrers', [snapshot.node(node)], {
    ...options,
    snapshot,
    maxDepth: members.size - 1,
    filter: (one) => members.has(one.ordinal),
  });
}

/** Along the chains, and nothing else that these objects refer to. */
function showPaths(
  chains: readonly (readonly unknown[])[],
  nodes: readonly number[],
  snapshot: Snapshot,
  backrefs: boolean,
  options: ShowOptions,
): void {
  checkOptions('showChain', options, known);
  checkDestination('showChain', options);
  checkStyle('showChain', options.style);
  let next = 0;
  const paths = chains.map((chain) => {
    const path = nodes.slice(next, (next += chain.length));
    return path.map((node, i): ChainLink => {
      const name = chain[i] instanceof HeapNode ? chain[i].edge : undefined;
      return { node, edge: i + 1 < path.length ? edgeBetween(snapshot, node, path[i + 1], name) : -1 };
    });
  });
  const words = labelledBy(snapshot, options);
  const picture = pictureOfPaths(snapshot.analysis, paths, words, { isForward: !backrefs });
  present({ written: writePicture(picture), snapshot }, options);
}

/** The reference of this name between two objects, or else any; -1 when there is none. */
function edgeBetween(snapshot: Snapshot, owner: number, target: number, name: string | undefined): number {
  let found = -1;
  let isNamed = false;
  snapshot.graph.eachReference(owner, (node, edge) => {
    if (node !== target || isNamed) return;
    isNamed = referenceName(snapshot, owner, edge, target) === name;
    if (found < 0 || isNamed) found = edge;
  });
  return found;
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

/** With the caller's own words. */
function labelledBy(
  snapshot: Snapshot,
  {
    style = 'cards',
    refcounts = false,
    shortNames = true,
    extraInfo,
    highlight,
    extraNodeAttrs,
    sizes = true,
  }: ShowOptions,
  hasSizes = sizes,
): PictureWords {
  const words = wordsOf(snapshot, style, hasSizes && style === 'cards');
  const typeOf = (node: HeapNode, type: string) => {
    const name = shortNames || node.longName === node.className ? type : node.longName;
    return refcounts ? `${name} [${snapshot.graph.countReferrers(node.ordinal)}]` : name;
  };
  return {
    ...words,
    card: (ordinal) => {
      const card = words.card(ordinal);
      return { ...card, type: typeOf(snapshot.node(ordinal), card.type) };
    },
    lines: (ordinal) => {
      const [type, ...rest] = words.lines(ordinal);
      return [typeOf(snapshot.node(ordinal), type), ...rest];
    },
    // eslint-disable-next-line @typescript-eslint/no-unnecessary-type-conversion -- a program without types gives anything
    notes: (ordinal) => (extraInfo ? [String(extraInfo(snapshot.node(ordinal)))] : []),
    isHighlighted: (ordinal) => Boolean(highlight?.(snapshot.node(ordinal))),
    attributes: (ordinal) => extraNodeAttrs?.(snapshot.node(ordinal)) ?? {},
  };
}
