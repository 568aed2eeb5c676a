// Which objects of a page count: those that a developer knows by name. Blink's own parts belong to what they serve.
import type { HeapAnalysis } from '../analysis.ts';
import { NodeType } from '../node-types.ts';
import { isString } from '../roots.ts';

/** Blink's parts between what a developer knows: a listener and its function, a timer and its function. */
const parts =
  /^(?:blink::|cppgc|v8::|ui::|base::|std::|gfx::|viz::|media::|mojo|WTF::|EventListener$|V8Function$|V8\w+Callback$|ScheduledAction$|DOMTokenList$|NamedNodeMap$|Attr$|CSSStyleDeclaration$|InputDeviceCapabilities$|DOMStringMap$|ScriptState|Internal|system \/)|Data$|Backing$|Vector$|Map$(?<!^WeakMap$|^Map$)/;

/** What the browser itself notes of every page, up to a bound: measurements of its performance. */
const notes =
  /^(?:Performance|LargestContentfulPaint|LayoutShift|InteractionContentfulPaint|SoftNavigation|TaskAttribution|VisibilityState|EventCounts|Element$|NavigationHistoryEntry|TextRecord|ImageRecord)/;

/** Per node, 1 for objects that count. */
export function countable({ graph, objects }: HeapAnalysis): Uint8Array {
  const { nodeCount, nodeTypes, nodeNames } = graph;
  const counts = new Uint8Array(nodeCount);
  const native = new Map<number, boolean>();
  const isOfPage = (text: number) => {
    let known = native.get(text);
    if (known === undefined) {
      const name = graph.strings.get(text);
      native.set(text, (known = name.startsWith('<') || (!parts.test(name) && !notes.test(name))));
    }
    return known;
  };
  for (let node = 0; node < nodeCount; node++) {
    if (!objects.isVisible(node)) continue;
    const type = nodeTypes[node];
    const isKind =
      type === NodeType.object ||
      type === NodeType.closure ||
      type === NodeType.regexp ||
      type === NodeType.symbol ||
      type === NodeType.bigint ||
      type === NodeType.wasmObject ||
      isString(type);
    if (type === NodeType.native ? isOfPage(nodeNames[node]) : isKind && !isWrapper(node)) counts[node] = 1;
  }
  return counts;

  /** The script's side of a DOM node: the node itself counts. */
  function isWrapper(node: number): boolean {
    if (nodeTypes[node] !== NodeType.object || objects.isRoot(node)) return false;
    const target = graph.childNamed(node, 'cppgc_object');
    return target >= 0 && graph.nodeTypes[target] === NodeType.native;
  }
}
