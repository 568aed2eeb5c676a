// The merged picture: of a real heap, of heaps written down, and of random ones.
import { join } from 'node:path';
import { Graphviz } from '@hpcc-js/wasm-graphviz';
import { describe, expect, it } from 'vitest';
import { writePicture } from '../../../../shared/dot/write-picture.ts';
import { HeapAnalysis } from '../../../../shared/heap/analysis.ts';
import { mergeReferences, mergeReferrers } from '../../../../shared/heap/merge.ts';
import type { MergedGraph } from '../../../../shared/heap/merged-graph.ts';
import { NodeNames } from '../../../../shared/heap/node-names.ts';
import { ReferenceNames } from '../../../../shared/heap/reference-names.ts';
import { pictureOfMerged } from '../../../../shared/picture/draw-picture.ts';
import { wordsOfHeap } from '../../../../shared/picture/words.ts';
import { nodes, snapshotOf } from '../../../oracle/snapshots.ts';
import { buildGraph, readText } from '../build-graph.ts';
import { randomHeap } from './random-heap.ts';

const analysisOf = (nodes: string[], edges: string[]): HeapAnalysis =>
  new HeapAnalysis(buildGraph({ nodes: ['synthetic ', ...nodes], edges }));

const program = join(import.meta.dirname, 'programs/boxes.mjs');
const lines = ({ nodes, edges }: MergedGraph): string[] => [
  ...nodes.map(({ count, className }) => `${count} ${className}`),
  ...edges.map(
    ({ owner, target, label, count }) =>
      `${nodes[owner].className} -${label}-> ${nodes[target].className} ${count}`,
  ),
];
const dotOf = (merged: MergedGraph, analysis: HeapAnalysis, style: 'cards' | 'classic' = 'classic') => {
  const names = new NodeNames(analysis.objects);
  const references = new ReferenceNames(analysis.objects, names);
  const words = wordsOfHeap({ analysis, names, references, hasSizes: true });
  return writePicture(pictureOfMerged(analysis, merged, style, words)).dot;
};
const drawn = async (merged: MergedGraph, analysis: HeapAnalysis): Promise<string> =>
  (await Graphviz.load()).dot(dotOf(merged, analysis));

