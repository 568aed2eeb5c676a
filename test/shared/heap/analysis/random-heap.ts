// Small heaps at random, with the edges and nodes that a V8 snapshot has: a root, global objects, weak edges.
import { randomNumbers, type Description } from '../build-graph.ts';

const nodeKinds = ['object', 'object', 'closure', 'array', 'hidden', 'string', 'code', 'native', 'synthetic'];
const edgeKinds = ['property', 'property', 'element', 'internal', 'hidden', 'context', 'shortcut', 'weak'];

/** A root with global objects, and nodes that refer to each other at random; rings and unheld nodes among them. */
export function randomHeap(seed: number): Description {
  const random = randomNumbers(seed);
  const count = 5 + random(40);
  const nodes = [
    'synthetic ',
    ...Array.from({ length: count }, (_, i) => `${nodeKinds[random(nodeKinds.length)]} N${i % 9}`),
  ];
  // DevTools expects each child of the root once.
  const edges = ['0 shortcut global 1'];
  for (let node = 2; node <= count; node++)
    if (random(8) === 0) edges.push(`0 ${random(4) === 0 ? 'shortcut' : 'element'} ${node} ${node}`);
  for (let i = random(3 * count); i > 0; i--) {
    const kind = edgeKinds[random(edgeKinds.length)];
    const name = kind === 'element' || kind === 'hidden' ? random(9) : `p${random(20)}`;
    edges.push(`${1 + random(count)} ${kind} ${name} ${1 + random(count)}`);
  }
  return { nodes, edges };
}
