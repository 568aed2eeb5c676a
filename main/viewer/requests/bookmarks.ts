// Requests about bookmarks: of the graph that the window shows.
import type { bookmarkRequests as declared } from '../../../shared/protocol/bookmarks.ts';
import { bookmarkOf, Bookmarks, type SavedView, type Subject } from '../../documents/bookmarks.ts';
import type { GraphDocument } from '../../documents/document.ts';
import type { Handlers } from './params.ts';

export function bookmarkRequests(document: GraphDocument): Handlers<typeof declared> {
  const bookmarks = new Bookmarks();
  const subject = (): Subject => {
    const { path, graphs, graph } = document.state;
    return { path, graph: graphs[graph] ?? '' };
  };
  const at = (index: number, views: readonly SavedView[]): SavedView => {
    if (index >= views.length) throw new RangeError(`There are ${views.length} bookmarks`);
    return views[index];
  };
  return {
    'bookmarks.list': async () => {
      const { views, problem } = bookmarks.list(subject());
      return { bookmarks: views.map(bookmarkOf), problem };
    },
    'bookmarks.add': async (bookmark) => {
      const view = { ...bookmark, operations: document.operations };
      return bookmarks.change(subject(), (views) => [...views, view]);
    },
    'bookmarks.rename': async ({ index, name }) =>
      bookmarks.change(subject(), (views) => views.with(index, { ...at(index, views), name })),
    'bookmarks.remove': async ({ index }) =>
      bookmarks.change(subject(), (views) => views.filter((view) => view !== at(index, views))),
    'bookmarks.go': async ({ index }) => {
      const view = at(index, bookmarks.list(subject()).views);
      await document.restore(view.operations);
      return bookmarkOf(view);
    },
  };
}
