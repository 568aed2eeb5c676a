// What the pointer is on and what is selected, in the scene that is shown.
import type { Scene } from '../../shared/scene/scene.ts';
import { highlightOf, ringAround } from '../graph/highlight.ts';
import { edgesByNode } from '../graph/neighbours.ts';
import { describe, itemOf, sameTarget, type Target } from '../graph/target.ts';

export class Selection {
  scene = $state.raw<Scene | null>(null);
  readonly edgesByNode = $derived(this.scene ? edgesByNode(this.scene) : []);
  hovered = $state.raw<Target | null>(null);
  /** Where the pointer clicked last, or the keyboard is. */
  selected = $state.raw<Target | null>(null);
  /** Nodes and clusters that stay selected besides. */
  kept = $state.raw<readonly Target[]>([]);
  /** Called when the user selects; not when a new picture keeps a selection, or follows one of the tables. */
  onpick: () => void = () => {};
  /** The keyboard selected: then the highlight shows where one can walk from here. */
  #walked = $state(false);

  readonly #highlighted = $derived.by(() => {
    const isShown = this.#walked || this.selected?.kind === 'edge';
    return this.hovered ?? (isShown ? this.selected : null);
  });
  readonly highlight = $derived(
    this.scene && this.#highlighted ? highlightOf(this.scene, this.edgesByNode, this.#highlighted) : null,
  );
  readonly selectedItem = $derived(
    this.scene && this.selected ? itemOf(this.scene, this.selected) : undefined,
  );
  /** All that is selected, in the order in which it was. */
  readonly targets = $derived.by(() => {
    const { selected } = this;
    if (!selected || this.#isKept(selected)) return this.kept;
    return [...this.kept, selected];
  });
  readonly items = $derived.by(() => {
    const { scene } = this;
    return scene ? this.targets.map((target) => itemOf(scene, target)!) : [];
  });
  /** Where rings show what is selected; an edge is highlighted instead. */
  readonly rings = $derived.by(() => {
    const { scene } = this;
    const ringed = this.targets.filter(({ kind }) => kind !== 'edge');
    return scene ? ringed.map((target) => ringAround(itemOf(scene, target)!)) : [];
  });
  readonly nodes = $derived(this.#indicesOf('node'));
  readonly clusters = $derived(this.#indicesOf('cluster'));
  readonly description = $derived.by(() => {
    if (!this.scene || !this.selected) return '';
    const others = this.targets.length - 1;
    const more = others > 0 ? `; ${others + 1} are selected` : '';
    return describe(this.scene, this.selected) + more;
  });

  /** Another picture: what was selected stays so when it is still there, by its name. */
  show(scene: Scene | null): void {
    const again = (target: Target | null) => (target && scene ? this.#find(target, scene) : null);
    const selected = again(this.selected);
    const kept = this.kept.map(again).filter((target) => target !== null);
    this.scene = scene;
    this.hovered = null;
    this.selected = selected;
    this.kept = kept;
  }

  hover(target: Target | null): void {
    if (!sameTarget(target, this.hovered)) this.hovered = target;
  }

  /** The pointer selects one thing alone; the keyboard walks on from what is kept. */
  select(target: Target | null, how: 'pointer' | 'keyboard'): void {
    if (how === 'pointer' || target === null) this.kept = [];
    this.selected = target;
    this.#walked = how === 'keyboard' && target !== null;
    this.onpick();
  }

  /** Shows what was selected elsewhere in the window. */
  follow(target: Target | null): void {
    this.kept = [];
    this.selected = target;
    this.#walked = false;
  }

  /** Selects it besides what is selected, or no longer. */
  toggle(target: Target): void {
    if (target.kind === 'edge') return;
    const rest = this.targets.filter((each) => !sameTarget(each, target) && each.kind !== 'edge');
    const wasIn = rest.length < this.targets.length;
    this.kept = rest;
    this.selected = wasIn ? (rest.at(-1) ?? null) : target;
    this.#walked = false;
    this.onpick();
  }

  /** Keeps what is selected while the keyboard moves on, or stops keeping it. */
  toggleKept(): void {
    const { selected } = this;
    if (!selected || selected.kind === 'edge') return;
    this.kept = this.#isKept(selected)
      ? this.kept.filter((each) => !sameTarget(each, selected))
      : [...this.kept, selected];
  }

  /** Another one of those that are selected is the one that actions speak of. */
  turnTo(target: Target): void {
    this.kept = this.targets;
    this.selected = target;
    this.onpick();
  }

  includes = (target: Target | null) => this.targets.some((each) => sameTarget(each, target));

  #isKept = (target: Target) => this.kept.some((each) => sameTarget(each, target));

  #indicesOf(kind: Target['kind']): number[] {
    return this.targets.flatMap((target) => (target.kind === kind ? [target.index] : []));
  }

  /** By its name: a cluster may have become a node, and a node a cluster. */
  #find(target: Target, scene: Scene): Target | null {
    const item = this.scene && itemOf(this.scene, target);
    if (!item || target.kind === 'edge') return null;
    const find = (kind: 'node' | 'cluster') => {
      const index = scene[`${kind}s`].findIndex(({ name }) => name === item.name);
      return index < 0 ? null : { kind, index };
    };
    return find('node') ?? find('cluster');
  }
}
