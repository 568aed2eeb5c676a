// A window without its page: what the page would ask, and what it would be shown.
import { expect, vi } from 'vitest';
import { Session } from '../../../main/viewer/session.ts';
import { newDocuments } from '../../../main/viewer/window-documents.ts';
import { expectDeclared, expectDeclaredEvent } from '../../declared.ts';
import { receivedError, type ErrorMessage } from '../../../shared/errors.ts';
import type { Method } from '../../../shared/protocol.ts';
import { requests } from '../../../shared/protocol/declarations.ts';
import type { HeapState } from '../../../shared/protocol/heap.ts';
import type { AttachedState } from '../../../shared/protocol/targets.ts';

interface Answer {
  ok: boolean;
  result: unknown;
  error: ErrorMessage;
}

const patience = { timeout: 60_000 };

export class AskedSession {
  readonly #session: Session;
  readonly #answers = new Map<number, Answer>();
  #last = 0;

  constructor() {
    this.#session = new Session(newDocuments(), {
      send: (message) => {
        expectDeclaredEvent(message);
        if (message && typeof message === 'object' && 'id' in message)
          this.#answers.set(message.id, message as unknown as Answer);
      },
      editor: null,
      openLink: () => Promise.resolve(),
      chooseFile: () => Promise.resolve(null),
      openWindow: () => {},
      closeWindow: () => {},
    });
  }

  /** What the session answers; its errors are thrown. */
  async ask<T = unknown>(method: string, params: unknown = null): Promise<T> {
    const id = ++this.#last;
    await this.#session.receive({ id, method, params });
    const { ok, result, error } = this.#answers.get(id)!;
    if (!ok) throw receivedError(error);
    expectDeclared(requests[method as Method].result, result);
    return result as T;
  }

  /** Waits until what it is attached to is like that. */
  target(wanted: Partial<AttachedState> | null): Promise<AttachedState | null> {
    return vi.waitFor(async () => {
      const state = await this.ask<AttachedState | null>('target.get');
      if (wanted === null) expect(state).toBeNull();
      else expect(state).toMatchObject(wanted);
      return state;
    }, patience);
  }

  async attach(address: string | number): Promise<void> {
    await this.ask('target.attach', { address: String(address) });
    await this.target({ address: String(address), status: 'attached', problem: null });
  }

  /** Waits until it is read. */
  async takeSnapshot(): Promise<void> {
    const { snapshots: before } = (await this.ask<HeapState | null>('heap.get')) ?? { snapshots: [] };
    await this.ask('target.snapshot');
    await vi.waitFor(async () => {
      const state = await this.ask<HeapState | null>('heap.get');
      expect(state?.snapshots.filter(({ nodes }) => nodes > 0)).toHaveLength(before.length + 1);
    }, patience);
    await this.target({ status: 'attached', progress: null, problem: null });
  }

  /** How many objects of a type a snapshot has: the first in the list, the second … */
  async count(type: string, index = 0): Promise<number> {
    const state = await this.ask<HeapState | null>('heap.get');
    const snapshot = state?.snapshots[index]?.id;
    const page = { offset: 0, limit: 100, sort: 'count', direction: 'descending', filter: type };
    const { rows } = await this.ask<{ rows: { type: string; count: number }[] }>('heap.types', {
      snapshot,
      ...page,
    });
    return rows.find((row) => row.type === type)?.count ?? 0;
  }

  close(): Promise<void> {
    return this.#session.dispose();
  }
}
