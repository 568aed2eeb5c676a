// Whose a node is: the program's own, a package's, Node's, V8's or the browser's, by the script in which its function or class
// is written. A built-in of the language (Map, Array, a string) has no script, so that it has no owner here.
import type { HeapGraph } from './heap-graph.ts';
import { EdgeType, NodeType } from './node-types.ts';
import { RootKind } from './roots.ts';
import type { ObjectGraph } from './object-graph.ts';
import { fileOfClass, scriptNames } from './scripts.ts';

/** Whose code made a node; `builtIn` where no script does: a Map, an array, a string, V8's own. */
export const Owner = { builtIn: 0, internal: 1, package: 2, yours: 3 } as const;
export type Owner = (typeof Owner)[keyof typeof Owner];

/** Node, Deno, Chromium and Electron name their own scripts so. */
const internalScript = /^(node|ext|deno|electron|chrome|chrome-extension|devtools|extensions|pptr):/;

/** Python's standard library, beside which are its packages. */
const pythonLibrary = /^<frozen |[\\/]lib(?:64)?[\\/]python\d\.\d+[\\/](?!(?:site|dist)-packages[\\/])/;

/**
 * Whose a script is, by its path or URL. A script without a name was made by `eval` or `new Function`: by the program.
 *
 * @example
 * ownerOfScript('node:timers') === Owner.internal;
 * ownerOfScript('/app/node_modules/express/lib/application.js') === Owner.package;
 * ownerOfScript('/app/server.js') === Owner.yours;
 */
export function ownerOfScript(script: string | null): Owner {
  if (script === null || script === '') return Owner.yours;
  if (internalScript.test(script) || pythonLibrary.test(script)) return Owner.internal;
  return packageOfScript(script) === null ? Owner.yours : Owner.package;
}

/** The npm package that a script belongs to: `express`, `@scope/name`; null for one outside of `node_modules`. */
export function packageOfScript(script: string): string | null {
  // Deno keeps packages in its cache: `…/npm/registry.npmjs.org/express/4.18.2/index.js`.
  const found =
    /.*[\\/]node_modules[\\/](?:\.vite[\\/]deps[\\/])?((?:@[^\\/]+[\\/])?[^\\/?]+)/s.exec(script) ??
    /[\\/](?:site|dist)-packages[\\/]([^\\/]+)/.exec(script) ??
    /[\\/]npm[\\/]registry\.npmjs\.org[\\/]((?:@[^\\/]+[\\/])?[^\\/]+)[\\/]\d/.exec(script);
  return found === null ? null : found[1].replace('\\', '/').replace(/\.(?:m?js|py)$/, '');
}

/** The owner of each node. Cost: one pass over the nodes, and one over the edges of functions. */
export class Owners {
  /** Per node, an `Owner`. */
  readonly ofNode: Uint8Array;
  private readonly ofScript = new Map<number, Owner>();
  private readonly scripts: ReadonlyMap<number, string>;
  private readonly fileOfClass: (name: string) => string | null;

  constructor(private readonly graph: ObjectGraph) {
    const { heap } = graph;
    this.ofNode = new Uint8Array(heap.nodeCount);
    this.scripts = scriptNames(heap);
    this.fileOfClass = fileOfClass(heap, this.scripts);
    const { scriptIds } = heap.locations;
    for (let node = 0; node < heap.nodeCount; node++) {
      const location = heap.locationOf(node);
      if (location >= 0) this.ofNode[node] = this.ownerOf(scriptIds[location], node);
    }
    this.markClassesOfModules(heap);
    this.markScopes(heap);
    this.markModules(heap);
  }

  /** The package whose code made a node; null for what is no package's. */
  packageOf(node: number): string | null {
    if (this.ofNode[node] !== Owner.package) return null;
    const { heap } = this.graph;
    const row = heap.locationOf(node);
    const script =
      row < 0
        ? (this.moduleFile(node) ?? this.fileOfClass(heap.nodeName(node)))
        : this.scripts.get(heap.locations.scriptIds[row]);
    return script ? packageOfScript(script) : null;
  }

