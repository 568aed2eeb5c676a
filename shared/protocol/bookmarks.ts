// Views of a picture that its user wants to come back to.

/** What was in the middle of the window, in points of the picture, and how large. */
export interface Place {
  x: number;
  y: number;
  zoom: number;
}

export interface Bookmark extends Place {
  name: string;
}

export interface BookmarkList {
  bookmarks: Bookmark[];
  /** Why they could not be read, or not be kept; in words for the user. */
  problem: string | null;
}

/** What the page can ask, of the graph that is shown. What is hidden belongs to a view, and main knows it. */
export interface BookmarkRequests {
  'bookmarks.list': { params: null; result: BookmarkList };
  'bookmarks.add': { params: Bookmark; result: BookmarkList };
  /** `index` is a place in the list. */
  'bookmarks.rename': { params: { index: number; name: string }; result: BookmarkList };
  'bookmarks.remove': { params: { index: number }; result: BookmarkList };
  /** Show the part of the graph that was shown then; answered when it is. */
  'bookmarks.go': { params: { index: number }; result: Place };
}