describe('mergeReferrers', () => {
  it.each(['Node 20', 'Node 26'])('draws 20,000 objects in eight boxes, %s', async (version) => {
    const analysis = new HeapAnalysis(readText(snapshotOf(nodes[version], program)));
    const index = analysis.classes.list.findIndex(({ name, location }) => name === 'Item' && location);
    const merged = mergeReferrers(analysis, analysis.instances(index));
    expect(lines(merged).sort()).toEqual(
      [
        '20000 Item',
        '1 Map',
        '10000 Owner',
        '1 Object',
        '1 Array',
        '1 Object',
        '1 Set',
        '1 global',
        'Item -self-> Item 20000',
        'Map -value-> Item 20000',
        'Owner -item-> Item 10000',
        'Object -[…]-> Item 6667',
        'Array -[…]-> Item 6667',
        'Object -map-> Map 1',
        'Set -member-> Owner 10000',
        'global -byId-> Object 1',
        'global -list-> Array 1',
        'global -registry-> Object 1',
        'global -owners-> Set 1',
      ].sort(),
    );
    const [items] = merged.nodes;
    expect(items).toMatchObject({ depth: 0, isStart: true, isRoot: false, skipped: 0 });
    expect(items.bytes).toBe(analysis.histogram.retainedSizes[index]);
    const fromMap = merged.edges.find(({ label }) => label === 'value')!;
    expect(fromMap.bytes).toBe(items.bytes);
    expect(merged.nodes.find(({ className }) => className === 'global')!.isRoot).toBe(true);

    const dot = dotOf(merged, analysis);
    const mapNode = merged.nodes.find(({ className }) => className === 'Map')!;
    expect(dot).toContain('group0[label="20,000 × Item\\n1.');
    expect(dot).toMatch(
      new RegExp(
        `o${analysis.graph.nodeIds[mapNode.example]} -> group0 \\[label="value\\\\n20,000 · 1\\.\\d MB"`,
      ),
    );
    const svg = await drawn(merged, analysis);
    expect(svg.match(/class="node"/g)).toHaveLength(8);
    expect(svg.match(/class="edge"/g)).toHaveLength(11);
  });

  it('keeps classes and names apart, and what holds both in one box', () => {
    const analysis = analysisOf(
      ['object A', 'object A', 'object B', 'object B', 'object C'],
      ['3 property x 1', '4 property y 2', '5 element 0 1', '5 element 1 2', '5 property b 3'],
    );
    expect(lines(mergeReferrers(analysis, [1, 2]))).toEqual([
      '2 A',
      '1 C',
      '1 B',
      '1 B',
      'B -x-> A 1',
      'C -[…]-> A 2',
      'B -y-> A 1',
      'C -b-> B 1',
    ]);
  });

  it('leaves weak references out, and V8’s roots unless nothing else holds', () => {
    const analysis = analysisOf(
      ['object A', 'object A', 'object B', 'synthetic (Stack-roots)'],
      ['0 element 1 4', '4 element 0 1', '4 element 1 2', '3 property x 1', '3 weak y 2'],
    );
    const merged = mergeReferrers(analysis, [1, 2]);
    expect(lines(merged)).toContain('B -x-> A 1');
    expect(lines(merged)).toContain('(Stack-roots) --> A 1');
    expect(lines(merged).join()).not.toContain('-y->');
  });

  it('counts what is too much, and stops at the depth', async () => {
    const names = Array.from({ length: 15 }, (_, i) => i);
    const analysis = analysisOf(
      ['object A', ...names.map((i) => `object Holder${i}`), 'object Far'],
      [...names.map((i) => `${i + 2} property a 1`), '17 property far 2'],
    );
    const merged = mergeReferrers(analysis, [1], { tooMany: 4, maxDepth: 1 });
    expect(merged.nodes.map(({ className }) => className)).toEqual([
      'A',
      'Holder0',
      'Holder1',
      'Holder2',
      'Holder3',
    ]);
    expect(merged.nodes[0].skipped).toBe(11);
    expect(await drawn(merged, analysis)).toContain('11 more backreferences');
    expect(mergeReferrers(analysis, [1]).nodes.at(-1)!.className).toBe('Far');
  });

  it('has no more boxes and edges than anybody reads', () => {
    const names = Array.from({ length: 30 }, (_, i) => i);
    const wide = analysisOf(
      ['object A', ...names.map((i) => `object Holder${i}`)],
      names.map((i) => `${i + 2} property a 1`),
    );
    const merged = mergeReferrers(wide, [1], { tooMany: 100, mostGroups: 12 });
    expect(merged.nodes.length).toBe(12);
    expect(merged.nodes[0].skipped).toBe(30 - 11);
    const { edges, nodes } = mergeReferrers(
      analysisOf(
        ['object A', 'object Module'],
        names.map((i) => `2 property p${i} 1`),
      ),
      [1],
    );
    expect(edges).toEqual([{ owner: 1, target: 0, label: '30 names', count: 30, bytes: nodes[0].bytes }]);
  });

  it('is not misled by what is called as the properties of every object are', () => {
    const analysis = analysisOf(
      ['object A', 'object toString', 'synthetic constructor'],
      ['3 element 0 2', '2 internal constructor 1', '2 hidden 1 1'],
    );
    expect(lines(mergeReferrers(analysis, [1]))).toContain('toString -constructor-> A 1');
    expect(lines(mergeReferrers(analysis, [2]))).toContain('constructor --> toString 1');
  });

  it('needs objects to start from', () => {
    expect(() => mergeReferrers(analysisOf(['object A'], []), [])).toThrow(RangeError);
  });

  it('loses no reference of random heaps', () => {
    everyRandomHeap((analysis, starts, seed) => {
      const { objects } = analysis;
      const found = new Neighbours(starts);
      for (const start of starts) {
        const all: number[] = [];
        objects.eachReferrer(start, (referrer) => void all.push(referrer));
        const others = all.filter((referrer) => !objects.isSynthetic(referrer));
        for (const referrer of others.length > 0 ? others : all) found.add(referrer);
      }
      found.compare(mergeReferrers(analysis, starts, everything), 'target', seed);
    });
  });
});

