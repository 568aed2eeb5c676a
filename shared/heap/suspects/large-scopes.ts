// Functions that keep large scopes: all closures made in one call share its variables, so that a small one keeps what a
// big one needed. Closures are grouped by their place in the source.
import type { HeapAnalysis } from '../analysis.ts';
import { NodeType } from '../node-types.ts';
import { countOf } from '../node-names.ts';
import { RootKind } from '../roots.ts';
import { inBytes } from '../../quantities.ts';
import type { Detector } from './finding.ts';

const leastShare = 0.05;
/** Functions that are looked at more closely, those with most bytes. */
const mostTold = 10;

/** The functions at one place of the source, and their scopes. */
interface FunctionScopes {
  closures: number;
  example: number;
  scopes: number;
  bytes: number;
  largest: number;
}

export const largeScopes: Detector = ({ now, words, leastBytes }) => {
  const least = Math.max(leastBytes, leastShare * now.retainedSizes[0]);
  return [...functionsByPlace(now).values()]
    .filter(({ bytes }) => bytes >= least)
    .sort((a, b) => b.bytes - a.bytes)
    .slice(0, mostTold)
    .flatMap((found) => {
      const { variable, node } = largestVariable(now, found.largest, (edge) =>
        words.references.of(found.largest, edge),
      );
      if (node < 0 || words.names.place(found.example)?.startsWith('node:')) return [];
      const { chain } = words.holder(found.example);
      const what = words.className(node);
      return {
        className: 'Function',
        place: words.names.sourcePlace(found.example),
        count: found.closures,
        bytes: found.bytes,
        node: found.scopes === 1 ? node : found.largest,
        summary:
          `${countOf(found.closures, 'function')} ${words.names.describe(found.example)} ` +
          `keep${found.closures === 1 ? 's' : ''} ${inBytes(found.bytes)} in scopes, most of it in the variable \`${variable}\` (${what})`,
        chain,
        confidence: found.scopes > 100 ? 0.6 : 0.4,
        because:
          `The variables of ${countOf(found.scopes, 'call')} stay as long as ${found.closures === 1 ? 'this function does' : 'these functions do'}; ` +
          'whether they are still needed, only the code can tell.',
      };
    });
};

function functionsByPlace(analysis: HeapAnalysis): Map<string, FunctionScopes> {
  const { graph, objects, retainedSizes, dominatorTree } = analysis;
  const { scriptIds, lines, columns } = graph.locations;
  const seen = new Uint8Array(graph.nodeCount);
  const groups = new Map<string, FunctionScopes>();
  for (let closure = 0; closure < graph.nodeCount; closure++) {
    if (graph.nodeTypes[closure] !== NodeType.closure) continue;
    const location = graph.locationOf(closure);
    if (location < 0) continue;
    const scope = graph.childNamed(closure, 'context');
    if (scope < 0 || graph.scopes[scope] === 0) continue;
    // A function that is a variable of its own scope keeps nothing: something else keeps them both.
    if (dominatorTree.dominators[closure] === scope) continue;
    // A module's scope is there as long as the module: that is what modules are for.
    if (objects.roots.kinds[scope] !== RootKind.none) continue;
    const key = `${scriptIds[location]} ${lines[location]} ${columns[location]}`;
    const group = groups.get(key) ?? { closures: 0, example: closure, scopes: 0, bytes: 0, largest: scope };
    groups.set(key, group);
    group.closures++;
    if (seen[scope]) continue;
    seen[scope] = 1;
    group.scopes++;
    group.bytes += retainedSizes[scope];
    if (retainedSizes[scope] > retainedSizes[group.largest]) {
      group.largest = scope;
      group.example = closure;
    }
  }
  return groups;
}

/** The variable that keeps most of a scope. */
function largestVariable(
  { graph, objects, retainedSizes }: HeapAnalysis,
  scope: number,
  nameOf: (edge: number) => string,
): { variable: string; node: number } {
  let node = -1;
  let best = -1;
  objects.eachReference(scope, (target, edge) => {
    if (graph.scopes[target] === 1) return;
    if (node >= 0 && retainedSizes[target] <= retainedSizes[node]) return;
    node = target;
    best = edge;
  });
  return { variable: best < 0 ? '' : nameOf(best), node };
}
