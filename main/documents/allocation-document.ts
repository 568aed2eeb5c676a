// The allocation profiles of a window: recordings of the process that it is attached to, and files. The heap's thread holds them;
// here is only what is shown of them, and what they can be read from again when that thread has ended.
import { EventEmitter } from 'node:events';
import { basename, resolve } from 'node:path';
import { messageOf } from '../../shared/errors.ts';
import type {
  AllocationQuestions,
  AllocationsState,
  AllocationSubject,
} from '../../shared/protocol/allocations.ts';
import type { GivenProfile } from '../heap/profiles.ts';
import type { Attachment } from './attachment.ts';
import type { HeapDocument } from './heap-document.ts';

const nothing: AllocationsState = { profiles: [], isRecording: false, isReading: false, problem: null };

/** Emits `changed` whenever `state` is another one. Failures are in `state.problem`. */
export class AllocationDocument extends EventEmitter<{ changed: [] }> {
  state: AllocationsState | null = null;
  readonly #given = new Map<number, GivenProfile>();
  /** Those that the thread has now. */
  readonly #sent = new Set<number>();
  #nextId = 0;
  #finish: AbortController | null = null;

  constructor(
    private readonly heap: HeapDocument,
    private readonly attachment: Attachment,
  ) {
    super();
    heap.on('forgotten', () => this.#sent.clear());
  }

  /** Reads a `.heapprofile`. */
  async open(path: string): Promise<void> {
    const file = resolve(path);
    await this.#read(basename(file), { path: file });
  }

  async openText(name: string, text: string): Promise<void> {
    await this.#read(name, { text });
  }

  /** Records the process that the window is attached to. @throws Error in words when that cannot begin */
  async record(seconds: number, interval: number): Promise<void> {
    const { title, folder } = this.attachment.requireInspector();
    const finish = (this.#finish = new AbortController());
    this.#change({ isRecording: true, problem: null });
    const start = Date.now();
    const recorded = await this.attachment.recordAllocations(seconds * 1000, interval, finish.signal);
    this.#finish = null;
    this.#change({ isRecording: false });
    if (recorded === null) return;
    const duration = Math.round((Date.now() - start) / 1000);
    const name = `${title}, ${new Date(start).toTimeString().slice(0, 8)}, ${duration} s`;
    const { tree, scripts } = recorded;
    await this.#add({ name, content: { tree }, scripts, folder: folder ?? '' });
  }

  /** Ends the recording, and keeps what there is. */
  finish(): void {
    this.#finish?.abort();
  }

  /** Answers what the page asked. @throws Error in words */
  async ask<M extends keyof AllocationQuestions>(
    method: M,
    params: AllocationQuestions[M]['params'],
  ): Promise<AllocationQuestions[M]['result']> {
    for (const id of profilesOf(params)) await this.#send(id);
    return this.heap.askThread(method, params);
  }

  async save(id: number, format: 'heapprofile' | 'pb.gz'): Promise<{ name: string; data: Uint8Array }> {
    await this.#send(id);
    const name = this.#given.get(id)!.name.replace(/\.heapprofile$/, '');
    const data = await this.heap.askThread('saveProfile', { id, format });
    return { name: `${name.replace(/[^\p{L}\p{N}@._-]+/gu, ' ').trim()}.${format}`, data };
  }

  async remove(id: number): Promise<void> {
    if (!this.#given.delete(id)) throw new RangeError(`There is no profile ${id}`);
    this.#change({ profiles: this.state!.profiles.filter((profile) => profile.id !== id) });
    if (this.#sent.delete(id)) await this.heap.askThread('removeProfile', { id });
  }

  /** Shows why work in the background failed. */
  readonly fail = (message: string): void => this.#change({ isReading: false, problem: { message } });

  close(): void {
    this.removeAllListeners();
    this.finish();
  }

  async #read(name: string, content: { path: string } | { text: string }): Promise<void> {
    this.#change({ isReading: true, problem: null });
    await this.#add({ name, content, scripts: [], folder: '' });
  }

  async #add(given: Omit<GivenProfile, 'id'>): Promise<void> {
    const id = this.#nextId++;
    this.#given.set(id, { ...given, id });
    try {
      const bytes = await this.heap.askThread('addProfile', { ...given, id });
      this.#sent.add(id);
      const profiles = [...(this.state?.profiles ?? []), { id, name: given.name, bytes }];
      this.#change({ profiles, isReading: false });
    } catch (error) {
      this.#given.delete(id);
      const file = 'path' in given.content ? { file: given.content.path } : {};
      this.#change({ isReading: false, problem: { message: messageOf(error), ...file } });
    }
  }

  /** The thread may have ended since. */
  async #send(id: number): Promise<void> {
    const given = this.#given.get(id);
    if (!given) throw new RangeError(`There is no profile ${id}`);
    if (this.#sent.has(id)) return;
    await this.heap.askThread('addProfile', given);
    this.#sent.add(id);
  }

  #change(change: Partial<AllocationsState>): void {
    this.state = { ...(this.state ?? nothing), ...change };
    this.emit('changed');
  }
}

function profilesOf(params: object): number[] {
  const { subject } = params as { subject?: AllocationSubject | null };
  if (subject?.kind !== 'profile') return [];
  return subject.before === null ? [subject.profile] : [subject.before, subject.profile];
}
