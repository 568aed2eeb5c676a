// One object: what it is, what it holds, what holds it, and the ways in which it is held.
import { allocationStackOf } from '../../shared/heap/allocation-traces.ts';
import { FramePlaces } from '../allocations/placed-frames.ts';
import { findPaths } from '../../shared/heap/paths.ts';
import { NodeType } from '../../shared/heap/node-types.ts';
import { redactedText } from '../../shared/heap/node-names.ts';
import { isString } from '../../shared/heap/roots.ts';
import type { LeftOut, ObjectDetails, PathStep } from '../../shared/protocol/heap.ts';
import type { LoadedSnapshot } from './loaded-snapshot.ts';
import { countReferences } from './reference-rows.ts';

/** Needs retained sizes for all that concerns dominators; before, these are null and 0. */
export function objectDetails(snapshot: LoadedSnapshot, node: number): ObjectDetails {
  const { analysis, ready } = snapshot;
  const { objects, classes } = analysis;
  const isKnown = ready.has('retainedSizes');
  const dominator = isKnown && node !== 0 ? analysis.dominatorTree.dominators[node] : null;
  const { first } = isKnown ? analysis.dominatorChildren : { first: null };
  return {
    ...snapshot.row(node),
    typeIndex: classes.ofNode[node],
    value: valueOf(snapshot, node),
    references: countReferences(snapshot, node, 'references'),
    retainers: countReferences(snapshot, node, 'referrers'),
    dominator: dominator === null ? null : snapshot.row(dominator),
    dominated: first ? first[node + 1] - first[node] : 0,
    isRoot: objects.isRoot(node),
    ...writtenAt(snapshot, node),
    ...allocation(snapshot, node),
  };
}

/** Of a function; nothing for what is none, and where the line is not known. */
function writtenAt({ graph, describer }: LoadedSnapshot, node: number): Pick<ObjectDetails, 'writtenAt'> {
  if (graph.nodeTypes[node] !== NodeType.closure) return {};
  const { location, generated } = describer.names.sourcePlace(node) ?? {};
  return location ? { writtenAt: { ...location, ...(generated && { generated }) } } : {};
}

/** Nothing where V8 did not track allocations, or this object came before. */
function allocation({ graph, describer }: LoadedSnapshot, node: number): Pick<ObjectDetails, 'allocatedAt'> {
  const stack = allocationStackOf(graph, node);
  if (stack.length === 0) return {};
  const places = new FramePlaces(graph.places);
  return {
    allocatedAt: stack.map((frame) => {
      const { function: name, location, generated } = places.ofFunction(frame);
      return {
        function: name,
        location: location?.script ? { ...location, script: location.script } : null,
        ...(generated?.script && { generated: { ...generated, script: generated.script } }),
        place:
          location === null ? null : `${describer.names.shortPath(location.script ?? '')}:${location.line}`,
      };
    }),
  };
}

function valueOf({ graph, describer, isRedacted }: LoadedSnapshot, node: number): string | null {
  const type = graph.nodeTypes[node];
  if (type === NodeType.number) return graph.nodeName(node);
  if (!isString(type)) return null;
  const whole = describer.names.wholeOf(node);
  const text = describer.names.string(whole < 0 ? node : whole);
  const value = isRedacted ? redactedText('string', text) : text;
  return whole < 0 ? value : `part of: ${value}`;
}

/** Shortest paths from a root, the shortest first. */
export function pathsTo(
  snapshot: LoadedSnapshot,
  node: number,
  count: number,
  { ids, edges }: LeftOut,
): PathStep[][] {
  const { analysis, describer } = snapshot;
  const left = new Set(ids.map((id) => snapshot.ids.find(id)));
  const leftEdges = new Set(edges);
  const paths = findPaths(analysis.objects, node, {
    count,
    accepts: (step, edge) => !left.has(step) && !leftEdges.has(edge),
  });
  return paths.map((path) =>
    path.map(({ node: step, edge }) => ({
      object: snapshot.row(step),
      edge: edge < 0 ? null : describer.references.of(step, edge),
      edgeIndex: edge < 0 ? null : edge,
    })),
  );
}
