// Whose a heap is, by package or by file: what a function or a class is written in, by its original place. What is written nowhere
// (a Map, a string, V8's own) belongs to what dominates it.
import type { Classes } from './classes.ts';
import { groupRetainedSizes, noGroup, type RetainedSizesInput } from './group-retained-sizes.ts';
import type { HeapGraph } from './heap-graph.ts';
import { NodeType } from './node-types.ts';
import type { ObjectGraph } from './object-graph.ts';
import { Owner, ownerOfScript, packageOfScript } from './owner.ts';
import { originalPlaceOf } from './places.ts';
import { RootKind } from './roots.ts';
import { scriptNames } from './scripts.ts';
import type { Sizes } from './sizes.ts';

export const sourceGroupings = ['package', 'file'] as const;
export type SourceGrouping = (typeof sourceGroupings)[number];

/** A package, or a file, and what of the heap is its own. */
export interface SourceGroup {
  /** The npm package or the file; null for what has none: `owner` names it. */
  name: string | null;
  owner: Owner;
  /** Functions, scopes, modules and objects of classes that are written in it. */
  count: number;
  /** Bytes of these, and of what has no place of its own and lives by them alone: over all groups, the sum is the whole heap. */
  size: number;
  /** Bytes that would be freed with all of them. */
  retainedSize: number;
}

/** A heap with what its groups are computed of. */
export interface SourcesInput extends RetainedSizesInput {
  graph: HeapGraph;
  classes: Classes;
  objects: ObjectGraph;
  shallowSizes: Sizes;
}

/**
 * The groups of a heap, those that retain the most first. Cost: a look at each located node, and three passes over the nodes.
 *
 * @example
 * groupBySource(analysis, 'package')[0]; // { name: 'lru-cache', owner: Owner.package, size: 1_200_000, … }
 */
export function groupBySource(analysis: SourcesInput, by: SourceGrouping): SourceGroup[] {
  const { graph, shallowSizes, dominatorTree } = analysis;
  const groups = new SourceGroups(by);
  const ofNode = new Uint32Array(graph.nodeCount).fill(noGroup);
  addLocated(analysis, ofNode, groups);
  addClassesOfModules(analysis, ofNode, groups);
  addScopes(analysis, ofNode);
  addModules(analysis, ofNode, groups);
  const rows = groups.rows.map((row) => ({ ...row, count: 0, size: 0, retainedSize: 0 }));
  for (let node = 0; node < ofNode.length; node++)
    if (ofNode[node] !== noGroup && shallowSizes[node] > 0) rows[ofNode[node]].count++;
  const retained = groupRetainedSizes(ofNode, rows.length, analysis);
  const rest = { ...groups.others(), count: 0, size: 0, retainedSize: 0 };
  for (const [i, row] of rows.entries()) row.retainedSize = retained[i];
  // Dominators come before what they dominate.
  const { dominators, order } = dominatorTree;
  for (let place = 0; place < order.length; place++) {
    const node = order[place];
    if (ofNode[node] === noGroup && node !== 0) ofNode[node] = ofNode[dominators[node]];
    const row = ofNode[node] === noGroup ? rest : rows[ofNode[node]];
    row.size += shallowSizes[node];
  }
  rest.retainedSize = rest.size;
  return [...rows, rest]
    .filter(({ count, size }) => count > 0 || size > 0)
    .sort((a, b) => b.retainedSize - a.retainedSize);
}

class SourceGroups {
  readonly rows: Pick<SourceGroup, 'name' | 'owner'>[] = [];
  readonly #known = new Map<string, number>();
  /** Per script: which package it is of takes longer to find than all the rest. */
  readonly #ofScript = new Map<string, number>();

  constructor(private readonly by: SourceGrouping) {}

  /** @param script its file or URL; empty for what has no name, such as code of `eval` */
  of(script: string): number {
    let group = this.#ofScript.get(script);
    if (group === undefined) this.#ofScript.set(script, (group = this.find(script)));
    return group;
  }

  private find(script: string): number {
    const owner = ownerOfScript(script);
    const file = script === '' ? null : script;
    const name = this.by === 'file' ? file : packageOfScript(script);
    const key = `${name ?? ''} ${owner}`;
    let group = this.#known.get(key);
    if (group === undefined) this.#known.set(key, (group = this.rows.push({ name, owner }) - 1));
    return group;
  }

  /** V8's and the language's own. */
  others(): Pick<SourceGroup, 'name' | 'owner'> {
    return { name: null, owner: Owner.builtIn };
  }
}

/** What is written in a script. Most of it are objects, of few classes, whose places are known. */
function addLocated({ graph, classes }: SourcesInput, ofNode: Uint32Array, groups: SourceGroups): void {
  const scripts = scriptNames(graph);
  const { scriptIds } = graph.locations;
  const ofClass = new Uint32Array(classes.list.length).fill(noGroup);
  for (let node = 0; node < graph.nodeCount; node++) {
    const location = graph.locationOf(node);
    if (location < 0) continue;
    const index = classes.ofNode[node];
    const script =
      graph.nodeTypes[node] === NodeType.object ? (classes.list[index].location?.script ?? null) : null;
    if (script === null)
      ofNode[node] = groups.of(
        originalPlaceOf(graph, node)?.script ?? scripts.get(scriptIds[location]) ?? '',
      );
    else {
      if (ofClass[index] === noGroup) ofClass[index] = groups.of(script);
      ofNode[node] = ofClass[index];
    }
  }
}

/** Objects of classes whose file is known, but not their line. */
function addClassesOfModules(analysis: SourcesInput, ofNode: Uint32Array, groups: SourceGroups): void {
  const { graph } = analysis;
  if (graph.modules === null) return;
  const { ofNode: classOf, list } = analysis.classes;
  for (let node = 0; node < ofNode.length; node++) {
    const { file } = list[classOf[node]];
    if (ofNode[node] === noGroup && file !== null) ofNode[node] = groups.of(file);
  }
}

/** A scope belongs to the function whose variables it has, as far as no other one came first. */
function addScopes({ graph }: SourcesInput, ofNode: Uint32Array): void {
  const context = graph.strings.indexOf('context');
  const { nodeTypes, firstEdges, edgeTargets, scopes } = graph;
  for (let node = 0; node < graph.nodeCount; node++) {
    if (nodeTypes[node] !== NodeType.closure || ofNode[node] === noGroup) continue;
    for (let edge = firstEdges[node]; edge < firstEdges[node + 1]; edge++) {
      const target = edgeTargets[edge];
      if (
        !graph.hasIndexName(edge) &&
        graph.edgeNumber(edge) === context &&
        scopes[target] === 1 &&
        ofNode[target] === noGroup
      )
        ofNode[target] = ofNode[node];
    }
  }
}

function addModules({ graph, objects }: SourcesInput, ofNode: Uint32Array, groups: SourceGroups): void {
  for (let node = 0; node < graph.nodeCount; node++) {
    if (objects.roots.kinds[node] !== RootKind.commonJs) continue;
    const file = graph.childNamed(node, 'filename');
    if (file >= 0) ofNode[node] = groups.of(graph.nodeName(file));
  }
}
