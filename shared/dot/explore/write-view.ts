// The DOT of what is shown: the author's own statements, without what is hidden.
import type { Attribute, Chain, DotText, End, Mention, Statement, Subgraph } from '../statements.ts';
import { quoteId } from '../tokens.ts';
import { hidden, nameOfVertex, type View } from './explore.ts';
import type { Structure } from './structure.ts';

/** Where nodes have their positions already, `positionOf` gives one for a cluster that is drawn as one node. */
export function writeView(
  { header, statements }: DotText,
  structure: Structure,
  view: View,
  positionOf: (nodes: number[]) => string | null = () => null,
): string {
  return `${new Writer(structure, view, positionOf).block(header, statements, '')}\n`;
}

class Writer {
  readonly #structure: Structure;
  readonly #view: View;
  readonly #positionOf: (nodes: number[]) => string | null;
  /** The names in each of the enclosing blocks: a node that one of them names is not named again. */
  readonly #named: Set<string>[] = [];
  /** Clusters that are drawn as nodes, once they were written. */
  readonly #folded = new Set<number>();
  /** Edges that were several before their ends became one node. */
  readonly #merged = new Set<string>();

  constructor(structure: Structure, view: View, positionOf: (nodes: number[]) => string | null) {
    this.#structure = structure;
    this.#view = view;
    this.#positionOf = positionOf;
  }

  block(header: string, statements: Statement[], indent: string): string {
    this.#named.push(new Set());
    const inside = `${indent}\t`;
    const lines = statements.flatMap((statement) => this.#statement(statement, inside));
    this.#named.pop();
    const begin = header === '' ? '{' : `${header} {`;
    return [begin, ...lines.map((line) => inside + line), `${indent}}`].join('\n');
  }

  #statement(statement: Statement, indent: string): string[] {
    if (statement.kind === 'setting') return [`${statement.target} ${list(statement.attributes)};`];
    return this.#isWhole(statement) ? [this.#whole(statement, indent)] : this.#rest(statement, indent);
  }

  #standIn = (name: string): number => this.#view.standIn[this.#structure.indexOf.get(name)!];

  #isItself = (name: string): boolean => this.#structure.nodes[this.#standIn(name)] === name;

