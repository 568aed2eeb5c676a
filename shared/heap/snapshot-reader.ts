// Reads a V8 heap snapshot (.heapsnapshot, JSON) from chunks of bytes into typed arrays, in one pass and without ever
// holding the text: V8's own strings end at 512 MiB, snapshots do not.
// Format: V8, src/profiler/heap-snapshot-generator.cc (HeapSnapshotJSONSerializer).
import { HeapGraph } from './heap-graph.ts';
import { LocationsBuilder } from './locations.ts';
import { EdgeType } from './node-types.ts';
import { SnapshotError } from './snapshot-error.ts';
import { readHeader, type SnapshotHeader } from './snapshot-header.ts';
import { StringTableBuilder } from './string-table-builder.ts';

/** A row is always shorter: 16 fields of 17 digits, with separators. So rows need no check for the buffer's end. */
const margin = 320;
const bufferSize = 1 << 20;

const quote = 34;
const comma = 44;
const backslash = 92;
const closeBracket = 93;

type Section = 'start' | 'key' | 'header' | 'nodes' | 'edges' | 'locations' | 'strings' | 'skip' | 'end';

/**
 * Write the bytes of a snapshot in any chunks, then ask for the graph.
 *
 * @example
 * const reader = new SnapshotReader();
 * for await (const chunk of createReadStream('x.heapsnapshot')) reader.write(chunk);
 * const graph = reader.end();
 */
export class SnapshotReader {
  private readonly buffer = new Uint8Array(bufferSize + margin);
  private length = 0;
  private position = 0;
  /** Bytes of the input that have left the buffer. */
  private consumed = 0;
  private section: Section = 'start';
  private final = false;

  private header: SnapshotHeader | null = null;
  private readonly row = new Float64Array(16);
  private rowsDone = 0;
  private readonly seen = new Set<string>();

  private nodeTypes = new Uint8Array(0);
  private nodeNames = new Uint32Array(0);
  private nodeIds = new Uint32Array(0);
  private selfSizes = new Float64Array(0);
  private detachedness = new Uint8Array(0);
  private firstEdges = new Uint32Array(1);
  private edgesDeclared = 0;
  private edgeTypes = new Uint8Array(0);
  private edgeNames = new Uint32Array(0);
  private edgeTargets = new Uint32Array(0);
  private readonly locations = new LocationsBuilder();
  private largestString = -1;

  private readonly strings = new StringTableBuilder();
  private inString = false;
  private escaped = false;
  private depth = 0;

  /** Bytes taken so far. */
  get bytesRead(): number {
    return this.consumed + this.length;
  }

  /** Takes the next bytes; throws a SnapshotError as soon as something is wrong. */
  write(chunk: Uint8Array): void {
    let from = 0;
    while (from < chunk.length) {
      const take = Math.min(bufferSize - this.length, chunk.length - from);
      this.buffer.set(take === chunk.length ? chunk : chunk.subarray(from, from + take), this.length);
      this.length += take;
      from += take;
      this.advance();
      this.buffer.copyWithin(0, this.position, this.length);
      this.consumed += this.position;
      this.length -= this.position;
      this.position = 0;
      if (this.length === bufferSize) this.fail(`A value of more than ${bufferSize} bytes`);
    }
  }

  /** Says that all bytes were written, and gives the graph. */
  end(): HeapGraph {
    this.final = true;
    this.buffer.fill(0, this.length, this.length + margin);
    this.advance();
    if (this.bytesRead === 0) this.fail('The input is empty: this is no heap snapshot');
    if (this.section !== 'end') this.fail(`The snapshot ends too early, in ${describe(this.section)}`);
    for (const name of ['snapshot', 'nodes', 'edges', 'strings'])
      if (!this.seen.has(name)) this.fail(`This is no heap snapshot: it has no "${name}"`);
    if (this.largestString >= this.strings.length)
      this.fail(
        `A name refers to string ${this.largestString}, but there are ${this.strings.length} strings`,
      );
    return new HeapGraph({
      nodeTypes: this.nodeTypes,
      nodeNames: this.nodeNames,
      nodeIds: this.nodeIds,
      selfSizes: this.selfSizes,
      detachedness: this.detachedness,
      firstEdges: this.firstEdges,
      edgeTypes: this.edgeTypes,
      edgeNames: this.edgeNames,
      edgeTargets: this.edgeTargets,
      locations: this.locations.finish(),
      strings: this.strings.finish(),
    });
  }

