// What a measurement found, as a value: for messages, for JSON and for attachments. Everything a reader acts on is in it.
import { HeapAnalysis } from '../../shared/heap/analysis.ts';
import { DomState } from '../../shared/heap/detached-dom.ts';
import { NodeType } from '../../shared/heap/node-types.ts';
import type { PageLeak } from '../../shared/heap/pages/page-leaks.ts';
import { PageWords, type Station } from '../../shared/heap/pages/page-words.ts';
import { grouped, inBytes } from '../../shared/quantities.ts';
import { isString, RootKind } from '../../shared/heap/roots.ts';
import { scriptNames } from '../../shared/heap/scripts.ts';
import { SourceMaps } from '../source-maps/source-maps.ts';
import { mapFolders } from '../source-maps/settings.ts';
import { evaluateIn } from './cdp.ts';
import { listenersOf, lookAtNode, type LiveNode } from './live-node.ts';
import type { MeasuredHeap, Measurement } from './measure.ts';
import type { PageHeap } from './page-heap.ts';
import { scriptsOfPage } from './page-scripts.ts';

export type LeakCause =
  | 'listener'
  | 'timer'
  | 'observer'
  | 'detached DOM'
  | 'DOM'
  | 'collection'
  | 'size'
  | 'function'
  | 'window'
  | 'object';

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

/** What `findLeaks` gives. */
export interface LeakReport {
  /** What leaks, the surest and largest first; empty when nothing does. */
  leaks: FoundLeak[];
  /** What grew, but not in step with the runs: not counted as a leak. */
  suspects: FoundLeak[];
  /** Per window, how often the action ran, after it had run `warmup` times. */
  runs: number[];
  warmup: number;
  /** The heaps that were compared. */
  heaps: string[];
  snapshots: number;
  /** Milliseconds in all, and of the action itself. */
  time: { all: number; action: number };
}

const maxNamed = 12;

/** What a picture of a leak is drawn of. */
export interface LeakPath {
  analysis: HeapAnalysis;
  stations: readonly Station[];
}

/** A report, and per leak, what keeps it. */
export interface NamedLeaks {
  report: LeakReport;
  paths: ReadonlyMap<FoundLeak, LeakPath>;
}

/** Names what was found, while the page is still there to be asked. */
export async function reportOf(measurement: Measurement): Promise<NamedLeaks> {
  const { runs, warmup, heaps, snapshots, time } = measurement;
  const found: { leak: FoundLeak; isLeak: boolean }[] = [];
  const paths = new Map<FoundLeak, LeakPath>();
  for (const measured of heaps) {
    if (measured.leaks.length === 0) continue;
    const naming = await Naming.of(measured);
    for (const one of measured.leaks.slice(0, maxNamed)) {
      const { leak, path } = await naming.name(one);
      found.push({ leak, isLeak: one.kind === 'leak' });
      paths.set(leak, path);
    }
  }
  const merged = mergeAlike(found.filter(({ isLeak }) => isLeak).map(({ leak }) => leak));
  const report = {
    leaks: merged.sort((a, b) => rank(b) - rank(a) || b.bytes - a.bytes),
    suspects: found.filter(({ isLeak }) => !isLeak).map(({ leak }) => leak),
    ...{ runs, warmup, snapshots, heaps: heaps.map(({ heap }) => heap.name), time },
  };
  return { report, paths };
}

/** What can be acted on comes first: what holds, before what is held. */
function rank({ cause, name }: FoundLeak): number {
  if (cause === 'object' && /^(?:Object|Array|Promise|Context|string)\b/.test(name)) return 1;
  return cause === 'size' || cause === 'function' ? 1 : 2;
}

/** Nodes of one tree that are held each by itself are one leak. */
function mergeAlike(leaks: readonly FoundLeak[]): FoundLeak[] {
  const known = new Map<string, FoundLeak>();
  for (const leak of leaks) {
    const key = `${leak.heap} ${leak.summary}`;
    const first = known.get(key);
    if (first) first.bytes += leak.bytes;
    else known.set(key, leak);
  }
  return [...known.values()];
}

