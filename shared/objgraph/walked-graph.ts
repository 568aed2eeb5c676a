// The rows of a small heap's graph, written one after the other: nodes in the order of a walk, and each with its edges.
import { EdgeLabels } from '../heap/edge-labels.ts';
import { HeapGraph } from '../heap/heap-graph.ts';
import { LocationTable } from '../heap/location-table.ts';
import { StringTable } from '../heap/string-table.ts';
import type { KnownClass } from './walked-classes.ts';

export class GraphRows {
  readonly nodeTypes: number[] = [];
  readonly selfSizes: number[] = [];
  /** Per node, the place of its class or function; null without one. */
  readonly places: (KnownClass | null)[] = [];
  readonly firstEdges: number[] = [];
  private readonly nodeNames: number[] = [];
  private readonly edgeTypes: number[] = [];
  private readonly edgeNames: number[] = [];
  private readonly edgeTargets: number[] = [];
  private readonly texts = new Map<string, number>();
  /** Snapshots lose what UTF-16 writes in two units. */
  hasWideTexts = false;

  get nodeCount(): number {
    return this.nodeTypes.length;
  }

  get edgeCount(): number {
    return this.edgeTypes.length;
  }

  /** @returns the node's ordinal */
  node(type: number, name: string): number {
    this.nodeNames.push(this.text(name));
    this.selfSizes.push(0);
    this.places.push(null);
    return this.nodeTypes.push(type) - 1;
  }

  /** Of the node whose edges are written. */
  edge(type: number, name: string | number, target: number): void {
    this.edgeTypes.push(type);
    this.edgeNames.push(typeof name === 'number' ? name : this.text(name));
    this.edgeTargets.push(target);
  }

  graph(): HeapGraph {
    const { nodeCount } = this;
    return new HeapGraph({
      nodeTypes: Uint8Array.from(this.nodeTypes),
      nodeNames: Uint32Array.from(this.nodeNames),
      nodeIds: Uint32Array.from(this.nodeTypes, (_, node) => node),
      selfSizes: Float64Array.from(this.selfSizes),
      detachedness: new Uint8Array(nodeCount),
      firstEdges: Uint32Array.from([...this.firstEdges, this.edgeCount]),
      edgeLabels: this.edgeLabels(),
      edgeTargets: Uint32Array.from(this.edgeTargets),
      ...this.locations(),
      strings: tableOf([...this.texts.keys()]),
    });
  }

  private edgeLabels(): EdgeLabels {
    const labels = new EdgeLabels(this.edgeCount);
    for (let edge = 0; edge < this.edgeCount; edge++)
      labels.put(edge, this.edgeTypes[edge], this.edgeNames[edge]);
    return labels;
  }

  private locations() {
    const located = this.places.flatMap((place, node) => (place === null ? [] : [{ place, node }]));
    const table = new LocationTable(this.places.length);
    for (const { place, node } of located) table.put(node, place.scriptId, place.line, place.column);
    const scripts = new Map(located.map(({ place }) => [place.scriptId, this.text(place.url)]));
    return { locations: table.finish(), scripts };
  }

  private text(text: string): number {
    if (/[\ud800-\udfff]/.test(text)) this.hasWideTexts = true;
    let index = this.texts.get(text);
    if (index === undefined) this.texts.set(text, (index = this.texts.size));
    return index;
  }
}

/** As a snapshot lists them. */
function tableOf(texts: readonly string[]): StringTable {
  const encoder = new TextEncoder();
  const starts = new Uint32Array(texts.length + 1);
  const parts = texts.map((text) => encoder.encode(JSON.stringify(text)));
  const bytes = new Uint8Array(parts.reduce((sum, { length }) => sum + length + 1, 0));
  let at = 0;
  parts.forEach((part, i) => {
    bytes.set(part, at);
    starts[i] = at + 1;
    bytes[at + part.length] = 44;
    at += part.length + 1;
  });
  starts[texts.length] = at + 1;
  return new StringTable(bytes, starts, '","'.length);
}
