// Windows, and files that they could show.
import * as v from 'valibot';
import { menuGroups } from './actions.ts';
import { namedText } from './document.ts';
import { acknowledged, flag, nothing, object, path, wholeNumber } from './schema.ts';

/** A file that was opened before; its name and its folder are parts of its path. */
const recentFile = v.object({ path: v.string(), name: v.string(), folder: v.string() });
export type RecentFile = v.InferOutput<typeof recentFile>;

/** What the user has chosen for all windows. */
export const settings = object({
  minimap: flag,
  /** DOT files without fonts and colours of their own get a plain look. */
  modernLook: flag,
  /** How the window is arranged, by names of the page's own: open panes, widths, the theme. */
  layout: v.record(
    v.pipe(v.string(), v.maxLength(100)),
    v.union([v.pipe(v.string(), v.maxLength(200)), v.number(), v.boolean()]),
    'the layout is an object of short values',
  ),
});
export type Settings = v.InferOutput<typeof settings>;

export const windowRequests = {
  /** The latest first; only those that are there. */
  'recent.list': { params: nothing, result: v.array(recentFile) },
  'recent.clear': acknowledged(nothing),
  /** Show a file, or a text, in a window of its own. */
  'window.open': acknowledged(object({ path })),
  'window.openText': acknowledged(namedText),
  /** Where the file is that the page was given as `window.givenFiles[index]`; null where the host cannot know. */
  'window.given': {
    params: object({ index: wholeNumber(0, 1000) }),
    result: v.object({ path: v.nullable(v.string()) }),
  },
  'window.close': acknowledged(nothing),
  /** What the page can do: the host's menu offers it. */
  'window.actions': acknowledged(object({ groups: menuGroups })),
  'settings.get': { params: nothing, result: settings },
  'settings.set': acknowledged(object({ minimap: flag })),
  'settings.layout': acknowledged(object({ layout: settings.entries.layout })),
};
