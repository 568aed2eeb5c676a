// One selection in the window: the picture's node, and its object in the tables. The last act of the user
// counts; a picture that comes later only shows it.
import { untrack } from 'svelte';
import type { Place } from './heap-places.svelte.ts';
import type { Selection } from './selection.svelte.ts';

/** What of the workspace it needs. */
interface Tables {
  readonly heap: { readonly state: unknown };
  readonly places: { readonly here: Place; select(id: number): void };
}

/** Keeps both in step as long as the component lives that calls it. */
export function linkSelections(selection: Selection, { heap, places }: Tables): void {
  /** The id of the object whose node is selected in the picture. */
  const pictured = (): number | null => {
    const { selected, scene } = selection;
    const ref = selected?.kind === 'node' ? scene?.nodes[selected.index]?.ref : undefined;
    return ref?.kind === 'object' ? ref.id : null;
  };

  selection.onpick = () => {
    const id = pictured();
    if (id !== null && heap.state !== null) places.select(id);
  };

  $effect(() => {
    const { scene } = selection;
    const { id } = places.here;
    untrack(() => {
      if (!scene || id === null || pictured() === id) return;
      const index = scene.nodes.findIndex(({ ref }) => ref?.kind === 'object' && ref.id === id);
      if (index >= 0) selection.follow({ kind: 'node', index });
      // Another object would look selected that the tables do not show.
      else if (pictured() !== null) selection.follow(null);
    });
  });
}
