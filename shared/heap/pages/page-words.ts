// Leaks of a page in words: ``23 × listener of window that calls onResize (src/dialog.ts:41)``, and the chain from the
// window. Blink's parts between two objects become the name of the arrow.
import type { HeapAnalysis } from '../analysis.ts';
import type { ChainLink } from '../chain.ts';
import { NodeType } from '../node-types.ts';
import { isString, RootKind } from '../roots.ts';
import { HolderWords } from '../suspects/holder-words.ts';
import { pathTo, type ReachTree } from '../suspects/reach-tree.ts';
import { Components, type Component } from './components.ts';
import { selectorOf } from './selector.ts';

/** What Blink keeps between an object and a function of the page, and what a developer calls it. */
const arrows: readonly [pattern: RegExp, arrow: string][] = [
  [/^V8EventListener$/, 'listener'],
  [/^(?:DOMTimer|ScheduledAction)$/, 'timer'],
  [/FrameRequestCallback|V8FrameCallback/, 'animation frame'],
  [/IdleRequestCallback/, 'idle callback'],
  [/^MutationObserverRegistration$/, 'observed by'],
  [/ResizeObservation|DataFieldWrapper<.*ResizeObserver/, 'observed by'],
  [/IntersectionObservation/, 'observed by'],
  [/^Pending activities$/, 'until it ends'],
];

const hidden =
  /^(?:blink::|V8|system \/|EventListener$|DOMTimer$|ScheduledAction$|MutationObserver(?:Registration|::)|Pending activities$)/;
/** What has functions of its own: a search for the one that a listener calls ends there. */
const ends = /^(?:<|Window|(?:HTML|XML)?Document\b|ShadowRoot|blink::ScriptState)/;
const mostStations = 9;

/** One object on the way from the window to a leak. */
export interface Station {
  node: number;
  /** How the one before refers to it: `cache`, `listener "resize"`, `variable d`. Empty for the first. */
  arrow: string;
  text: string;
}

export class PageWords {
  readonly words: HolderWords;
  readonly components: Components;

  constructor(
    readonly analysis: HeapAnalysis,
    private readonly tree: ReachTree,
    folder = '',
  ) {
    this.words = new HolderWords(analysis, folder);
    this.components = new Components(analysis.graph, this.words.names);
  }

  /** What a developer calls an object: a selector, a function and its place, a class. */
  object(node: number): string {
    const { graph, objects } = this.analysis;
    const { names } = this.words;
    const name = graph.nodeName(node);
    const kind = objects.roots.kinds[node];
    if (kind === RootKind.global) return name.includes('Worker') ? 'worker' : 'window';
    if (kind === RootKind.scriptScope) return 'script';
    if (graph.nodeTypes[node] === NodeType.synthetic && /^C\+\+ .*Persistent roots$/.test(name))
      return 'the browser';
    if (/^(?:HTML|XML)?Document\b/.test(name) && graph.nodeTypes[node] === NodeType.native) return 'document';
    if (name.startsWith('<')) return selectorOf(name);
    if (graph.nodeTypes[node] === NodeType.closure) {
      const place = names.place(node);
      return place ? `${names.functionName(node)} (${place})` : names.functionName(node);
    }
    if (isString(graph.nodeTypes[node])) return names.quoted(node);
    const component = this.components.of(node);
    if (component) return `${component.name} (${component.framework} component)`;
    const place = graph.nodeTypes[node] === NodeType.object ? names.place(node) : null;
    const type = this.words.className(node).replace(/ \/ .*$/, '');
    if (type === 'Object') return names.describe(node) || 'Object';
    return place ? `${type} (${place})` : type;
  }

