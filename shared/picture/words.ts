// What a picture says of objects and references, from the snapshot alone. A live process knows more: see
// shared/objgraph/show.ts.
import type { HeapAnalysis } from '../heap/analysis.ts';
import { retainedSizesOfLists } from '../heap/group-retained-sizes.ts';
import { mapEntryAt } from '../heap/hash-tables.ts';
import { countOf, cut, type NodeNames } from '../heap/node-names.ts';
import { EdgeType, NodeType } from '../heap/node-types.ts';
import type { HeapGraph } from '../heap/heap-graph.ts';
import { variablesOf } from '../heap/object-values.ts';
import type { ReferenceNames } from '../heap/reference-names.ts';
import { isString, RootKind } from '../heap/roots.ts';
import type { Card, Field } from './picture.ts';

export interface PictureWords {
  card(node: number): Card;
  /** Primitive values of an object; `total` counts all of them. */
  fields(node: number, limit: number): { fields: Field[]; total: number };
  /** The label of the classic style, line by line. */
  lines(node: number): string[];
  reference(owner: number, edge: number, target: number): string;
  /** The bytes that would be freed with each list of nodes; null where sizes are not shown. */
  sizesOf(groups: readonly number[][]): number[] | null;
  isHighlighted?(node: number): boolean;
  /** Lines that the caller adds. */
  notes?(node: number): string[];
  attributes?(node: number): Record<string, unknown>;
}

/** Characters of the variables of a scope that a card has room for; the first one is always there. */
const scopeRoom = 24;

interface HeapWords {
  analysis: HeapAnalysis;
  names: NodeNames;
  references: ReferenceNames;
  /** Whether retained sizes are shown; their analysis takes its time. */
  hasSizes: boolean;
}

export function wordsOfHeap({ analysis, names, references, hasSizes }: HeapWords): PictureWords {
  const cards = new CardWriter(analysis, names, references, hasSizes);
  return {
    card: (node) => cards.card(node),
    fields: (node, limit) => primitiveFields(analysis, names, references, node, limit),
    lines: (node) => [names.type(node), names.describe(node)].filter((line, i) => i === 0 || line !== ''),
    reference: (owner, edge) => references.of(owner, edge),
    sizesOf: (groups) => (hasSizes ? retainedSizesOfLists(groups, analysis) : null),
  };
}

class CardWriter {
  constructor(
    private readonly analysis: HeapAnalysis,
    private readonly names: NodeNames,
    private readonly references: ReferenceNames,
    private readonly hasSizes: boolean,
  ) {}

  card(node: number): Card {
    const { objects, owners, retainedSizes: sizes } = this.sized();
    const isRoot = objects.isRoot(node);
    const isV8Root = objects.isSynthetic(node);
    const isEnd = isRoot || isV8Root;
    return {
      type: this.typeOf(node),
      text: this.textOf(node),
      place: owners.packageOf(node) ?? (isEnd ? '' : shortPlace(this.names.place(node) ?? '')),
      size: sizes === null || isEnd ? null : sizes[node],
      owner: owners.ofNode[node] as Card['owner'],
      isRoot,
      isV8Root,
    };
  }

  private sized() {
    const { objects, owners } = this.analysis;
    return { objects, owners, retainedSizes: this.hasSizes ? this.analysis.retainedSizes : null };
  }

  private typeOf(node: number): string {
    const name = this.names.type(node);
    return name === 'Context' ? 'Scope' : name;
  }

  private textOf(node: number): string {
    const { graph, objects } = this.analysis;
    if (graph.scopes[node] === 1 && !objects.isRoot(node)) return this.variables(node);
    // What the runtime of another language says: `600 items`, the name of a class or a function.
    if ((graph.descriptions?.[node] ?? 0) > 0) return this.names.describe(node);
    if (graph.nodeTypes[node] === NodeType.closure) return this.names.functionName(node);
    const name = graph.nodeName(node);
    if (name === 'Map' || name === 'Set') return entries(this.analysis, node, name);
    const text = this.names.describe(node);
    // The keys of the global object are the platform's; a page has an address.
    if (objects.roots.kinds[node] === RootKind.global) return text.startsWith('{') ? '' : text;
    // An object of a class is known by its class and its fields; one without is known by its keys alone.
    const isClass = graph.nodeTypes[node] === NodeType.object && name !== 'Object' && name !== 'Array';
    return isClass && !objects.isRoot(node) ? '' : text;
  }

