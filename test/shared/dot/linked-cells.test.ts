import { Graphviz } from '@hpcc-js/wasm-graphviz';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { linkAt } from '../../../renderer/graph/target.ts';
import { mayLinkCells } from '../../../shared/dot/linked-cells.ts';
import { readXdot } from '../../../shared/dot/read.ts';
import type { Scene } from '../../../shared/scene/scene.ts';

const dot = readFileSync(resolve(import.meta.dirname, '../../fixtures/dot/cells.dot'), 'utf8');
let graphviz: Graphviz;
beforeAll(async () => {
  graphviz = await Graphviz.load();
});

const read = (dot: string): Scene =>
  readXdot(graphviz.layout(dot, 'xdot' as 'dot', 'dot'), { svg: graphviz.layout(dot, 'svg', 'dot') });

/** What the middle of a text says and leads to. */
function atText(scene: Scene, text: string) {
  for (const item of [...scene.nodes, ...scene.edges]) {
    for (const shape of item.shapes) {
      if (shape.kind !== 'text' || shape.text !== text) continue;
      const [along, across] = [shape.width / 2, -shape.font.size / 4];
      const [dx, dy] = shape.sideways ? [across, -along] : [along, across];
      return linkAt(item, { x: shape.x + dx, y: shape.y + dy }, 1);
    }
  }
  throw new Error(`no text ${text}`);
}

describe.each([
  ['upright', dot],
  ['in landscape', dot.replace('{', '{ rotate=90;')],
])('a cell of a table, %s', (_, dot) => {
  it.each([
    ['linked', 'a <cell>', 'https://example.org/a?b=1&c=2'],
    ['r', 'only a title', 'https://example.org/table'],
    ['plain', 'the table', 'https://example.org/table'],
    ['bare', 'no frame', 'https://example.org/table'],
    ['inner', 'the table', 'https://example.org/inner'],
    ['x', 'round', null],
    ['e', 'on the edge', null],
  ])('%s says what its author wrote', (text, tooltip, url) => {
    expect(atText(read(dot), text)).toEqual({ tooltip, url });
  });
});

it('lies where it is drawn', () => {
  const { parts, bounds } = read(dot).nodes.find(({ name }) => name === 'users')!;
  const linked = parts!.find(({ tooltip }) => tooltip === 'a <cell>')!;
  const [left, top, right, bottom] = linked.bounds;
  // Border and spacing of the table, 1 and 2 points, lie between it and the frame, whose pen is half outside.
  expect(left - bounds[0]).toBeCloseTo(3.5);
  expect(top - bounds[1]).toBeCloseTo(3.5);
  expect(right).toBeLessThan(bounds[2] - 60);
  expect(bottom).toBeLessThan(bounds[3] - 20);
});

it('is looked for only where a text may have one', () => {
  expect(mayLinkCells(dot)).toBe(true);
  expect(mayLinkCells('digraph { a [href="x" label=<<table><tr><td>b</td></tr></table>>] }')).toBe(false);
});
