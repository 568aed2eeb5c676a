// What a reader calls a node: classes, functions with file and line, modules, the keys of objects.
// Everything here comes from the snapshot alone; a live process knows more (see shared/objgraph/labels.ts).
import { EdgeType, NodeType } from './node-types.ts';
import { grouped } from '../quantities.ts';
import { isString, RootKind } from './roots.ts';
import { scriptNames } from './scripts.ts';
import { shortPath } from './short-path.ts';
import type { HeapGraph } from './heap-graph.ts';
import { CrowdedLines, originalPlaceOf, type SourcePlace } from './places.ts';
import type { ObjectGraph } from './object-graph.ts';

const longest = 40;
/** Bytes of a store without elements: its map and its length. */
const emptyStore = 16;
const slotSize = 8;
/** Where V8 cuts strings. */
export const longestText = 1024;

/** Names over one graph; scripts are looked up once. */
export class NodeNames {
  private scripts: ReadonlyMap<number, string> | null = null;
  private crowded: CrowdedLines | null = null;
  private readonly heap: HeapGraph;

  /**
   * @param folder file names inside it are shown relative to it
   * @param redacted strings are left out, except for their length
   */
  constructor(
    private readonly graph: ObjectGraph,
    private readonly folder = '',
    private readonly redacted = false,
  ) {
    this.heap = graph.heap;
  }

  /** The type of a node: its class, or what it is to the language. */
  type(node: number): string {
    const { heap, graph } = this;
    const kind = graph.roots.kinds[node];
    if (kind === RootKind.commonJs || kind === RootKind.esModule) return 'Module';
    if (kind === RootKind.global) return 'global';
    if (kind === RootKind.scriptScope) return 'Script scope';
    if (kind === RootKind.pythonModule) return 'module';
    switch (heap.nodeTypes[node]) {
      case NodeType.closure:
        return 'Function';
      case NodeType.regexp:
        return 'RegExp';
      case NodeType.string:
      case NodeType.concatenatedString:
      case NodeType.slicedString:
        return heap.language.name === 'python' ? 'str' : 'string';
      case NodeType.symbol:
        return 'symbol';
      case NodeType.bigint:
        return 'bigint';
      case NodeType.number:
        return 'number';
    }
    if (graph.isGenerator(node)) return 'Generator';
    if (heap.scopes[node] === 1) return 'Context';
    const name = originalPlaceOf(heap, node)?.name ?? heap.nodeName(node);
    if (graph.isProxy(node)) return 'Proxy';
    if (graph.isPrototype(node)) return `${this.prototypeOwner(node) ?? name}.prototype`;
    return name.replace(/^system \/ /, '') || 'Object';
  }

  /** The type with the place of its class in the source, so that same-named classes stay apart: `User — src/user.js:12`. */
  longType(node: number): string {
    const place =
      this.heap.nodeTypes[node] === NodeType.object && this.graph.roots.kinds[node] === 0 && this.place(node);
    return place ? `${this.type(node)} — ${place}` : this.type(node);
  }

  /**
   * `src/user.js:12`, for closures and for instances of classes whose source is known; else null. The author's place, where a
   * source map has it; with the column, where a line holds several classes or is longer than people write.
   */
  place(node: number): string | null {
    return this.sourcePlace(node)?.text ?? null;
  }

  /** The place of a closure or of an instance's class, with what `place` calls it; null where it is not known. */
  sourcePlace(node: number): SourcePlace | null {
    const { locations } = this.heap;
    const row = this.heap.locationOf(node);
    if (row < 0) return null;
    this.scripts ??= scriptNames(this.heap);
    const script = this.scripts.get(locations.scriptIds[row]);
    const inScript = script !== undefined && {
      script,
      line: locations.lines[row] + 1,
      column: locations.columns[row] + 1,
    };
    const original = originalPlaceOf(this.heap, node);
    if (original) {
      const { line, column } = original;
      const file = this.shortPath(original.script);
      return {
        text: line === null ? file : `${file}:${line}`,
        location: line === null || column === null ? null : { script: original.script, line, column },
        generated: inScript ? { ...inScript, name: this.heap.nodeName(node) } : null,
      };
    }
    if (!inScript) return null;
    const text = `${this.shortPath(inScript.script)}:${inScript.line}`;
    this.crowded ??= new CrowdedLines(this.heap);
    const needsColumn = this.crowded.needColumn(
      locations.scriptIds[row],
      locations.lines[row],
      locations.columns[row],
    );
    return {
      text: needsColumn ? `${text}:${inScript.column}` : text,
      location: inScript,
      generated: null,
    };
  }

