// Writes a snapshot with a heap several times over, for files larger than a process could write: the root refers to what it
// refers to in each copy. Usage: node repeat-snapshot.mjs SNAPSHOT COPIES FILE
import { closeSync, openSync, readSync, writeSync } from 'node:fs';
import { openSnapshot } from '../../../dist/index.js';

const [source, count, file] = process.argv.slice(2);
const copies = Number(count);
const { heap } = openSnapshot(source);
const { nodeCount, edgeCount, firstEdges, edgeTargets, locations, strings } = heap;
const fields = 6;
const perCopy = nodeCount - 1;
const rootEdges = firstEdges[1];
// The source's own names of types; of its fields those that are written here.
const head = Buffer.alloc(1 << 16);
const opened = openSync(source, 'r');
const length = readSync(opened, head);
closeSync(opened);
const meta = {
  ...JSON.parse(/"meta":(\{.*?\}),\s*"node_count"/s.exec(head.toString('latin1', 0, length))[1]),
  node_fields: ['type', 'name', 'id', 'self_size', 'edge_count', 'detachedness'],
};

const descriptor = openSync(file, 'w', 0o600);
const buffer = Buffer.alloc(1 << 20);
let used = 0;
const flush = () => {
  writeSync(descriptor, buffer, 0, used);
  used = 0;
};
const text = (part) => {
  flush();
  writeSync(descriptor, part);
};
/** Writes a number and a comma before it, but for the first of a list. */
let isFirst = true;
const digits = new Uint8Array(16);
const number = (value) => {
  if (used > buffer.length - 32) flush();
  if (!isFirst) buffer[used++] = 44;
  isFirst = false;
  let length = 0;
  do {
    digits[length++] = 48 + (value % 10);
    value = Math.floor(value / 10);
  } while (value > 0);
  while (length > 0) buffer[used++] = digits[--length];
};
const list = (name, write) => {
  text(`,\n"${name}":[`);
  isFirst = true;
  write();
  text(']');
};

const header = { meta, node_count: 1 + copies * perCopy, edge_count: copies * edgeCount };
text(`{"snapshot":${JSON.stringify(header)}`);
list('nodes', () => {
  for (let copy = 0; copy < copies; copy++)
    for (let node = copy === 0 ? 0 : 1; node < nodeCount; node++) {
      number(heap.nodeTypes[node]);
      number(heap.nodeNames[node]);
      number(node === 0 ? 1 : 2 * (copy * perCopy + node) + 1);
      number(heap.selfSizes[node]);
      number(node === 0 ? copies * rootEdges : firstEdges[node + 1] - firstEdges[node]);
      number(heap.detachedness[node]);
    }
});
list('edges', () => {
  const edge = (position, copy) => {
    const target = edgeTargets[position];
    number(heap.edgeType(position));
    number(heap.edgeNumber(position));
    number(fields * (target === 0 ? 0 : copy * perCopy + target));
  };
  for (let copy = 0; copy < copies; copy++) for (let at = 0; at < rootEdges; at++) edge(at, copy);
  for (let copy = 0; copy < copies; copy++) for (let at = rootEdges; at < edgeCount; at++) edge(at, copy);
});
list('locations', () => {
  for (let copy = 0; copy < copies; copy++)
    for (let node = 0; node < heap.nodeCount; node++) {
      const row = heap.locationOf(node);
      if (row < 0) continue;
      number(fields * (copy * perCopy + node));
      number(locations.scriptIds[row]);
      number(locations.lines[row]);
      number(locations.columns[row]);
    }
});
text(',\n"strings":[');
text(strings.text);
text(']}\n');
