// Rows that WebAssembly reads, against those that TypeScript reads: the same columns, or the same error at the same byte.
import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { rowCode } from '../../../build/wasm/row-code.mjs';
import { FastRows } from '../../../shared/heap/fast-rows.ts';
import type { HeapGraph } from '../../../shared/heap/heap-graph.ts';
import { SnapshotError } from '../../../shared/heap/snapshot-error.ts';
import { describeSnapshot, fastRows, randomNumbers, readText } from './build-graph.ts';

const random = randomNumbers(16);
/** Whole numbers of all lengths alike, from one digit to `digits`. */
const anyLength = (digits: number) => random(10 ** (1 + random(digits)));

/** A snapshot as V8 writes it, with numbers of all lengths in its rows. */
function snapshotOf(nodeCount: number, stringCount = 120_000): string {
  const { snapshot, strings } = describeSnapshot({ nodes: ['synthetic (root)'], edges: [] });
  const texts = [...strings, ...Array.from({ length: stringCount }, () => '')];
  const edgesOf = Array.from({ length: nodeCount }, () => random(random(10) === 0 ? 40 : 4));
  const edgeCount = edgesOf.reduce((sum, count) => sum + count, 0);
  const nodes = edgesOf.map((count) =>
    [
      random(9),
      random(texts.length),
      anyLength(9),
      anyLength(10),
      count,
      0,
      random(500) === 0 ? 1 : 0,
    ].join(),
  );
  const edges = Array.from({ length: edgeCount }, () => {
    const kind = random(7);
    const isIndex = kind === 1 || kind === 4;
    return [kind, isIndex ? anyLength(9) : random(texts.length), 7 * random(nodeCount)].join();
  });
  return `{"snapshot":${JSON.stringify({ ...snapshot, node_count: nodeCount, edge_count: edgeCount })},
"nodes":[${nodes.join('\n,')}\n],
"edges":[${edges.join('\n,')}\n],
"strings":${JSON.stringify(texts)}}`;
}

const columns = ['nodeTypes', 'nodeNames', 'nodeIds', 'selfSizes', 'detachedness', 'firstEdges'] as const;

/** The first place where two graphs differ. */
function difference(a: HeapGraph, b: HeapGraph): string | null {
  for (const column of [...columns, 'edgeTargets'] as const) {
    if (a[column].length !== b[column].length) return `${column}: ${a[column].length}, ${b[column].length}`;
    const at = a[column].findIndex((value, i) => value !== b[column][i]);
    if (at >= 0) return `${column}[${at}]: ${a[column][at]}, ${b[column][at]}`;
  }
  for (let edge = 0; edge < a.edgeCount; edge++)
    for (const label of ['edgeType', 'edgeNumber'] as const)
      if (a[label](edge) !== b[label](edge)) return `${label}(${edge}): ${a[label](edge)}, ${b[label](edge)}`;
  return null;
}

/** A graph, or why there is none. */
function outcome(bytes: Uint8Array, chunkSize: number, fast: FastRows | null): HeapGraph | string {
  try {
    return readText(bytes, chunkSize, fast);
  } catch (error) {
    if (error instanceof SnapshotError) return error.message;
    throw error;
  }
}

describe('rows read by WebAssembly', () => {
  it.each([Infinity, 1 << 16, 997])('are those of TypeScript, in chunks of %s bytes', (chunkSize) => {
    const text = new TextEncoder().encode(snapshotOf(20_000));
    expect(fastRows).not.toBeNull();
    expect(difference(readText(text, chunkSize), readText(text, chunkSize, null))).toBeNull();
  });

  it('are refused for the same reason at the same byte, whatever one byte of them is', () => {
    const text = new TextEncoder().encode(snapshotOf(300, 2000));
    const end = new TextDecoder().decode(text).indexOf('"strings"');
    let refused = 0;
    for (let i = 0; i < 400; i++) {
      const damaged = text.slice();
      damaged[1200 + random(end - 1200)] = [random(256), 48 + random(10), 44, 10, 32, 93][random(6)];
      const chunkSize = [Infinity, 5000][random(2)];
      const found = outcome(damaged, chunkSize, fastRows);
      const wanted = outcome(damaged, chunkSize, null);
      if (typeof found === 'string' || typeof wanted === 'string') {
        expect(found).toBe(wanted);
        refused++;
      } else expect(difference(found, wanted)).toBeNull();
    }
    expect(refused).toBeGreaterThan(50);
    expect(refused).toBeLessThan(390);
  });

  it('are all taken, but for the first and what does not fit', () => {
    const reads = vi.spyOn(fastRows!, 'takeEdges');
    const text = snapshotOf(20_000);
    const { edgeCount } = readText(text);
    const taken = reads.mock.results.reduce((sum, { value }) => sum + Number(value), 0);
    reads.mockRestore();
    expect(taken).toBeGreaterThan(0.99 * edgeCount);
  });
});

describe('the module', () => {
  afterEach(() => vi.unstubAllGlobals());

  it('is what its text says', () => {
    expect(readFileSync('shared/heap/row-code.ts', 'utf8')).toBe(rowCode());
  });

  it('is none where the engine has no WebAssembly', () => {
    vi.stubGlobal('WebAssembly', undefined);
    expect(FastRows.create()).toBeNull();
  });
});
