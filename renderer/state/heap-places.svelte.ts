// Where one is in the heap: the view, what it is of, and the selected object, which all views follow; and the way there,
// for Back and Forward. The picture's way back is its camera's: see navigation.svelte.ts.
import { History } from '../../shared/history.ts';

export const heapViews = [
  'suspects',
  'types',
  'growth',
  'dominators',
  'strings',
  'allocations',
  'detached',
] as const;
export type HeapView = (typeof heapViews)[number];

export type ObjectView = 'references' | 'retainers' | 'paths' | 'now';

/** A class of one snapshot, whose instances are listed. */
export interface TypeReference {
  index: number;
  name: string;
  /** Only its instances that are not in this earlier snapshot. */
  newSince: number | null;
}

/** The two snapshots that Growth compares; null means the first one and the last one. */
export interface ComparedSnapshots {
  before: number | null;
  after: number | null;
}

const firstAndLast: ComparedSnapshots = { before: null, after: null };

export interface Place {
  snapshot: number;
  view: HeapView;
  /** Within Types; null for the list of all. */
  type: TypeReference | null;
  compared: ComparedSnapshots;
  /** The selected object; null when none is. */
  id: number | null;
}

/** `walk`: row by row, where the way back needs no stop at each. */
export type Move = 'jump' | 'walk';

export class Places {
  #history = $state.raw(
    new History<Place>({ snapshot: -1, view: 'types', type: null, compared: firstAndLast, id: null }),
  );
  /** Which side of the selected object is looked at; no place of its own. */
  objectView = $state<ObjectView>('references');
  #lastMove: Move = 'jump';
  /** The snapshots that were open when it was last asked. */
  #open: readonly number[] = [];
  /** How often the user chose where to be: news that came meanwhile must not lead elsewhere. */
  choices = 0;
  readonly here = $derived(this.#history.present);
  readonly canGoBack = $derived(this.#history.canUndo);
  readonly canGoForward = $derived(this.#history.canRedo);
  /** The window's way back listens: see trail.svelte.ts. */
  onleave: () => void = () => {};

  /** The user goes somewhere else, which Back undoes. */
  go(change: Partial<Place>, move: Move = 'jump'): void {
    this.choices++;
    this.lead(change, move);
  }

  /** News leads somewhere else, which Back undoes. */
  lead(change: Partial<Place>, move: Move = 'jump'): void {
    const next = { ...this.here, ...change };
    if (isSamePlace(next, this.here)) return;
    const isWalk = move === 'walk' && this.#lastMove === 'walk';
    this.#history = isWalk ? this.#history.withPresent(next) : this.#history.done(next);
    if (!isWalk) this.onleave();
    this.#lastMove = move;
  }

  select(id: number, move: Move = 'jump'): void {
    this.go({ id }, move);
  }

  /** Another snapshot is shown: the object has the same id in it, but a class another place in its list. */
  show(snapshot: number): void {
    if (snapshot === this.here.snapshot) return;
    if (this.here.snapshot < 0) this.#history = this.#history.withPresent({ ...this.here, snapshot });
    else this.lead({ snapshot, type: null });
  }

  /** Growth between other snapshots. */
  compare(change: Partial<ComparedSnapshots>): void {
    this.go({ compared: { ...this.here.compared, ...change } });
  }

  back = () => this.#replay(this.#history.undone());
  forward = () => this.#replay(this.#history.redone());

  /**
   * Drops the places in snapshots that were closed; the way back to the others stays.
   * @param snapshots those that are open
   * @param shown where to be when the snapshot that was shown is closed
   */
  keepOnly(snapshots: readonly number[], shown: number): void {
    // While all are read again, none is there for a moment.
    if (snapshots.length === 0) return;
    const isUnchanged = this.#open.every((snapshot) => snapshots.includes(snapshot));
    this.#open = snapshots;
    if (isUnchanged) return;
    const isOpen = (snapshot: number | null) => snapshot !== null && snapshots.includes(snapshot);
    const withoutClosed = ({ type, compared: { before, after }, ...place }: Place): Place => ({
      ...place,
      type: type && { ...type, newSince: isOpen(type.newSince) ? type.newSince : null },
      compared: { before: isOpen(before) ? before : null, after: isOpen(after) ? after : null },
    });
    const here = withoutClosed(this.here);
    this.#history = this.#history
      .mapped((place) => (isOpen(place.snapshot) ? withoutClosed(place) : null))
      .withPresent(isOpen(here.snapshot) ? here : { ...here, snapshot: shown, type: null });
  }

  #replay(history: History<Place>): void {
    if (history === this.#history) return;
    this.#history = history;
    this.#lastMove = 'jump';
    this.choices++;
  }
}

const isSamePlace = (a: Place, b: Place) => JSON.stringify(a) === JSON.stringify(b);
