// What keeps a leaked object, from the test's own file on: how the test runner holds that file says nothing to its author.
import { findBackrefChain, isProperModule, type HeapNode } from '../objgraph/index.ts';

/** Whether a place in the source is a test runner's or Node's own. */
const isOfRunner = (text: string): boolean =>
  /\bnode:|[\\/]node_modules[\\/](?:\.pnpm[\\/].*?[\\/]node_modules[\\/])?(?:vitest|@vitest|vite|vite-node|jest|jest-[\w-]+|@jest|expect|@swc|ts-jest|babel-jest)[\\/]/.test(
    text,
  );

/** The chain in one line; null when nothing is known to hold the object. */
export function describeChain(object: object | undefined): string | null {
  if (object === undefined) return null;
  const chain = findBackrefChain(object, isProperModule, { maxDepth: 100 });
  if (chain.length < 2) return null;
  const own = chain.slice(firstOwn(chain));
  return own
    .map((node) => (node.edge === undefined ? String(node) : `${String(node)} —${node.edge}→ `))
    .join('');
}

/** Behind the last object of the runner's: the scope, the function or the module in which the test keeps something. */
function firstOwn(chain: readonly HeapNode[]): number {
  const last = chain.findLastIndex((node) => isOfRunner(String(node)));
  return last < 0 || last + 1 >= chain.length ? 0 : last + 1;
}
