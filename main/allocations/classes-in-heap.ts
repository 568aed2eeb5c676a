// The functions of a snapshot that may be a class, by name and place: for those, and no others, the target is asked.
import type { HeapGraph } from '../../shared/heap/heap-graph.ts';
import { EdgeType, NodeType } from '../../shared/heap/node-types.ts';
import { isString } from '../../shared/heap/roots.ts';
import { scriptNames } from '../../shared/heap/scripts.ts';
import { placeClass } from './placed-class.ts';
import { isMeant, shortNameOf, type WantedClass } from './wanted-class.ts';

/**
 * The heap object ids of the functions that a class may be, by their name in the code that runs, else by their author's. None for a
 * class of the language. Whether `new` makes objects of them only the target knows.
 */
export function classIds(graph: HeapGraph, wanted: WantedClass): number[] {
  const { nodeCount, nodeTypes, nodeIds, strings, locations, places } = graph;
  const shortName = shortNameOf(wanted);
  const scripts = scriptNames(graph);
  const nameEdge = strings.indexOf('name');
  // Per string, whether it is the name: 1 yes, 2 no, 0 not asked yet.
  const names = new Uint8Array(strings.length);
  const isNamed = (node: number) => {
    const name = nameOf(graph, node, nameEdge);
    if (names[name] === 0) names[name] = strings.get(name) === shortName ? 1 : 2;
    return names[name] === 1;
  };
  const isAt = (node: number) => {
    const location = graph.locationOf(node);
    const scriptId = locations.scriptIds[location];
    const place = { scriptId, line: locations.lines[location], column: locations.columns[location] };
    const name = strings.get(nameOf(graph, node, nameEdge));
    return isMeant(placeClass(name, place, scripts.get(scriptId) ?? '', places), wanted);
  };
  const found: number[] = [];
  /** Located functions with other names. */
  const others: number[] = [];
  // A function without a prototype may be an arrow, or one that has made no object yet.
  let isCertain = false;
  for (let node = 0; node < nodeCount; node++) {
    if (nodeTypes[node] !== NodeType.closure) continue;
    const isWritten = graph.locationOf(node) >= 0;
    if (!isNamed(node)) {
      if (isWritten) others.push(node);
      continue;
    }
    if (isWritten && !isAt(node)) continue;
    if (isWritten) found.push(nodeIds[node]);
    isCertain ||= graph.edgeNamed(node, 'prototype') >= 0;
  }
  // The name may be the author's alone.
  if (!isCertain && places !== null) for (const node of others) if (isAt(node)) found.push(nodeIds[node]);
  return found;
}

/** The index of a function's name in `strings`: its property where the program set it, else what its code is called. */
function nameOf(graph: HeapGraph, node: number, nameEdge: number): number {
  const { firstEdges, edgeTargets, nodeNames, nodeTypes } = graph;
  for (let edge = firstEdges[node]; edge < firstEdges[node + 1]; edge++) {
    const target = edgeTargets[edge];
    if (
      graph.edgeType(edge) === EdgeType.property &&
      graph.edgeNumber(edge) === nameEdge &&
      isString(nodeTypes[target])
    )
      return nodeNames[target];
  }
  return nodeNames[node];
}
