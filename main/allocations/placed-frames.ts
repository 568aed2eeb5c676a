// Functions of an allocation tree as people read them: the author's name and place where a source map has them, and whose they are.
import type { AllocationFrame } from '../../shared/heap/allocation-tree.ts';
import { ownerOfScript, packageOfScript } from '../../shared/heap/owner.ts';
import type { Places } from '../../shared/heap/places.ts';
import type { OwnerName } from '../../shared/protocol/heap.ts';
import { ownerName } from '../heap/describe.ts';
import { readScopes } from '../source-maps/scopes.ts';
import { mapFolders } from '../source-maps/settings.ts';
import { SourceMaps, type ScriptRecord } from '../../shared/source-maps/source-maps.ts';

/** Lines and columns count from 1; the script is null where it has no name. */
export interface Location {
  script: string | null;
  line: number;
  column: number;
}

/** A function, or a place in one; the names are those of `--json`. */
export interface PlacedFrame {
  function: string;
  location: Location | null;
  /** In the code that ran, where a source map leads from there to `location`. */
  generated?: Location & { function: string };
  owner: OwnerName;
  /** The npm package; null for what is of none. */
  package: string | null;
}

/** A call that was seen on a stack: where it is, and in which function. */
export interface CallFrame extends AllocationFrame {
  /** Where its function begins, counted from 0; null where V8 does not say. */
  functionStart: { line: number; column: number } | null;
}

export class FramePlaces {
  /** @param maps which code the author wrote; null where no source map was read */
  constructor(private readonly maps: Places | null) {}

  /**
   * @param scripts the file or URL of each script, by its id
   * @param records maps that are known of them
   * @param warn called with a sentence, once for a map that cannot be used
   */
  static of(
    scripts: ReadonlyMap<number, string>,
    records: readonly ScriptRecord[],
    warn: (sentence: string) => void,
  ): FramePlaces {
    return new FramePlaces(new SourceMaps(() => scripts, records, mapFolders(), warn, undefined, readScopes));
  }

  /** A function of a tree. */
  ofFunction(frame: AllocationFrame): PlacedFrame {
    return this.#place(frame, frame, 'function');
  }

  /** The call itself: the line that made an object. */
  ofCall(frame: CallFrame): PlacedFrame {
    return this.#place(frame, frame.functionStart, 'call');
  }

  #place(
    frame: AllocationFrame,
    start: { line: number; column: number } | null,
    kind: 'function' | 'call',
  ): PlacedFrame {
    const { functionName, script, scriptId, line, column } = frame;
    if (script === '' || line < 0)
      return { function: nameOf(functionName), location: null, owner: ownerOf(frame), package: null };
    const places = (what: 'function' | 'call', at: { line: number; column: number }) =>
      this.maps?.original({ kind: what, name: functionName, scriptId, line: at.line, column: at.column }) ??
      null;
    const original = places(kind, frame);
    const written = { script, line: line + 1, column: column + 1 };
    if (original === null) {
      return {
        function: nameOf(functionName),
        location: written,
        owner: ownerOf(frame),
        package: packageOfScript(script),
      };
    }
    const name = (start && start.line >= 0 ? places('function', start)?.name : null) ?? functionName;
    return {
      function: nameOf(name),
      location:
        original.line === null || original.column === null
          ? null
          : { script: original.script, line: original.line, column: original.column },
      generated: { ...written, function: nameOf(functionName) },
      owner: ownerName(ownerOfScript(original.script)),
      package: packageOfScript(original.script),
    };
  }
}

/** V8 puts its own doings in parentheses: `(GC)`, `(V8 API)`; a function without a script is eval's, and so the program's. */
function ownerOf({ functionName, script, line }: AllocationFrame): OwnerName {
  if (script === '' && (line < 0 || functionName.startsWith('('))) return 'builtIn';
  return ownerName(ownerOfScript(script));
}

const nameOf = (name: string) => (name === '' ? '(anonymous)' : name);

/** The scripts that the functions of a tree are in, by their ids. */
export function scriptsOf(frames: readonly AllocationFrame[]): Map<number, string> {
  return new Map(
    frames.filter(({ script }) => script !== '').map(({ scriptId, script }) => [scriptId, script]),
  );
}

/** Whose it is in one word: the npm package by name, or who else. */
export function ownerLabel({ owner, package: name }: Pick<PlacedFrame, 'owner' | 'package'>): string {
  if (name !== null) return name;
  return { yours: 'yours', package: 'a package', internal: 'the runtime', builtIn: 'V8' }[owner];
}
