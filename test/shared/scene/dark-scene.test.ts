import { describe, expect, it } from 'vitest';
import { darkInk, darkPaper, onDarkPaper } from '../../../shared/scene/dark-scene.ts';
import { contrast, fromLab, toLab } from '../../../shared/scene/oklab.ts';
import type { Shape } from '../../../shared/scene/scene.ts';
import { layOut } from '../../renderer/fake-host.ts';

const first = <K extends Shape['kind']>(shapes: Shape[], kind: K) =>
  shapes.find((shape): shape is Shape & { kind: K } => shape.kind === kind)!;
const nodeIn = async (attributes: string) =>
  onDarkPaper(await layOut(`digraph { a [shape=box ${attributes}] }`)).nodes[0].shapes;

describe('on dark paper', () => {
  it('black letters become ink and white areas become paper', async () => {
    const shapes = await nodeIn('style=filled fillcolor=white');
    expect(first(shapes, 'text').color).toBe(darkInk);
    expect(first(shapes, 'polygon').fill).toBe(darkPaper);
  });

  it('a colour stays what it is', async () => {
    const shapes = await nodeIn('style=filled fillcolor=tomato color=tomato');
    expect(first(shapes, 'polygon').fill).toBe('#ff6347');
    expect(first(shapes, 'polygon').stroke!.color).toBe('#ff6347');
  });

  it('greys stay in order, the other way round', async () => {
    const greys = await Promise.all(
      ['white', 'gray80', 'gray50', 'gray20', 'black'].map(async (grey) => {
        const { fill } = first(await nodeIn(`style=filled fillcolor=${grey}`), 'polygon');
        return toLab(fill as string)!.l;
      }),
    );
    expect(greys).toEqual(greys.toSorted((a, b) => a - b));
  });

  it.each([
    'white',
    'gray90',
    'gray50',
    'black',
    'yellow',
    'gold',
    'pink',
    'lightyellow',
    'lightblue',
    'red',
    'blue',
    'navy',
    'green',
  ])('letters on %s are legible, whatever colour they had', async (fill) => {
    for (const letters of ['black', 'white', 'red', 'blue', 'gray']) {
      const shapes = await nodeIn(`style=filled fillcolor=${fill} fontcolor=${letters}`);
      const ground = first(shapes, 'polygon').fill as string;
      expect(contrast(first(shapes, 'text').color, ground), letters).toBeGreaterThanOrEqual(4.2);
    }
  });

  it.each(['black', 'blue', 'navy', 'purple', 'darkgreen', 'red'])(
    'a %s line and its head stand out',
    async (color) => {
      const { shapes } = onDarkPaper(await layOut(`digraph { a -> b [color=${color}] }`)).edges[0];
      const line = first(shapes, 'bezier').stroke!.color;
      expect(contrast(line, darkPaper)).toBeGreaterThanOrEqual(3);
      expect(first(shapes, 'polygon').fill).toBe(line);
    },
  );

  it('letters of an unfilled node are made for the cluster that it lies in', async () => {
    const scene = onDarkPaper(await layOut('digraph { subgraph cluster_a { style=filled color=gold; a } }'));
    expect(contrast(first(scene.nodes[0].shapes, 'text').color, '#ffd700')).toBeGreaterThan(4.5);
  });

  it('a page that has a colour of its author’s is left alone', async () => {
    const scene = await layOut('digraph { bgcolor=ivory; a }');
    expect(onDarkPaper(scene)).toBe(scene);
  });
});

describe('OKLab', () => {
  it('goes there and back', () => {
    for (const color of ['#000000', '#ffffff', '#ff0000', '#1234ab', '#ff000080'])
      expect(fromLab(toLab(color)!)).toBe(color);
  });

  it('is white at lightness 1', () => expect(toLab('#ffffff')!.l).toBeCloseTo(1, 3));
  it('counts contrast as WCAG does', () => expect(contrast('#000', '#fff')).toBeCloseTo(21, 5));
});
