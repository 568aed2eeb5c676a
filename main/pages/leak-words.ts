// A leak of a page in words: what it is called, in one sentence, and what usually ends it.
import type { HeapAnalysis } from '../../shared/heap/analysis.ts';
import { NodeType } from '../../shared/heap/node-types.ts';
import type { PageLeak } from '../../shared/heap/pages/page-leaks.ts';
import type { PageWords, Station } from '../../shared/heap/pages/page-words.ts';
import { isString, RootKind } from '../../shared/heap/roots.ts';
import { grouped, inBytes } from '../../shared/quantities.ts';
import type { LiveNode } from './live-node.ts';

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

/** Names of classes, functions and variables are those of `words`. */
export class LeakWords {
  constructor(
    private readonly words: PageWords,
    private readonly analysis: HeapAnalysis,
  ) {}

  /** @param node what is named: the function that a callback calls, or the leaked object */
  name(leak: PageLeak, cause: LeakCause, node: number): string {
    if (cause === 'collection' || cause === 'size') return this.holderName(leak.node);
    return this.words.object(node);
  }

  summary(
    leak: PageLeak,
    cause: LeakCause,
    name: string,
    stations: readonly Station[],
    live: LiveNode | undefined,
  ): string {
    const { analysis } = this;
    const perRun = Number.isInteger(leak.perRun)
      ? grouped(leak.perRun)
      : leak.perRun.toFixed(2).replace(/0$/, '');
    const rate = leak.perRun === 1 ? '' : `, ${perRun} with each run`;
    const times = `${grouped(leak.nodes.length)} ×`;
    if (cause === 'size')
      return `${name} grew by ${inBytes(leak.bytes)}: ${inBytes(leak.perRun)} with each run`;
    if (leak.entries && cause === 'collection')
      return `${name} has ${perRun} more with each run: ${grouped(leak.entries.before)} at first, now ${grouped(leak.entries.now)}`;
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
}

/** What the browser keeps until it is closed, and how that is done. */
const closers: readonly [pattern: RegExp, call: string][] = [
  [
    /^(?:BroadcastChannel|MessagePort|IDBDatabase|WebSocket|EventSource|AudioContext|RTCPeerConnection|ImageBitmap|VideoFrame)$/,
    'close()',
  ],
  [/^Worker$/, 'terminate()'],
];

/** What usually ends a leak. */
export function adviceFor(cause: LeakCause, name: string): string {
  const closer = cause === 'object' ? closers.find(([pattern]) => pattern.test(name)) : undefined;
  return closer ? `Call ${closer[1]} of the ${name} when what it serves goes.` : advice[cause];
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
