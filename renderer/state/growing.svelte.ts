// A picture of a heap that grows: the requests for the selected object, and messages about their results.
import { messageOf } from '../../shared/errors.ts';
import type { HeapRequests, PictureGrowth } from '../../shared/protocol/heap.ts';
import type { SceneEdge, SceneNode } from '../../shared/scene/scene.ts';
import type { Connection } from '../host.ts';
import type { OpenDocument } from './document.svelte.ts';
import type { Navigation } from './navigation.svelte.ts';
import type { Selection } from './selection.svelte.ts';
import { inBackground } from './failures.svelte.ts';

/** What of the viewer it needs. */
interface Viewer {
  readonly document: OpenDocument;
  readonly navigation: Navigation;
  readonly selection: Selection;
  notice: string;
}

type Direction = 'references' | 'referrers';

export class Growing {
  readonly #host: Connection;
  readonly #viewer: Viewer;
  /** Since when main is at it, in milliseconds since the epoch; null when it is not. */
  since = $state<number | null>(null);
  #isCancelled = false;

  constructor(host: Connection, viewer: Viewer) {
    this.#host = host;
    this.#viewer = viewer;
  }

  readonly isPossible = $derived.by(() => this.#viewer.document.state.grows === true);

  /** The object that is selected, by its id. */
  readonly object = $derived.by(() => {
    const ref = this.#selectedNode?.ref;
    return ref?.kind === 'object' ? ref.id : null;
  });

  /** The box that is selected and shows more when it is opened, by its name. */
  readonly box = $derived.by(() =>
    this.#selectedNode?.ref?.kind === 'more' ? this.#selectedNode.name : null,
  );

  get #selectedNode(): SceneNode | undefined {
    const { selected, scene } = this.#viewer.selection;
    return selected?.kind === 'node' ? scene?.nodes[selected.index] : undefined;
  }

  disabledReason = (): string | null => {
    if (!this.isPossible) return 'Only a picture of a heap that is open grows';
    return this.since === null ? null : 'The picture is growing already';
  };

  /** The next of what a box counts; the object that it belongs to stays under the eye. */
  more = () => {
    const { box } = this;
    const { selection } = this.#viewer;
    const ref = this.#selectedNode?.ref;
    const of = ref?.kind === 'more' ? ref.of : null;
    const index = selection.scene?.nodes.findIndex(({ name }) => name === of) ?? -1;
    if (index >= 0) selection.select({ kind: 'node', index }, 'pointer');
    inBackground(this.#grow({ kind: 'more', box: box! }));
  };

  expand = (direction: Direction) => inBackground(this.#grow({ kind: direction, id: this.object! }));
  deepen = (direction: Direction) => inBackground(this.#grow({ kind: 'deeper', direction }));

  /** What is selected, in the direction in which nothing of it is drawn. */
  expandSelected = () => {
    if (this.box !== null) this.more();
    else if (this.object !== null) this.expand(this.#openDirection());
  };

  cancel = () => {
    this.#isCancelled = true;
    inBackground(this.#host.request('heap.cancelGrowth', null));
  };

  #openDirection(): Direction {
    const { index } = this.#viewer.selection.selected!;
    const refers = this.#edges.some(({ tail }) => tail === index);
    const isReferredTo = this.#edges.some(({ head }) => head === index);
    return refers && !isReferredTo ? 'referrers' : 'references';
  }

  /** Of the node that is selected. */
  get #edges(): SceneEdge[] {
    const { scene, selected, edgesByNode } = this.#viewer.selection;
    return edgesByNode[selected!.index].map((edge) => scene!.edges[edge]);
  }

  async #grow(growth: PictureGrowth): Promise<void> {
    if (this.disabledReason() !== null) return;
    const { document, navigation } = this.#viewer;
    this.since = Date.now();
    this.#isCancelled = false;
    document.failure = null;
    document.exploring = true;
    navigation.stay();
    try {
      const grown = await this.#host.request('heap.grow', { growth });
      this.#viewer.notice = messageFor(grown);
      if (grown.added === 0) document.exploring = false;
    } catch (error) {
      document.exploring = false;
      const reason = messageOf(error);
      if (this.#isCancelled) this.#viewer.notice = reason;
      else if (!document.lost && !document.state.problem) document.failure = reason;
    }
    this.since = null;
  }
}

function messageFor({ added, limit }: HeapRequests['heap.grow']['result']): string {
  const full = `The picture has ${limit} objects, the most it may have: undo some of it first`;
  if (limit !== null) return added === 0 ? full : `${added} added. ${full}`;
  return added === 0 ? 'Nothing more to add: all of it is in the picture' : `${added} added`;
}
