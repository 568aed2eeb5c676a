// Caches of Python's `functools.lru_cache` that hold very many results: one with `maxsize=None` never drops any.
import { EdgeType } from '../node-types.ts';
import { grouped, inBytes } from '../../quantities.ts';
import type { HeapGraph } from '../heap-graph.ts';
import type { Detector } from './finding.ts';

const leastResults = 1000;

export const pythonCaches: Detector = ({ now, words }) => {
  const { graph, retainedSizes } = now;
  const className = graph.strings.indexOf('functools._lru_cache_wrapper');
  if (graph.language.name !== 'python' || className < 0) return [];
  const found: ReturnType<Detector> = [];
  for (let node = 0; node < graph.nodeCount; node++) {
    if (graph.nodeNames[node] !== className) continue;
    const { count, isBounded } = resultsOf(graph, node);
    if (count < leastResults) continue;
    const attributes = graph.childNamed(node, '__dict__');
    const wrapped = attributes < 0 ? -1 : graph.childNamed(attributes, '__wrapped__');
    const cached = wrapped < 0 ? '' : ` of ${words.names.describe(wrapped)}`;
    found.push({
      className: words.className(node),
      place: wrapped < 0 ? null : words.names.sourcePlace(wrapped),
      count,
      bytes: retainedSizes[node],
      node,
      summary: `lru_cache${cached} holds ${grouped(count)} results, ${inBytes(retainedSizes[node])}`,
      chain: words.holder(node).chain,
      confidence: isBounded ? 0.3 : 0.6,
      because: isBounded
        ? 'It has a maxsize, and may be as large as it is meant to be.'
        : 'Its maxsize is None: it never drops a result, and the number of different arguments may have no end.',
    });
  }
  return found;
};

/** A cache without a bound is a dictionary of results; that of one with a bound has links, which say what was used last. */
function resultsOf(graph: HeapGraph, wrapper: number): { count: number; isBounded: boolean } {
  const { firstEdges, edgeTargets } = graph;
  const link = graph.strings.indexOf('functools._lru_list_elem');
  let results = 0;
  let entries = 0;
  let links = 0;
  for (let edge = firstEdges[wrapper]; edge < firstEdges[wrapper + 1]; edge++) {
    if (graph.edgeType(edge) === EdgeType.property && graph.edgeName(edge).startsWith('[')) results++;
    if (graph.edgeType(edge) !== EdgeType.internal || graph.edgeName(edge) !== 'cache') continue;
    const cache = edgeTargets[edge];
    for (let entry = firstEdges[cache]; entry < firstEdges[cache + 1]; entry++)
      if (graph.edgeType(entry) === EdgeType.property) {
        entries++;
        if (graph.nodeNames[edgeTargets[entry]] === link) links++;
      }
  }
  // Before Python 3.10, links do not say what they refer to.
  return { count: Math.max(results, entries), isBounded: results > 0 || links > 0 };
}
