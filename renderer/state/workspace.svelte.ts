// All that the views of a heap share: the heap itself, where one is in it, and what is open over them.
import type { HeapTable, ObjectRow, TypeRow } from '../../shared/protocol/heap.ts';
import type { Point } from '../graph/camera.ts';
import type { Connection } from '../host.ts';
import type { Action } from './actions/action.ts';
import { AttachedTarget } from './attached.svelte.ts';
import { Places } from './heap-places.svelte.ts';
import { OpenHeap } from './heap.svelte.ts';
import { LeftOutItems } from './left-out.svelte.ts';

/** The table that is seen, as it would be exported. */
export interface ShownTable {
  table: HeapTable;
  about: unknown;
}

export type WorkspaceDialog = 'attach' | 'snapshot' | 'export' | 'report';

/** What the tables on the screen do for the window. */
export interface TablesStand {
  focus(): void;
  isFocused(): boolean;
  /** To the field for expressions. */
  ask(): void;
}

export class Workspace {
  readonly heap: OpenHeap;
  readonly target: AttachedTarget;
  readonly places = new Places();
  readonly leftOut = new LeftOutItems();
  /** A window that was opened to attach asks to what. */
  dialog = $state<WorkspaceDialog | null>(/[?&]attach\b/.test(location.search) ? 'attach' : null);
  /** Of a row, at a point of the window. */
  menu = $state.raw<{ actions: Action[]; at: Point } | null>(null);
  shownTable = $state.raw<ShownTable | null>(null);
  /** The tables put themselves here. */
  stand: TablesStand = { focus: () => {}, isFocused: () => false, ask: () => {} };
  /** Puts a text on the clipboard; `what` it is, is told. */
  readonly copy: (text: string, what: string) => Promise<void>;

  /** There is something to show beside a picture. */
  readonly isOpen = $derived.by(() => this.heap.state !== null || this.target.state !== null);
  /** What the window is called by: the process, or else the snapshot; null where there is neither. */
  readonly title = $derived.by(() => this.target.state?.title ?? this.heap.snapshot?.name ?? null);

  constructor(host: Connection, copy: Workspace['copy']) {
    this.copy = copy;
    this.heap = new OpenHeap(host);
    this.target = new AttachedTarget(host);
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

  drawReferences = (id: number) => this.heap.draw({ kind: 'references', ids: [id] });
  drawReferrers = (id: number) => this.heap.draw({ kind: 'referrers', ids: [id] });
  drawPath = (id: number) => this.heap.draw({ kind: 'path', id, leaveOut: this.leftOut.asked });
  drawMerged = (id: number) => this.heap.draw({ kind: 'merged', ids: [id] });

  leaveOutObject({ id, type, name }: ObjectRow): void {
    this.leftOut.add({ kind: 'object', key: id, label: name ? `${type} ${name}` : `${type} @${id}` });
  }

  leaveOutReference(edgeIndex: number, edge: string, { type }: ObjectRow): void {
    this.leftOut.add({ kind: 'reference', key: edgeIndex, label: `${edge || 'a reference'} of ${type}` });
  }
}
