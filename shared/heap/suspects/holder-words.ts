// What holds an object, in words that lead a developer to the line: ``Map `sessions.byUser` in src/svc.js``.
import type { HeapAnalysis } from '../analysis.ts';
import type { ChainLink } from '../chain.ts';
import { NodeNames } from '../node-names.ts';
import { NodeType } from '../node-types.ts';
import type { ObjectGraph } from '../object-graph.ts';
import { findPaths } from '../paths.ts';
import { ReferenceNames } from '../reference-names.ts';
import { RootKind } from '../roots.ts';
import { grouped } from '../../quantities.ts';

/** A name has at most so many parts, the last ones. */
const mostParts = 3;

const anyEntry = '[…]';

/** Where `process` is from: no module of the program's. */
const processScript = 'node:process';

/** A chain has at most so many steps; of a longer one, the middle is left out. */
const mostSteps = 16;

/** A holder, and how it is reached. */
export interface Holder {
  /** ``Map `cache` in svc.js``. */
  name: string;
  /** The file or URL in which it is defined; null where that is not known. */
  script: string | null;
  /** A step a line, from the root. */
  chain: string[];
}

/** Names holders in one heap; the paths that were found are kept. */
export class HolderWords {
  readonly names: NodeNames;
  readonly references: ReferenceNames;
  private readonly graph: ObjectGraph;
  private readonly known = new Map<number, Holder>();

  /**
   * @param folder file names inside it are shown relative to it
   * @param redacted strings are replaced by their lengths
   */
  constructor(analysis: HeapAnalysis, folder = '', redacted = false) {
    this.graph = analysis.objects;
    this.names = new NodeNames(this.graph, folder, redacted);
    this.references = new ReferenceNames(this.graph, this.names);
  }

  holder(node: number): Holder {
    const known = this.known.get(node);
    if (known) return known;
    const path = findPaths(this.graph, node, { count: 1 })[0] ?? [{ node, edge: -1 }];
    const holder = this.fromPath(path);
    this.known.set(node, holder);
    return holder;
  }

  /** The class of a node, as a reader calls it. */
  className(node: number): string {
    return this.names.type(node);
  }

  /**
   * The object that refers to a node on the shortest way to it, -1 when nothing of the program's does. A link of a list
   * belongs to what holds the list.
   */
  ownerOf(node: number): number {
    const path = findPaths(this.graph, node, { count: 1 })[0] ?? [];
    const type = this.names.type(node);
    return path.slice(0, -1).findLast((link) => this.names.type(link.node) !== type)?.node ?? -1;
  }

  /** Whether something is Node's own, which users cannot change. */
  isInternal(node: number): boolean {
    return this.holder(node).script?.startsWith('node:') ?? false;
  }

  private fromPath(path: ChainLink[]): Holder {
    return { name: this.named(path), script: this.scriptAlong(path), chain: this.steps(path) };
  }

  /** The file of the last function or module on a path. */
  scriptAlong(path: readonly ChainLink[]): string | null {
    let script: string | null = null;
    for (const { node } of path)
      script = this.isProcess(node) ? processScript : (this.scriptOf(node) ?? script);
    return script;
  }

  /** Every module sees it: which one led to it says nothing. */
  private isProcess(node: number): boolean {
    const { heap } = this.graph;
    return (
      heap.nodeTypes[node] === NodeType.object &&
      heap.nodeName(node) === 'process' &&
      heap.childNamed(node, '_events') >= 0
    );
  }

