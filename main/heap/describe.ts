// The words and the numbers in which commands and windows speak of a heap's classes and objects.
import type { HeapAnalysis } from '../../shared/heap/analysis.ts';
import type { ClassLocation, HeapClass } from '../../shared/heap/classes.ts';
import { baseSystemDistance } from '../../shared/heap/distances.ts';
import { NodeNames } from '../../shared/heap/node-names.ts';
import { ReferenceNames } from '../../shared/heap/reference-names.ts';

/** Where a class stands in the source: `{ script, line, column }`, counted from 1. */
export type Location = Omit<ClassLocation, 'scriptId'>;

/** A class in JSON. */
export interface ClassRecord {
  type: string;
  location: Location | null;
}

/** An object in JSON. */
export interface ObjectRecord extends ClassRecord {
  id: number;
  /** Which one it is: a function's name and place, a module's file, the keys of an object; may be empty. */
  name: string;
  shallowSize: number;
  retainedSize: number;
  /** References from the global object to it; null where only V8 itself refers to it. */
  distance: number | null;
}

export interface Telling {
  /** File names inside it are told relative to it (default: the working folder). */
  folder?: string;
  /** Strings are not told, only how long they are. */
  redacted?: boolean;
}

export class HeapDescriber {
  #words: { names: NodeNames; references: ReferenceNames } | null = null;

  constructor(
    readonly analysis: HeapAnalysis,
    private readonly telling: Telling = {},
  ) {}

  get names(): NodeNames {
    return this.words.names;
  }

  get references(): ReferenceNames {
    return this.words.references;
  }

  class({ name, location }: HeapClass): ClassRecord {
    if (location === null || location.script === null) return { type: name, location: null };
    const { script, line, column } = location;
    return { type: name, location: { script, line, column } };
  }

  object(node: number): ObjectRecord {
    const { distance, ...object } = this.objectBefore(node);
    return { ...object, retainedSize: this.analysis.retainedSizes[node], distance };
  }

  /** What can be said of an object before retained sizes are there. */
  objectBefore(node: number): Omit<ObjectRecord, 'retainedSize'> {
    const { graph, classes, shallowSizes, distances } = this.analysis;
    const heapClass = this.class(classes.list[classes.ofNode[node]]);
    // Modules and global objects are what chains end at: they are called so, and not by what V8 makes them of.
    const isRoot = this.analysis.objects.isRoot(node);
    const isInternal = heapClass.type.startsWith('(');
    return {
      id: graph.nodeIds[node],
      ...(isRoot ? { type: this.names.type(node), location: null } : heapClass),
      name: this.names.describe(node) || (isInternal ? graph.nodeName(node) : ''),
      shallowSize: shallowSizes[node],
      distance: readableDistance(distances.distances[node]),
    };
  }

  /** Made when they are needed: counts of classes are there before roots are known. */
  private get words(): { names: NodeNames; references: ReferenceNames } {
    if (this.#words) return this.#words;
    const { objects } = this.analysis;
    const { folder = process.cwd(), redacted } = this.telling;
    const names = new NodeNames(objects, folder, redacted);
    return (this.#words = { names, references: new ReferenceNames(objects, names) });
  }

  /** `User`, or `User — src/user.js:12` where the place is known. */
  className({ type, location }: ClassRecord): string {
    return location === null ? type : `${type} — ${this.names.shortPath(location.script!)}:${location.line}`;
  }
}

/** V8's own distances say nothing to a reader. */
export function readableDistance(distance: number): number | null {
  return distance >= 0 && distance < baseSystemDistance ? distance : null;
}
