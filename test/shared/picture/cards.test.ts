// Pictures in cards: what is drawn of a heap, and the shape that Graphviz gives it.
import { Graphviz } from '@hpcc-js/wasm-graphviz';
import { expect, it } from 'vitest';
import { writePicture } from '../../../shared/dot/write-picture.ts';
import { HeapAnalysis } from '../../../shared/heap/analysis.ts';
import { NodeNames } from '../../../shared/heap/node-names.ts';
import { ReferenceNames } from '../../../shared/heap/reference-names.ts';
import { pictureAround } from '../../../shared/picture/draw-picture.ts';
import { pictureTitle } from '../../../shared/picture/title.ts';
import { wordsOfHeap } from '../../../shared/picture/words.ts';
import { buildGraph } from '../heap/build-graph.ts';

function drawn(nodes: string[], edges: string[], direction: 'references' | 'referrers' = 'references') {
  const analysis = new HeapAnalysis(buildGraph({ nodes: ['synthetic ', ...nodes], edges }));
  const names = new NodeNames(analysis.objects);
  const references = new ReferenceNames(analysis.objects, names);
  const words = wordsOfHeap({ analysis, names, references, hasSizes: true });
  const options = { style: 'cards', direction, maxDepth: 40, tooMany: 10, accepts: () => true } as const;
  return writePicture(pictureAround(analysis, [1], options, words));
}

const range = (count: number) => Array.from({ length: count }, (_, i) => i);

async function aspectOf(dot: string): Promise<number> {
  const graphviz = await Graphviz.load();
  const { bb } = JSON.parse(graphviz.layout(dot, 'json', 'dot')) as { bb: string };
  const [left, bottom, right, top] = bb.split(',').map(Number);
  return (right - left) / (top - bottom);
}

it.each([
  ['a long chain', ...chain(30)],
  ['a chain of a few', ...chain(5)],
  ['many parts', range(40).map((i) => `object Part${i}`), range(39).map((i) => `1 property p${i} ${i + 2}`)],
] as [string, string[], string[]][])('%s is no ribbon', async (_, nodes, edges) => {
  expect(await aspectOf(drawn(nodes, edges).dot)).toBeLessThan(4);
});

function chain(length: number): [string[], string[]] {
  return [
    range(length).map((i) => `object Link${i}`),
    range(length - 1).map((i) => `${i + 1} property next ${i + 2}`),
  ];
}

it('stays as it is laid out when the sizes come for which it has room', async () => {
  const graphviz = await Graphviz.load();
  const { picture } = drawn(
    ['object Array', ...range(50).map(() => 'object Item'), 'object Part'],
    [...range(50).map((i) => `1 element ${i} ${i + 2}`), '2 property part 52'],
  );
  const layOut = (size: (box: { size: number | null }) => number | null) => {
    const boxes = picture.boxes.map((box) => ('size' in box ? { ...box, size: size(box) } : box));
    const { dot } = writePicture({ ...picture, boxes, rankDirection: null, hasRoomForSizes: true });
    return graphviz.layout(dot, 'plain', 'dot').replace(/<.*>|"<[^]*?>"/g, '');
  };
  const places = (plain: string) =>
    plain.split('\n').map((line) => (line.startsWith('node') ? line.split(' ').slice(0, 6).join(' ') : line));
  const without = places(layOut(() => null));
  expect(without.filter((line) => line.startsWith('node')).length).toBeGreaterThan(4);
  for (const size of [0, 96, 999_900, 12_300_000]) expect(places(layOut(() => size))).toEqual(without);
});

it('draws three of many siblings, and counts the others in one stack', () => {
  const { picture } = drawn(
    ['object Array', ...range(50).map(() => 'object Item')],
    range(50).map((i) => `1 element ${i} ${i + 2}`),
  );
  expect(picture.boxes.map(({ kind }) => kind)).toEqual(['object', 'object', 'object', 'object', 'stack']);
  expect(picture.boxes.at(-1)).toMatchObject({ type: 'Item', count: 47, size: 47 * 8, of: 'o3' });
  expect(pictureTitle(picture)).toBe('References of Array 50 items · 408 B');
});

it('distinguishes scopes by their variables', () => {
  const { picture } = drawn(
    [
      'object system / Context',
      'code system / ScopeInfo',
      'object system / Context',
      'object Foo',
      'object Bar',
    ],
    [
      '1 internal scope_info 2',
      '1 internal previous 3',
      '1 context receipts 4',
      '1 context print 5',
      '3 internal scope_info 2',
      '3 internal previous 3',
    ],
  );
  const [scope] = picture.boxes;
  expect(scope).toMatchObject({ type: 'Scope', text: '{receipts, print}' });
  expect(pictureTitle(picture)).toMatch(/^References of Scope \{receipts, print\} · /);
});

it('shows primitive values as rows of their object', () => {
  const { picture, dot } = drawn(
    ['object Foo', 'string a <text>', 'object Bar'],
    ['1 property name 2', '1 property bar 3'],
  );
  expect(picture.boxes[0]).toMatchObject({ fields: [{ name: 'name', value: '"a <text>"' }], moreFields: 0 });
  expect(picture.boxes).toHaveLength(2);
  expect(dot).toContain('&lt;text&gt;');
});
