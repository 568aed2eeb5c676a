// Where one is in the heap: the view, what it is of, and the selected object, which all views follow; and the way there,
// for Back and Forward. The picture's way back is its camera's: see navigation.svelte.ts.

export const heapViews = ['suspects', 'types', 'growth', 'dominators', 'strings'] as const;
export type HeapView = (typeof heapViews)[number];

export type ObjectView = 'references' | 'retainers' | 'paths' | 'now';

/** A class of one snapshot, whose instances are listed. */
export interface TypeReference {
  index: number;
  name: string;
  /** Only its instances that are not in this earlier snapshot. */
  newSince: number | null;
}

/** The two snapshots that Growth compares; null stands for the first one and for the last one that there is. */
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

const longestWay = 200;

export class Places {
  here = $state.raw<Place>({ snapshot: -1, view: 'types', type: null, compared: firstAndLast, id: null });
  /** Which side of the selected object is looked at; no place of its own. */
  objectView = $state<ObjectView>('references');
  #past = $state.raw<Place[]>([]);
  #future = $state.raw<Place[]>([]);
  #lastMove: Move = 'jump';
  /** How often the user chose where to be: news that came meanwhile must not lead elsewhere. */
  choices = 0;
  readonly canGoBack = $derived(this.#past.length > 0);
  readonly canGoForward = $derived(this.#future.length > 0);

  /** The user goes somewhere else, which Back undoes. */
  go(change: Partial<Place>, move: Move = 'jump'): void {
    this.choices++;
    this.lead(change, move);
  }

  /** News leads somewhere else, which Back undoes. */
  lead(change: Partial<Place>, move: Move = 'jump'): void {
    const next = { ...this.here, ...change };
    if (samePlace(next, this.here)) return;
    const isWalk = move === 'walk' && this.#lastMove === 'walk';
    if (!isWalk) this.#past = [...this.#past.slice(1 - longestWay), this.here];
    this.#future = [];
    this.#lastMove = move;
    this.here = next;
  }

  select(id: number, move: Move = 'jump'): void {
    this.go({ id }, move);
  }

  /** Another snapshot is shown: the object has the same id in it, but a class another place in its list. */
  show(snapshot: number): void {
    if (snapshot === this.here.snapshot) return;
    if (this.here.snapshot < 0) this.here = { ...this.here, snapshot };
    else this.lead({ snapshot, type: null });
  }

  /** Growth between other snapshots. */
  compare(change: Partial<ComparedSnapshots>): void {
    this.go({ compared: { ...this.here.compared, ...change } });
  }

  back = () => this.#replay('back');
  forward = () => this.#replay('forward');

  /** The snapshots have other places now: no way leads back. */
  forget(shown: number): void {
    this.#past = this.#future = [];
    this.here = { ...this.here, snapshot: shown, type: null, compared: firstAndLast };
  }

  #replay(direction: 'back' | 'forward'): void {
    const [from, to] = direction === 'back' ? [this.#past, this.#future] : [this.#future, this.#past];
    const place = from.at(-1);
    if (!place) return;
    const left = [...to, this.here];
    if (direction === 'back') [this.#past, this.#future] = [from.slice(0, -1), left];
    else [this.#past, this.#future] = [left, from.slice(0, -1)];
    this.#lastMove = 'jump';
    this.choices++;
    this.here = place;
  }
}

const samePlace = (a: Place, b: Place) => JSON.stringify(a) === JSON.stringify(b);