  /** Every node that it names is shown as itself. */
  #isWhole = ({ ends }: Chain) =>
    ends.every((end) => mentionsIn(end).every(({ name }) => this.#isItself(name)));

  #whole({ ends, operator, attributes }: Chain, indent: string): string {
    const texts = ends.map((end) => {
      if (end.kind === 'subgraph') return this.block(end.header, end.statements, indent);
      for (const { id } of end.mentions) this.#name(id);
      return end.mentions.map(({ text }) => text).join(', ');
    });
    return `${texts.join(` ${operator} `)}${optional(attributes)};`;
  }

  /** Those of its edges that are shown, and those of its nodes that no edge names. */
  #rest({ ends, operator, attributes }: Chain, indent: string): string[] {
    const edges: string[] = [];
    const blocks = ends.flatMap((end) => (end.kind === 'subgraph' ? this.#subgraph(end, indent) : []));
    for (let i = 1; i < ends.length; i++)
      for (const tail of mentionsIn(ends[i - 1]))
        for (const head of mentionsIn(ends[i])) edges.push(...this.#edge(tail, operator, head, attributes));
    const own = ends.length === 1 ? attributes : [];
    const nodes = ends.flatMap((end) =>
      end.kind === 'mentions' ? end.mentions.flatMap((mention) => this.#node(mention, own)) : [],
    );
    return [...blocks, ...nodes, ...edges];
  }

  /** A node that represents a cluster is drawn where the cluster is; elsewhere it is only named, as this one was. */
  #node({ name, id, text }: Mention, attributes: Attribute[]): string[] {
    const vertex = this.#standIn(name);
    if (vertex === hidden) return [];
    if (!this.#isItself(name)) return this.#name(this.#idOf(vertex)) ? [`${this.#idOf(vertex)};`] : [];
    const isNew = this.#name(id);
    return isNew || attributes.length > 0 ? [`${text}${optional(attributes)};`] : [];
  }

  #edge(tail: Mention, operator: string, head: Mention, attributes: Attribute[]): string[] {
    const ends = [tail, head].map((mention) => {
      const vertex = this.#standIn(mention.name);
      if (this.#isItself(mention.name)) return { vertex, id: mention.id, text: mention.text, own: true };
      const id = vertex === hidden ? '' : this.#idOf(vertex);
      return { vertex, id, text: id, own: false };
    });
    if (ends.some(({ vertex }) => vertex === hidden)) return [];
    const [from, to] = ends;
    const own = from.own && to.own;
    if (!own && (from.vertex === to.vertex || this.#isMerged(from.vertex, operator, to.vertex))) return [];
    for (const { id } of ends) this.#name(id);
    const kept = own ? attributes : attributes.filter(({ name }) => !aboutEnds.test(name));
    return [`${from.text} ${operator} ${to.text}${optional(kept)};`];
  }

  #isMerged(from: number, operator: string, to: number): boolean {
    const key = (operator === '--' ? [from, to].sort() : [from, to]).join(' ');
    if (this.#merged.has(key)) return true;
    this.#merged.add(key);
    return false;
  }

  #subgraph(subgraph: Subgraph, indent: string): string[] {
    const { nodes, clusters, indexOf } = this.#structure;
    const index = clusters.findIndex(({ name }) => name === subgraph.name);
    const members =
      index >= 0 ? [...clusters[index].nodes] : mentionsIn(subgraph).map(({ name }) => indexOf.get(name)!);
    const shown = members.filter((node) => this.#view.standIn[node] !== hidden);
    if (members.length > 0 && shown.length === 0) return [];
    const vertex = nodes.length + index;
    if (index >= 0 && shown.some((node) => this.#view.standIn[node] === vertex))
      return this.#foldedCluster(vertex, shown);
    return [`${this.block(subgraph.header, subgraph.statements, indent)};`];
  }

  #foldedCluster(vertex: number, shown: number[]): string[] {
    if (this.#folded.has(vertex)) return [];
    this.#folded.add(vertex);
    const id = this.#idOf(vertex);
    this.#name(id);
    const { label } = this.#structure.clusters[vertex - this.#structure.nodes.length];
    const count = `${shown.length} ${shown.length === 1 ? 'node' : 'nodes'}`;
    const position = this.#positionOf(shown);
    const attributes = [
      `label=${quoteId(`${label}\\n${count}`)}`,
      ...look,
      ...(position === null ? [] : [`pos=${quoteId(position)}`]),
    ];
    return [`${id} [${attributes.join(', ')}];`];
  }

  /** Whether the name is new in the block. */
  #name(id: string): boolean {
    const isNew = !this.#named.at(-1)!.has(id);
    for (const names of this.#named) names.add(id);
    return isNew;
  }

  #idOf = (vertex: number) => quoteId(nameOfVertex(this.#structure, vertex));
}

/** Of a node that represents a cluster; what the author set for all nodes does not fit it. */
const look = [
  'shape=folder',
  'style=filled',
  'fillcolor="#eceef2"',
  'color="#5c606a"',
  'fontcolor="#1c1d21"',
  'fixedsize=false',
  'image=""',
];

/** Attributes of an edge that say where at its end, or at which cluster, it ends. */
const aboutEnds = /^([lh]?head|[lh]?tail|(head|tail)(port|clip)|same(head|tail)|pos|lp)$/;

const list = (attributes: Attribute[]) => `[${attributes.map(({ text }) => text).join(', ')}]`;
const optional = (attributes: Attribute[]) => (attributes.length === 0 ? '' : ` ${list(attributes)}`);

/** Every node that an end names, once each in a subgraph. */
function mentionsIn(end: End): Mention[] {
  if (end.kind === 'mentions') return end.mentions;
  const mentions = new Map<string, Mention>();
  const walk = (statements: Statement[]) => {
    for (const statement of statements) {
      if (statement.kind === 'setting') continue;
      for (const inner of statement.ends) {
        if (inner.kind === 'subgraph') walk(inner.statements);
        else for (const { name, id } of inner.mentions) mentions.set(name, { name, id, text: id });
      }
    }
  };
  walk(end.statements);
  return [...mentions.values()];
}
