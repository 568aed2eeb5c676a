// Measured, not looked at: no text of any picture is wider than Graphviz laid it out.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fitTexts } from '../../../main/export/fit-texts.ts';
import { widthOf } from '../../../main/export/font-widths.ts';
import { runGraphviz } from '../../../main/workers/graphviz.ts';
import { layOutScene } from '../../../main/workers/lay-out-scene.ts';
import { decodeEntities } from '../../../shared/dot/escape-string.ts';
import { shippedFamily } from '../../../shared/fonts.ts';
import type { Shape } from '../../../shared/scene/scene.ts';

type Text = Extract<Shape, { kind: 'text' }>;

const fonts = readFileSync(join(import.meta.dirname, '../../fixtures/dot/tools/fonts.dot'), 'utf8');

/** Each text of a graph: how wide it was laid out, and how wide its SVG draws it with our fonts. */
async function measured(dot: string) {
  const { scene } = await layOutScene({ dot, engine: 'dot' });
  const { output } = await runGraphviz({ dot, engine: 'dot', format: 'svg' });
  const svg = await fitTexts(output, dot);
  const laidOut = [...scene.clusters, ...scene.nodes, ...scene.edges]
    .flatMap(({ shapes }) => shapes)
    .filter((shape): shape is Text => shape.kind === 'text');
  const drawn = [...svg.matchAll(/<text\b([^>]*)>([^<]*)</g)].map(([, attributes, content]) => {
    const value = (name: string) => new RegExp(`\\s${name}="([^"]*)"`).exec(attributes)?.[1];
    return {
      content: decodeEntities(content).replaceAll('\u00a0', ' '),
      size: Number(value('font-size')),
      length: value('textLength'),
    };
  });
  return laidOut.map(({ text, width, font }) => {
    const found = drawn.find(({ content }) => content === text)!;
    const natural = widthOf(text, { ...font, family: shippedFamily(font.family) }) * found.size;
    return { text, laidOut: width, drawn: found.length === undefined ? natural : Number(found.length) };
  });
}

describe('no text is wider than it was laid out', () => {
  it.each([
    ['in 43 fonts', fonts],
    ['in bold and italic', fonts.replaceAll('fontname="', 'fontname="Bold ')],
    ['of larger size', fonts.replace('node [', 'node [fontsize=30 ')],
    [
      'in PostScript’s own',
      'graph { a [label="Wide and bold WWW" fontname="Helvetica-Bold"] b [label="Oblique" fontname="Courier-BoldOblique"] c [label="Times bold" fontname="Times-Bold"] }',
    ],
    [
      'in HTML',
      'graph { a [fontname=Helvetica label=<<b>Bold WWW text</b><i>slanted &amp; narrow</i>H<sub>2</sub>O <font face="monospace">code mmm</font>>] }',
    ],
    [
      'of other scripts',
      'graph { a [label="日本語の長い文章"] b [label="Ünïcödé ÀÉÎ"] c [label="Привет, мир"] }',
    ],
    [
      'with many blanks',
      'graph { a [fontname=monospace label="x\\l          format: S16LE\\l"] b [label="two  blanks"] }',
    ],
    [
      'in edges and clusters',
      'graph { subgraph cluster_a { fontname=sans label="a cluster WWW" x } x -- y [fontname=monospace label="edge mmm"] }',
    ],
  ])('%s', async (_, dot) => {
    const texts = await measured(dot);
    expect(texts.length).toBeGreaterThan(0);
    const tooWide = texts.filter(({ laidOut, drawn }) => drawn > laidOut + 0.03);
    expect(tooWide).toEqual([]);
  });
});

it('is not squeezed where it fits', async () => {
  const dot =
    'graph { a [label="plain"] b [label="bold" fontname=Helvetica label=<<b>tagged bold</b>>] c [fontname=Courier] }';
  const { output } = await runGraphviz({ dot, engine: 'dot', format: 'svg' });
  expect(await fitTexts(output, dot)).not.toContain('textLength');
});

it('writes what is below and above the line without `baseline-shift`, which png and some browsers ignore', async () => {
  const dot = 'graph { a [label=<x<sub>1</sub><sup>2</sup>>] }';
  const { output } = await runGraphviz({ dot, engine: 'dot', format: 'svg' });
  const svg = await fitTexts(output, dot);
  expect(svg).not.toContain('baseline-shift');
  expect([...svg.matchAll(/ dy="([^"]*)" font-size="([^"]*)"/g)].map(([, dy, size]) => [dy, size])).toEqual([
    ['2.10', '9.80'],
    ['-4.90', '9.80'],
  ]);
});
