// What is looked for in the scene, everything that was found, and which of it the window is at.
import type { Box, Scene } from '../../shared/scene/scene.ts';
import { foundBox, patternFor, search, type Found } from '../graph/search.ts';

/** Milliseconds of searching after which the window gets a turn. */
const turn = 6;

export class Search {
  open = $state(false);
  /** Counts how often the user asked for it: then it wants the focus. */
  asked = $state(0);
  query = $state('');
  readonly #pattern = $derived(patternFor(this.query));
  /** The query is no regular expression and is taken as it is written. */
  readonly plain = $derived(this.#pattern?.plain ?? false);
  found = $state.raw<Found[]>([]);
  /** Where they are, in the same order. */
  boxes = $state.raw<Box[]>([]);
  /** Index into `found`; -1 before the first step. */
  current = $state(-1);
  busy = $state(false);
  readonly here = $derived<Found | undefined>(this.found[this.current]);
  readonly box = $derived<Box | undefined>(this.boxes[this.current]);

  ask(): void {
    this.open = true;
    this.asked++;
  }

  /** Looks through a scene, in turns with the window; the result ends it before its time. */
  run(scene: Scene | null): () => void {
    const pattern = this.open && scene ? this.#pattern : null;
    if (!pattern || !scene) {
      this.#finish([], []);
      return () => {};
    }
    const steps = search(scene, pattern);
    const found: Found[] = [];
    let timer = 0;
    const next = () => {
      const deadline = performance.now() + turn;
      for (;;) {
        const { value, done } = steps.next();
        if (done) {
          const boxes = found.map((each) => foundBox(scene, each));
          this.#finish(found, boxes);
          return;
        }
        if (value) found.push(value);
        if (performance.now() > deadline) break;
      }
      timer = window.setTimeout(next);
    };
    this.busy = true;
    next();
    return () => clearTimeout(timer);
  }

  /** To the next one or the one before, round and round. */
  step(by: 1 | -1): Found | undefined {
    const { length } = this.found;
    if (length === 0) return undefined;
    const from = this.current < 0 && by < 0 ? 0 : this.current;
    this.current = (from + by + length) % length;
    return this.here;
  }

  #finish(found: Found[], boxes: Box[]): void {
    this.found = found;
    this.boxes = boxes;
    this.current = -1;
    this.busy = false;
  }
}
