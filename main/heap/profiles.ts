// The allocation profiles of a window, in the thread that answers questions about them.
import {
  differenceOfAllocations,
  totalBytes,
  type AllocationTree,
} from '../../shared/heap/allocation-tree.ts';
import { HeapProfileError, readHeapProfile, writeHeapProfile } from '../../shared/heap/heap-profile.ts';
import type { Places } from '../../shared/heap/places.ts';
import {
  allocationPage,
  flameGraphOf,
  type PlacedTree,
  type RowsAsked,
} from '../allocations/allocation-pages.ts';
import { FramePlaces, scriptsOf } from '../allocations/placed-frames.ts';
import { writePprof } from '../allocations/pprof.ts';
import { readProfileText } from '../allocations/profile-file.ts';
import { fileProblem } from '../problem.ts';
import { readScopes } from '../source-maps/scopes.ts';
import { mapFolders } from '../source-maps/settings.ts';
import { SourceMaps, type ScriptRecord } from '../../shared/source-maps/source-maps.ts';

/** What the window's process gives: a file, its text, or what was recorded. */
export interface GivenProfile {
  id: number;
  /** What messages call it. */
  name: string;
  content: { path: string } | { text: string } | { tree: AllocationTree };
  scripts: readonly ScriptRecord[];
  /** File names inside it are shown relative to it. */
  folder: string;
}

interface Profile extends PlacedTree {
  places: Places;
  scripts: readonly ScriptRecord[];
  folder: string;
}

export class Profiles {
  readonly #profiles = new Map<number, Profile>();
  /** Of the last two that were compared. */
  #difference: { key: string; placed: PlacedTree } | null = null;

  /** Reads one. @returns its bytes. @throws Error in words */
  async add({ id, name, content, scripts, folder }: GivenProfile): Promise<number> {
    const tree = 'tree' in content ? content.tree : readTree(await textOf(content), name);
    const places = placesOf(tree, scripts);
    this.#profiles.set(id, { ...placed(tree, places), places, scripts, folder });
    return Math.round(totalBytes(tree)[0] ?? 0);
  }

  remove(id: number): void {
    this.#profiles.delete(id);
  }

  page(id: number, before: number | null, asked: RowsAsked) {
    return allocationPage(this.#of(id, before), asked, this.#get(id).folder);
  }

  flame(id: number, before: number | null, least: number) {
    return flameGraphOf(this.#of(id, before), least);
  }

  /** The author's text of a file, where a map of this profile has it. */
  sourceText(id: number, script: string): string | null {
    return this.#get(id).places.sourceText?.(script) ?? null;
  }

  save(id: number, format: 'heapprofile' | 'pb.gz'): Uint8Array {
    const { tree, frames } = this.#get(id);
    return format === 'pb.gz'
      ? writePprof(tree, frames)
      : new TextEncoder().encode(JSON.stringify(writeHeapProfile(tree)));
  }

  #of(id: number, before: number | null): PlacedTree {
    const after = this.#get(id);
    if (before === null) return after;
    const key = `${before} ${id}`;
    if (this.#difference?.key !== key) {
      const earlier = this.#get(before);
      const tree = differenceOfAllocations(earlier.tree, after.tree);
      this.#difference = {
        key,
        placed: placed(tree, placesOf(tree, [...earlier.scripts, ...after.scripts])),
      };
    }
    return this.#difference.placed;
  }

  #get(id: number): Profile {
    const profile = this.#profiles.get(id);
    if (!profile) throw new RangeError(`There is no profile ${id}`);
    return profile;
  }
}

const placesOf = (tree: AllocationTree, scripts: readonly ScriptRecord[]): Places =>
  new SourceMaps(
    () => scriptsOf(tree.frames),
    scripts,
    mapFolders(),
    () => {},
    undefined,
    readScopes,
  );

function placed(tree: AllocationTree, places: Places): PlacedTree {
  const framePlaces = new FramePlaces(places);
  return { tree, frames: tree.frames.map((frame) => framePlaces.ofFunction(frame)) };
}

async function textOf(content: { path: string } | { text: string }): Promise<string> {
  if ('text' in content) return content.text;
  const { path } = content;
  try {
    return await readProfileText(path);
  } catch (error) {
    throw error instanceof HeapProfileError
      ? error
      : new Error(fileProblem(error, path).message, { cause: error });
  }
}

/** @throws Error with the name of the profile */
function readTree(text: string, name: string): AllocationTree {
  try {
    return readHeapProfile(JSON.parse(text));
  } catch (error) {
    if (error instanceof SyntaxError)
      throw new Error(`${name} is no heap profile: it is not JSON`, { cause: error });
    throw error instanceof HeapProfileError ? new Error(`${name} ${error.message}`, { cause: error }) : error;
  }
}
