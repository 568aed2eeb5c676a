// The way back of the whole window: places in the tables and positions of the picture, in the order in which the user left them.

type Part = 'tables' | 'picture';

/** A part of the window that can go back by itself. */
export interface Returning {
  readonly canGoBack: boolean;
  readonly canGoForward: boolean;
  back(): void;
  forward(): void;
  /** Called when there is one more step to take back. */
  onleave: () => void;
}

const longestWay = 300;

export class Trail {
  readonly #parts: Record<Part, Returning>;
  #past = $state.raw<readonly Part[]>([]);
  #future = $state.raw<readonly Part[]>([]);
  // A new picture has no way back: its part forgets its steps, which are then passed over here.
  readonly canGoBack = $derived.by(() => this.#past.some((part) => this.#parts[part].canGoBack));
  readonly canGoForward = $derived.by(() => this.#future.some((part) => this.#parts[part].canGoForward));

  constructor(parts: Record<Part, Returning>) {
    this.#parts = parts;
    for (const part of ['tables', 'picture'] as const)
      parts[part].onleave = () => {
        this.#past = [...this.#past.slice(1 - longestWay), part];
        this.#future = [];
      };
  }

  back = (): void => {
    const at = this.#past.findLastIndex((part) => this.#parts[part].canGoBack);
    if (at < 0) return;
    const part = this.#past[at];
    this.#past = this.#past.slice(0, at);
    this.#future = [...this.#future, part];
    this.#parts[part].back();
  };

  forward = (): void => {
    const at = this.#future.findLastIndex((part) => this.#parts[part].canGoForward);
    if (at < 0) return;
    const part = this.#future[at];
    this.#future = this.#future.slice(0, at);
    this.#past = [...this.#past, part];
    this.#parts[part].forward();
  };
}
