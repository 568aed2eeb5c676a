// Previews of large graphs: within a document, while dot is at work.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { GraphDocument } from '../../../main/documents/document.ts';
import { previewNote } from '../../../main/documents/preview.ts';
import { leastPreviewed, previewOf, spread } from '../../../main/workers/preview.ts';
import { overlaps } from '../../../shared/scene/bounds.ts';
import { largeGraph } from '../documents/large-graph.ts';
import { sceneOf } from '../documents/scene-of.ts';

describe('a preview', () => {
  it('is drawn of graphs that have more than 1,500 nodes', async () => {
    expect(leastPreviewed).toBe(1500);
    expect(await previewOf(largeGraph(1500))).toBeNull();
    const preview = await previewOf(largeGraph(1501));
    expect(preview!.dot.match(/ \[pos="/g)).toHaveLength(1501);
  });

  it('is placed without the labels of edges, and drawn with them', async () => {
    const edges = Array.from({ length: 1600 }, (_, i) => `n0 -> n${i} [label="to ${i}"]`);
    const preview = await previewOf(`digraph { ${edges.join('\n')} }`);
    expect(preview!.dot.match(/ \[label="to \d+"\]/g)).toHaveLength(1600);
  });

  it('spreads what lies on each other, and what lies apart stays', () => {
    const box = { width: 2, height: 1 };
    const row = (gap: number) => Array.from({ length: 50 }, (_, i) => ({ x: i * gap, y: 0, ...box }));
    expect(spread(row(1))).toBeCloseTo(2.2);
    expect(spread(row(10))).toBe(1);
    expect(spread([])).toBe(1);
    expect(spread(Array.from({ length: 500 }, () => ({ x: 0, y: 0, ...box })))).toBeLessThanOrEqual(44);
  });
});

describe('a document', () => {
  let document: GraphDocument;
  beforeEach(() => void (document = new GraphDocument()));
  afterEach(() => document.close());

  // Dense enough that dot is at work for minutes.
  const dense = largeGraph(1600).replace(/\}$/, () => {
    const edges = Array.from({ length: 4000 }, (_, i) => `n${(i * 7) % 1600} -> n${(i * 31 + 13) % 1600}`);
    return `subgraph cluster_a { n1; n2 } n3 [label="a \\"quoted\\" one"]; "a name" -> n4; ${edges.join('\n')} }`;
  });
  const previewed = () =>
    vi.waitFor(() => expect(document.state.isPreview).toBe(true), { timeout: 90_000, interval: 50 });

  it('shows a preview with all nodes and edges, apart, while dot is at work, and keeps it when dot is cancelled', async () => {
    const loading = document.openText('dense.dot', dense);
    await previewed();
    expect(document.state).toMatchObject({ engine: 'dot', problem: null, busySince: expect.any(Number) });
    const { nodes, edges } = sceneOf(document.state);
    expect(nodes).toHaveLength(1601);
    expect(nodes.find(({ name }) => name === 'n3')!.label).toBe('a "quoted" one');
    expect(edges).toHaveLength(1599 + 160 + 1 + 4000);
    const touching = nodes.filter(({ bounds }, i) =>
      nodes.some((other, j) => i !== j && overlaps(bounds, other.bounds)),
    );
    expect(touching.length / nodes.length).toBeLessThan(0.25);
    document.cancel();
    await loading;
    expect(document.state).toMatchObject({ isPreview: true, problem: null, busySince: null });
    expect(document.state.warnings).toContain(previewNote);
    // What is exported is what is shown.
    const { data } = await document.export('json', 1);
    const { objects } = JSON.parse(Buffer.from(data).toString()) as {
      objects: { name: string; pos: string }[];
    };
    const [x] = objects
      .find(({ name }) => name === 'n7')!
      .pos.split(',')
      .map(Number);
    const [left, , right] = nodes.find(({ name }) => name === 'n7')!.bounds;
    expect(x).toBeCloseTo((left + right) / 2, 0);
  });

  it('replaces the preview when another way is chosen', async () => {
    const loading = document.openText('dense.dot', dense);
    await previewed();
    await document.layOutEasier('fewer');
    await loading;
    expect(document.state).toMatchObject({ isPreview: false, problem: null, busySince: null });
    expect(sceneOf(document.state).nodes).toHaveLength(500);
  });

  it('reports what is wrong with a large text once, by the layout itself', async () => {
    await document.openText('broken.dot', `${largeGraph(1600).slice(0, -1)}\nn1 -> ]`);
    expect(document.state.scene).toBeNull();
    expect(document.state.problem).toMatchObject({ message: expect.stringContaining('syntax error') });
  });

  it('shows no preview of a graph whose text is large, and whose nodes are few', async () => {
    const seen: boolean[] = [];
    document.on('changed', () => seen.push(document.state.isPreview));
    await document.openText('long.dot', `digraph { a [comment="${'x'.repeat(20_000)}"]; a -> b }`);
    expect(document.state.problem).toBeNull();
    expect(sceneOf(document.state).nodes).toHaveLength(2);
    expect(seen).not.toContain(true);
  });

  it('needs no preview for what is laid out already, or asked of another engine', async () => {
    const seen: boolean[] = [];
    document.on('changed', () => seen.push(document.state.isPreview));
    await document.setEngine('sfdp');
    await document.openText('large.dot', largeGraph(1600));
    expect(document.state.problem).toBeNull();
    expect(seen).not.toContain(true);
  });
});