  /** Reads on as far as the buffer allows. */
  private advance(): void {
    for (;;) {
      const { section, position } = this;
      this.step();
      if (this.section === section && this.position === position) return;
    }
  }

  private step(): void {
    switch (this.section) {
      case 'start':
        if (!this.skipSpace()) return;
        if (this.buffer[this.position] !== 123)
          this.fail('This is no heap snapshot: it does not begin with "{"');
        this.position++;
        this.section = 'key';
        return;
      case 'key':
        return this.readKey();
      case 'header':
        return this.readHeaderSection();
      case 'nodes':
        return this.readNodes();
      case 'edges':
        return this.readEdges();
      case 'locations':
        return this.readLocations();
      case 'strings':
        return this.readStrings();
      case 'skip':
        return this.skipValue();
      case 'end':
        if (this.skipSpace()) this.fail('Something follows the end of the snapshot');
    }
  }

  /** Moves to the next byte that is not white space; false when the buffer ends first. */
  private skipSpace(): boolean {
    while (this.position < this.length && isSpace(this.buffer[this.position])) this.position++;
    return this.position < this.length;
  }

  private readKey(): void {
    if (!this.skipSpace()) return;
    const byte = this.buffer[this.position];
    if (byte === 125) {
      this.position++;
      this.section = 'end';
      return;
    }
    if (byte === comma) {
      this.position++;
      return;
    }
    if (byte !== quote) this.fail('This is no heap snapshot: a section name was expected');
    const end = this.buffer.indexOf(quote, this.position + 1);
    const colon = end < 0 ? -1 : this.buffer.indexOf(58, end);
    if (colon < 0 || colon + 1 >= this.length) return;
    const name = String.fromCharCode(
      ...this.buffer.subarray(this.position + 1, Math.min(end, this.position + 100)),
    );
    let next = colon + 1;
    while (next < this.length && isSpace(this.buffer[next])) next++;
    if (next >= this.length) return;
    this.enter(name, next);
  }

  private enter(name: string, position: number): void {
    this.position = position;
    if (this.seen.has(name)) this.fail(`The section "${name}" comes twice`);
    this.seen.add(name);
    this.rowsDone = 0;
    this.depth = 0;
    this.inString = this.escaped = false;
    if (name === 'snapshot') {
      this.section = 'header';
      return;
    }
    if (name !== 'nodes' && name !== 'edges' && name !== 'locations' && name !== 'strings') {
      this.section = 'skip';
      return;
    }
    if (name !== 'strings' && !this.header)
      this.fail(`"${name}" comes before "snapshot": this is no heap snapshot`);
    if (name === 'edges' && !this.seen.has('nodes')) this.fail('"edges" comes before "nodes"');
    if (this.buffer[position] !== 91) this.fail(`"${name}" is not a list`);
    this.position++;
    this.section = name;
    if (name === 'nodes') this.allocateNodes();
    if (name === 'edges') this.allocateEdges();
  }

  private readHeaderSection(): void {
    // The header is small: wait until it is here as a whole.
    let depth = 0;
    let inString = false;
    for (let p = this.position; p < this.length; p++) {
      const byte = this.buffer[p];
      if (inString) {
        if (byte === backslash) p++;
        else if (byte === quote) inString = false;
      } else if (byte === quote) inString = true;
      else if (byte === 123 || byte === 91) depth++;
      else if ((byte === 125 || byte === closeBracket) && --depth === 0) {
        const text = new TextDecoder().decode(this.buffer.subarray(this.position, p + 1));
        this.header = readHeader(this.parseJson(text), this.consumed + this.position);
        this.position = p + 1;
        this.section = 'key';
        return;
      }
    }
  }

