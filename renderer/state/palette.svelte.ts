// What the palette offers: actions, what is likely first, and things by their names: types, objects and nodes.
import { titleOf } from '../graph/target.ts';
import type { Action, ActionGroup } from './actions/action.ts';
import { fit } from './fuzzy.ts';
import type { Viewer } from './viewer.svelte.ts';
import type { Workspace } from './workspace.svelte.ts';

export interface PaletteEntry {
  title: string;
  /** What kind of thing it is, or why it can do nothing now. */
  about: string;
  keys: readonly string[];
  isPossible: boolean;
  run(): void;
}

const mostNodes = 6;
const mostTypes = 6;
const mostRecent = 5;

/** Titles of the actions that were run last in this window, the latest first. */
let recent: readonly string[] = [];

export class PaletteSearch {
  readonly #groups: readonly ActionGroup[];
  readonly #viewer: Viewer;
  readonly #workspace: Workspace;
  /** What of the heap has the name that is typed. */
  #found = $state.raw<readonly PaletteEntry[]>([]);
  #asked = '';

  constructor(groups: readonly ActionGroup[], viewer: Viewer, workspace: Workspace) {
    this.#groups = groups;
    this.#viewer = viewer;
    this.#workspace = workspace;
  }

  /** The best first. */
  entries(typed: string): PaletteEntry[] {
    const actions = this.#actions(typed);
    const things = typed.trim() === '' ? [] : [...this.#found, ...this.#nodes(typed)];
    // An action that is called so comes before a thing that merely has the letters.
    const strong = actions.filter(({ title }) => title.toLowerCase().startsWith(typed.trim().toLowerCase()));
    return [...strong, ...things, ...actions.filter((entry) => !strong.includes(entry))];
  }

  /** Asks the heap; what it finds comes into `entries` by itself. */
  look(typed: string): void {
    const wanted = typed.trim();
    this.#asked = wanted;
    const { heap } = this.#workspace;
    if (wanted === '' || !heap.isRead) {
      this.#found = [];
      return;
    }
    Promise.all([this.#objects(wanted), this.#types(wanted)]).then(
      (found) => {
        if (this.#asked === wanted) this.#found = found.flat();
      },
      () => {},
    );
  }

  #actions(typed: string): PaletteEntry[] {
    const all = this.#groups.flatMap(({ title: group, actions }) =>
      Object.values(actions).map((action) => ({ action, group, why: action.disabledReason() })),
    );
    return (
      all
        .map((entry) => ({ ...entry, score: fit(typed, entry.action.title) }))
        .filter((entry) => entry.score !== null)
        // What can be done now comes first, then what is likely; the sort keeps the order of equals.
        .sort(
          (a, b) =>
            Number(a.why !== null) - Number(b.why !== null) ||
            b.score! - a.score! ||
            this.#rank(a.action, a.group) - this.#rank(b.action, b.group),
        )
        .map(({ action, group, why }) => ({
          title: action.title,
          about: why ?? group,
          keys: action.keys,
          isPossible: why === null,
          run: () => {
            recent = [action.title, ...recent.filter((title) => title !== action.title)].slice(0, mostRecent);
            action.run();
          },
        }))
    );
  }

  /** Smaller is likelier: what was done last, what the window is open for; keys that one presses without thinking come last. */
  #rank(action: Action, group: string): number {
    const before = recent.indexOf(action.title);
    if (before >= 0) return before;
    if (action.summary === 'Scroll' || group === 'Walk along edges') return 1000;
    const order = this.#workspace.heap.isRead
      ? ['Heap', 'Grow', 'Window', 'Output', 'View']
      : ['Window', 'Explore', 'View', 'Output', 'Heap'];
    const at = order.indexOf(group);
    return 100 + (at < 0 ? order.length : at);
  }

  #nodes(typed: string): PaletteEntry[] {
    const { scene } = this.#viewer.selection;
    const wanted = typed.trim().toLowerCase();
    const entries: PaletteEntry[] = [];
    for (const [index, node] of (scene?.nodes ?? []).entries()) {
      const title = titleOf(node);
      if (!title.toLowerCase().includes(wanted)) continue;
      entries.push({
        title,
        about: 'Node of the picture',
        keys: [],
        isPossible: true,
        run: () => this.#viewer.goTo(index),
      });
      if (entries.length === mostNodes) break;
    }
    return entries;
  }

  async #types(filter: string): Promise<PaletteEntry[]> {
    const workspace = this.#workspace;
    const { heap } = workspace;
    const { rows } = await heap.request('heap.types', {
      snapshot: heap.shown,
      sort: heap.largestFirst.key,
      direction: 'descending',
      filter,
      offset: 0,
      limit: mostTypes,
    });
    return rows.map((row) => ({
      title: row.type,
      about: `Type · ${row.count.toLocaleString('en')} ${row.count === 1 ? 'object' : 'objects'}`,
      keys: [],
      isPossible: true,
      run: () => workspace.openType(row),
    }));
  }

  /** By its id, as tables and pictures write it: `@1234`. */
  async #objects(typed: string): Promise<PaletteEntry[]> {
    const id = Number(/^@?(\d{1,15})$/.exec(typed)?.[1] ?? NaN);
    if (!Number.isSafeInteger(id)) return [];
    const workspace = this.#workspace;
    const object = await workspace.heap.request('heap.object', { snapshot: workspace.heap.shown, id });
    if (!object) return [];
    return [
      {
        title: `${object.type} ${object.name}`.trim(),
        about: `Object @${id}`,
        keys: [],
        isPossible: true,
        run: () => {
          workspace.places.select(id);
          workspace.layout.set('object', true);
          workspace.followObject(object);
        },
      },
    ];
  }
}
