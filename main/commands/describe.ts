// The words and the numbers in which the commands speak of a heap's classes and objects, in tables and in JSON.
import type { HeapAnalysis } from '../../shared/heap/analysis.ts';
import type { ClassLocation, HeapClass } from '../../shared/heap/classes.ts';
import { baseSystemDistance } from '../../shared/heap/distances.ts';
import { NodeNames } from '../../shared/heap/node-names.ts';

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

export class HeapDescriber {
  readonly names: NodeNames;

  constructor(readonly analysis: HeapAnalysis) {
    this.names = new NodeNames(analysis.objects, process.cwd());
  }

  class({ name, location }: HeapClass): ClassRecord {
    if (location === null || location.script === null) return { type: name, location: null };
    const { script, line, column } = location;
    return { type: name, location: { script, line, column } };
  }

  object(node: number): ObjectRecord {
    const { graph, classes, shallowSizes, retainedSizes, distances } = this.analysis;
    const heapClass = this.class(classes.list[classes.ofNode[node]]);
    // Modules and global objects are what chains end at: they are called so, and not by what V8 makes them of.
    const isRoot = this.analysis.objects.isRoot(node);
    const isInternal = heapClass.type.startsWith('(');
    return {
      id: graph.nodeIds[node],
      ...(isRoot ? { type: this.names.type(node), location: null } : heapClass),
      name: this.names.describe(node) || (isInternal ? graph.nodeName(node) : ''),
      shallowSize: shallowSizes[node],
      retainedSize: retainedSizes[node],
      distance: readableDistance(distances.distances[node]),
    };
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

/** One JSON value on standard output, for programs. */
export function printJson(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value, null, 2)}\n`);
}