  private ownerOf(scriptId: number, node: number): Owner {
    let owner = this.ofScript.get(scriptId);
    if (owner === undefined) {
      const name = this.scripts.get(scriptId) ?? null;
      owner = name === null && this.isFunctionPrototype(node) ? Owner.builtIn : ownerOfScript(name);
      this.ofScript.set(scriptId, owner);
    }
    return owner;
  }

  /** V8 gives `Function.prototype`, which is a function, a script without a name, and nothing else is in it. */
  private isFunctionPrototype(node: number): boolean {
    const { heap } = this.graph;
    return ['apply', 'bind', 'call'].every((name) => heap.childNamed(node, name) >= 0);
  }

  /** Objects of classes whose file is known, but not their line. */
  private markClassesOfModules(heap: HeapGraph): void {
    if (heap.modules === null) return;
    // Per string, 1 and the owner of a class of that name.
    const known = new Uint8Array(heap.strings.length);
    for (let node = 0; node < heap.nodeCount; node++) {
      if (heap.nodeTypes[node] !== NodeType.object || this.ofNode[node] !== Owner.builtIn) continue;
      const name = heap.nodeNames[node];
      if (known[name] === 0) {
        const file = this.fileOfClass(heap.strings.get(name));
        known[name] = 1 + (file === null ? Owner.builtIn : ownerOfScript(file));
      }
      this.ofNode[node] = known[name] - 1;
    }
  }

  /** A scope belongs to its functions, and so do those around it; a generator belongs to its function. */
  private markScopes(heap: HeapGraph): void {
    const { nodeCount, nodeTypes, nodeNames, firstEdges, edgeTargets, strings } = heap;
    const { ofNode } = this;
    const [scope, context, previous, fn] = ['system / Context', 'context', 'previous', 'function'].map(
      (text) => strings.indexOf(text),
    );
    for (let node = 0; node < nodeCount; node++) {
      const isClosure = nodeTypes[node] === NodeType.closure;
      if (!isClosure && !(nodeTypes[node] === NodeType.object && ofNode[node] === Owner.builtIn)) continue;
      for (let edge = firstEdges[node]; edge < firstEdges[node + 1]; edge++) {
        if (heap.edgeType(edge) !== EdgeType.internal) continue;
        // V8 names a generator after its function, which is the first of its references.
        if (!isClosure && edge === firstEdges[node] && heap.edgeNumber(edge) === fn)
          ofNode[node] = ofNode[edgeTargets[edge]];
        if (!isClosure || heap.edgeNumber(edge) !== context) continue;
        let target = edgeTargets[edge];
        while (target >= 0 && nodeNames[target] === scope && ofNode[target] === Owner.builtIn) {
          ofNode[target] = ofNode[node];
          target = this.outerScope(target, previous);
        }
      }
    }
  }

  private outerScope(scope: number, previous: number): number {
    const { firstEdges, edgeTargets } = this.graph.heap;
    for (let edge = firstEdges[scope]; edge < firstEdges[scope + 1]; edge++)
      if (
        this.graph.heap.edgeType(edge) === EdgeType.internal &&
        this.graph.heap.edgeNumber(edge) === previous
      )
        return edgeTargets[edge];
    return -1;
  }

  /** A module is its file's; the scope of an ES module is its functions' already. */
  private markModules(heap: HeapGraph): void {
    const { kinds } = this.graph.roots;
    for (let node = 0; node < heap.nodeCount; node++)
      if (kinds[node] === RootKind.commonJs) this.ofNode[node] = ownerOfScript(this.moduleFile(node));
      else if (kinds[node] === RootKind.global || kinds[node] === RootKind.scriptScope)
        this.ofNode[node] = Owner.builtIn;
  }

  private moduleFile(node: number): string | null {
    const { heap } = this.graph;
    const file = heap.childNamed(node, 'filename');
    return file < 0 ? null : heap.nodeName(file);
  }
}
