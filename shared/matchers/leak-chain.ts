// What keeps a leaked object, from the file on in whose scope it is kept: how the test runner holds that file says nothing
// to its author.
import { findPaths } from '../heap/paths.ts';
import { chainSteps } from '../objgraph/chain-steps.ts';
import { referenceName } from '../objgraph/chains.ts';
import { findBackrefChain, findRefChain, HeapNode } from '../objgraph/index.ts';
import { variableOf } from '../objgraph/variable-of.ts';
import { grouped } from '../quantities.ts';

/** Whether a place in the source is a test runner's or Node's own. */
export const isOfRunner = (text: string): boolean =>
  /\bnode:|[\\/]node_modules[\\/](?:\.pnpm[\\/].*?[\\/]node_modules[\\/])?(?:vitest|@vitest|vite|vite-node|jest|jest-[\w-]+|@jest|expect|@swc|ts-jest|babel-jest)[\\/]/.test(
    text,
  );

/**
 * The chain in one line; null when nothing is known to hold the object.
 *
 * @param work the function that leaks: its variables have names that no snapshot has
 */
export function describeChain(object: object | undefined, work: () => unknown): string | null {
  if (object === undefined) return null;
  let chain = findBackrefChain(object);
  // Variables of a test that waits are held by what V8 will call next; the function that leaks leads to them.
  if (chain.length < 2) chain = findRefChain(work, ({ value }) => value === object);
  if (chain.length < 2) chain = chainFromV8(findBackrefChain(object)[0]);
  if (chain.length < 2) return null;
  const { file, from } = firstOwn(chain);
  const [first, ...steps] = chainSteps(chain.slice(from));
  const arrows = steps.map(({ edge, node, run }, i) => {
    const times = run > 1 ? ` × ${grouped(run)}` : '';
    const name = i === 0 && edge.startsWith('one of ') ? variableName(node, work, edge) : edge;
    return `—${name}${times}→ ${String(node)}`;
  });
  return [file ?? String(first.node), ...arrows].join(' ');
}

/** The name of a variable of a block. */
function variableName(node: HeapNode, work: () => unknown, otherwise: string): string {
  const { value } = node;
  return (typeof value === 'object' && value !== null && variableOf(work, value)) || otherwise;
}

/** What refers to an object only for the moment: the matcher itself has a list of those that leaked. */
const momentary = new Set(['(Stack roots)', '(Handle scope)']);

/** The way from one of V8's own roots. */
function chainFromV8({ snapshot, ordinal }: HeapNode): HeapNode[] {
  const { graph, heap } = snapshot;
  const accepts = (node: number): boolean => !graph.isSynthetic(node) || !momentary.has(heap.nodeName(node));
  const [links = []] = findPaths(graph, ordinal, { count: 1, accepts });
  if (links.length === 0) return [];
  return links.map(({ node, edge }, i) => {
    const label = edge < 0 ? undefined : referenceName(snapshot, node, edge, links[i + 1].node);
    return new HeapNode(snapshot, node, label);
  });
}

/**
 * Where a chain begins for the author: the last scope on it, which is called by its file, for its variables are names that
 * the author gave; or else what comes behind the runner's own objects.
 */
function firstOwn(chain: readonly HeapNode[]): { file: string | null; from: number } {
  const scope = chain.findLastIndex((node, i) => node.className === 'Context' && i + 1 < chain.length);
  const owner = chain.slice(0, Math.max(0, scope)).findLast((node) => node.type === 'closure');
  const file = owner?.snapshot.names.file(owner.ordinal) ?? null;
  if (file !== null) return { file, from: scope };
  const last = chain.findLastIndex((node) => isOfRunner(String(node)));
  return { file: null, from: last < 0 || last + 1 >= chain.length ? 0 : last + 1 };
}
