// A class by its name and place: the author's where a source map has them.
import type { Places } from '../../shared/heap/original-place.ts';
import { ownerOfScript } from '../../shared/heap/owner.ts';
import type { OwnerName } from '../../shared/protocol/heap.ts';
import { ownerName } from '../heap/describe.ts';
import type { Location } from './placed-frames.ts';

export interface PlacedClass {
  /** The author's name. */
  type: string;
  location: Location | null;
  generated?: Location & { type: string };
  owner: OwnerName;
}

/** Where the code of a class begins; lines and columns are counted from 0. */
export interface CodePlace {
  scriptId: number;
  line: number;
  column: number;
}

/** @param script its file or URL; empty for what eval made */
export function placeClass(
  name: string,
  { scriptId, line, column }: CodePlace,
  script: string,
  maps: Places | null,
): PlacedClass {
  const original = maps?.original({ kind: 'class', name, scriptId, line, column }) ?? null;
  const generated = { script, line: line + 1, column: column + 1 };
  const isMapped = original?.line != null && original.column !== null;
  return {
    type: original?.name ?? name,
    location: isMapped
      ? { script: original.script, line: original.line!, column: original.column! }
      : original === null && script !== ''
        ? generated
        : null,
    ...(isMapped && { generated: { ...generated, type: name } }),
    owner: ownerName(ownerOfScript(original?.script ?? script)),
  };
}
