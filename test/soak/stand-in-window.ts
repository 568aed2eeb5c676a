// A window without a screen: a session of the viewer with its documents, and a host and a page that stand in for the real ones.
// They take what a real page takes, as the text that crosses to it, and draw nothing.
import { receivedError } from '../../shared/errors.ts';
import { Attachment } from '../../main/documents/attachment.ts';
import { GraphDocument } from '../../main/documents/document.ts';
import { HeapDocument } from '../../main/documents/heap-document.ts';
import { removeTemporary } from '../../main/documents/temporary.ts';
import { AttachedTarget } from '../../main/targets/attached-target.ts';
import { Session } from '../../main/viewer/session.ts';
import { emptyWindow, type ViewRequest } from '../../main/viewer/view-request.ts';
import { openRequested, type Documents } from '../../main/viewer/window-documents.ts';
import { until } from '../e2e/desktop.ts';

/** Of what belongs to a window, nothing may be there without one. */
export const ofWindows = [Session, GraphDocument, HeapDocument, Attachment, AttachedTarget];

/** A busy machine may take this long for one picture. */
const patience = 120_000;

export class StandInWindow {
  readonly #request: ViewRequest;
  readonly #documents: Documents;
  readonly #session: Session;
  #answers = 0;
  /** Characters that a page would have got. */
  received = 0;

  constructor(request: Partial<ViewRequest>) {
    this.#request = { ...emptyWindow, ...request };
    this.#documents = openRequested(this.#request);
    this.#session = new Session(this.#documents, {
      send: (message) => {
        this.received += JSON.stringify(message).length;
        if ('id' in message && !message.ok) throw receivedError(message.error);
      },
      editor: null,
      openLink: () => Promise.resolve(),
      chooseFile: () => Promise.resolve(null),
      openWindow: () => {},
      closeWindow: () => {},
    });
  }

  /** Asks as a page does; resolves when it is answered. @throws Error that the page would have been told */
  async ask(method: string, params: unknown = null): Promise<void> {
    await this.#session.receive({ id: ++this.#answers, method, params });
  }

  /** Waits until the documents are as they are wanted. */
  async until(what: string, look: (documents: Documents) => boolean): Promise<void> {
    await until(what, () => look(this.#documents) || null, patience);
  }

  /** As both hosts do when a window closes. */
  async close(): Promise<void> {
    const { temporary, path } = this.#request;
    const disposed = this.#session.dispose();
    if (temporary && path !== null) removeTemporary(path);
    await disposed;
  }
}
