// What the user does to see less of a picture, or more of it again, and the ways that they follow through it. What is hidden
// is main's to say; here is what is asked of it, by the names of what is selected.
import { mostSteps } from '../../shared/dot/explore/operation.ts';
import type { Expandable } from '../../shared/protocol/picture.ts';
import { follow, shortestPath, type Stream } from '../graph/follow.ts';
import type { Highlight } from '../graph/highlight.ts';
import type { OpenDocument } from './document.svelte.ts';
import type { Selection } from './selection.svelte.ts';
import { inBackground } from './failures.svelte.ts';

export class Exploring {
  readonly #document: OpenDocument;
  readonly #selection: Selection;
  /** A way that is followed: all upstream or downstream, or a path. */
  trail = $state.raw<Highlight | null>(null);
  /** How many steps `near` shows the next time. */
  #wantedSteps = $state(2);

  constructor(document: OpenDocument, selection: Selection) {
    this.#document = document;
    this.#selection = selection;
  }

  readonly state = $derived.by(() => this.#document.state.exploration);
  readonly steps = $derived.by(() => this.state.steps ?? this.#wantedSteps);

  /** What is hidden behind the one that is selected. */
  readonly expandable = $derived.by((): Expandable | undefined => {
    const name = this.#selection.selectedItem?.name;
    return this.#selection.selected?.kind === 'node'
      ? this.state.expandable.find((each) => each.name === name)
      : undefined;
  });

  hide = () => {
    const { nodes, clusters, scene } = this.#selection;
    inBackground(
      this.#document.explore({
        kind: 'hide',
        nodes: this.#namesOf(nodes),
        clusters: clusters.map((i) => scene!.clusters[i].name),
      }),
    );
  };

  /** A cluster becomes a node; a node hides what only it leads to. */
  collapse = () => {
    const { selected, selectedItem } = this.#selection;
    const { name } = selectedItem!;
    inBackground(
      this.#document.explore(
        selected?.kind === 'cluster' ? { kind: 'fold', cluster: name } : { kind: 'collapse', node: name },
      ),
    );
  };

  expand = (node = this.#selection.selectedItem!.name) => inBackground(this.#document.expand(node));
  showAll = () => inBackground(this.#document.showAll());
  undo = () => inBackground(this.#document.undo());
  redo = () => inBackground(this.#document.redo());

  keepSelected = () => this.#keep(this.#selection.nodes);
  keepTrail = () => this.#keep(this.trail!.nodes);

  showNear = () => {
    const { nodes } = this.#selection;
    inBackground(
      this.#document.explore({ kind: 'near', nodes: this.#namesOf(nodes), steps: this.#wantedSteps }),
    );
  };

  /** One step more or less, of what is shown so, or of what will be. */
  changeSteps = (by: 1 | -1) => {
    this.#wantedSteps = Math.max(1, Math.min(mostSteps, this.steps + by));
    if (this.state.steps !== null) inBackground(this.#document.setSteps(this.#wantedSteps));
  };

  follow = (stream: Stream) => {
    const { scene, edgesByNode, nodes } = this.#selection;
    this.trail = follow(scene!, edgesByNode, nodes, stream);
    return this.trail;
  };

  keepStream = (stream: Stream) => {
    const { scene, edgesByNode, nodes } = this.#selection;
    this.#keep(follow(scene!, edgesByNode, nodes, stream).nodes);
  };

  /** Between the two nodes that are selected; null when nothing connects them. */
  findPath = () => {
    const { scene, edgesByNode, nodes } = this.#selection;
    const path = shortestPath(scene!, edgesByNode, nodes[0], nodes[1]);
    this.trail = path;
    return path;
  };

  #keep(nodes: readonly number[]): void {
    inBackground(this.#document.explore({ kind: 'keep', nodes: this.#namesOf(nodes) }));
  }

  #namesOf(nodes: readonly number[]): string[] {
    const { scene } = this.#selection;
    return nodes.map((i) => scene!.nodes[i].name);
  }
}
