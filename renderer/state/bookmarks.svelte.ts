// The bookmarks of the graph that is shown, as main keeps them.
import { messageOf } from '../../shared/errors.ts';
import type { Bookmark, BookmarkList, Place } from '../../shared/protocol/bookmarks.ts';
import type { Connection } from '../host.ts';

export class Bookmarks {
  readonly #host: Connection;
  list = $state.raw<readonly Bookmark[]>([]);
  problem = $state<string | null>(null);

  constructor(host: Connection) {
    this.#host = host;
  }

  /** Other windows may have changed them: asked for whenever they are about to be seen. */
  refresh = () => this.#take(() => this.#host.request('bookmarks.list', null));
  add = (name: string, place: Place) =>
    this.#take(() => this.#host.request('bookmarks.add', { name, ...place }));
  rename = (index: number, name: string) =>
    this.#take(() => this.#host.request('bookmarks.rename', { index, name }));
  remove = (index: number) => this.#take(() => this.#host.request('bookmarks.remove', { index }));

  /** The place of a view, once what it shows is shown; null when it cannot be. */
  async go(index: number): Promise<Place | null> {
    try {
      return await this.#host.request('bookmarks.go', { index });
    } catch (error) {
      this.problem = messageOf(error);
      return null;
    }
  }

  async #take(request: () => Promise<BookmarkList>): Promise<void> {
    try {
      const { bookmarks, problem } = await request();
      this.list = bookmarks;
      this.problem = problem;
    } catch (error) {
      this.problem = messageOf(error);
    }
  }
}
