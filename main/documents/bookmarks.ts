// The bookmarks of all files, as they are kept on this machine.
import { messageOf } from '../../shared/errors.ts';
import * as v from 'valibot';
import { operation } from '../../shared/dot/explore/operation.ts';
import { bookmark, type Bookmark, type BookmarkList } from '../../shared/protocol/bookmarks.ts';
import { object, text, refusalOf } from '../../shared/protocol/schema.ts';
import { readState, stateFile, writeState } from '../state-file.ts';
import type { Operations } from './exploration.ts';

/** A view: where the camera was, and what was hidden. */
const savedView = object({ ...bookmark.entries, operations: v.array(operation, 'operations is a list') });
export type SavedView = Bookmark & { operations: Operations };

/** What the views are of: a graph of a file. A text without a file has views only as long as its window. */
export interface Subject {
  path: string | null;
  graph: string;
}

const savedEntry = object({ path: text(), graph: text(), views: v.array(savedView, 'views is a list') });
const savedEntries = v.array(savedEntry, 'the file is no list');
type Entry = Omit<v.InferOutput<typeof savedEntry>, 'views'> & { views: SavedView[] };

const name = 'bookmarks';

export class Bookmarks {
  #ofTexts = new Map<string, SavedView[]>();

  /** Those of a graph, and why there may be none. */
  list(subject: Subject): { views: SavedView[]; problem: string | null } {
    if (subject.path === null) return { views: this.#ofTexts.get(subject.graph) ?? [], problem: null };
    const { entries, problem } = readEntries();
    return { views: entries.find((entry) => isOf(entry, subject))?.views ?? [], problem };
  }

  /** Other windows may have changed the list meanwhile: a change is made to what is there now. */
  change(subject: Subject, change: (views: SavedView[]) => SavedView[]): BookmarkList {
    const { views, problem } = this.list(subject);
    const next = change(views);
    const bookmarks = next.map(bookmarkOf);
    if (subject.path === null) {
      this.#ofTexts.set(subject.graph, next);
      return { bookmarks, problem: null };
    }
    const others = readEntries().entries.filter((entry) => !isOf(entry, subject));
    const entries = next.length > 0 ? [...others, { ...subject, views: next }] : others;
    try {
      writeState(name, entries);
      return { bookmarks, problem };
    } catch (error) {
      const reason = messageOf(error);
      return { bookmarks, problem: `The bookmarks cannot be kept: ${reason}` };
    }
  }
}

export const bookmarkOf = ({ name, x, y, zoom }: SavedView): Bookmark => ({ name, x, y, zoom });

const isOf = (entry: Entry, { path, graph }: Subject) => entry.path === path && entry.graph === graph;

/** A broken file is reported and counts as empty; the next bookmark replaces it. */
function readEntries(): { entries: Entry[]; problem: string | null } {
  try {
    const value = readState(name);
    if (value === undefined) return { entries: [], problem: null };
    const { success, output, issues } = v.safeParse(savedEntries, value, { abortEarly: true });
    if (!success) throw new TypeError(refusalOf(issues[0]));
    return { entries: output, problem: null };
  } catch (error) {
    const reason = messageOf(error);
    return { entries: [], problem: `The bookmarks in ${stateFile(name)} cannot be read: ${reason}` };
  }
}
