// What the pointer is on and what is selected, in the scene that is shown.
import type { Scene } from '../../shared/scene/scene.ts';
import { highlightOf } from '../graph/highlight.ts';
import { edgesByNode } from '../graph/neighbours.ts';
import { describe, itemOf, sameTarget, type Target } from '../graph/target.ts';

export class Selection {
  scene = $state.raw<Scene | null>(null);
  readonly edgesByNode = $derived(this.scene ? edgesByNode(this.scene) : []);
  hovered = $state.raw<Target | null>(null);
  selected = $state.raw<Target | null>(null);
  /** The keyboard selected: then the highlight shows where one can walk from here. */
  #walked = $state(false);

  readonly #highlighted = $derived(this.hovered ?? (this.#walked ? this.selected : null));
  readonly highlight = $derived(
    this.scene && this.#highlighted ? highlightOf(this.scene, this.edgesByNode, this.#highlighted) : null,
  );
  readonly description = $derived(this.scene && this.selected ? describe(this.scene, this.selected) : '');
  readonly selectedItem = $derived(
    this.scene && this.selected ? itemOf(this.scene, this.selected) : undefined,
  );

  /** Another picture: what was selected stays so when it is still there, by its name. */
  show(scene: Scene | null): void {
    const name = this.selected?.kind === 'node' ? this.selectedItem?.name : undefined;
    const index = scene && name !== undefined ? scene.nodes.findIndex((node) => node.name === name) : -1;
    this.scene = scene;
    this.hovered = null;
    this.selected = index >= 0 ? { kind: 'node', index } : null;
  }

  hover(target: Target | null): void {
    if (!sameTarget(target, this.hovered)) this.hovered = target;
  }

  select(target: Target | null, how: 'pointer' | 'keyboard'): void {
    this.selected = target;
    this.#walked = how === 'keyboard' && target !== null;
  }
}
