// A Map, Set, array or object that has more entries in each snapshot than in the one before.
import type { HeapAnalysis } from '../analysis.ts';
import { isMapKey } from '../hash-tables.ts';
import { IdIndex } from '../id-index.ts';
import { EdgeType, NodeType } from '../node-types.ts';
import { grouped } from '../quantities.ts';
import type { Detector } from './finding.ts';
import { mainClass } from './main-class.ts';

const leastNew = 100;

export const growingCollections: Detector = ({ now, earlier, words }) => {
  if (earlier.length === 0) return [];
  const { graph, objects } = now;
  const before = earlier.map((analysis) => ({ analysis, ids: new IdIndex(analysis.graph) }));
  const counter = new EntryCounter(now);
  const counters = earlier.map((analysis) => new EntryCounter(analysis));
  const findings = [];
  for (let node = 0; node < graph.nodeCount; node++) {
    if (graph.nodeTypes[node] !== NodeType.object || !objects.isVisible(node) || objects.isRoot(node))
      continue;
    const count = counter.count(node);
    if (count < leastNew) continue;
    const counts = before.map(({ ids }, i) => {
      const then = ids.find(graph.nodeIds[node]);
      return then < 0 ? -1 : counters[i].count(then);
    });
    counts.push(count);
    if (counts[0] < 0 || count - counts[0] < leastNew) continue;
    if (counts.some((entries, i) => i > 0 && entries <= counts[i - 1]) || words.isInternal(node)) continue;
    const content = mainClass(now, node);
    const { name, chain } = words.holder(node);
    findings.push({
      className: content.className,
      place: words.names.place(content.example),
      count: content.count,
      bytes: now.retainedSizes[node] + content.elsewhere,
      node,
      summary: `${name} holds ${grouped(content.count)} ${content.className}, ${grouped(count - counts[0])} entries more than before`,
      chain,
      confidence: counts.length > 2 ? 0.9 : 0.7,
      because:
        counts.length > 2
          ? `It grew from snapshot to snapshot: ${counts.map(grouped).join(', ')} entries.`
          : `It grew from ${grouped(counts[0])} to ${grouped(count)} entries; a cache that fills up once looks the same.`,
    });
  }
  return findings;
};

/** How many things a collection refers to. */
class EntryCounter {
  private readonly map: number;
  private readonly set: number;
  private readonly proto: number;

  constructor(private readonly analysis: HeapAnalysis) {
    this.map = analysis.graph.strings.indexOf('Map');
    this.set = analysis.graph.strings.indexOf('Set');
    this.proto = analysis.graph.strings.indexOf('__proto__');
  }

  count(node: number): number {
    const { graph } = this.analysis;
    const { firstEdges, edgeTypes, edgeNames, nodeNames, selfSizes } = graph;
    const isMap = nodeNames[node] === this.map;
    const isTable = isMap || nodeNames[node] === this.set;
    const source = isTable ? graph.childNamed(node, 'table') : node;
    if (source < 0) return 0;
    let keys = 0;
    let values = 0;
    for (let edge = firstEdges[source]; edge < firstEdges[source + 1]; edge++) {
      const type = edgeTypes[edge];
      if (!isTable) {
        const isEntry = type === EdgeType.property && edgeNames[edge] !== this.proto;
        values += type === EdgeType.element || isEntry ? 1 : 0;
        continue;
      }
      // Only what is in a table is called by a number.
      const slot = type === EdgeType.internal ? Number(graph.edgeName(edge)) : NaN;
      if (isMap && isMapKey(selfSizes[source], slot)) keys++;
      else if (!Number.isNaN(slot)) values++;
    }
    // Keys and values that are small numbers are in no snapshot.
    return Math.max(keys, values);
  }
}
