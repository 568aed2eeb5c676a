// Which runtime a heap is of, by what its `process` object says of itself.
import type { HeapGraph } from '../../shared/heap/heap-graph.ts';
import { isString } from '../../shared/heap/roots.ts';

/** `Node 20.20.2`; null where the heap does not say. */
export function runtimeOf(graph: HeapGraph): string | null {
  const name = graph.strings.indexOf('process');
  for (let node = 0; node < graph.nodeCount; node++) {
    if (graph.nodeNames[node] !== name) continue;
    const version = graph.childNamed(node, 'version');
    if (version < 0 || !isString(graph.nodeTypes[version])) continue;
    const digits = /^v(\d+\.\d+\.\d+\S*)$/.exec(graph.nodeName(version))?.[1];
    if (digits !== undefined) return `Node ${digits}`;
  }
  return null;
}
