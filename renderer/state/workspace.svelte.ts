// All that the views of a heap share: the heap itself, where one is in it, and what is open over them.
import type { AllocationSubject } from '../../shared/protocol/allocations.ts';
import type {
  ClassLocation,
  HeapPicture,
  HeapTable,
  ObjectRow,
  TypeRow,
} from '../../shared/protocol/heap.ts';
import { countOf, inBytes } from '../ui/quantities.ts';
import type { Point } from '../graph/camera.ts';
import type { Connection } from '../host.ts';
import type { Action } from './actions/action.ts';
import { OpenAllocations } from './allocations.svelte.ts';
import { AttachedTarget } from './attached.svelte.ts';
import { Places } from './heap-places.svelte.ts';
import { OpenHeap } from './heap.svelte.ts';
import { Layout } from './layout.svelte.ts';
import { LeftOutItems } from './left-out.svelte.ts';
import { ClassSearch } from './sites.svelte.ts';
import { LoopRecorder } from './loop-recorder.svelte.ts';
import { Suspects } from './suspects.svelte.ts';
import { inBackground } from './failures.svelte.ts';

/** Milliseconds without another selection after which it is drawn. */
const handRests = 180;

/** An object, as the title of a picture calls it. */
type Named = Pick<ObjectRow, 'id' | 'type' | 'name' | 'retainedSize'>;

/** The table that is seen, as it would be exported. */
export interface ShownTable {
  table: HeapTable;
  about: unknown;
}

export type WorkspaceDialog = 'attach' | 'snapshot' | 'export' | 'report' | 'record';

/** A place in a source file that is shown, and what has its text besides the file. */
export interface ShownSource {
  location: ClassLocation;
  subject: AllocationSubject | null;
}

/** The context by which tables show the source of a place. */
export const sourceOpener = Symbol('source opener');
export type OpenSource = (location: ClassLocation) => void;

/** What the tables on the screen do for the window. */
export interface TableHandle {
  focus(): void;
  /** To the selected object; false where none is shown. */
  focusObject(): boolean;
  /** What of them has the focus; null when something else has. */
  focused(): 'tables' | 'object' | null;
  /** To the field for expressions. */
  ask(): void;
}

export class Workspace {
  readonly heap: OpenHeap;
  readonly target: AttachedTarget;
  readonly allocations: OpenAllocations;
  /** Over all other dialogs. */
  source = $state.raw<ShownSource | null>(null);
  /** The class whose makers are looked for. */
  sites = $state.raw<ClassSearch | null>(null);
  readonly #host: Connection;
  readonly places = new Places();
  readonly suspects: Suspects;
  readonly loop: LoopRecorder;
  readonly layout: Layout;
  /** What the picture is of; null for one that was not drawn from the tables. */
  pictureTitle = $state<string | null>(null);
  /** The picture stays, whatever is selected. */
  isPinned = $state(false);
  #following = 0;
  readonly leftOut = new LeftOutItems();
  /** A window that was opened to attach asks to what. */
  dialog = $state<WorkspaceDialog | null>(/[?&]attach\b/.test(location.search) ? 'attach' : null);
  /** Of a row, at a point of the window. */
  menu = $state.raw<{ actions: Action[]; at: Point } | null>(null);
  shownTable = $state.raw<ShownTable | null>(null);
  /** The tables put themselves here. */
  handle: TableHandle = { focus: () => {}, focusObject: () => false, focused: () => null, ask: () => {} };
  /** Puts a text on the clipboard, and reports that `what` was copied. */
  readonly copy: (text: string, what: string) => Promise<void>;

  /** There is something to show beside a picture. */
  readonly isOpen = $derived.by(
    () => this.heap.state !== null || this.target.state !== null || this.allocations.state !== null,
  );
  /** What the window is called by: the process, or else the snapshot; null where there is neither. */
  readonly title = $derived.by(
    () =>
      this.target.state?.title ?? this.heap.snapshot?.name ?? this.allocations.profiles.at(-1)?.name ?? null,
  );
  /** There are allocations to look at, or they can be recorded. */
  readonly knowsAllocations = $derived.by(
    () =>
      this.allocations.state !== null ||
      this.allocations.tracked !== null ||
      (this.target.isReady && (this.target.state?.isInspectable ?? false)),
  );
  /** Something lies over the window, which has the keys. */
  readonly isCovered = $derived.by(() => this.dialog !== null || this.source !== null || this.sites !== null);