  /**
   * ``Map `cache` in svc.js``, by a path from a root.
   *
   * @param isAny nodes that represent all entries of their collection: ``users[…].posts``; the type of the last node is
   * left out then, for there are several
   */
  named(path: readonly ChainLink[], isAny?: (node: number) => boolean): string {
    const { node } = path[path.length - 1];
    if (this.isProcess(node)) return 'process';
    const parts: string[] = [];
    for (let i = 1; i < path.length; i++) {
      const reference = this.references.of(path[i - 1].node, path[i - 1].edge);
      const weakMap = this.references.weakMapOf(path[i - 1].edge);
      // Behind a scope, names begin anew: what led to it says nothing of what is in it.
      if (weakMap !== null) parts.splice(0, mostParts, `${weakMap || 'WeakMap'}.get(${joined(parts)})`);
      else if (this.isScope(path[i].node)) parts.length = 0;
      else if (this.isProcess(path[i].node)) parts.splice(0, mostParts, 'process');
      else if (isAny?.(path[i].node)) {
        if (parts.at(-1) !== anyEntry) parts.push(anyEntry);
      } else if (reference !== '') parts.push(reference);
      if (parts.length > mostParts) parts.shift();
    }
    if (path.length === 1 || this.graph.isRoot(node)) return this.step(node, '');
    const script = this.scriptAlong(path);
    const isGlobals = this.graph.roots.kinds[path[0].node] === RootKind.global;
    const name = [isAny ? '' : this.names.type(node), accessPath(parts)].filter(Boolean).join(' ');
    if (script === processScript) return name;
    // Scopes that functions of one file have: none of their variables leads to them.
    if (name === '') return script ?? (isGlobals ? 'globalThis' : 'functions');
    return name + (script ? ` in ${script}` : isGlobals ? ' on globalThis' : '');
  }

  /** A step a line, from the root; runs of the same step are one. */
  steps(path: readonly ChainLink[]): string[] {
    const steps: string[] = [];
    for (let i = 0; i < path.length; i++) {
      const reference = i === 0 ? '' : this.references.of(path[i - 1].node, path[i - 1].edge);
      const type = this.names.type(path[i].node);
      let run = 1;
      while (i > 0 && i + 1 < path.length && this.goesOnAs(path, i, reference, type)) {
        i++;
        run++;
      }
      const step = this.step(path[i].node, reference);
      steps.push(run > 1 ? `${step} × ${grouped(run)}` : step);
    }
    if (steps.length <= mostSteps) return steps;
    // The last steps lead to what is looked for, the first ones to where it is defined.
    const left = steps.length - mostSteps;
    return [
      ...steps.slice(0, mostSteps / 2),
      `… ${grouped(left)} more …`,
      ...steps.slice(left + mostSteps / 2),
    ];
  }

  /** Whether the step behind one of a path is the same again. */
  private goesOnAs(path: readonly ChainLink[], i: number, reference: string, type: string): boolean {
    return (
      this.names.type(path[i + 1].node) === type &&
      !/^\[|^"|^\(/.test(reference) &&
      this.references.of(path[i].node, path[i].edge) === reference
    );
  }

  private step(node: number, reference: string): string {
    const isGlobal = this.graph.roots.kinds[node] === RootKind.global;
    const what = isGlobal
      ? 'globalThis'
      : [this.names.type(node), this.names.describe(node)].filter(Boolean).join(' ');
    return reference ? `${reference}: ${what}` : what;
  }

  /** Whether a node is the scope of a call, and no module's. */
  isScope(node: number): boolean {
    return this.graph.heap.scopes[node] === 1 && !this.graph.isRoot(node);
  }

  /** The file in which a function or a module is. */
  private scriptOf(node: number): string | null {
    const kind = this.graph.roots.kinds[node];
    if (kind === RootKind.commonJs || kind === RootKind.esModule) return this.names.describe(node) || null;
    if (this.graph.heap.nodeTypes[node] !== NodeType.closure) return null;
    return this.names.file(node);
  }
}

const accessPath = (parts: readonly string[]): string => (parts.length === 0 ? '' : `\`${joined(parts)}\``);

/** `cache`, `users`, `[0]`, `/` → `cache.users[0]["/"]`. */
function joined(parts: readonly string[]): string {
  if (parts.length === 0) return '…';
  return parts.reduce((text, part) => {
    if (part.startsWith('[')) return text + part;
    if (/^["(]/.test(part)) return `${text}[${part}]`;
    return /^[\p{ID_Start}$_#<]/u.test(part) ? `${text}.${part}` : `${text}[${JSON.stringify(part)}]`;
  });
}
