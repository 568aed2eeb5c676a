// Texts that the heap holds more than once. V8 stores each distinct text of a snapshot once, so that copies are counted
// by its number; it cuts texts at 1024 characters, behind which copies are distinguished by their size.
import type { HeapGraph } from './heap-graph.ts';
import { NodeType } from './node-types.ts';
import type { Sizes } from './sizes.ts';

/** Where V8 cuts strings. */
const longestText = 1024;

export interface DuplicateString {
  text: string;
  /** Whether the text goes on: copies are of the same size, but may differ behind these 1024 characters. */
  isCut: boolean;
  count: number;
  /** Bytes of all copies. */
  size: number;
  /** Bytes that one copy would save: all but the largest. */
  wasted: number;
  /** One of them. */
  node: number;
}

/**
 * Strings that are there at least twice, those that waste most bytes first. Parts of ropes that V8 has not joined are
 * not among them.
 *
 * @param shallowSizes bytes per node
 * @param least bytes that a text must waste to be listed
 */
export function duplicateStrings(graph: HeapGraph, shallowSizes: Sizes, least = 1): DuplicateString[] {
  const { nodeTypes, nodeNames, strings } = graph;
  const counts = new Uint32Array(strings.length);
  const sizes = new Float64Array(strings.length);
  const largest = new Float64Array(strings.length);
  const one = new Uint32Array(strings.length);
  for (let node = 0; node < graph.nodeCount; node++) {
    if (nodeTypes[node] !== NodeType.string) continue;
    const text = nodeNames[node];
    counts[text]++;
    sizes[text] += shallowSizes[node];
    if (shallowSizes[node] > largest[text]) largest[text] = shallowSizes[node];
    one[text] = node;
  }
  const found: DuplicateString[] = [];
  const cut = new Set<number>();
  for (let index = 0; index < strings.length; index++) {
    const wasted = sizes[index] - largest[index];
    if (counts[index] < 2 || wasted < least) continue;
    const text = strings.get(index);
    if (text.length >= longestText) cut.add(index);
    else
      found.push({ text, isCut: false, count: counts[index], size: sizes[index], wasted, node: one[index] });
  }
  if (cut.size > 0)
    found.push(...cutStrings(graph, shallowSizes, cut).filter((string) => string.wasted >= least));
  return found.sort((a, b) => b.wasted - a.wasted || a.node - b.node);
}

/** Long texts, one group per beginning and size. */
function cutStrings(graph: HeapGraph, shallowSizes: Sizes, texts: Set<number>): DuplicateString[] {
  const groups = new Map<string, DuplicateString>();
  for (let node = 0; node < graph.nodeCount; node++) {
    const text = graph.nodeNames[node];
    if (graph.nodeTypes[node] !== NodeType.string || !texts.has(text)) continue;
    const size = shallowSizes[node];
    const key = `${text} ${size}`;
    const group = groups.get(key);
    if (group) {
      group.count++;
      group.size += size;
      group.wasted += size;
    } else groups.set(key, { text: graph.strings.get(text), isCut: true, count: 1, size, wasted: 0, node });
  }
  return [...groups.values()].filter(({ count }) => count > 1);
}
