// Links of the picture: asks its user where main wants an answer first, and keeps the way back from a graph to the one whose
// link led there.
import type { Camera } from '../graph/camera.ts';
import type { Connection } from '../host.ts';

/** A graph of the window, and where its user was in it. */
export interface Visit {
  path: string;
  camera: Camera;
}

/** What main wants an answer to before it opens a link. */
interface Question {
  url: string;
  text: string;
  /** The user may allow all links of this scheme for good. */
  scheme: string | null;
}

export class Links {
  readonly #host: Connection;
  readonly #here: () => Visit | null;
  question = $state.raw<Question | null>(null);
  #past = $state.raw<Visit[]>([]);
  #future = $state.raw<Visit[]>([]);
  /** The window's way back listens: see trail.svelte.ts. */
  onleave: () => void = () => {};
  readonly canGoBack = $derived(this.#past.length > 0);
  readonly canGoForward = $derived(this.#future.length > 0);
  /** Where the next graph is looked at, when it is the one of a step back or forward. */
  #wanted: Visit | null = null;

  /** @param here what the window shows; null for what has no file */
  constructor(host: Connection, here: () => Visit | null) {
    this.#host = host;
    this.#here = here;
  }

  /** Rejects with main's words. */
  async open(url: string, answer?: 'once' | 'always'): Promise<void> {
    this.question = null;
    const here = this.#here();
    const { question, scheme, document } = await this.#host.request('link.open', { url, answer });
    if (question !== null) this.question = { url, text: question, scheme };
    if (document === null || here === null || document === here.path) return;
    this.#past = [...this.#past.slice(-99), here];
    this.#future = [];
    this.onleave();
    this.#wanted = null;
  }

  cancel = () => (this.question = null);

  back = () => this.#go('back');
  forward = () => this.#go('forward');

  /** Where to look at a graph that opens now; null where it is to be fitted. */
  arrived(path: string | null): Camera | null {
    const wanted = this.#wanted;
    if (wanted === null || wanted.path !== path) return null;
    this.#wanted = null;
    return wanted.camera;
  }

  #go(direction: 'back' | 'forward'): Promise<unknown> {
    const [from, to] = direction === 'back' ? [this.#past, this.#future] : [this.#future, this.#past];
    const visit = from.at(-1);
    if (!visit) return Promise.resolve();
    const here = this.#here();
    const passed = here ? [...to, here] : to;
    [this.#past, this.#future] =
      direction === 'back' ? [from.slice(0, -1), passed] : [passed, from.slice(0, -1)];
    this.#wanted = visit;
    return this.#host.request('document.open', { path: visit.path });
  }
}
