// An undo history, as a value.

/** No more steps than these are kept. */
const most = 500;

export class History<T> {
  readonly present: T;
  readonly #past: readonly T[];
  readonly #future: readonly T[];

  constructor(present: T, past: readonly T[] = [], future: readonly T[] = []) {
    this.present = present;
    this.#past = past;
    this.#future = future;
  }

  get canUndo(): boolean {
    return this.#past.length > 0;
  }

  get canRedo(): boolean {
    return this.#future.length > 0;
  }

  /** After another step; what was undone before cannot be redone. */
  done(next: T): History<T> {
    return new History(next, [...this.#past, this.present].slice(-most));
  }

  /** With another present, which is no step of its own. */
  withPresent(present: T): History<T> {
    return new History(present, this.#past, this.#future);
  }

  /** With every step as `change` makes it; one that becomes null is dropped. The present stays. */
  mapped(change: (step: T) => T | null): History<T> {
    const mapped = (steps: readonly T[]) => steps.map(change).filter((step) => step !== null);
    return new History(this.present, mapped(this.#past), mapped(this.#future));
  }

  /** Itself when there is nothing to undo. */
  undone(): History<T> {
    if (!this.canUndo) return this;
    return new History(this.#past.at(-1)!, this.#past.slice(0, -1), [...this.#future, this.present]);
  }

  /** Itself when there is nothing to redo. */
  redone(): History<T> {
    if (!this.canRedo) return this;
    return new History(this.#future.at(-1)!, [...this.#past, this.present], this.#future.slice(0, -1));
  }
}