/** `onResize (src/dialog.ts:41)` is `onResize`: the place is a field of its own. */
const withoutPlace = (name: string) => name.replace(/ \([^()]*:\d+(?::\d+)?\)$/, '');

/** Names the leaks of one heap. */
class Naming {
  private constructor(
    private readonly heap: PageHeap,
    private readonly words: PageWords,
    private readonly analysis: HeapAnalysis,
  ) {}

  static async of({ heap, seen }: MeasuredHeap): Promise<Naming> {
    const { graph } = seen.analysis;
    const records = await scriptsOfPage(heap.session);
    graph.places = new SourceMaps(
      () => scriptNames(graph),
      records,
      mapFolders(),
      () => {},
    );
    // Names are those of the author from here on: what was computed before has those of the code that ran.
    const analysis = new HeapAnalysis(graph);
    const origin = await evaluateIn(heap.session, 'location.origin').catch(() => null);
    const folder = typeof origin === 'string' && origin.startsWith('http') ? origin : process.cwd();
    return new Naming(heap, new PageWords(analysis, seen.tree, folder), analysis);
  }

  async name(leak: PageLeak): Promise<{ leak: FoundLeak; path: LeakPath }> {
    const { graph } = this.analysis;
    const { words } = this;
    const target = this.targetOf(leak);
    const live = await this.live([leak.node, ...leak.consequences.map(({ node }) => node)]);
    const path = words.path(target);
    const stations = words.stations(path);
    const cause = this.causeOf(leak, live.get(leak.node));
    if (cause === 'listener') await this.nameListener(leak, stations);
    // Which entry the newest one is says nothing.
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
    const name = this.nameOf(leak, cause, named, stations);
    const pixels = [...live.values()].reduce((sum, node) => sum + (node.pixelBytes || 0), 0);
    const count = leak.of === 'objects' ? leak.nodes.length : 1;
    const found: FoundLeak = {
      ...{
        cause,
        name: withoutPlace(name),
        heap: this.heap.name,
        count,
        perRun: leak.perRun,
        left: leak.left,
      },
      summary: this.summary(leak, cause, name, stations, live.get(leak.node)),
      place: words.words.names.place(named),
      bytes: leak.bytes + pixels * count,
      chain: words.chain(stations),
      consequences: this.consequences(leak, name),
      component,
      outline: dom?.outline ?? null,
      advice: advice[cause],
      id: graph.nodeIds[leak.node],
    };
    return { leak: found, path: { analysis: this.analysis, stations } };
  }

