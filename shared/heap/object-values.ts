// What distinguishes an object from others of its class: the values of its fields, `{id: "s-640", name: "user239"}`; of a scope, its
// function and variables, `finishReport reports.js:7 {lines}`. Fields that hold objects are named alone.
import { EdgeType, NodeType } from './node-types.ts';
import { RootKind, isString } from './roots.ts';
import type { NodeNames } from './node-names.ts';
import type { ObjectGraph } from './object-graph.ts';
import type { ReferenceNames } from './reference-names.ts';

/** Characters of a description. */
const longest = 96;
const maxFields = 8;
/** Of a crowd of fields, only the first ones are looked at. */
const mostEdges = 200;

export class ObjectValues {
  constructor(
    private readonly graph: ObjectGraph,
    private readonly names: NodeNames,
    private readonly references: ReferenceNames,
  ) {}

  /** Null for what has a better description than its fields: a function, a string, an array, a module. */
  describe(node: number): string | null {
    const { heap, roots } = this.graph;
    if (heap.nodeTypes[node] !== NodeType.object || roots.kinds[node] !== RootKind.none) return null;
    // The runtime of another language names it: `600 items`, `Session.close`.
    if ((heap.descriptions?.[node] ?? 0) > 0) return null;
    const name = heap.nodeName(node);
    if (heap.scopes[node] === 1) return this.describeScope(node);
    if (name === 'Array' || name.startsWith('system / ')) return null;
    return this.fields(node);
  }

  private fields(node: number): string | null {
    const { heap } = this.graph;
    const values: string[] = [];
    const objects: string[] = [];
    this.collect(node, values, objects);
    // Where Python keeps the attributes of an object in a dictionary of its own.
    const store = heap.childNamed(node, '__dict__');
    if (store >= 0 && heap.nodeTypes[store] === NodeType.array) this.collect(store, values, objects);
    if (values.length === 0) return null;
    return fitting('', [...values, ...objects]);
  }

  private collect(node: number, values: string[], objects: string[]): void {
    const { firstEdges, edgeTargets } = this.graph.heap;
    const end = Math.min(firstEdges[node + 1], firstEdges[node] + mostEdges);
    for (let edge = firstEdges[node]; edge < end && values.length < maxFields; edge++) {
      if (this.graph.heap.edgeType(edge) !== EdgeType.property) continue;
      const name = this.graph.heap.edgeName(edge);
      if (name === '__proto__' || name.startsWith('<symbol') || /^[gs]et /.test(name)) continue;
      const value = this.value(edgeTargets[edge]);
      if (value === null) objects.push(name);
      else values.push(`${name}: ${value}`);
    }
  }

  /** Of a primitive that the snapshot has; null for anything else. */
  private value(node: number): string | null {
    const { heap } = this.graph;
    const type = heap.nodeTypes[node];
    if (isString(type)) return this.names.quoted(node);
    if (type !== NodeType.number) return null;
    const value = heap.childNamed(node, 'value');
    return value < 0 ? null : heap.nodeName(value);
  }

  private describeScope(node: number): string {
    const { edgeTargets } = this.graph.heap;
    const variables = variablesOf(this.graph, this.references, node).map(({ name, edge }) => {
      const value = this.value(edgeTargets[edge]);
      return value === null ? name : `${name}: ${value}`;
    });
    return fitting(this.functionOf(node), variables);
  }

  /** A function that was made in the scope: its file says where the scope is. */
  private functionOf(scope: number): string {
    const { heap } = this.graph;
    const { first, nodes, edges } = this.graph.getRetainers();
    for (let slot = first[scope]; slot < first[scope + 1]; slot++) {
      const holder = nodes[slot];
      if (heap.nodeTypes[holder] !== NodeType.closure || heap.edgeName(edges[slot]) !== 'context') continue;
      return `of ${this.names.describe(holder)} `;
    }
    return '';
  }
}

/** The first variables of a scope, as far as a snapshot names them. */
export function variablesOf(
  { heap }: ObjectGraph,
  references: ReferenceNames,
  scope: number,
): { name: string; edge: number }[] {
  const { firstEdges } = heap;
  const variables: { name: string; edge: number }[] = [];
  for (let edge = firstEdges[scope]; edge < firstEdges[scope + 1] && variables.length < maxFields; edge++) {
    if (heap.edgeType(edge) !== EdgeType.context && heap.edgeType(edge) !== EdgeType.hidden) continue;
    const name = references.of(scope, edge);
    if (name === 'variable' || name === 'internal' || name.startsWith('one of ')) continue;
    variables.push({ name, edge });
  }
  return variables;
}

/** Those that fit, in braces; at least one. */
function fitting(before: string, parts: readonly string[]): string {
  let text = before + (parts[0] ?? '');
  let count = Math.min(1, parts.length);
  while (count < parts.length && text.length + parts[count].length + 2 <= longest)
    text += `${count === 0 ? '' : ', '}${parts[count++]}`;
  const inside = text.slice(before.length);
  if (inside === '') return before.trim();
  return `${before}{${inside}${count < parts.length ? ', …' : ''}}`;
}
