// What a user does to a picture to see less of it, or more again. A list of them is a value: it can be undone, kept, and done
// again to a file that has changed, since it speaks of nodes and clusters by their names.

export type Operation =
  | { kind: 'hide'; nodes: string[]; clusters: string[] }
  /** Shows these nodes and no others. */
  | { kind: 'keep'; nodes: string[] }
  /** Shows what is at most so many edges away from these nodes, whichever way the edges go. */
  | { kind: 'near'; nodes: string[]; steps: number }
  /** Shows what is at most so many edges away from the nodes to which none lead. */
  | { kind: 'roots'; steps: number }
  /** Shows only so many nodes: those with the most edges. */
  | { kind: 'connected'; most: number }
  /** Draws a cluster as one node. */
  | { kind: 'fold'; cluster: string }
  /** Hides what only this node leads to. */
  | { kind: 'collapse'; node: string }
  /** Shows the hidden neighbours of a node again. */
  | { kind: 'reveal'; node: string };

export const mostSteps = 99;

/**
 * What came from outside, as an operation.
 * @throws TypeError when it is none
 */
export function readOperation(value: unknown): Operation {
  const { kind, nodes, clusters, steps, most, cluster, node } = (value ?? {}) as Record<string, unknown>;
  switch (kind) {
    case 'hide':
      return { kind, nodes: names(nodes), clusters: names(clusters) };
    case 'keep':
      return { kind, nodes: names(nodes) };
    case 'near':
      return { kind, nodes: names(nodes), steps: stepsIn(steps) };
    case 'roots':
      return { kind, steps: stepsIn(steps) };
    case 'connected':
      return { kind, most: countIn(most) };
    case 'fold':
      return { kind, cluster: name(cluster) };
    case 'collapse':
    case 'reveal':
      return { kind, node: name(node) };
    default:
      throw new TypeError('The operations are hide, keep, near, roots, connected, fold, collapse and reveal');
  }
}

export function readOperations(value: unknown): Operation[] {
  if (!Array.isArray(value)) throw new TypeError('Operations are a list');
  return value.map(readOperation);
}

function name(value: unknown): string {
  if (typeof value !== 'string') throw new TypeError('A node or a cluster is called by its name, a text');
  return value;
}

function names(value: unknown): string[] {
  if (!Array.isArray(value)) throw new TypeError('Nodes and clusters are lists of names');
  return value.map(name);
}

function stepsIn(value: unknown): number {
  if (Number.isInteger(value) && (value as number) >= 0 && (value as number) <= mostSteps)
    return value as number;
  throw new TypeError(`Steps are a whole number from 0 to ${mostSteps}`);
}

function countIn(value: unknown): number {
  if (Number.isSafeInteger(value) && (value as number) > 0) return value as number;
  throw new TypeError('A number of nodes is a whole number above 0');
}
