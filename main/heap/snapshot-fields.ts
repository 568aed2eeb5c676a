// The fields of an object as a snapshot has them, under the names that a debugger gives them, to be compared with those of
// the living object: see main/targets/compare-fields.ts. Source of V8's edge names: src/profiler/heap-snapshot-generator.cc.
import { EdgeType, NodeType } from '../../shared/heap/node-types.ts';
import { longestText } from '../../shared/heap/node-names.ts';
import { isString } from '../../shared/heap/roots.ts';

import type { LoadedSnapshot } from './loaded-snapshot.ts';
/** What a debugger can do with a node: read its fields while it lives, or nothing, because V8 does not hand it out. */
export type Readability = 'object' | 'string' | 'scope' | 'internal';

/** A value of a snapshot; `isWhole` where `text` is all of it, so that another text is another value. */
export interface SnapshotValue {
  kind: 'object' | 'string' | 'number' | 'other';
  text: string;
  isWhole: boolean;
  /** Null where no row of a table is of it: it is hidden machinery. */
  id: number | null;
}

export interface SnapshotFields {
  readability: Readability;
  /** By the names that a debugger gives them: `name`, `0`, `Symbol(kind)`, `#secret`. A name that is there twice is left out. */
  fields: Map<string, SnapshotValue>;
  /** The largest id of the snapshot: objects with larger ones are newer. */
  lastId: number;
}

/** More are not compared. */
const maxFields = 2000;

export function readabilityOf({ graph, analysis: { objects } }: LoadedSnapshot, node: number): Readability {
  const type = graph.nodeTypes[node];
  if (isString(type)) return 'string';
  if (graph.scopes[node] === 1) return 'scope';
  const name = graph.nodeName(node);
  if (objects.isSynthetic(node)) return 'internal';
  if (type === NodeType.closure || type === NodeType.regexp) return 'object';
  // A proxy is an object of V8's own name.
  return type === NodeType.object && (!name.startsWith('system / ') || name === 'system / JSProxy')
    ? 'object'
    : 'internal';
}

export function snapshotFields(snapshot: LoadedSnapshot, node: number): SnapshotFields {
  const { graph } = snapshot;
  const fields = new Map<string, SnapshotValue>();
  const twice = new Set<string>();
  const lastId = snapshot.keep('last id', () => graph.nodeIds.reduce((last, id) => Math.max(last, id), 0));
  const add = (name: string | null, target: number) => {
    if (name === null || twice.has(name) || fields.size >= maxFields) return;
    if (fields.delete(name)) twice.add(name);
    else fields.set(name, valueOf(snapshot, target));
  };
  for (let edge = graph.firstEdges[node]; edge < graph.firstEdges[node + 1]; edge++)
    add(fieldName(snapshot, edge), graph.edgeTargets[edge]);
  if (graph.nodeName(node) === 'Map')
    snapshot.analysis.objects.eachReference(node, (target, edge) => {
      const key = snapshot.describer.references.of(node, edge);
      // A key that is too long to be printed may be another one.
      if (key.startsWith('"') && key.endsWith('"')) add(key, target);
    });
  return { readability: readabilityOf(snapshot, node), fields, lastId };
}

/** Null for what is no field of the language. */
function fieldName({ graph }: LoadedSnapshot, edge: number): string | null {
  const type = graph.edgeType(edge);
  const name = graph.edgeName(edge);
  if (type === EdgeType.element) return name;
  if (type !== EdgeType.property || name === '__proto__' || /^[gs]et /.test(name)) return null;
  return name.replace(/^<symbol ?(.*)>$/s, 'Symbol($1)');
}

function valueOf(snapshot: LoadedSnapshot, node: number): SnapshotValue {
  const { graph, describer } = snapshot;
  const type = graph.nodeTypes[node];
  const id = graph.nodeIds[node];
  if (isString(type)) {
    const text = describer.names.string(node);
    const isWhole = describer.names.wholeOf(node) < 0 && text.length < longestText && !text.includes('…');
    return { kind: 'string', text: isWhole ? text : describer.names.quoted(node), isWhole, id };
  }
  if (type === NodeType.number) {
    const value = graph.childNamed(node, 'value');
    const text = value < 0 ? 'a number' : graph.nodeName(value);
    return { kind: 'number', text, isWhole: value >= 0, id: null };
  }
  if (type === NodeType.hidden && graph.nodeName(node) === 'system / Oddball')
    return { kind: 'other', text: 'true, false, null or undefined', isWhole: false, id: null };
  const text = [describer.names.type(node), describer.names.describe(node)].filter(Boolean).join(' ');
  // What else V8 hides may be an object to the program, as a proxy is; which one, no debugger tells.
  if (type === NodeType.hidden) return { kind: 'object', text, isWhole: false, id: null };
  if (type === NodeType.symbol || type === NodeType.bigint)
    return { kind: 'other', text: describer.names.type(node), isWhole: false, id: null };
  return { kind: 'object', text, isWhole: true, id };
}
