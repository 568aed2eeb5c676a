// Requests that wait for their answers, by number. Whatever carries them: threads, sockets, pipes.

interface Pending<Answer> {
  resolve(answer: Answer): void;
  reject(error: Error): void;
  timer: ReturnType<typeof setTimeout> | undefined;
}

/** After so many milliseconds a request is given up; `error` says so. */
export interface Deadline {
  timeout: number;
  error(): Error;
}

export class PendingCalls<Answer = unknown> {
  readonly #pending = new Map<number, Pending<Answer>>();
  #lastId = 0;
  /** Why nothing will be answered any more. */
  failure: Error | null = null;

  /** Sends a request with a number of its own. Rejects at once when the other side has ended. */
  call(send: (id: number) => void, deadline?: Deadline): Promise<Answer> {
    return new Promise((resolve, reject) => {
      if (this.failure) return reject(this.failure);
      const id = ++this.#lastId;
      // An answer that came while we were busy ourselves is read before its request is given up.
      const giveUp = () => setTimeout(() => this.reject(id, deadline!.error()), 0);
      const isLimited = deadline && deadline.timeout !== Infinity;
      const timer = isLimited ? setTimeout(giveUp, deadline.timeout) : undefined;
      this.#pending.set(id, { resolve, reject, timer });
      try {
        send(id);
      } catch (error) {
        this.reject(id, error as Error);
      }
    });
  }

  /** An answer that nothing waits for is ignored. */
  resolve(id: number, answer: Answer): void {
    this.#take(id)?.resolve(answer);
  }

  reject(id: number, error: Error): void {
    this.#take(id)?.reject(error);
  }

  /** The other side has ended: all that wait are rejected, and all that follow. The first reason counts. */
  end(reason: Error): void {
    if (this.failure) return;
    this.failure = reason;
    for (const id of [...this.#pending.keys()]) this.reject(id, reason);
  }

  #take(id: number): Pending<Answer> | undefined {
    const pending = this.#pending.get(id);
    clearTimeout(pending?.timer);
    this.#pending.delete(id);
    return pending;
  }
}