  /** The file of `place`, without the line. */
  file(node: number): string | null {
    return this.place(node)?.replace(/(?::\d+){1,2}$/, '') ?? null;
  }

  /** One line that says which one of its type a node is; empty when there is nothing to say. */
  describe(node: number): string {
    const { heap, graph } = this;
    const description = heap.descriptions?.[node] ?? 0;
    if (description > 0) return this.redacted ? '' : cut(heap.strings.get(description));
    const kind = graph.roots.kinds[node];
    if (kind === RootKind.commonJs || kind === RootKind.esModule)
      return this.shortPath(this.moduleFile(node) ?? '');
    const name = heap.nodeName(node);
    // Chromium calls a page's global object by its address: `Window / https://…`.
    const address = kind === RootKind.global ? /^\w+ (?:\[\w+\] )?\/ (\w+:.*)$/.exec(name) : null;
    if (address) return address[1];
    switch (heap.nodeTypes[node]) {
      case NodeType.closure:
        return this.describeFunction(node);
      case NodeType.string:
      case NodeType.concatenatedString:
      case NodeType.slicedString:
        return this.quoted(node);
      case NodeType.regexp:
        return this.redacted ? redactedText('regular expression', name) : cut(`/${name}/`);
      case NodeType.symbol:
        return cut(`Symbol(${this.textOf(node, 'name') ?? ''})`);
      case NodeType.synthetic:
        return rootDescriptions.get(name) ?? '';
      case NodeType.hidden:
      case NodeType.native:
        return '';
    }
    if (name === 'Array') return this.describeArray(node);
    const keys = this.keys(node);
    return keys.length > 0 || name === 'Object' ? cut(`{${keys.join(', ')}}`) : '';
  }

  /**
   * The text of a string node; ropes of strings are put together. V8 cuts strings at 1024 characters, and does not tell the
   * text of slices: each is an ellipsis (see `wholeOf`).
   */
  string(node: number): string {
    const parts: string[] = [];
    const stack = [node];
    for (let length = 0; stack.length > 0 && length < 1024;) {
      const next = stack.pop()!;
      const type = this.heap.nodeTypes[next];
      if (type !== NodeType.concatenatedString) {
        const text = type === NodeType.slicedString ? '…' : this.heap.nodeName(next);
        parts.push(text);
        length += text.length;
        continue;
      }
      const second = this.heap.childNamed(next, 'second');
      const first = this.heap.childNamed(next, 'first');
      if (second >= 0) stack.push(second);
      if (first >= 0) stack.push(first);
    }
    return parts.join('');
  }

  /** The string that a slice is a part of: which part, no snapshot has. -1 for what is no slice. */
  wholeOf(node: number): number {
    const { heap } = this;
    if (heap.nodeTypes[node] !== NodeType.slicedString) return -1;
    const whole = heap.childNamed(node, 'parent');
    // A slice of a slice is one of the whole.
    return whole >= 0 && heap.nodeTypes[whole] !== NodeType.slicedString ? whole : -1;
  }

  /** The text of a string in quotes, cut; or its length alone. */
  quoted(node: number): string {
    const whole = this.wholeOf(node);
    if (whole >= 0) return `part of ${this.quoted(whole)}`;
    const text = this.string(node);
    return this.redacted ? redactedText('string', text) : cut(JSON.stringify(text));
  }

  /** A file as its reader would name it: without `file://`, relative to the folder. */
  shortPath(script: string): string {
    return shortPath(script, this.folder);
  }

  /** `setImmediate`, `bound listen`, `(anonymous)`. */
  functionName(node: number): string {
    const target = this.heap.childNamed(node, 'bound_function');
    const named = target >= 0 ? target : node;
    const name = originalPlaceOf(this.heap, named)?.name ?? this.heap.nodeName(named);
    return cut(`${target >= 0 ? 'bound ' : ''}${name || '(anonymous)'}`);
  }

  private describeFunction(node: number): string {
    const place = this.place(node);
    return place ? `${this.functionName(node)} ${place}` : this.functionName(node);
  }