  constructor(host: Connection, copy: Workspace['copy']) {
    this.copy = copy;
    this.heap = new OpenHeap(host);
    this.target = new AttachedTarget(host);
    this.allocations = new OpenAllocations(host, this.heap);
    this.#host = host;
    this.suspects = new Suspects(this.heap);
    this.loop = new LoopRecorder(this.target, (snapshots) => {
      this.suspects.loop = snapshots;
      this.places.go({ snapshot: snapshots.at(-1)!, view: 'suspects', type: null });
    });
    this.layout = new Layout(host);
  }

  /**
   * Draws what is selected in the tables, once the hand rests; nothing while the picture is pinned, or closed.
   * @param title what the picture is of
   */
  follow(picture: HeapPicture, title: string): void {
    clearTimeout(this.#following);
    if (this.isPinned || !this.pictureOpen) return;
    const { shown } = this.heap;
    this.#following = window.setTimeout(() => {
      if (shown === this.heap.shown) inBackground(this.draw(picture, title));
    }, handRests);
  }

  /** Draws it now, whatever is pinned. */
  draw(picture: HeapPicture, title: string): Promise<void> {
    clearTimeout(this.#following);
    this.layout.set('picture', true);
    this.pictureTitle = title;
    return this.heap.draw(picture);
  }

  /** Of an object that is selected in a table. */
  followObject(object: Pick<ObjectRow, 'id' | 'type' | 'name' | 'retainedSize'>, isSuspect = false): void {
    this.follow(
      { kind: 'path', id: object.id, leaveOut: this.leftOut.asked, ...(isSuspect && { isSuspect }) },
      `Path to root of ${nameOf(object)}`,
    );
  }

  /** Of a class that is selected in a table. */
  followType({ index, type, count }: Pick<TypeRow, 'index' | 'type' | 'count'>): void {
    this.follow({ kind: 'merged', type: index }, `What holds ${countOf(count, type, type)}`);
  }

  get pictureOpen(): boolean {
    return this.layout.flag('picture', true);
  }

  get objectOpen(): boolean {
    return this.layout.flag('object', true);
  }

  /** The lines around a place. */
  showSource = (location: ClassLocation): void => {
    const { here } = this.places;
    const isProfile = !this.heap.isRead || here.view === 'allocations';
    const subject: AllocationSubject | null =
      (isProfile ? this.allocations.subject : null) ??
      (this.heap.isRead ? { kind: 'snapshot', snapshot: this.heap.shown, ids: null } : null);
    this.source = { location, subject };
  };

  /** Asks who makes the objects of a class; nothing begins before the user agrees. */
  askWhoMakes({ type, location }: Pick<TypeRow, 'type' | 'location'>): void {
    this.sites = new ClassSearch(this.#host, type, location);
  }

  openMenu(actions: Action[], at: Point): void {
    this.menu = { actions, at };
  }

  /** Lists the instances of a class of a snapshot. */
  openType(
    { index, type }: Pick<TypeRow, 'index' | 'type'>,
    newSince: number | null = null,
    snapshot = this.heap.shown,
  ): void {
    this.places.go({ snapshot, view: 'types', type: { index, name: type, newSince } });
  }

  drawReferences = (object: Named) =>
    this.draw({ kind: 'references', ids: [object.id] }, `References of ${nameOf(object)}`);
  drawReferrers = (object: Named) =>
    this.draw({ kind: 'referrers', ids: [object.id] }, `Back references of ${nameOf(object)}`);
  drawPath = (object: Named) =>
    this.draw(
      { kind: 'path', id: object.id, leaveOut: this.leftOut.asked },
      `Path to root of ${nameOf(object)}`,
    );
  drawMerged = (object: Named) =>
    this.draw({ kind: 'merged', ids: [object.id] }, `Merged back references of ${nameOf(object)}`);
  drawType = ({ index, type, count }: Pick<TypeRow, 'index' | 'type' | 'count'>) =>
    this.draw({ kind: 'merged', type: index }, `What holds ${countOf(count, type, type)}`);

  leaveOutObject({ id, type, name }: ObjectRow): void {
    this.leftOut.add({ kind: 'object', key: id, label: name ? `${type} ${name}` : `${type} @${id}` });
  }

  leaveOutReference(edgeIndex: number, edge: string, { type }: ObjectRow): void {
    this.leftOut.add({ kind: 'reference', key: edgeIndex, label: `${edge || 'a reference'} of ${type}` });
  }
}

/** `Map 700 entries · 766 kB`. */
function nameOf({ id, type, name, retainedSize }: Named): string {
  const what = name ? `${type} ${name}` : `${type} @${id}`;
  return retainedSize === null ? what : `${what} · ${inBytes(retainedSize)}`;
}
