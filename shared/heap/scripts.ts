// Script ids to file names, out of the snapshot itself: a located closure leads to its shared function info, and that
// to its script, which is named after its file. (V8 calls that edge `script`, before Node 22 `script_or_debug_info`.)
import type { HeapGraph } from './heap-graph.ts';
import { NodeType } from './node-types.ts';

/** The file or URL of each script of a snapshot, by script id. */
export function scriptNames(graph: HeapGraph): ReadonlyMap<number, string> {
  if (graph.scripts !== null)
    return new Map(Array.from(graph.scripts, ([script, name]) => [script, graph.strings.get(name)]));
  const names = new Map<number, string>();
  const tried = new Map<number, number>();
  const { scriptIds } = graph.locations;
  // Per location, 1 when the name of its script is settled: for nearly all functions, this byte is all that is read.
  const isSettled = new Uint8Array(scriptIds.length);
  for (let node = 0; node < graph.nodeCount; node++) {
    if (graph.nodeTypes[node] !== NodeType.closure) continue;
    const location = graph.locationOf(node);
    if (location < 0 || isSettled[location] === 1) continue;
    const script = scriptIds[location];
    // A function without its script's name is rare; a script that never has one must not cost a look at all of them.
    const tries = tried.get(script) ?? 0;
    if (names.has(script) || tries > 20) {
      isSettled[location] = 1;
      continue;
    }
    tried.set(script, tries + 1);
    const name = scriptOf(graph, node);
    if (name) names.set(script, name);
  }
  return names;
}

/**
 * The file of a class that has no place of its own (it is written in C, or a call made it), by the module in its name; null
 * where the snapshot lists no such module: all of V8's.
 */
export function fileOfClass(
  graph: HeapGraph,
  scripts: ReadonlyMap<number, string>,
): (name: string) => string | null {
  const { modules, strings } = graph;
  if (modules === null) return () => null;
  const files = new Map(Array.from(modules, ([name, script]) => [strings.get(name), scripts.get(script)]));
  return (name) => {
    // Classes in classes and functions have dots in their own names.
    for (let end = name.lastIndexOf('.'); end > 0; end = name.lastIndexOf('.', end - 1)) {
      const file = files.get(name.slice(0, end));
      if (file !== undefined) return file;
    }
    return null;
  };
}

function scriptOf(graph: HeapGraph, closure: number): string | null {
  const shared = graph.childNamed(closure, 'shared');
  if (shared < 0) return null;
  let script = graph.childNamed(shared, 'script');
  if (script < 0) script = graph.childNamed(shared, 'script_or_debug_info');
  if (script < 0) return null;
  // Since V8 15: `system / Script / file:///a.js`.
  const name = graph.nodeName(script).replace(/^system \/ Script \/ /, '');
  return name === '' || name.startsWith('system / ') ? null : name;
}