  private parseJson(text: string): unknown {
    try {
      return JSON.parse(text);
    } catch {
      return this.fail('The header of the snapshot is not valid JSON');
    }
  }

  private allocateNodes(): void {
    const { nodeCount } = this.header!;
    this.allocate(`${nodeCount} nodes`, () => {
      this.nodeTypes = new Uint8Array(nodeCount);
      this.nodeNames = new Uint32Array(nodeCount);
      this.nodeIds = new Uint32Array(nodeCount);
      this.selfSizes = new Float64Array(nodeCount);
      this.detachedness = new Uint8Array(nodeCount);
      this.firstEdges = new Uint32Array(nodeCount + 1);
    });
  }

  private allocateEdges(): void {
    const { edgeCount } = this.header!;
    this.allocate(`${edgeCount} edges`, () => {
      this.edgeTypes = new Uint8Array(edgeCount);
      this.edgeNames = new Uint32Array(edgeCount);
      this.edgeTargets = new Uint32Array(edgeCount);
    });
  }

  private allocate(what: string, make: () => void): void {
    try {
      make();
    } catch {
      this.fail(`The header promises ${what}: more than there is memory for`);
    }
  }

  private readNodes(): void {
    const { nodeCount, edgeCount, nodeFields: field, nodeTypes: types } = this.header!;
    const { row } = this;
    const limit = this.rowLimit();
    let node = this.rowsDone;
    for (; node < nodeCount && this.position <= limit; node++) {
      this.readRow(field.count, 'nodes');
      const type = row[field.type];
      const name = row[field.name];
      const id = row[field.id];
      if (type >= types.length) this.fail(`Node ${node} has the unknown type ${type}`);
      if (name > 0xffffffff || id > 0xffffffff) this.fail(`Node ${node} has a number out of range`);
      if (name > this.largestString) this.largestString = name;
      this.nodeTypes[node] = types[type];
      this.nodeNames[node] = name;
      this.nodeIds[node] = id;
      this.selfSizes[node] = row[field.selfSize];
      if (field.detachedness >= 0) this.detachedness[node] = row[field.detachedness];
      this.firstEdges[node] = this.edgesDeclared;
      this.edgesDeclared += row[field.edgeCount];
      if (this.edgesDeclared > edgeCount)
        this.fail(`Node ${node}: the nodes have more edges than the ${edgeCount} of the header`);
    }
    this.rowsDone = node;
    if (node < nodeCount || !this.closeList('nodes', nodeCount)) return;
    this.firstEdges[nodeCount] = this.edgesDeclared;
    if (this.edgesDeclared !== edgeCount)
      this.fail(`The nodes have ${this.edgesDeclared} edges, the header says ${edgeCount}`);
  }

  private readEdges(): void {
    const { nodeCount, edgeCount, nodeFields, edgeFields: field, edgeTypes: types } = this.header!;
    const { row, edgeTypes, edgeNames, edgeTargets } = this;
    const limit = this.rowLimit();
    let edge = this.rowsDone;
    for (; edge < edgeCount && this.position <= limit; edge++) {
      this.readRow(field.count, 'edges');
      const name = row[field.nameOrIndex];
      const target = row[field.toNode] / nodeFields.count;
      if (row[field.type] >= types.length) this.fail(`Edge ${edge} has the unknown type ${row[field.type]}`);
      const type = types[row[field.type]];
      if (!(target < nodeCount) || target !== Math.floor(target))
        this.fail(`Edge ${edge} leads to ${row[field.toNode]}, where no node is`);
      if (name > 0xffffffff) this.fail(`Edge ${edge} has a name out of range`);
      if (name > this.largestString && type !== EdgeType.element && type !== EdgeType.hidden)
        this.largestString = name;
      edgeTypes[edge] = type;
      edgeNames[edge] = name;
      edgeTargets[edge] = target;
    }
    this.rowsDone = edge;
    if (edge === edgeCount) this.closeList('edges', edgeCount);
  }

