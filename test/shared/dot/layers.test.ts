import { expect, it } from 'vitest';
import { layersIn, withLastWord, withLayers } from '../../../shared/dot/layers.ts';

const graph = (attributes: string) => `digraph { ${attributes}; a -> b [layer=x] }`;
const four = 'layers="one:two:three:four"';

it.each([
  [four, ['one', 'two', 'three', 'four']],
  [`${four}; layerselect=two`, ['two']],
  [`${four}; layerselect="four,one"`, ['one', 'four']],
  [`${four}; layerselect="two:four"`, ['two', 'three', 'four']],
  [`${four}; layerselect="three:all"`, ['three', 'four']],
  [`${four}; layerselect="all:2"`, ['one', 'two']],
  [`${four}; layerselect=3`, ['three']],
  [`${four}; layerselect=none`, []],
  ['layers="one two\tthree"; layerselect="two three"', ['two', 'three']],
  ['layers="one/two:2"; layersep="/"; layerselect="two:2"', ['two:2']],
  ['graph [layers="a:b" layerlistsep=";" layerselect="b;a"]', ['a', 'b']],
])('%s selects %j', (attributes, selected) => {
  expect(layersIn(graph(attributes))?.selected).toEqual(selected);
});

it('are none where there is one, or where only a subgraph speaks of them', () => {
  expect(layersIn(graph('layers=one'))).toBeNull();
  expect(layersIn(graph('subgraph s { layers="a:b" }'))).toBeNull();
  expect(layersIn('digraph { a [label="layers=\\"a:b\\""] }')).toBeNull();
});

it('a last word stands before the brace that closes the graph', () => {
  expect(withLastWord('digraph { a { b } "}" } // }', 'x=1')).toBe('digraph { a { b } "}"  x=1 } // }');
  expect(withLastWord('digraph {', 'x=1')).toBe('digraph {');
  expect(layersIn(withLayers(graph(`${four}; layerselect=two`), 'one,four'))?.selected).toEqual([
    'one',
    'four',
  ]);
});
