// What is looked for in the scene, everything that was found, and which of it the window is at.
import type { Box, Scene } from '../../shared/scene/scene.ts';
import { measure } from '../graph/word-boxes.ts';
import { foundBox, foundWords, patternFor, search, type Found } from '../graph/search.ts';

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
  /** What is marked: the words that were found, or all of what was found by its name. */
  marks = $state.raw<Box[]>([]);
  /** Index into `found`; -1 before the first step. */
  current = $state(-1);
  busy = $state(false);
  readonly here = $derived<Found | undefined>(this.found[this.current]);
  readonly box = $derived<Box | undefined>(this.boxes[this.current]);

  /** Takes the step that was asked for while the search still ran. */
  onfound: (by: 1 | -1) => void = () => {};
  #awaited: 1 | -1 | null = null;

  ask(): void {
    this.open = true;
    this.asked++;
  }

  /** Looks through a scene, in turns with the window; the result ends it before its time. */
  run(scene: Scene | null): () => void {
    this.#awaited = null;
    const pattern = this.open && scene ? this.#pattern : null;
    if (!pattern || !scene) {
      this.#finish([], [], []);
      return () => {};
    }
    const steps = search(scene, pattern);
    const found: Found[] = [];
    const boxes: Box[] = [];
    const marks: Box[] = [];
    let timer = 0;
    const next = () => {
      const deadline = performance.now() + turn;
      for (;;) {
        const { value, done } = steps.next();
        if (done) {
          this.#finish(found, boxes, marks);
          return;
        }
        if (value) {
          const box = foundBox(scene, value);
          const words = foundWords(scene, value, pattern, measure);
          found.push(value);
          boxes.push(box);
          if (words.length > 0) for (const word of words) marks.push(word);
          else marks.push(box);
        }
        if (performance.now() > deadline) break;
      }
      timer = window.setTimeout(next);
    };
    this.busy = true;
    next();
    return () => clearTimeout(timer);
  }

  /** To the next one or the one before, round and round; while the search runs, when it is done. */
  step(by: 1 | -1): Found | undefined {
    if (this.busy) {
      this.#awaited = by;
      return undefined;
    }
    const { length } = this.found;
    if (length === 0) return undefined;
    const from = this.current < 0 && by < 0 ? 0 : this.current;
    this.current = (from + by + length) % length;
    return this.here;
  }

  #finish(found: Found[], boxes: Box[], marks: Box[]): void {
    this.found = found;
    this.marks = marks;
    this.boxes = boxes;
    this.current = -1;
    this.busy = false;
    const awaited = this.#awaited;
    this.#awaited = null;
    if (awaited !== null) this.onfound(awaited);
  }
}
