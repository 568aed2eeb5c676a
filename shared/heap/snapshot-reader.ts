// Reads a V8 heap snapshot (.heapsnapshot, JSON) from chunks of bytes into typed arrays, in one pass and without ever
// holding the text: V8's own strings end at 512 MiB, snapshots do not.
// Format: V8, src/profiler/heap-snapshot-generator.cc (HeapSnapshotJSONSerializer).
import { AllocationTraceSections } from './allocation-traces.ts';
import { ByteWindow, isSpace } from './byte-window.ts';
import { DescriptionRows } from './descriptions.ts';
import { EdgeRows } from './edge-rows.ts';
import type { FastRows } from './fast-rows.ts';
import { HeapGraph } from './heap-graph.ts';
import { JsonValueEnd } from './json-value.ts';
import { noLocations } from './location-table.ts';
import { LocationRows } from './locations.ts';
import { NodeRows } from './node-rows.ts';
import { readHeader, type SnapshotHeader } from './snapshot-header.ts';
import { StringTableBuilder } from './string-table-builder.ts';

/** A part of the file that is being read. */
interface Section {
  /** Reads as far as the window allows; true behind the end of the section. */
  read(): boolean;
}

const brace = 123;
const closeBrace = 125;
const quote = 34;
const comma = 44;
const colon = 58;
const bracket = 91;
const longestName = 100;
/** More than most heaps have, which costs nothing: the system gives memory as it is used. */
const stringBytesPerNode = 8;

/**
 * Write the bytes of a snapshot in any chunks, then ask for the graph.
 *
 * @example
 * const reader = new SnapshotReader();
 * for await (const chunk of createReadStream('x.heapsnapshot')) reader.write(chunk);
 * const graph = reader.end();
 */
export class SnapshotReader {
  private readonly window: ByteWindow;
  private started = false;
  private section: Section | null = null;
  private ended = false;
  /** The sections so far. */
  private readonly names: string[] = [];

  private header: SnapshotHeader | null = null;
  private nodes: NodeRows | null = null;
  private edges: EdgeRows | null = null;
  private locations: LocationRows | null = null;
  private descriptions: DescriptionRows | null = null;
  private readonly strings: StringTableBuilder;
  private readonly traces: AllocationTraceSections;

  /** @param fast reads most rows; null where a program is its own reader, whose heap has no WebAssembly of ours */
  constructor(private readonly fast: FastRows | null = null) {
    this.window = new ByteWindow(fast?.bytes);
    this.strings = new StringTableBuilder(this.window);
    this.traces = new AllocationTraceSections(this.window);
  }

  /** Bytes taken so far. */
  get bytesRead(): number {
    return this.window.bytesRead;
  }

  /** Takes the next bytes; throws a SnapshotError as soon as something is wrong. */
  write(chunk: Uint8Array): void {
    for (let from = 0; from < chunk.length;) {
      from += this.window.fill(chunk, from);
      this.advance();
      this.window.compact();
    }
  }

  /** Says that all bytes were written, and gives the graph; throws a SnapshotError when something is missing. */
  end(): HeapGraph {
    const { window, strings } = this;
    window.finish();
    this.advance();
    // Only now: a small snapshot is read as a whole here.
    const { nodes, edges } = this;
    if (window.bytesRead === 0) window.fail('The input is empty: this is no heap snapshot');
    if (!this.ended)
      window.fail(
        `The snapshot ends too early, ${this.section ? `in the ${this.names.at(-1)}` : 'before its last section'}`,
      );
    for (const name of ['snapshot', 'nodes', 'edges', 'strings'])
      if (!this.names.includes(name)) window.fail(`This is no heap snapshot: it has no "${name}"`);
    const { scripts, modules } = this.header!;
    const largest = Math.max(
      nodes!.largestName,
      edges!.largestName,
      this.descriptions?.largestName ?? -1,
      ...(scripts ?? []).map(([, name]) => name),
      ...(modules ?? []).map(([name]) => name),
    );
    if (largest >= strings.length)
      window.fail(`A name refers to string ${largest}, but there are ${strings.length} strings`);
    const texts = strings.finish();
    return new HeapGraph({
      ...nodes!,
      ...edges!,
      locations: this.locations?.finish() ?? noLocations(this.header!.nodeCount),
      strings: texts,
      allocations: this.traces.finish(nodes!.traceIds, this.header!.nodeCount, texts),
      language: this.header!.language,
      descriptions: this.descriptions?.ofNode ?? null,
      scripts: scripts && new Map(scripts),
      modules: modules && new Map(modules),
    });
  }

