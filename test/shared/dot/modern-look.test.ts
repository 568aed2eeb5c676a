import { describe, expect, it } from 'vitest';
import { layOutScene } from '../../../main/workers/lay-out-scene.ts';
import { isPlain, withModernLook } from '../../../shared/dot/modern-look.ts';

describe('a graph is plain', () => {
  it.each([
    'digraph { a -> b }',
    'digraph { rankdir=LR; node [shape=circle]; a [label="color=red"]; a -> b [style=invis] }',
    'digraph { a [label=<<b>x</b>>] }',
  ])('%s', (dot) => {
    expect(isPlain(dot)).toBe(true);
    expect(withModernLook(dot)).not.toBe(dot);
  });

  it.each([
    'digraph { a [color=red] }',
    'digraph { node [fontname=Arial]; a }',
    'digraph { edge [style=dashed]; a -> b }',
    'digraph { a [label=<<font color="red">x</font>>] }',
    'digraph { bgcolor=white }',
  ])('but not %s', (dot) => {
    expect(isPlain(dot)).toBe(false);
    expect(withModernLook(dot)).toBe(dot);
  });
});

it('gets another typeface, rounded boxes and soft colours, and keeps what its author says', async () => {
  const dot =
    'digraph { a [shape=ellipse fontsize=20 label="A"]; subgraph cluster_c { label=c; b } a -> b [label=e] }';
  const { scene } = await layOutScene({ dot: withModernLook(dot), engine: 'dot' });
  const fontOf = (name: string) => {
    const text = scene.nodes
      .find((node) => node.name === name)!
      .shapes.find((shape) => shape.kind === 'text')!;
    return text.kind === 'text' ? text.font : null;
  };
  expect(fontOf('a')).toMatchObject({ family: 'Helvetica', size: 20 });
  expect(fontOf('b')).toMatchObject({ family: 'Helvetica', size: 12 });
  const kinds = (name: string) =>
    scene.nodes.find((node) => node.name === name)!.shapes.map(({ kind }) => kind);
  expect(kinds('a')).toContain('ellipse');
  // Round corners are curves.
  expect(kinds('b')).toContain('bezier');
});

it('leaves the text on its lines, so that errors name the right one', () => {
  const dot = '# a comment {\ndigraph "{" {\n  a -> ;\n}';
  expect(withModernLook(dot).split('\n')[2]).toBe('  a -> ;');
  expect(withModernLook('no graph')).toBe('no graph');
});