  private readLocations(): void {
    const { locationFields: field, nodeFields, nodeCount } = this.header!;
    if (field.count < 4 || field.objectIndex < 0) {
      this.section = 'skip';
      this.depth = 1;
      return;
    }
    const limit = this.rowLimit();
    while (this.position <= limit) {
      while (this.position < this.length && isSeparator(this.buffer[this.position])) this.position++;
      if (this.position > limit) return;
      if (this.buffer[this.position] === closeBracket) {
        this.position++;
        this.section = 'key';
        return;
      }
      this.readRow(field.count, 'locations');
      const node = this.row[field.objectIndex] / nodeFields.count;
      if (!(node < nodeCount)) this.fail(`Location ${this.locations.length} is of no node`);
      this.locations.add(node, this.row[field.scriptId], this.row[field.line], this.row[field.column]);
    }
  }

  /** The last position at which a row may begin: behind it, the row might not be here as a whole. */
  private rowLimit(): number {
    return this.final ? this.length - 1 : this.length - margin;
  }

  /** Reads the numbers of one row into `row`. The hot loop of the reader: one pass over the bytes. */
  private readRow(fields: number, section: string): void {
    const { buffer, row } = this;
    let p = this.position;
    while (isSeparator(buffer[p])) p++;
    for (let field = 0; field < fields; field++) {
      let digit = buffer[p] - 48;
      let value = digit;
      const start = p;
      if (digit < 0 || digit > 9) this.badRow(p, section);
      while ((digit = buffer[++p] - 48) >= 0 && digit <= 9) value = value * 10 + digit;
      if (p - start > 16) this.badRow(start, section);
      row[field] = value;
      if (field < fields - 1) {
        if (buffer[p] !== comma) this.badRow(p, section);
        p++;
        if (buffer[p] === 32 || buffer[p] === 10) p++;
      }
    }
    this.position = p;
  }

  private badRow(position: number, section: string): never {
    this.position = position;
    if (position >= this.length) this.fail(`The snapshot ends too early, in the ${section}`);
    const header = this.header!;
    const total = section === 'nodes' ? header.nodeCount : section === 'edges' ? header.edgeCount : null;
    if (this.buffer[position] === closeBracket && total !== null)
      this.fail(`The header says ${total} ${section}, but fewer are there`);
    return this.fail(
      `A whole number was expected in the ${section}, not "${String.fromCharCode(this.buffer[position])}"`,
    );
  }

  /** Takes the `]` behind the last row; false when it has not come yet. */
  private closeList(section: string, count: number): boolean {
    if (!this.skipSpace()) return false;
    if (this.buffer[this.position] !== closeBracket)
      this.fail(`There are more ${section} than the ${count} of the header`);
    this.position++;
    this.section = 'key';
    return true;
  }

  private readStrings(): void {
    const { position, state } = this.strings.read(this.buffer, this.position, this.length);
    this.position = position;
    if (state === 'unexpected') this.fail('Only strings were expected in the list of strings');
    if (state === 'too large') this.fail('The strings of this snapshot are larger than 4 GiB');
    if (state === 'closed') {
      this.position++;
      this.section = 'key';
    }
  }

  /** Passes over the value of a section that we do not know. */
  private skipValue(): void {
    const { buffer, length } = this;
    for (; this.position < length; this.position++) {
      const byte = buffer[this.position];
      if (this.inString) {
        if (this.escaped) this.escaped = false;
        else if (byte === backslash) this.escaped = true;
        else if (byte === quote) this.inString = false;
        continue;
      }
      const ends = byte === 125 || byte === closeBracket;
      if (this.depth === 0 && (ends || byte === comma)) {
        this.section = 'key';
        return;
      }
      if (byte === quote) this.inString = true;
      else if (byte === 123 || byte === 91) this.depth++;
      else if (ends) this.depth--;
    }
  }

  private fail(problem: string): never {
    throw new SnapshotError(problem, this.consumed + this.position);
  }
}

const isSpace = (byte: number): boolean => byte === 32 || byte === 10 || byte === 13 || byte === 9;
const isSeparator = (byte: number): boolean => byte === comma || isSpace(byte);

function describe(section: Section): string {
  if (section === 'start' || section === 'key') return 'front of a section';
  return section === 'skip' ? 'a section' : `the ${section}`;
}