describe('mergeReferences', () => {
  it('draws what 20,000 objects refer to, Node 26', async () => {
    const analysis = new HeapAnalysis(readText(snapshotOf(nodes['Node 26'], program)));
    const index = analysis.classes.list.findIndex(({ name, location }) => name === 'Owner' && location);
    const merged = mergeReferences(analysis, analysis.instances(index));
    expect(lines(merged)).toEqual([
      '10000 Owner',
      '10000 Item',
      '10000 string',
      'Owner -item-> Item 10000',
      'Item -text-> string 10000',
      'Item -self-> Item 10000',
    ]);
    const [owners, items] = merged.nodes;
    expect(owners).toMatchObject({ depth: 0, isStart: true, skipped: 0 });
    expect(owners.bytes).toBe(analysis.histogram.retainedSizes[index]);
    expect(merged.edges[0].bytes).toBe(items.bytes);
    const svg = await drawn(merged, analysis);
    expect(svg.match(/class="node"/g)).toHaveLength(3);
    expect(svg).toContain('10,000 × Owner');
  });

  it('counts the bytes of what many share once', () => {
    const analysis = analysisOf(
      ['object A', 'object A', 'object Shared', 'object B', 'string one', 'concatenated-string two'],
      [
        '1 property shared 3',
        '2 property shared 3',
        '1 property own 4',
        '1 property text 5',
        '2 property text 6',
      ],
    );
    const merged = mergeReferences(analysis, [1, 2]);
    expect(lines(merged)).toEqual([
      '2 A',
      '1 Shared',
      '2 string',
      '1 B',
      'A -shared-> Shared 2',
      'A -own-> B 1',
      'A -text-> string 2',
    ]);
    expect(merged.edges[0].bytes).toBe(analysis.retainedSizes[3]);
  });

  it('ends at modules and the global object, unless it begins there', () => {
    const analysis = analysisOf(
      ['object A', 'object Module', 'string a.cjs', 'object B'],
      ['1 property module 2', '2 property filename 3', '2 property exports 4'],
    );
    expect(lines(mergeReferences(analysis, [1]))).toEqual(['1 A', '1 Module', 'A -module-> Module 1']);
    expect(lines(mergeReferences(analysis, [2]))).toContain('Module -exports-> B 1');
  });

  it('counts what is too much, behind the objects', async () => {
    const names = Array.from({ length: 15 }, (_, i) => i);
    const analysis = analysisOf(
      ['object A', ...names.map((i) => `object Part${i}`)],
      names.map((i) => `1 property p${i} ${i + 2}`),
    );
    const merged = mergeReferences(analysis, [1], { tooMany: 4 });
    expect(merged.nodes[0].skipped).toBe(11);
    expect(dotOf(merged, analysis)).toContain('o3->too_many_o3');
    expect(await drawn(merged, analysis)).toContain('11 more references');
  });

  it('loses no reference of random heaps', () => {
    everyRandomHeap((analysis, starts, seed) => {
      const found = new Neighbours(starts);
      for (const start of starts) analysis.objects.eachReference(start, (target) => found.add(target));
      found.compare(mergeReferences(analysis, starts, everything), 'owner', seed);
    });
  });
});

const everything = { maxDepth: 1, tooMany: Infinity, mostGroups: Infinity };

function everyRandomHeap(check: (analysis: HeapAnalysis, starts: number[], seed: number) => void): void {
  for (let seed = 1; seed <= 100; seed++) {
    const analysis = new HeapAnalysis(buildGraph(randomHeap(seed)));
    const { objects, graph } = analysis;
    const starts = Array.from(graph.nodeTypes.keys()).filter(
      (node) => objects.isVisible(node) && !objects.isSynthetic(node) && graph.nodeName(node) === 'N1',
    );
    if (starts.length > 0) check(analysis, starts, seed);
  }
}

/** What a merged graph of one level must show. */
class Neighbours {
  private references = 0;
  private readonly nodes = new Set<number>();

  constructor(private readonly starts: readonly number[]) {}

  add(neighbour: number): void {
    this.references++;
    if (!this.starts.includes(neighbour)) this.nodes.add(neighbour);
  }

  compare({ nodes, edges }: MergedGraph, side: 'owner' | 'target', seed: number): void {
    const ofStarts = edges.filter((edge) => edge[side] === 0);
    const sum = (counts: readonly { count: number }[]) => counts.reduce((all, { count }) => all + count, 0);
    expect(sum(ofStarts), `seed ${seed}`).toBe(this.references);
    expect(sum(nodes.slice(1)), `seed ${seed}`).toBe(this.nodes.size);
  }
}
