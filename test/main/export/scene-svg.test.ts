// A scene as SVG: the elements that a page shows before its program is there.
import { expect, it } from 'vitest';
import { svgOf } from '../../../main/export/scene-svg.ts';
import { layOut } from '../../renderer/fake-host.ts';

const drawn = async (dot: string) => svgOf(await layOut(dot));

it('has every shape and text, with no styles and nothing of the graph that is markup', async () => {
  const svg = (await drawn(
    'digraph { a [label="<script>&" shape=box]; b [shape=circle]; a -> b [style=dashed] }',
  ))!;
  expect(svg.match(/<text /g)).toHaveLength(2);
  // The frames of both nodes, the line, its arrowhead.
  expect(svg.match(/<path /g)).toHaveLength(4);
  expect(svg).toContain('&lt;script&gt;&amp;</text>');
  expect(svg).toContain('stroke-dasharray=');
  expect(svg).not.toMatch(/style=|<script|url\(|href/);
});

it('has the fonts of the screen', async () => {
  const svg = await drawn('graph { a [fontname="Helvetica Bold" fontsize=20 label=<<u>under</u>>] }');
  expect(svg).toContain(`font-family="'Liberation Sans', sans-serif" font-size="20" font-weight="bold"`);
  expect(svg).toContain('text-decoration="underline"');
});

it('paints what its author wants on top last', async () => {
  const order = async (outputorder: string) => {
    const svg = (await drawn(`digraph { outputorder=${outputorder}; a -> b [color=red] }`))!;
    return svg.indexOf('#ff0000') < svg.indexOf('<text') ? 'edges first' : 'nodes first';
  };
  expect(await order('nodesfirst')).toBe('nodes first');
  expect(await order('edgesfirst')).toBe('edges first');
});

it.each([
  ['a gradient', 'digraph { a [style=filled fillcolor="red:blue"] }'],
  ['raised letters', 'digraph { a [label=<x<sup>2</sup>>] }'],
])('leaves %s to the page’s program', async (_what, dot) => {
  expect(await drawn(dot)).toBeNull();
});
