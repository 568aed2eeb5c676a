// Descriptions of a heap's classes and objects, for commands and windows.
import type { HeapAnalysis } from '../../shared/heap/analysis.ts';
import type { ClassLocation as HeapLocation, HeapClass } from '../../shared/heap/classes.ts';
import { baseSystemDistance } from '../../shared/heap/distances.ts';
import { NodeNames } from '../../shared/heap/node-names.ts';
import { longLine } from '../../shared/heap/places.ts';
import { Owner, ownerOfScript } from '../../shared/heap/owner.ts';
import { ObjectValues } from '../../shared/heap/object-values.ts';
import type { ClassLocation, OwnedPage, OwnerFilter, OwnerName } from '../../shared/protocol/heap.ts';
import { ReferenceNames } from '../../shared/heap/reference-names.ts';
import { shortPath } from '../../shared/heap/short-path.ts';

/** A class in JSON. */
export interface ClassRecord {
  type: string;
  location: ClassLocation | null;
  /** In the code that ran, where a source map leads from there to `location`. */
  generated?: ClassLocation & { type: string };
  owner: OwnerName;
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

export interface DescribeOptions {
  /** File names inside it are shown relative to it (default: the working folder). */
  folder?: string;
  /** Strings are left out, except for their length. */
  redacted?: boolean;
}

export class HeapDescriber {
  #words: { names: NodeNames; references: ReferenceNames; values: ObjectValues } | null = null;

  /** Per line of a script: the columns in which classes begin. */
  #columns: Map<string, Set<number>> | null = null;

  constructor(
    readonly analysis: HeapAnalysis,
    private readonly options: DescribeOptions = {},
  ) {}

  get #folder(): string {
    return this.options.folder ?? process.cwd();
  }

  get names(): NodeNames {
    return this.words.names;
  }

  get references(): ReferenceNames {
    return this.words.references;
  }

  class({
    name,
    location,
    file = null,
    generated,
  }: Pick<HeapClass, 'name' | 'location' | 'generated'> & Partial<Pick<HeapClass, 'file'>>): ClassRecord {
    const owner = ownerOfClass(location, file);
    const record: ClassRecord = { type: name, location: location?.script ? placeIn(location) : null, owner };
    if (generated?.script) record.generated = { ...placeIn(generated), type: generated.name };
    return record;
  }

  object(node: number): ObjectRecord {
    const { distance, ...object } = this.objectBefore(node);
    return { ...object, retainedSize: this.analysis.retainedSizes[node], distance };
  }

  /** What is known of an object before retained sizes are there. */
  objectBefore(node: number): Omit<ObjectRecord, 'retainedSize'> {
    const { graph, classes, shallowSizes, distances } = this.analysis;
    const heapClass = this.class(classes.list[classes.ofNode[node]]);
    // Modules and global objects are what chains end at: they are called so, and not by what V8 makes them of.
    const isRoot = this.analysis.objects.isRoot(node);
    const isInternal = heapClass.type.startsWith('(');
    return {
      id: graph.nodeIds[node],
      ...(isRoot ? { type: this.names.type(node), location: null } : heapClass),
      owner: ownerName(this.analysis.owners.ofNode[node]),
      name:
        this.words.values.describe(node) ??
        (this.names.describe(node) || (isInternal ? graph.nodeName(node) : '')),
      shallowSize: shallowSizes[node],
      distance: readableDistance(distances.distances[node]),
    };
  }

  /** Made when they are needed: counts of classes are there before roots are known. */
  private get words(): { names: NodeNames; references: ReferenceNames; values: ObjectValues } {
    if (this.#words) return this.#words;
    const { objects } = this.analysis;
    const names = new NodeNames(objects, this.#folder, this.options.redacted);
    const references = new ReferenceNames(objects, names);
    return (this.#words = { names, references, values: new ObjectValues(objects, names, references) });
  }

  /**
   * `User`, or `User — src/user.js:12` where the place is known; with the column where several classes begin in that line, or
   * it is longer than people write: `n — bundle.min.js:1:53`.
   */
  className(record: ClassRecord): string {
    const [short, long] = this.#names(record);
    return this.#needsColumn(record) ? long : short;
  }

  /** Whether a class is meant by a name: without a place, with its line, or with its column as well. */
  isCalled(record: ClassRecord, name: string): boolean {
    return record.type === name || this.#names(record).includes(name);
  }

  #names({ type, location }: ClassRecord): [short: string, long: string] {
    if (location === null) return [type, type];
    const short = `${type} — ${shortPath(location.script, this.#folder)}:${location.line}`;
    return [short, `${short}:${location.column}`];
  }

  #needsColumn({ location, generated }: ClassRecord): boolean {
    if (location === null) return false;
    if (generated === undefined && location.column > longLine) return true;
    if (this.#columns === null) {
      this.#columns = new Map();
      for (const { location } of this.analysis.classes.list) {
        if (location === null) continue;
        const line = `${location.script} ${location.line}`;
        this.#columns.set(line, (this.#columns.get(line) ?? new Set()).add(location.column));
      }
    }
    const columns = this.#columns.get(`${location.script} ${location.line}`);
    return columns !== undefined && columns.size > 1;
  }
}

/** Only of a class whose script has a name. */
const placeIn = ({ script, line, column }: HeapLocation): ClassLocation => ({
  script: script!,
  line,
  column,
});
const ownerNames: readonly OwnerName[] = ['builtIn', 'internal', 'package', 'yours'];

export const ownerName = (owner: number): OwnerName => ownerNames[owner];

/** Whose a class is, by the script in which it is written. */
function ownerOfClass(location: HeapLocation | null, file: string | null): OwnerName {
  if (location === null && file === null) return ownerName(Owner.builtIn);
  return ownerName(ownerOfScript(location === null ? file : location.script));
}

export function passesOwner(owner: OwnerName, only: OwnerFilter): boolean {
  switch (only) {
    case 'yours':
      return owner === 'yours';
    case 'packages':
      return owner === 'package';
    case 'internal':
      return owner === 'internal' || owner === 'builtIn';
    case 'all':
      return true;
  }
}

/** How many rows there are of each owner. */
export function countOwners(rows: readonly { owner: OwnerName }[]): OwnedPage<unknown>['owners'] {
  const owners = { yours: 0, packages: 0, internal: 0 };
  for (const { owner } of rows)
    owners[owner === 'yours' ? 'yours' : owner === 'package' ? 'packages' : 'internal']++;
  return owners;
}

/** V8's own distances say nothing to a reader. */
export function readableDistance(distance: number): number | null {
  return distance >= 0 && distance < baseSystemDistance ? distance : null;
}
