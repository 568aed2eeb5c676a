// One window's side of the protocol: checks what the page sends, asks the document, sends the page what changed.
import { once } from 'node:events';
import { CodedError, sentError } from '../../shared/errors.ts';
import type { MemorySample } from '../../shared/memory-timeline.ts';
import type { requests } from '../../shared/protocol/declarations.ts';
import type { PackedScene, SceneFrame } from '../../shared/scene/packed-scene.ts';
import { debugTime } from '../debug.ts';
import { addRecent } from '../documents/recent.ts';
import { ProtocolError } from './protocol-error.ts';
import { allocationRequests } from './requests/allocations.ts';
import { bookmarkRequests } from './requests/bookmarks.ts';
import { documentRequests } from './requests/document.ts';
import { heapRequests } from './requests/heap.ts';
import { firstPicture } from './first-picture.ts';
import { isMethod, readParams, type Handlers } from './requests/params.ts';
import { pictureRequests } from './requests/picture.ts';
import { targetRequests } from './requests/target.ts';
import { windowRequests } from './requests/window.ts';
import type { SessionHost } from './session-host.ts';
import type { ViewRequest } from './view-request.ts';
import type { Documents } from './window-documents.ts';

export class Session {
  readonly #documents: Documents;
  readonly #host: SessionHost;
  /** One part of the protocol after the other; see requests/. */
  readonly #handlers: Handlers<typeof requests>;
  readonly #closed = new AbortController();
  /** The picture that the page has. */
  #revision = 0;
  readonly #sendDocument = () => {
    const { scene, ...change } = this.#documents.document.state;
    const known = change.revision === this.#revision;
    const data = known ? change : { ...change, scene: this.#sendParts(scene, change.revision) };
    this.#host.send({ event: 'document.changed', data });
    if (!known && scene && change.path !== null && !change.problem) addRecent(change.path);
  };

  /** The parts of a scene; its frame follows in the message that they belong to. */
  readonly #sendParts = (scene: PackedScene | null, revision: number): SceneFrame | null => {
    this.#revision = revision;
    for (const part of scene?.parts ?? [])
      this.#host.send({ event: 'scene.part', data: { revision, ...part } });
    return scene && scene.frame;
  };

  readonly #sendHeap = () => this.#host.send({ event: 'heap.changed', data: this.#documents.heap.state });

  readonly #sendTarget = () =>
    this.#host.send({ event: 'target.changed', data: this.#documents.attachment.state });

  readonly #sendAllocations = () =>
    this.#host.send({ event: 'allocations.changed', data: this.#documents.allocations.state });

  readonly #sendSample = (data: MemorySample) => this.#host.send({ event: 'target.sampled', data });

  constructor(documents: Documents, host: SessionHost) {
    this.#documents = documents;
    this.#host = host;
    this.#handlers = {
      ...documentRequests(documents, host, this.#sendParts),
      ...pictureRequests(documents.document),
      ...bookmarkRequests(documents.document),
      ...heapRequests(documents, this.#host),
      ...targetRequests(documents),
      ...allocationRequests(documents, host),
      ...windowRequests(host),
    };
    documents.document.on('changed', this.#sendDocument);
    documents.heap.on('changed', this.#sendHeap);
    documents.attachment.on('changed', this.#sendTarget);
    documents.attachment.on('sampled', this.#sendSample);
    documents.allocations.on('changed', this.#sendAllocations);
  }

  /** What the page may show until its program is there, as HTML, once the document is laid out; null where it is nothing. */
  async firstPicture(request: Pick<ViewRequest, 'size' | 'toolbar'>): Promise<string | null> {
    const { document, heap, attachment, allocations } = this.#documents;
    const isAlone = () => [heap.state, attachment.state, allocations.state].every((state) => state === null);
    const { signal } = this.#closed;
    // A file may turn out to be a heap.
    const changed = () =>
      Promise.race([document, heap, allocations].map((each) => once(each, 'changed', { signal })));
    while (isAlone() && !document.state.scene && !document.state.problem && !signal.aborted)
      await changed().catch(() => {});
    const { scene } = document.state;
    return isAlone() && scene ? firstPicture(scene, request) : null;
  }

  /**
   * Answers one message of the page.
   * @throws ProtocolError when it is no request at all
   */
  async receive(message: unknown): Promise<void> {
    const { id, method, params } = readRequest(message);
    try {
      if (!isMethod(method))
        throw new CodedError('invalid', `There is no request ${JSON.stringify(method.slice(0, 40))}`);
      const checked = readParams(method, params);
      const answer = (): Promise<unknown> => this.#handlers[method](checked as never);
      this.#host.send({ id, ok: true, result: await debugTime('request', method, answer) });
    } catch (error) {
      this.#host.send({ id, ok: false, error: sentError(error) });
    }
  }

  /** Resolves when what was attached to is left as it was. */
  async dispose(): Promise<void> {
    this.#closed.abort();
    const { document, heap, attachment, pictures, allocations } = this.#documents;
    document.off('changed', this.#sendDocument);
    heap.off('changed', this.#sendHeap);
    attachment.off('changed', this.#sendTarget);
    document.close();
    allocations.close();
    heap.close();
    pictures.close();
    await attachment.close();
  }
}

function readRequest(message: unknown): { id: number; method: string; params: unknown } {
  if (typeof message !== 'object' || message === null) throw new ProtocolError('A message is an object');
  const { id, method, params } = message as Record<string, unknown>;
  if (!Number.isSafeInteger(id)) throw new ProtocolError('A request has a whole number as its id');
  if (typeof method !== 'string') throw new ProtocolError('A request has a method');
  return { id: id as number, method, params };
}
