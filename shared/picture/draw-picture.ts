// Pictures of a heap: around objects, along the chains that hold one, and of many objects at once.
import type { HeapAnalysis } from '../heap/analysis.ts';
import type { ChainLink } from '../heap/chain.ts';
import type { MergedGraph } from '../heap/merged-graph.ts';
import { Owner } from '../heap/owner.ts';
import { grouped, inBytes } from '../quantities.ts';
import { select, type Direction, type SelectionOptions } from '../heap/selection.ts';
import { PictureBuilder } from './build-picture.ts';
import { foldedRuns } from './fold-path.ts';
import { nameOfObject, type Picture, type PictureKind, type PictureStyle } from './picture.ts';
import type { PictureWords } from './words.ts';

/** A new picture has no more objects than these, unless more are asked for: it can grow. */
const firstObjects = 60;

export interface AroundOptions extends Omit<SelectionOptions, 'stopsAt'> {
  style: PictureStyle;
}

const emptyPicture = (
  kind: PictureKind,
  direction: Direction,
  style: PictureStyle,
  maxDepth: number,
): Picture => ({
  kind,
  direction,
  style,
  maxDepth,
  rankDirection: null,
  boxes: [],
  edges: [],
});

/**
 * What objects refer to, or what refers to them. Back references end at roots.
 *
 * @param starts ordinals
 */
export function pictureAround(
  analysis: HeapAnalysis,
  starts: readonly number[],
  options: AroundOptions,
  words: PictureWords,
): Picture {
  const { direction, maxDepth, style } = options;
  const builder = new PictureBuilder(analysis, words, emptyPicture(direction, direction, style, maxDepth));
  if (style === 'classic') addSelection(builder, analysis, starts, options);
  else addCards(builder, starts, options);
  return builder.finish();
}

/** The very objects that Python's objgraph would draw. */
function addSelection(
  builder: PictureBuilder,
  { objects }: HeapAnalysis,
  starts: readonly number[],
  options: AroundOptions,
): void {
  const { direction } = options;
  const isStart = new Set(starts);
  const selection = select(objects, starts, {
    ...options,
    stopsAt: (node) => direction === 'referrers' && (objects.isRoot(node) || objects.isSynthetic(node)),
  });
  for (const { node, depth } of selection.nodes) builder.add(node, { depth, isStart: isStart.has(node) });
  for (const { owner, edge, target } of selection.edges) builder.connect(owner, edge, target);
  for (const { node, skipped } of selection.nodes)
    if (skipped > 0) builder.countRest(node, direction, skipped);
}

function addCards(
  builder: PictureBuilder,
  starts: readonly number[],
  { direction, maxDepth, tooMany, accepts }: AroundOptions,
): void {
  for (const node of starts) builder.add(node, { depth: 0, isStart: true });
  let level = [...new Set(starts)];
  for (let depth = 0; depth < maxDepth && level.length > 0; depth++) {
    const next: number[] = [];
    for (const node of level) {
      if (depth > 0 && builder.objectCount >= firstObjects) break;
      const isStart = depth === 0 && direction === 'references';
      if (!isStart && !builder.isWorthExpanding(node, direction)) continue;
      next.push(...builder.expand(builder.nameOf(node), direction, { limit: tooMany, accepts }));
    }
    level = next;
  }
}

export interface PathPictureOptions {
  /** The end of each path is what holds a leak. */
  isHolder?: boolean;
  /** The object that the picture is about is at the beginning of each path instead of at its end. */
  isForward?: boolean;
}

/**
 * Chains of references, each from its root to the object that it holds. Only the references of the chains are drawn.
 *
 * @param paths as `findPaths` gives them
 */
export function pictureOfPaths(
  analysis: HeapAnalysis,
  paths: readonly (readonly ChainLink[])[],
  words: PictureWords,
  { isHolder = false, isForward = false }: PathPictureOptions = {},
): Picture {
  const builder = new PictureBuilder(
    analysis,
    words,
    emptyPicture('path', isForward ? 'references' : 'referrers', 'cards', 1),
  );
  const shared = nodesOfSeveral(paths);
  for (const path of paths) {
    const subject = isForward ? 0 : path.length - 1;
    const runs = foldedRuns(analysis, path, (owner, edge) => words.reference(owner, edge, -1)).filter(
      ({ from, to }) =>
        !(from <= subject && subject <= to) &&
        path.slice(from, to + 1).every(({ node }) => !shared.has(node)),
    );
    let last = -1;
    for (let at = 0; at < path.length; at++) {
      const run = runs.find(({ from }) => from === at);
      const depth = Math.abs(subject - at);
      if (run) {
        builder.addRun(run, depth, path);
        at = run.to;
      } else {
        const isSubject = at === subject;
        builder.add(path[at].node, { depth, isStart: isSubject, isHolder: isSubject && isHolder });
      }
      if (last >= 0) builder.connectPath(path, last, run ? run.from : at);
      last = at;
    }
  }
  return builder.finish();
}

function nodesOfSeveral(paths: readonly (readonly ChainLink[])[]): Set<number> {
  const seen = new Set<number>();
  const shared = new Set<number>();
  for (const { node } of paths.flat()) (seen.has(node) ? shared : seen).add(node);
  return shared;
}

/** Groups of objects, and the references between them, as `mergeReferrers` and `mergeReferences` give them. */
export function pictureOfMerged(
  { graph, owners }: HeapAnalysis,
  merged: MergedGraph,
  style: PictureStyle,
  words: PictureWords,
): Picture {
  const { direction, nodes } = merged;
  const picture = emptyPicture('merged', direction, style, 1);
  const names = nodes.map((node, index) =>
    node.count === 1 ? nameOfObject(graph.nodeIds[node.example]) : `group${index}`,
  );
  nodes.forEach((node, index) => {
    const name = names[index];
    const owner = owners.ofNode[node.example] as Owner;
    const { place } = words.card(node.example);
    picture.boxes.push({
      kind: 'group',
      name,
      id: node.count === 1 ? graph.nodeIds[node.example] : null,
      depth: node.depth,
      count: node.count,
      type: node.className === 'Context' ? 'Scope' : node.className,
      text: node.description,
      place: place !== '' && node.description.includes(place) ? '' : place,
      size: node.bytes,
      owner,
      isRoot: node.isRoot,
      isV8Root: false,
      isStart: node.isStart,
    });
    if (node.skipped === 0) return;
    const rest = `too_many_${name}`;
    picture.boxes.push({
      kind: 'rest',
      name: rest,
      of: name,
      depth: node.depth + 1,
      direction,
      count: node.skipped,
    });
    const [tail, head] = direction === 'references' ? [name, rest] : [rest, name];
    picture.edges.push({ tail, head, label: '', edge: null, isField: false, count: node.skipped });
  });
  for (const { owner, target, label, count, bytes } of merged.edges) {
    const figures = count === 1 ? inBytes(bytes) : `${grouped(count)} · ${inBytes(bytes)}`;
    picture.edges.push({
      tail: names[owner],
      head: names[target],
      label: [label, figures].filter(Boolean).join('\n'),
      edge: null,
      isField: false,
      count,
    });
  }
  return picture;
}
