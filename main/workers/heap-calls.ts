// What the window's process asks of the heap's thread: the page's questions as they are, and what the page has no part in.
import type { WrittenPicture } from '../../shared/dot/write-picture.ts';
import type { Picture } from '../../shared/picture/picture.ts';
import type { HeapPicture, HeapRequests, heapQuestions, PictureGrowth } from '../../shared/protocol/heap.ts';
import type { ExportedTable } from '../heap/export-table.ts';
import type { SnapshotFields } from '../heap/snapshot-fields.ts';
import type { Report } from '../heap/report.ts';
import type { GivenProfile } from '../heap/profiles.ts';
import type { ClassSites } from '../allocations/sites.ts';
import type { WantedClass } from '../allocations/wanted-class.ts';
import type { AllocationQuestions } from '../../shared/protocol/allocations.ts';
import type { ScriptRecord } from '../../shared/source-maps/source-maps.ts';
import type { SnapshotListState } from '../heap/snapshot-list.ts';

export type HeapQuestion = keyof typeof heapQuestions | 'heap.fields';

/** A snapshot file. */
export interface OpenedFile {
  /** See `SnapshotState`. */
  id: number;
  path: string;
  name: string;
  /** A file that has one byte per node, 1 where the node is never shown. */
  own?: string;
  /** Only for pictures: nothing is analysed before it is asked for. */
  isQuiet?: boolean;
}

export interface HeapCalls
  extends Pick<HeapRequests, Exclude<HeapQuestion, 'heap.fields'>>, AllocationQuestions {
  /** The fields of an object, to be compared with what they are now. */
  'heap.fields': { params: { snapshot: number; id: number }; result: SnapshotFields };
  /** Reads a file; answered when it is read, or is not: see the state. */
  open: { params: OpenedFile; result: null };
  /** The same of what comes in pieces. */
  receive: { params: { id: number; name: string; size: number | null; folder?: string }; result: null };
  /** Answered when there is room for more. */
  piece: { params: { id: number; data: Uint8Array }; result: null };
  /** `scripts` are those with source maps, as far as the sender knows them. */
  end: {
    params: { id: number; failure: string | null; scripts?: readonly ScriptRecord[] };
    result: null;
  };
  /** Nothing of it stays. */
  discard: { params: { id: number }; result: null };
  cancel: { params: { snapshot: number }; result: null };
  remove: { params: { snapshot: number }; result: null };
  /** A whole table as a file. */
  export: {
    params: { exported: ExportedTable; format: 'csv' | 'json'; redacted: boolean };
    result: Uint8Array;
  };
  /** What a report says of an object, but for its picture. */
  finding: {
    params: { snapshot: number; id: number; redacted: boolean };
    result: Pick<Report, 'object' | 'paths' | 'dominated' | 'suspect' | 'runtime' | 'madeBy'>;
  };
  /** A picture with more in it; `limit` is set when it is full. */
  grow: {
    params: { snapshot: number; picture: Picture; growth: PictureGrowth };
    result: WrittenPicture & { added: number; limit: number | null };
  };
  /** Reads an allocation profile; answers its bytes. */
  addProfile: { params: GivenProfile; result: number };
  removeProfile: { params: { id: number }; result: null };
  saveProfile: { params: { id: number; format: 'heapprofile' | 'pb.gz' }; result: Uint8Array };
  /** Who made the objects of a class, in a snapshot of a program whose allocations V8 tracked. */
  trackedSites: {
    params: { snapshot: number; type: string; script: string | null; line: number };
    result: ClassSites[];
  };
  /** The functions that may be a class. */
  classIds: { params: { snapshot: number; wanted: WantedClass }; result: number[] };
  draw: { params: { snapshot: number; picture: HeapPicture; redacted: boolean }; result: WrittenPicture };
}

/** With what the thread is started. */
export interface HeapWorkerData {
  mapFolders: readonly string[];
}

/** Sent when something changed. */
export type HeapWorkerEvent = SnapshotListState;
