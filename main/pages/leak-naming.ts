// Names the leaks of one heap, while its page is still there to be asked.
import { HeapAnalysis } from '../../shared/heap/analysis.ts';
import { DomState } from '../../shared/heap/detached-dom.ts';
import { NodeType } from '../../shared/heap/node-types.ts';
import type { PageLeak } from '../../shared/heap/pages/page-leaks.ts';
import { PageWords, type Station } from '../../shared/heap/pages/page-words.ts';
import { RootKind } from '../../shared/heap/roots.ts';
import { grouped } from '../../shared/quantities.ts';
import { placeBySourceMaps } from '../source-maps/place-graph.ts';
import { readScopes } from '../source-maps/scopes.ts';
import { evaluateIn } from './cdp.ts';
import { adviceFor, LeakWords, type LeakCause } from './leak-words.ts';
import { listenersOf, lookAtNode, outsideBytes, type LiveNode } from './live-node.ts';
import type { MeasuredHeap } from './measure.ts';
import type { PageHeap } from './page-heap.ts';
import { scriptsOfPage } from './page-scripts.ts';

/** One thing that every run of an action left behind. */
export interface FoundLeak {
  cause: LeakCause;
  /** `23 × listener "resize" on window that calls onResize (src/dialog.ts:41)`. */
  summary: string;
  /** The class, the selector or the function that a developer looks for. */
  name: string;
  /** Where that is written; null where it is not known. */
  place: string | null;
  /** Which heap it is in: `page`, `worker https://…`. */
  heap: string;
  /** How many all runs left; for a size, 1. */
  count: number;
  /** How many each run left, or by how many bytes it grew. */
  perRun: number;
  /** Per window of runs, how many were left of it. */
  left: number[];
  /** Bytes of all that came with the runs. */
  bytes: number;
  /** What keeps it, from the window on. */
  chain: string;
  /** What leaks because of it: `23 div.modal`. */
  consequences: string[];
  /** The nearest component of React, Vue, Svelte or Angular. */
  component: string | null;
  /** The HTML of a detached tree or of an element that stays in the page. */
  outline: string | null;
  /** What usually ends such a leak. */
  advice: string;
  /** The heap's id of the newest of them: of the last snapshot. */
  id: number;
}

/** What a picture of a leak is drawn of. */
export interface LeakPath {
  analysis: HeapAnalysis;
  stations: readonly Station[];
}

/** `onResize (src/dialog.ts:41)` is `onResize`: the place is a field of its own. */
const withoutPlace = (name: string) => name.replace(/ \([^()]*:\d+(?::\d+)?\)$/, '');

/** Names the leaks of one heap. */
export class LeakNaming {
  readonly #text: LeakWords;

  private constructor(
    private readonly heap: PageHeap,
    private readonly words: PageWords,
    private readonly analysis: HeapAnalysis,
  ) {
    this.#text = new LeakWords(words, analysis);
  }

  static async of({ heap, seen }: MeasuredHeap): Promise<LeakNaming> {
    const { graph } = seen.analysis;
    const records = await scriptsOfPage(heap.session);
    placeBySourceMaps(graph, records, readScopes);
    // Names are those of the author from here on: what was computed before has those of the code that ran.
    const analysis = new HeapAnalysis(graph);
    const origin = await evaluateIn(heap.session, 'location.origin').catch(() => null);
    const folder = typeof origin === 'string' && origin.startsWith('http') ? origin : process.cwd();
    return new LeakNaming(heap, new PageWords(analysis, seen.tree, folder), analysis);
  }

