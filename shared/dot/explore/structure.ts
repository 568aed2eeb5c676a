// What a DOT text is about: its nodes, the edges between them, and its clusters with all that is in them.
import type { Attribute, Chain, DotText, End, Statement, Subgraph } from '../statements.ts';

export interface Structure {
  /** In the order in which they are first named. */
  nodes: string[];
  indexOf: Map<string, number>;
  /** Ordinals of nodes: tail, head, tail, head, … */
  ends: number[];
  clusters: Cluster[];
}

export interface Cluster {
  name: string;
  label: string;
  /** Ordinals of its nodes, those of clusters inside it too. */
  nodes: Set<number>;
}

export function structureOf({ statements }: DotText): Structure {
  return new Survey().take(statements);
}

/** Of a name that is given twice the nodes come together, as in Graphviz. */
class Survey {
  readonly #structure: Structure = { nodes: [], indexOf: new Map(), ends: [], clusters: [] };
  readonly #named = new Map<string, Set<number>>();
  readonly #clusters = new Map<string, Cluster>();

  take(statements: Statement[]): Structure {
    this.#walk(statements, []);
    return this.#structure;
  }

  #walk(statements: Statement[], around: Set<number>[], cluster?: Cluster): void {
    for (const statement of statements) {
      if (statement.kind === 'chain') this.#chain(statement, around);
      else if (cluster && statement.target === 'graph')
        cluster.label = labelIn(statement.attributes, cluster);
    }
  }

  #chain({ ends }: Chain, around: Set<number>[]): void {
    const groups = ends.map((end) => [...this.#nodesOf(end, around)]);
    for (let i = 1; i < groups.length; i++)
      for (const tail of groups[i - 1]) for (const head of groups[i]) this.#structure.ends.push(tail, head);
  }

  #nodesOf(end: End, around: Set<number>[]): Iterable<number> {
    if (end.kind === 'subgraph') return this.#subgraph(end, around);
    return end.mentions.map(({ name }) => {
      const node = this.#node(name);
      for (const nodes of around) nodes.add(node);
      return node;
    });
  }

  #subgraph({ name, statements }: Subgraph, around: Set<number>[]): Set<number> {
    const nodes = (name !== null && this.#named.get(name)) || new Set<number>();
    if (name !== null) this.#named.set(name, nodes);
    const cluster = name !== null && isCluster(name, statements) ? this.#cluster(name, nodes) : undefined;
    this.#walk(statements, [...around, nodes], cluster);
    return nodes;
  }

  #cluster(name: string, nodes: Set<number>): Cluster {
    let cluster = this.#clusters.get(name);
    if (!cluster) {
      cluster = { name, label: name, nodes };
      this.#clusters.set(name, cluster);
      this.#structure.clusters.push(cluster);
    }
    return cluster;
  }

  #node(name: string): number {
    const { nodes, indexOf } = this.#structure;
    let index = indexOf.get(name);
    if (index === undefined) {
      index = nodes.push(name) - 1;
      indexOf.set(name, index);
    }
    return index;
  }
}

const isCluster = (name: string, statements: Statement[]) =>
  /^cluster/i.test(name) ||
  statements.some(
    (statement) =>
      statement.kind === 'setting' &&
      statement.target === 'graph' &&
      statement.attributes.some(({ name, value }) => name === 'cluster' && /^(true|yes|1)$/i.test(value)),
  );

/** Tags of an HTML label are left out. */
function labelIn(attributes: Attribute[], { label }: Cluster): string {
  const last = attributes.findLast(({ name }) => name === 'label');
  if (!last || last.value === '') return label;
  return /=\s*</.test(last.text) ? last.value.replace(/<[^>]*>/g, ' ').trim() : last.value;
}