  /** Scopes have neither names nor places in a snapshot: their variables distinguish them. */
  private variables(scope: number): string {
    const names = variablesOf(this.analysis.objects, this.references, scope).map(({ name }) => name);
    let text = names[0] ?? '';
    let count = 1;
    while (count < names.length && text.length + names[count].length < scopeRoom)
      text += `, ${names[count++]}`;
    return text === '' ? '' : `{${cut(text)}${count < names.length ? ', …' : ''}}`;
  }
}

/** A file outside of the program's folder is known by its name; a card has no room for its path. */
const shortPlace = (place: string) =>
  /^([/\\]|[A-Za-z]:|\w+:\/\/)/.test(place) || place.length > 40 ? place.replace(/^.*[/\\]/s, '') : place;

/** How many entries of a table are in the snapshot: an entry of two small integers is in none. */
function entries({ graph, objects }: HeapAnalysis, node: number, type: 'Map' | 'Set'): string {
  const { firstEdges, edgeTargets } = graph;
  const table = graph.childNamed(node, 'table');
  if (table < 0 || objects.isRoot(node)) return '';
  let count = 0;
  // V8 lists the slots of a table in their order.
  let last = -1;
  for (let edge = firstEdges[table]; edge < firstEdges[table + 1]; edge++) {
    const edgeType = graph.edgeType(edge);
    if (edgeType !== EdgeType.internal && edgeType !== EdgeType.hidden) continue;
    if (isEmptySlot(graph, edgeTargets[edge])) continue;
    const slot = edgeType === EdgeType.hidden ? graph.edgeNumber(edge) : Number(graph.edgeName(edge));
    if (!Number.isInteger(slot)) continue;
    const entry = type === 'Map' ? mapEntryAt(graph.selfSizes[table], slot) : slot;
    if (entry !== last) count++;
    last = entry;
  }
  return count === 0 ? '' : countOf(count, 'entry');
}

/** Whether V8 has a mark of its own in a slot, and not a value of the program. */
function isEmptySlot(graph: HeapGraph, target: number): boolean {
  const type = graph.nodeTypes[target];
  if (type !== NodeType.hidden && type !== NodeType.objectShape) return false;
  return /^system \/ (Hole|Map|Oddball)/.test(graph.nodeName(target));
}

/** Strings, symbols, true, false and null that an object refers to. Small integers are in no snapshot. */
function primitiveFields(
  { objects, graph }: HeapAnalysis,
  names: NodeNames,
  references: ReferenceNames,
  node: number,
  limit: number,
): { fields: Field[]; total: number } {
  const fields: Field[] = [];
  let total = 0;
  const add = (name: string, value: string | null): void => {
    if (value === null) return;
    total++;
    // Node's and V8's own symbols say least of an object.
    if (fields.length < limit && !name.startsWith('<symbol')) fields.push({ name: cut(name), value });
  };
  if (!isPrimitive(graph.nodeTypes[node]))
    for (let edge = graph.firstEdges[node]; edge < graph.firstEdges[node + 1]; edge++)
      if (graph.edgeType(edge) === EdgeType.property && graph.edgeName(edge) !== '__proto__')
        add(graph.edgeName(edge), oddball(graph, graph.edgeTargets[edge]));
  objects.eachReference(node, (target, edge) => {
    const type = graph.nodeTypes[target];
    if (isPrimitive(type)) add(references.of(node, edge), primitiveText(names, type, target));
  });
  return { fields, total };
}

/** `true`, `false`, `null`; null for what is none of them. */
function oddball(graph: HeapGraph, node: number): string | null {
  if (graph.nodeTypes[node] !== NodeType.hidden) return null;
  let name = graph.nodeName(node);
  if (name === 'system / Oddball') {
    const text = graph.childNamed(node, 'to_string');
    name = text < 0 ? '' : graph.nodeName(text);
  }
  return name === 'true' || name === 'false' || name === 'null' ? name : null;
}

/** Null where the snapshot does not have the value: of most numbers, and of big ones. */
function primitiveText(names: NodeNames, type: number, node: number): string | null {
  if (isString(type)) return names.quoted(node);
  return type === NodeType.symbol ? names.describe(node) : null;
}

/** What a card shows as a field, and not as a card of its own. */
export function isPrimitive(type: number): boolean {
  return isString(type) || type === NodeType.symbol || type === NodeType.bigint || type === NodeType.number;
}
