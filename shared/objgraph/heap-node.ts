// What predicates and callbacks see of an object: a view of one node of a snapshot.
import { inspect } from 'node:util';
import type { Snapshot } from './snapshot.ts';
import { nodeTypeNames } from '../heap/node-types.ts';
import { describe } from './labels.ts';

/** An object in the heap. Every function that takes an object takes a `HeapNode` in its place. */
export class HeapNode {
  /**
   * In a chain: the name of the reference from this object to the next one (`cache`, `[0]`, `"42"`);
   * empty where V8 has no name for it, undefined outside chains and on the last object.
   */
  readonly edge: string | undefined;

  /** The moment of the heap that it belongs to. */
  readonly snapshot: Snapshot;
  /** Its index in the arrays of that snapshot. @beta */
  readonly ordinal: number;

  /** @internal */
  constructor(snapshot: Snapshot, ordinal: number, edge?: string) {
    this.snapshot = snapshot;
    this.ordinal = ordinal;
    this.edge = edge;
    Object.defineProperty(this, inspect.custom, {
      __proto__: null,
      value: inspectNode,
    } as PropertyDescriptor);
  }

  /** Its heap object id: the number in the picture's `o123`, and what `at` takes. */
  get id(): number {
    return this.snapshot.heap.nodeIds[this.ordinal];
  }

  /** V8's type of node: `object`, `closure`, `string`, `native`, `synthetic`, … */
  get type(): string {
    return nodeTypeNames[this.snapshot.heap.nodeTypes[this.ordinal]];
  }

  /** Its class, as `typestats` counts it: `Map`, `Function`, `MyBigFatObject`. */
  get className(): string {
    return this.snapshot.names.type(this.ordinal);
  }

  /** The class with its place in the source, which distinguishes classes of one name: `User — src/user.js:12`. */
  get longName(): string {
    return this.snapshot.names.longType(this.ordinal);
  }

  /** Which one it is: a function's name and place, a module's file, the keys of an object. */
  get name(): string {
    return describe(this.snapshot, this.ordinal);
  }

  /** Its own size in bytes, without what it refers to. */
  get size(): number {
    return this.snapshot.heap.selfSizes[this.ordinal];
  }

  /** Bytes that would be freed with it. The first question takes the time of an analysis of the whole heap. */
  get retainedSize(): number {
    return this.snapshot.retainedSizes[this.ordinal];
  }

  /** References from the global object to it, by the shortest way. */
  get distance(): number {
    return this.snapshot.distances[this.ordinal];
  }

  /**
   * The live object; undefined when there is none (a scope, an object of another process or already collected), and for
   * the crowds of a large heap unless a callback was passed: looking up all objects doubles a snapshot's memory.
   */
  get value(): unknown {
    return this.snapshot.valueOf(this.ordinal);
  }

  /** Its class and which one it is: `Map 12 items`. */
  toString(): string {
    return [this.className, this.name].filter(Boolean).join(' ');
  }
}

/**
 * One line, at the REPL and in `console.log`. No method of the class: a name that is computed keeps a class in every bundle.
 */
function inspectNode(this: HeapNode): string {
  return lineOf(this, this.edge);
}

/** What a REPL prints for an object, with the name of its reference to the next one of a chain. */
export function lineOf(node: HeapNode, edge: string | undefined): string {
  return `HeapNode { ${node.toString()} @${node.id}${edge === undefined ? '' : ` —${edge}→`} }`;
}
