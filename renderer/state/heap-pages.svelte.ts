// The rows of one table as the page knows them: pages around what is in view, asked for as it moves.
import { messageOf } from '../../shared/errors.ts';
import { untrack } from 'svelte';
import type { Page } from '../../shared/protocol/heap.ts';
import type { RowSource } from '../ui/row-source.ts';
import { inBackground } from './failures.svelte.ts';

const pageSize = 300;
/** Requests at a time: a scroll bar that is dragged over a million rows must not leave a queue behind it. */
const maxRequests = 2;
/** Pages that are kept: 12,000 rows. */
const maxPages = 40;

export type FetchPage<Row> = (offset: number, limit: number) => Promise<Page<Row>>;

interface LoadedPage<Row> {
  page: number;
  rows: Row[];
}

export class Pages<Row> implements RowSource<Row> {
  total = $state<number | null>(null);
  busy = $state(false);
  problem = $state<string | null>(null);
  version = $state(0);
  /** The oldest first. */
  #pages = $state.raw<readonly LoadedPage<Row>[]>([]);
  #fetch: FetchPage<Row> | null = null;
  #subject = '';
  #revision = '';
  /** Answers to an earlier question are dropped. */
  #question = 0;
  /** The pages there are answer an earlier question: they are shown until the first new one comes. */
  #outdated = false;
  #inFlight: number[] = [];
  #firstWanted = 0;
  #lastWanted = 1;

  /**
   * Asks for other rows. With another `subject` they are seen from the first on; with another `revision` alone, what is
   * known of the same rows has changed.
   */
  ask(subject: unknown, revision: unknown, fetch: FetchPage<Row>): void {
    const [asked, known] = [JSON.stringify(subject), JSON.stringify(revision)];
    if (this.#fetch && asked === this.#subject && known === this.#revision) return;
    untrack(() => {
      if (asked !== this.#subject) {
        this.version++;
        [this.#firstWanted, this.#lastWanted] = [0, 1];
      }
      [this.#subject, this.#revision, this.#fetch] = [asked, known, fetch];
      this.retry();
    });
  }

  row(index: number): Row | undefined {
    return this.#page(Math.floor(index / pageSize))?.rows[index % pageSize];
  }

  want(first: number, last: number): void {
    [this.#firstWanted, this.#lastWanted] = [first, Math.max(last, first + 1)];
    untrack(() => this.#askForMissing());
  }

  retry(): void {
    this.#question++;
    this.#inFlight = [];
    this.#outdated = true;
    this.problem = null;
    this.#askForMissing();
  }

  #page = (wanted: number) => this.#pages.find(({ page }) => page === wanted);

  #askForMissing(): void {
    if (this.problem) return;
    const firstPage = Math.floor(this.#firstWanted / pageSize);
    const lastPage = Math.floor((this.#lastWanted - 1) / pageSize);
    for (let page = firstPage; page <= lastPage && this.#inFlight.length < maxRequests; page++)
      if (!this.#inFlight.includes(page) && (this.#outdated || !this.#page(page)))
        inBackground(this.#load(page));
    this.busy = this.#inFlight.length > 0;
  }

  async #load(page: number): Promise<void> {
    const question = this.#question;
    this.#inFlight.push(page);
    try {
      const { rows, total } = await this.#fetch!(page * pageSize, pageSize);
      if (question !== this.#question) return;
      const others = this.#outdated ? [] : this.#pages.slice(1 - maxPages);
      this.#outdated = false;
      this.#pages = [...others, { page, rows }];
      this.total = total;
      // Fewer rows than were in view before.
      if (total <= this.#firstWanted) [this.#firstWanted, this.#lastWanted] = [0, Math.max(1, total)];
    } catch (error) {
      if (question !== this.#question) return;
      this.problem = messageOf(error);
    }
    this.#inFlight = this.#inFlight.filter((other) => other !== page);
    this.#askForMissing();
  }
}