  /** The way from the window to an object, without Blink's own parts and without scopes. */
  stations(path: readonly ChainLink[]): Station[] {
    const { graph } = this.analysis;
    const stations: Station[] = [];
    let between: string[] = [];
    let variable: string | null = null;
    for (let i = 0; i < path.length; i++) {
      const { node } = path[i];
      const isLast = i === path.length - 1;
      const reference = i === 0 ? '' : this.words.references.of(path[i - 1].node, path[i - 1].edge);
      const isScope = graph.scopes[node] === 1 && this.analysis.objects.roots.kinds[node] === RootKind.none;
      const previous = i > 0 ? path[i - 1].node : -1;
      if (previous >= 0 && graph.scopes[previous] === 1 && !isScope) variable = reference;
      if (
        isScope ||
        (!isLast && graph.nodeTypes[node] === NodeType.native && hidden.test(graph.nodeName(node)))
      ) {
        between.push(graph.nodeName(node));
        continue;
      }
      const arrow = arrowOf(between) ?? variableArrow(variable) ?? this.plainArrow(previous, node, reference);
      this.push(stations, { node, arrow: stations.length === 0 ? '' : arrow, text: this.object(node) });
      between = [];
      variable = null;
    }
    return shortened(stations);
  }

  /** Of nodes of one tree, only the first and the last are stations: what is between them is the DOM's own. */
  private push(stations: Station[], station: Station): void {
    const isDom = ({ node }: Station) => node >= 0 && this.isDomNode(node);
    const last = stations.at(-1);
    if (last && isDom(last) && isDom(station)) {
      if (stations.length > 1 && isDom(stations[stations.length - 2])) stations.pop();
      const top = stations[stations.length - 1];
      if (top.text === 'document') stations.splice(0, stations.length, { ...top, arrow: '' });
      station.arrow = top.text === station.text ? 'next' : 'contains';
      if (station.arrow === 'next') return;
    }
    stations.push(station);
  }

  private isDomNode(node: number): boolean {
    const { graph } = this.analysis;
    return (
      graph.nodeTypes[node] === NodeType.native &&
      /^<|^(?:HTML|XML)?Document\b|^ShadowRoot/.test(graph.nodeName(node))
    );
  }

  /** Blink's references have no names. */
  private plainArrow(previous: number, node: number, reference: string): string {
    const { graph } = this.analysis;
    if (previous < 0 || graph.nodeTypes[previous] !== NodeType.native)
      return reference.startsWith('<symbol') ? '' : reference;
    return graph.nodeTypes[node] === NodeType.closure ? 'calls' : '';
  }

  /** `window —listener→ onResize (app.js:4) —variable d→ div.modal`. */
  chain(stations: readonly Station[]): string {
    return stations
      .map(({ arrow, text }, i) => (i === 0 ? text : arrow === '' ? ` → ${text}` : ` —${arrow}→ ${text}`))
      .join('');
  }

  path(node: number): ChainLink[] {
    return pathTo(this.tree, node);
  }

  /** The nearest component on the way to an object, or among those that hang from it. */
  component(nodes: Iterable<number>): Component | null {
    for (const node of nodes) {
      const component = this.components.of(node);
      if (component) return component;
    }
    return null;
  }

  /** The function that a listener, a timer or an observer calls: the first below it. */
  calledBy(node: number): number {
    const { graph } = this.analysis;
    let level = [node];
    for (let depth = 0; depth < 4; depth++) {
      const next: number[] = [];
      for (const at of level)
        for (let edge = graph.firstEdges[at]; edge < graph.firstEdges[at + 1]; edge++) {
          const target = graph.edgeTargets[edge];
          if (graph.nodeTypes[target] === NodeType.closure) return target;
          if (graph.nodeTypes[target] === NodeType.native && !ends.test(graph.nodeName(target)))
            next.push(target);
        }
      level = next.slice(0, 20);
    }
    return -1;
  }
}

const arrowOf = (between: readonly string[]) =>
  arrows.find(([pattern]) => between.some((name) => pattern.test(name)))?.[1];

const variableArrow = (name: string | null) => (name ? `variable ${name}` : undefined);

/** Of a long way, the first and the last steps. */
function shortened(stations: Station[]): Station[] {
  if (stations.length <= mostStations) return stations;
  const head = stations.slice(0, 3);
  const tail = stations.slice(-(mostStations - 4));
  const left = stations.length - head.length - tail.length;
  return [...head, { node: -1, arrow: '…', text: `${left} more` }, ...tail];
}