  /** Scopes say nothing, and a name is not repeated. */
  private consequences({ consequences }: PageLeak, name: string): string[] {
    const { graph } = this.analysis;
    return consequences
      .filter(({ node }) => graph.scopes[node] === 0)
      .map(({ node, count }) => ({ count, text: this.words.object(node) }))
      .filter(({ text }) => text !== name)
      .map(({ count, text }) => `${grouped(count)} ${text}`);
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

  private nameOf(leak: PageLeak, cause: LeakCause, node: number, stations: readonly Station[]): string {
    if (cause === 'collection' || cause === 'size') return this.holderName(leak.node);
    if (cause === 'listener' && stations.length > 1) return this.words.object(node);
    return this.words.object(node);
  }

  private summary(
    leak: PageLeak,
    cause: LeakCause,
    name: string,
    stations: readonly Station[],
    live: LiveNode | undefined,
  ): string {
    const { analysis } = this;
    const rate = leak.perRun === 1 ? '' : `, ${leak.perRun.toFixed(2).replace(/\.?0+$/, '')} with each run`;
    const times = `${grouped(leak.nodes.length)} ×`;
    if (cause === 'size')
      return `${name} grew by ${inBytes(leak.bytes)}: ${inBytes(leak.perRun)} with each run`;
    if (leak.entries && cause === 'collection')
      return `${name} has ${grouped(leak.perRun)} more with each run: ${grouped(leak.entries.before)} at first, now ${grouped(leak.entries.now)}`;
    switch (cause) {
      case 'listener': {
        const at = stations.findIndex(({ arrow }) => arrow.startsWith('listener'));
        const target = at > 0 ? stations[at - 1].text : 'an object';
        const type = /"(.*)"/.exec(stations[at]?.arrow ?? '')?.[1];
        return `${times} listener${type ? ` "${type}"` : ''} on ${target} that calls ${name}${rate}`;
      }
      case 'timer':
        return `${times} timer that calls ${name}${rate}`;
      case 'observer': {
        const type = analysis.graph.nodeName(leak.node).replace(/Registration$/, '');
        return `${times} ${type}${name.startsWith(type) ? '' : ` that calls ${name}`}${rate}`;
      }
      case 'DOM':
        return `${times} ${live?.selector ?? name} stays in the document${rate}`;
      case 'detached DOM': {
        const nodes = live && live.nodes > 1 ? ` (${grouped(live.nodes)} nodes each)` : '';
        return `${times} detached ${live?.selector ?? name}${nodes}${this.inHolder(leak)}${rate}`;
      }
      case 'window':
        return `${times} window of a closed page or iframe${this.inHolder(leak)}${rate}`;
    }
    return `${times} ${name}${this.inHolder(leak)}${rate}`;
  }

  /** The collection that has more and more of them. */
  private inHolder({ holder, entries }: PageLeak): string {
    if (holder < 0 || entries === null) return '';
    return ` in ${this.holderName(holder)}, from ${grouped(entries.before)} to ${grouped(entries.now)} entries`;
  }

  private holderName(node: number): string {
    const { analysis, words } = this;
    const kind = analysis.objects.roots.kinds[node];
    if (kind === RootKind.global) return this.largestText(node) ?? 'window';
    if (analysis.graph.nodeTypes[node] === NodeType.object && analysis.graph.scopes[node] === 0)
      return words.words.named(words.path(node)).replace(' on globalThis', ' of the window');
    return this.largestText(node) ?? words.object(node);
  }

  /** Of variables, the one whose text is longest. */
  private largestText(owner: number): string | null {
    const { graph, objects, shallowSizes } = this.analysis;
    let largest = { size: 0, edge: -1 };
    objects.eachReference(owner, (node, edge) => {
      if (!isString(graph.nodeTypes[node])) return;
      const size = shallowSizes[node] + this.partsOf(node);
      if (size > largest.size) largest = { size, edge };
    });
    return largest.edge < 0 ? null : `string \`${this.words.words.references.of(owner, largest.edge)}\``;
  }

  private partsOf(rope: number): number {
    const { graph } = this.analysis;
    let size = 0;
    const stack = [rope];
    for (let steps = 0; stack.length > 0 && steps < 1000; steps++) {
      const node = stack.pop()!;
      for (const part of ['first', 'second', 'parent']) {
        const child = graph.childNamed(node, part);
        if (child < 0) continue;
        size += graph.selfSizes[child];
        stack.push(child);
      }
    }
    return size;
  }

  /** What the page says of those of some objects that are DOM nodes, canvases or bitmaps. */
  private async live(nodes: readonly number[]): Promise<Map<number, LiveNode>> {
    const { graph } = this.analysis;
    const found = new Map<number, LiveNode>();
    if (!this.heap.isPage) return found;
    for (const node of nodes) {
      const name = graph.nodeName(node);
      if (graph.nodeTypes[node] !== NodeType.native || !/^<|^Text$|ImageBitmap|OffscreenCanvas/.test(name))
        continue;
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

const advice: Record<LeakCause, string> = {
  listener:
    'Remove the listener when what it serves goes: removeEventListener, or addEventListener with a signal.',
  timer: 'Clear the timer when what it serves goes: clearInterval or clearTimeout.',
  observer: 'Call disconnect() of the observer when what it serves goes.',
  'detached DOM': 'Drop the reference that keeps the removed nodes, which the chain shows.',
  DOM: 'Remove the elements that each run adds to the document.',
  collection: 'Remove entries that are not needed any more, or give the collection a limit.',
  size: 'Give it a limit, or start anew from time to time.',
  function: 'Drop the reference to the function, which the chain shows.',
  window: 'Drop references to what comes from the closed window or iframe.',
  object: 'Drop the reference that the chain shows when the object is not needed any more.',
};
