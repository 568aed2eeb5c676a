// The class of each node as DevTools groups them: objects by the name of their class and its place in the source,
// so that same-named classes stay apart; everything else by what it is: `(string)`, `Function`, `(compiled code)`.
// Source: DevTools, HeapSnapshot.ts (calculateObjectNames, classKeyInternal).
import { DomState } from './detached-dom.ts';
import type { HeapGraph } from './heap-graph.ts';
import { isGenerator, type Places } from './places.ts';
import { NodeType, nodeTypeNames } from './node-types.ts';
import { scopeClass } from './scopes.ts';
import { fileOfClass, scriptNames } from './scripts.ts';

/** The place of a class in the source. */
export interface ClassLocation {
  scriptId: number;
  /** The script's file or URL; null where the snapshot does not have it. */
  script: string | null;
  /** Counted from 1. */
  line: number;
  /** Counted from 1. */
  column: number;
}

export interface HeapClass {
  name: string;
  /** The author's, where there is a source map. */
  location: ClassLocation | null;
  /** The file of a class whose line is not known; null where `location` has it, or nothing does. */
  file: string | null;
  /** In the code that ran, where that is another place. */
  generated: (ClassLocation & { name: string }) | null;
}

export interface Classes {
  /** Per node, the index of its class in `list`. */
  ofNode: Uint16Array | Uint32Array;
  /** In the order in which a snapshot has the first of each. Made when it is first read: it needs the places of scripts. */
  readonly list: HeapClass[];
}

/**
 * Groups all nodes by class.
 *
 * @param domStates what `domStates` gives: detached DOM nodes are classes of their own, `Detached <div>`
 */
export function classify(graph: HeapGraph, domStates: Uint8Array): Classes {
  const { nodeCount, nodeTypes, nodeNames, locations, strings, scopes, language } = graph;
  // 16 bits are enough for nearly every program.
  let ofNode: Uint16Array | Uint32Array = new Uint16Array(nodeCount);
  const table = new ClassTable();
  const typeClasses = nodeTypeNames.map((_, type) => language.classOfType(type));
  const ofType = new Int32Array(nodeTypeNames.length).fill(-1);
  // Per string, the number of the name that it gives a class; what is detached gets another one.
  const names = new Int32Array(strings.length).fill(-1);
  const detachedNames = new Map<number, number>();
  const nameOf = (node: number): number => {
    const text = nodeNames[node];
    if (nodeTypes[node] === NodeType.native && domStates[node] === DomState.detached) {
      if (!detachedNames.has(text))
        detachedNames.set(text, table.nameNumber(tagName(`Detached ${strings.get(text)}`)));
      return detachedNames.get(text)!;
    }
    if (names[text] < 0) names[text] = table.nameNumber(tagName(strings.get(text)));
    return names[text];
  };
  let scopeIndex = -1;
  // Per string, whether a place beside an object of that class is the place of the class: 1 yes, 2 no, 0 not asked yet.
  const places = new Uint8Array(strings.length);
  const hasClassLocation = (text: number): boolean => {
    if (places[text] === 0) places[text] = language.hasClassLocation(strings.get(text)) ? 1 : 2;
    return places[text] === 1;
  };
  const functionName = strings.indexOf('function');
  for (let node = 0; node < nodeCount; node++) {
    const type = nodeTypes[node];
    const location = graph.locationOf(node);
    const className = typeClasses[type];
    let index: number;
    if (className !== null) {
      if (ofType[type] < 0) ofType[type] = table.add(className, -1, 0, 0);
      index = ofType[type];
    } else if (type === NodeType.object && location >= 0 && hasClassLocation(nodeNames[node]))
      index = table.find(
        nameOf(node),
        locations.scriptIds[location],
        locations.lines[location],
        locations.columns[location],
        isGenerator(graph, node, functionName) ? 'function' : 'class',
      );
    else if (scopes[node] === 1) index = scopeIndex < 0 ? (scopeIndex = scopeOf(table)) : scopeIndex;
    else index = table.find(nameOf(node), -1, 0, 0);
    if (index === 2 ** 16 && ofNode instanceof Uint16Array) ofNode = Uint32Array.from(ofNode);
    ofNode[node] = index;
  }
  let list: HeapClass[] | null = null;
  return {
    ofNode,
    get list() {
      if (list === null) {
        const scripts = scriptNames(graph);
        list = table.list(scripts, fileOfClass(graph, scripts), graph.places);
      }
      return list;
    },
  };
}

/** The one class of all scopes: V8 15 names each of them apart. */
const scopeOf = (table: ClassTable): number => table.find(table.nameNumber(scopeClass), -1, 0, 0);

/** What is at the place of a class: itself, or of generator objects their function. */
type PlaceKind = 'class' | 'function';

/** The classes so far; same-named ones are linked, so that nothing has to be looked up by text for each node. */
class ClassTable {
  private readonly numbers = new Map<string, number>();
  private readonly names: string[] = [];
  /** Per name, its latest class; -1 for none. */
  private readonly latest: number[] = [];
  private readonly classes: {
    name: string;
    script: number;
    line: number;
    column: number;
    kind: PlaceKind;
    previous: number;
  }[] = [];

  nameNumber(name: string): number {
    const known = this.numbers.get(name);
    if (known !== undefined) return known;
    this.numbers.set(name, this.names.length);
    this.latest.push(-1);
    return this.names.push(name) - 1;
  }

  /** The class of a name and a place; script -1 is no place. */
  find(number: number, script: number, line: number, column: number, kind: PlaceKind = 'class'): number {
    for (let index = this.latest[number]; index >= 0; index = this.classes[index].previous) {
      const known = this.classes[index];
      if (known.script === script && known.line === line && known.column === column) return index;
    }
    const name = this.names[number];
    return (this.latest[number] = this.add(name, script, line, column, kind, this.latest[number]));
  }

  add(
    name: string,
    script: number,
    line: number,
    column: number,
    kind: PlaceKind = 'class',
    previous = -1,
  ): number {
    return this.classes.push({ name, script, line, column, kind, previous }) - 1;
  }

  list(
    scripts: ReadonlyMap<number, string>,
    fileOf: (name: string) => string | null,
    places: Places | null,
  ): HeapClass[] {
    return this.classes.map(({ name, script, line, column, kind }): HeapClass => {
      if (script < 0) return { name, location: null, file: fileOf(name), generated: null };
      const location = {
        scriptId: script,
        script: scripts.get(script) ?? null,
        line: line + 1,
        column: column + 1,
      };
      const place = places?.original({ kind, name, scriptId: script, line, column });
      if (!place) return { name, location, file: null, generated: null };
      const { line: originalLine, column: originalColumn } = place;
      const isKnown = originalLine !== null && originalColumn !== null;
      return {
        name: place.name ?? name,
        location: isKnown
          ? { scriptId: script, script: place.script, line: originalLine, column: originalColumn }
          : null,
        file: null,
        generated: { ...location, name },
      };
    });
  }
}

/** `<div id="a">` is a `<div>`. */
function tagName(name: string): string {
  const start = name.startsWith('Detached <') ? 10 : 0;
  if (name[start === 0 ? 0 : 9] !== '<') return name;
  const space = name.indexOf(' ', start);
  return space < 0 ? name : `${name.slice(0, space)}>`;
}
