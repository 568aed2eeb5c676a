// Requests about bookmarks: of the graph that the window shows.
import type { BookmarkRequests } from '../../../shared/protocol/bookmarks.ts';
import { bookmarkOf, Bookmarks, type SavedView, type Subject } from '../../documents/bookmarks.ts';
import type { GraphDocument } from '../../documents/document.ts';
import { numberIn, textIn, wholeNumberIn, type Handlers } from './params.ts';

const longestName = 200;
/** Points; no picture of Graphviz is larger. */
const farthest = 1e9;

export function bookmarkRequests(document: GraphDocument): Handlers<BookmarkRequests> {
  const bookmarks = new Bookmarks();
  const subject = (): Subject => {
    const { path, graphs, graph } = document.state;
    return { path, graph: graphs[graph] ?? '' };
  };
  const placeIn = (params: unknown) => ({
    x: numberIn(params, 'x', -farthest, farthest),
    y: numberIn(params, 'y', -farthest, farthest),
    zoom: numberIn(params, 'zoom', 1e-6, 1e6),
  });
  const nameIn = (params: unknown) => {
    const name = textIn(params, 'name', longestName).trim();
    if (name === '') throw new TypeError('A bookmark has a name');
    return name;
  };
  const at = (params: unknown, views: readonly SavedView[]): number => {
    const index = wholeNumberIn(params, 'index');
    if (index >= views.length) throw new RangeError(`There are ${views.length} bookmarks`);
    return index;
  };
  return {
    'bookmarks.list': async () => {
      const { views, problem } = bookmarks.list(subject());
      return { bookmarks: views.map(bookmarkOf), problem };
    },
    'bookmarks.add': async (params) => {
      const view = { name: nameIn(params), ...placeIn(params), operations: document.operations };
      return bookmarks.change(subject(), (views) => [...views, view]);
    },
    'bookmarks.rename': async (params) => {
      const name = nameIn(params);
      return bookmarks.change(subject(), (views) =>
        views.with(at(params, views), { ...views[at(params, views)], name }),
      );
    },
    'bookmarks.remove': async (params) =>
      bookmarks.change(subject(), (views) => views.toSpliced(at(params, views), 1)),
    'bookmarks.go': async (params) => {
      const { views } = bookmarks.list(subject());
      const view = views[at(params, views)];
      await document.restore(view.operations);
      return bookmarkOf(view);
    },
  };
}
