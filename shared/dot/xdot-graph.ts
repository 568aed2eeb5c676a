// The text that `dot -Txdot` writes (https://graphviz.org/docs/outputs/canon/): a graph with its layout as attributes. Graphviz
// makes it in three quarters of the time of its JSON. It is DOT as cgraph writes it (lib/cgraph/write.c), without comments.
import { Tokens, type TokenKind } from './tokens.ts';

/** Not what Graphviz writes. */
export class GraphvizOutputError extends Error {
  override name = 'GraphvizOutputError';
}

/** By name; what the item lacks comes from its surroundings, its prototype. */
export type Attributes = Record<string, string | undefined>;

export interface XdotItem {
  name: string;
  attributes: Attributes;
}

export interface XdotEdge {
  /** Indices into `nodes`. */
  tail: number;
  head: number;
  attributes: Attributes;
}

export interface XdotGraph extends XdotItem {
  directed: boolean;
  /** Outer ones before those in them. */
  subgraphs: XdotItem[];
  nodes: XdotItem[];
  edges: XdotEdge[];
}

/**
 * Reads one graph.
 * @throws GraphvizOutputError with the line where it is not what Graphviz writes
 */
export function parseXdot(text: string): XdotGraph {
  return new Parser(text).parse();
}

/**
 * The same with its nodes in the order of `names`, in which Graphviz draws them (those on top are the later ones), and edges in
 * that of their tails. The text has nodes where they are first needed.
 */
export function inOrder(graph: XdotGraph, names: readonly string[]): XdotGraph {
  const places = new Map(names.map((name, place) => [name, place]));
  const place = (node: number) => places.get(graph.nodes[node].name) ?? names.length;
  const order = graph.nodes.map((_, i) => i).sort((a, b) => place(a) - place(b));
  const indexOf = new Uint32Array(order.length);
  order.forEach((node, index) => (indexOf[node] = index));
  return {
    ...graph,
    nodes: order.map((node) => graph.nodes[node]),
    edges: graph.edges
      .map((edge) => ({ ...edge, tail: indexOf[edge.tail], head: indexOf[edge.head] }))
      .sort((a, b) => a.tail - b.tail),
  };
}

/** What nodes, edges and subgraphs are unless they say otherwise. */
interface Defaults {
  graph: Attributes;
  node: Attributes;
  edge: Attributes;
}

class Parser {
  readonly #token: Tokens;
  readonly #subgraphs: XdotItem[] = [];
  readonly #nodes: XdotItem[] = [];
  readonly #edges: { tail: string; head: string; attributes: Attributes }[] = [];
  readonly #indexOf = new Map<string, number>();

  constructor(text: string) {
    this.#token = new Tokens(text);
  }

  parse(): XdotGraph {
    let kind = this.#id();
    if (kind === 'strict') kind = this.#id();
    if (kind !== 'graph' && kind !== 'digraph') this.#fail('a graph');
    const name = this.#sees('{') ? '' : this.#id();
    const bare = () => Object.create(null) as Attributes;
    const defaults = { graph: bare(), node: bare(), edge: bare() };
    // Deep graphs must not end the stack: those that are open wait here.
    const open: Defaults[] = [];
    this.#take('{');
    for (let scope: Defaults | undefined = defaults; scope;) {
      if (this.#takes('}')) scope = open.pop();
      else if (this.#takes('{')) {
        open.push(scope);
        scope = this.#enter('', scope);
      } else {
        const { isQuoted } = this.#token;
        const id = this.#id();
        if (id === 'subgraph' && !isQuoted) {
          open.push(scope);
          const inner = this.#sees('{') ? '' : this.#id();
          this.#take('{');
          scope = this.#enter(inner, scope);
        } else if (!isQuoted && (id === 'graph' || id === 'node' || id === 'edge'))
          this.#attributes(scope[id]);
        else this.#statement(id, scope);
      }
      this.#takes(';');
    }
    const edges = this.#edges.map(({ tail, head, attributes }) => ({
      tail: this.#index(tail),
      head: this.#index(head),
      attributes,
    }));
    return {
      name,
      directed: kind === 'digraph',
      attributes: defaults.graph,
      subgraphs: this.#subgraphs,
      nodes: this.#nodes,
      edges,
    };
  }

  #enter(name: string, { graph, node, edge }: Defaults): Defaults {
    const inside = {
      graph: Object.create(graph) as Attributes,
      node: Object.create(node) as Attributes,
      edge: Object.create(edge) as Attributes,
    };
    this.#subgraphs.push({ name, attributes: inside.graph });
    return inside;
  }

  /** A node or an edge. */
  #statement(id: string, scope: Defaults): void {
    this.#port();
    if (!this.#takes('edge')) {
      const attributes = Object.create(scope.node) as Attributes;
      this.#attributes(attributes);
      // One that is in several subgraphs says all the first time.
      if (this.#indexOf.has(id)) return;
      this.#indexOf.set(id, this.#nodes.length);
      this.#nodes.push({ name: id, attributes });
      return;
    }
    const head = this.#id();
    this.#port();
    const attributes = Object.create(scope.edge) as Attributes;
    this.#attributes(attributes);
    this.#edges.push({ tail: id, head, attributes });
  }

  #port(): void {
    while (this.#takes(':')) this.#id();
  }

  #attributes(into: Attributes): void {
    if (!this.#takes('[')) return;
    while (!this.#takes(']')) {
      const name = this.#id();
      this.#take('=');
      into[name] = this.#id();
      this.#takes(',');
    }
  }

  #index(name: string): number {
    const index = this.#indexOf.get(name);
    if (index === undefined) throw new GraphvizOutputError(`Graphviz output: an edge to no node: ${name}`);
    return index;
  }

  #sees(kind: TokenKind): boolean {
    return this.#token.kind === kind;
  }

  #takes(kind: TokenKind): boolean {
    if (this.#token.kind !== kind) return false;
    this.#token.next();
    return true;
  }

  #take(kind: TokenKind): void {
    if (!this.#takes(kind)) this.#fail(JSON.stringify(kind));
  }

  #id(): string {
    if (this.#token.kind !== 'id') this.#fail('a name');
    const { value, end, source } = this.#token;
    // A text that is not closed goes on to the end, where the graph's brace should be.
    if (end === source.length) this.#fail('the end of a string');
    this.#token.next();
    return value;
  }

  #fail(expected: string): never {
    const { source, start } = this.#token;
    const line = source.slice(0, start).split('\n').length;
    const found = source.slice(start, start + 40).trim();
    throw new GraphvizOutputError(
      `Graphviz output: line ${line} should have ${expected}, not ${found === '' ? 'its end' : JSON.stringify(found)}`,
    );
  }
}

/** An attribute that says something. */
export function attribute(attributes: Attributes, name: string): string | null {
  return attributes[name] || null;
}

/** The numbers in an attribute such as `bb="0,0,54,108"` or `pos="27,18"`; null when it has none. */
export function numbersIn(attributes: Attributes, name: string, count: number): number[] | null {
  const parts = (attributes[name] ?? '').split(/[\s,]+/).map(Number.parseFloat);
  return parts.length >= count && parts.slice(0, count).every(Number.isFinite) ? parts : null;
}