  async name(leak: PageLeak): Promise<{ leak: FoundLeak; path: LeakPath }> {
    const { graph } = this.analysis;
    const { words } = this;
    const target = this.targetOf(leak);
    const nodes = [leak.node, ...leak.consequences.map(({ node }) => node)];
    const live = await this.live(nodes);
    const path = words.path(target);
    const stations = words.stations(path);
    const cause = this.causeOf(leak, live.get(leak.node));
    if (cause === 'listener') await this.nameListener(leak, stations);
    // Which entry the newest one is has no meaning.
    const end = stations.at(-1)!;
    if (leak.holder >= 0 && end.node === leak.node && /^[[("]/.test(end.arrow)) end.arrow = 'entry';
    const component =
      words.component([
        ...path.map(({ node }) => node).reverse(),
        ...leak.consequences.map(({ node }) => node),
      ])?.name ??
      [...live.values()].find((node) => node.component)?.component ??
      null;
    const dom = [...live.values()].find((node) => !node.isConnected) ?? live.get(leak.node) ?? null;
    const called = ['listener', 'timer', 'observer'].includes(cause) ? words.calledBy(leak.node) : -1;
    const named = called >= 0 ? called : leak.node;
    const name = this.#text.name(leak, cause, named);
    const count = leak.of === 'objects' ? leak.nodes.length : 1;
    const outside = (await this.outsideBytes(nodes)) * count;
    const found: FoundLeak = {
      ...{
        cause,
        name: withoutPlace(name),
        heap: this.heap.name,
        count,
        perRun: leak.perRun,
        left: leak.left,
      },
      summary: this.#text.summary(leak, cause, name, stations, live.get(leak.node)),
      place: words.words.names.place(named),
      // Some versions of V8 count what WebAssembly has.
      bytes: leak.bytes >= outside ? leak.bytes : leak.bytes + outside,
      chain: words.chain(stations),
      consequences: this.consequences(leak, name),
      component,
      outline: dom?.outline ?? null,
      advice: adviceFor(cause, withoutPlace(name)),
      id: graph.nodeIds[leak.node],
    };
    return { leak: found, path: { analysis: this.analysis, stations } };
  }

  /** Without scopes and Blink's listeners, which explain nothing, and without the name of the leak itself. */
  private consequences({ consequences }: PageLeak, name: string): string[] {
    const { graph } = this.analysis;
    return (
      consequences
        .filter(({ node }) => graph.scopes[node] === 0 && graph.nodeName(node) !== 'V8EventListener')
        .map(({ node, count }) => ({ node, count, text: this.words.object(node) }))
        .filter(({ text }) => text !== name)
        // A class has the name of its instances.
        .map(({ node, count, text }) =>
          graph.nodeTypes[node] === NodeType.closure
            ? `${grouped(count)} function ${text}`
            : `${grouped(count)} ${text}`,
        )
    );
  }

  /** The object that the chain leads to: what is lost, behind what holds it. */
  private targetOf({ node, of, consequences }: PageLeak): number {
    if (of !== 'objects') return node;
    const { graph } = this.analysis;
    const lost = consequences.find((other) => graph.detachedness[other.node] === DomState.detached);
    const below = lost ?? consequences.find((other) => graph.nodeTypes[other.node] === NodeType.object);
    const isCallback = this.isCallback(node);
    const candidate = isCallback ? (below?.node ?? this.words.calledBy(node)) : node;
    if (candidate < 0) return node;
    const isBehind = this.words
      .path(candidate)
      .some((link) => link.node === node || this.isCallback(link.node));
    return isBehind ? candidate : Math.max(node, this.words.calledBy(node));
  }

  private isCallback(node: number): boolean {
    return /^(?:V8EventListener|DOMTimer|MutationObserver(?:Registration)?|ResizeObserver|IntersectionObserver|PerformanceObserver|ReportingObserver)$/.test(
      this.analysis.graph.nodeName(node),
    );
  }

  private causeOf({ node, of }: PageLeak, live: LiveNode | undefined): LeakCause {
    if (of === 'bytes') return 'size';
    if (of === 'entries') return 'collection';
    const { analysis } = this;
    const { graph } = analysis;
    const name = graph.nodeName(node);
    if (name === 'V8EventListener') return 'listener';
    if (name === 'DOMTimer') return 'timer';
    if (/Observer(?:Registration)?$/.test(name)) return 'observer';
    if (/^Window\b/.test(name) || analysis.objects.roots.kinds[node] === RootKind.global) return 'window';
    if (graph.nodeTypes[node] === NodeType.native && (name.startsWith('<') || name === 'Text'))
      return (live ? live.isConnected : graph.detachedness[node] !== DomState.detached)
        ? 'DOM'
        : 'detached DOM';
    if (graph.nodeTypes[node] === NodeType.closure) return 'function';
    return 'object';
  }

  /** Of all these objects together. */
  private async outsideBytes(nodes: readonly number[]): Promise<number> {
    const { graph } = this.analysis;
    let bytes = 0;
    for (const node of nodes)
      if (
        /^<canvas|^(?:HTMLCanvasElement|OffscreenCanvas|ImageBitmap|Memory|WebAssembly\.Memory)$/.test(
          graph.nodeName(node),
        )
      )
        bytes += await outsideBytes(this.heap.session, graph.nodeIds[node]);
    return bytes;
  }

  /** The live state of those objects that are DOM nodes. */
  private async live(nodes: readonly number[]): Promise<Map<number, LiveNode>> {
    const { graph } = this.analysis;
    const found = new Map<number, LiveNode>();
    if (!this.heap.isPage) return found;
    for (const node of nodes) {
      const name = graph.nodeName(node);
      if (graph.nodeTypes[node] !== NodeType.native || !/^<|^Text$/.test(name)) continue;
      const live = await lookAtNode(this.heap.session, graph.nodeIds[node]);
      if (live) found.set(node, live);
    }
    return found;
  }

  /** Adds the event to the arrow of a listener: a snapshot does not have it. */
  private async nameListener({ node }: PageLeak, stations: Station[]): Promise<void> {
    const { graph, objects } = this.analysis;
    const at = stations.findIndex(({ arrow }) => arrow === 'listener');
    const called = this.words.calledBy(node);
    const row = called < 0 ? -1 : graph.locationOf(called);
    if (at < 1 || row < 0) return;
    const target = stations[at - 1].node;
    const isWindow = objects.roots.kinds[target] === RootKind.global;
    const { scriptIds, lines, columns } = graph.locations;
    const types = new Set(
      (await listenersOf(this.heap.session, isWindow ? 'window' : graph.nodeIds[target]))
        .filter(
          ({ scriptId, line, column }) =>
            scriptId === scriptIds[row] && line === lines[row] && column === columns[row],
        )
        .map(({ type }) => type),
    );
    if (types.size > 0) stations[at].arrow = `listener "${[...types].join('", "')}"`;
  }
}
