// Views of a picture that its user wants to come back to.
import * as v from 'valibot';
import { nothing, number, object, text, wholeNumber } from './schema.ts';

/** Points; no picture of Graphviz is larger. */
const farthest = 1e9;

const placeEntries = {
  x: number(-farthest, farthest),
  y: number(-farthest, farthest),
  zoom: number(1e-6, 1e6),
};

/** What was in the middle of the window, in points of the picture, and how large. */
export const place = object(placeEntries);
export type Place = v.InferOutput<typeof place>;

const name = v.pipe(text(200), v.trim(), v.nonEmpty('A bookmark has a name'));

export const bookmark = object({ name, ...placeEntries });
export type Bookmark = v.InferOutput<typeof bookmark>;

const bookmarkList = v.object({
  bookmarks: v.array(bookmark),
  /** Why they could not be read, or not be kept; in words for the user. */
  problem: v.nullable(v.string()),
});
export type BookmarkList = v.InferOutput<typeof bookmarkList>;

/** By its place in the list. */
const index = wholeNumber();

/** What the page can ask, of the graph that is shown. What is hidden belongs to a view, and main knows it. */
export const bookmarkRequests = {
  'bookmarks.list': { params: nothing, result: bookmarkList },
  'bookmarks.add': { params: bookmark, result: bookmarkList },
  'bookmarks.rename': { params: object({ index, name }), result: bookmarkList },
  'bookmarks.remove': { params: object({ index }), result: bookmarkList },
  /** Show the part of the graph that was shown then; answered when it is. */
  'bookmarks.go': { params: object({ index }), result: place },
};