  private advance(): void {
    this.started ||= this.readStart();
    while (this.started && !this.ended) {
      this.section ??= this.readName();
      if (this.ended) break;
      if (!this.section?.read()) return;
      this.section = null;
    }
    if (this.ended && this.window.skipSpace()) this.window.fail('Something follows the end of the snapshot');
  }

  private readStart(): boolean {
    const { window } = this;
    if (!window.skipSpace()) return false;
    if (window.bytes[window.position] !== brace)
      window.fail('This is no heap snapshot: it does not begin with "{"');
    window.position++;
    return true;
  }

  /** Reads the name of the next section and enters it; null when more bytes must come first, or at the end. */
  private readName(): Section | null {
    const { window } = this;
    const { bytes } = window;
    if (!window.skipSpace()) return null;
    if (bytes[window.position] === closeBrace) {
      window.position++;
      this.ended = true;
      return null;
    }
    if (bytes[window.position] === comma && this.names.length > 0) {
      window.position++;
      if (!window.skipSpace()) return null;
    }
    const { position, length } = window;
    if (bytes[position] !== quote) window.fail('This is no heap snapshot: a section name was expected');
    let end = position + 1;
    while (end < length && bytes[end] !== quote) end++;
    if (end - position > longestName) window.fail('This is no heap snapshot: a section name was expected');
    let next = end + 1;
    while (next < length && isSpace(bytes[next])) next++;
    if (next < length && bytes[next] !== colon)
      window.fail('A colon was expected behind the name of a section');
    next++;
    while (next < length && isSpace(bytes[next])) next++;
    if (next >= length) return null;
    const name = String.fromCharCode(...bytes.subarray(position + 1, end));
    if (this.names.includes(name)) window.fail(`The section "${name}" comes twice`);
    this.names.push(name);
    window.position = next;
    return this.enter(name);
  }

  private enter(name: string): Section {
    const { window } = this;
    if (name === 'snapshot') return { read: () => this.readHeader() };
    if (name === 'strings') {
      this.openList(name);
      this.expectStrings();
      return this.strings;
    }
    const traces = this.traces.section(name);
    if (traces) {
      this.openList(name);
      return traces;
    }
    if (!['nodes', 'edges', 'locations', 'descriptions'].includes(name)) return new SkippedSection(window);
    const header = this.header ?? window.fail(`"${name}" comes before "snapshot": this is no heap snapshot`);
    if (name === 'locations' && !hasLocations(header)) return new SkippedSection(window);
    this.openList(name);
    try {
      if (name === 'nodes') return (this.nodes = new NodeRows(window, header, this.fast));
      if (name === 'edges')
        return (this.edges = new EdgeRows(window, header, this.nodes?.largestName ?? 0, this.fast));
    } catch {
      const count = name === 'nodes' ? header.nodeCount : header.edgeCount;
      window.fail(`The header promises ${count} ${name}: more than there is memory for`);
    }
    if (name === 'descriptions') return (this.descriptions = new DescriptionRows(window, header));
    return (this.locations = new LocationRows(window, header));
  }

  /** Every string names a node or an edge, and most come behind them. */
  private expectStrings(): void {
    const { nodes, edges, header } = this;
    if (!nodes || !edges || !header) return;
    const { nodeCount, edgeCount } = header;
    const count = Math.max(nodes.largestName, edges.largestName) + 1;
    this.strings.expect(Math.min(count, nodeCount + edgeCount), stringBytesPerNode * nodeCount);
  }

  private openList(name: string): void {
    const { window } = this;
    if (window.bytes[window.position] !== bracket) window.fail(`"${name}" is not a list`);
    window.position++;
  }

  /** The header is small: it is read when it is here as a whole. */
  private readHeader(): boolean {
    const { window } = this;
    const end = new JsonValueEnd().find(window.bytes, window.position, window.length);
    if (end < 0) return false;
    const text = new TextDecoder().decode(window.bytes.subarray(window.position, end));
    let json: unknown;
    try {
      json = JSON.parse(text);
    } catch {
      window.fail('The header of the snapshot is not valid JSON');
    }
    this.header = readHeader(json, (problem) => window.fail(problem));
    window.position = end;
    return true;
  }
}

/** A section that we do not know, or that lacks what we would read of it. */
class SkippedSection implements Section {
  private readonly value = new JsonValueEnd();

  constructor(private readonly window: ByteWindow) {}

  read(): boolean {
    const { window } = this;
    const end = this.value.find(window.bytes, window.position, window.length);
    window.position = end < 0 ? window.length : end;
    return end >= 0;
  }
}

function hasLocations({ locationFields }: SnapshotHeader): boolean {
  const { objectIndex, scriptId, line, column } = locationFields;
  return Math.min(objectIndex, scriptId, line, column) >= 0;
}