  private prototypeOwner(prototype: number): string | null {
    const constructor = this.heap.childNamed(prototype, 'constructor');
    if (constructor < 0) return null;
    return originalPlaceOf(this.heap, constructor)?.name ?? this.heap.nodeName(constructor);
  }

  /** The path or URL of a module; null of other nodes, and where nothing has it. */
  moduleFile(node: number): string | null {
    const kind = this.graph.roots.kinds[node];
    if (kind === RootKind.commonJs) return this.textOf(node, 'filename');
    return kind === RootKind.esModule ? this.esModuleUrl(node) : null;
  }

  private esModuleUrl(scope: number): string | null {
    const { first, nodes } = this.graph.getRetainers();
    const module = this.graph.esModuleOf(scope);
    for (let slot = first[module]; slot < first[module + 1]; slot++)
      if (this.heap.nodeName(nodes[slot]) === 'ModuleWrap') return this.textOf(nodes[slot], 'url');
    return this.scriptOfScope(scope);
  }

  /** The file of the functions that were made in a scope: the one trace of a module's address outside of Node. */
  private scriptOfScope(scope: number): string | null {
    const { first, nodes } = this.graph.getRetainers();
    for (let slot = first[scope]; slot < first[scope + 1]; slot++) {
      const closure = nodes[slot];
      if (this.heap.nodeTypes[closure] !== NodeType.closure) continue;
      if (this.heap.childNamed(closure, 'context') !== scope) continue;
      const script = this.file(closure);
      if (script !== null) return script;
    }
    return null;
  }

  private textOf(node: number, property: string): string | null {
    const value = this.heap.childNamed(node, property);
    if (value < 0 || !isString(this.heap.nodeTypes[value])) return null;
    return this.string(value);
  }

  private keys(node: number): string[] {
    const { firstEdges } = this.heap;
    const keys: string[] = [];
    for (let edge = firstEdges[node]; edge < firstEdges[node + 1] && keys.length < 12; edge++) {
      if (this.heap.edgeType(edge) !== 2) continue;
      const name = this.heap.edgeName(edge);
      if (name !== '__proto__' && !name.startsWith('<symbol')) keys.push(name);
    }
    return keys;
  }

  /** How many items an array has, as far as a snapshot has them: it leaves out numbers, and the length. */
  private describeArray(node: number): string {
    const { firstEdges, selfSizes } = this.heap;
    let count = 0;
    let last = -1;
    for (let edge = firstEdges[node]; edge < firstEdges[node + 1]; edge++) {
      if (this.heap.edgeType(edge) !== EdgeType.element) continue;
      count++;
      last = Math.max(last, this.heap.edgeNumber(edge));
    }
    const store = this.heap.childNamed(node, 'elements');
    const capacity = store < 0 ? 0 : Math.floor((selfSizes[store] - emptyStore) / slotSize);
    if (count === 0) return capacity > 0 ? '' : countOf(0, 'item');
    const isWhole = last + 1 === count && (capacity <= count || isGrownFor(capacity, count));
    return isWhole ? countOf(count, 'item') : `${countOf(last + 1, 'item')} or more`;
  }
}

/**
 * Whether V8 makes such a store for an array that a push makes too large: places beyond the items are free then. Otherwise
 * they may be numbers. Source: V8, `JSObject::NewElementsCapacity`.
 */
function isGrownFor(capacity: number, count: number): boolean {
  const needed = Math.ceil((2 * (capacity - 16)) / 3);
  return needed > 0 && needed <= count && needed + (needed >> 1) + 16 === capacity;
}

const rootDescriptions: ReadonlyMap<string, string> = new Map([
  ['(Stack roots)', 'variables of running functions'],
  ['(Global handles)', 'held by native code'],
  ['(Handle scope)', 'held by running native code'],
]);

/** `string of 12 characters`; V8 cuts long ones, whose length is unknown. */
export function redactedText(what: string, text: string): string {
  const count = countOf(text.length, 'character');
  return `${what} of ${count}${text.length >= longestText ? ' or more' : ''}`;
}

/** `3 items`, `1 item`, `20,000 entries`. */
export function countOf(count: number, noun: string): string {
  if (count === 1) return `1 ${noun}`;
  return `${grouped(count)} ${noun.endsWith('y') ? `${noun.slice(0, -1)}ies` : `${noun}s`}`;
}

/** At most forty characters, as objgraph cuts them. */
export function cut(text: string): string {
  return text.length <= longest ? text : `${text.slice(0, longest - 1)}…`;
}
