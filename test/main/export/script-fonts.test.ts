// Text of several scripts in a png: each letter in its own typeface and weight.
import { PNG } from 'pngjs';
import { expect, it } from 'vitest';
import { renderDot } from '../../../main/export/render.ts';
import { withScriptFonts } from '../../../main/export/script-fonts.ts';

const text = (content: string, rest = 'textLength="100" ') =>
  `<text text-anchor="middle" x="50" y="9" font-family="Liberation Serif" ${rest}font-size="10">${content}</text>`;

it('leaves texts of our own letters alone', () => {
  for (const svg of [text('plain &amp; naïve'), text(''), text('Ελληνικά кириллица')])
    expect(withScriptFonts(svg)).toBe(svg);
});

it('gives a text of one script fonts of it', () => {
  const svg = withScriptFonts(text('日本 語', ''));
  expect(svg).toMatch(/font-family="Noto Sans CJK SC,[^"]*"/);
  expect(svg).toContain('>日本 語</text>');
});

it('puts the words of several scripts one behind the other, in the room of the whole', () => {
  const svg = withScriptFonts(text('ab العربية &lt;c&gt;'));
  const pieces = [
    ...svg.matchAll(/ x="([\d.]+)".*?font-family="([^"]*)" textLength="([\d.]+)".*?>([^<]*)</g),
  ];
  expect(pieces.map(([, , , , words]) => words)).toEqual(['ab ', 'العربية', ' &#60;c&#62;']);
  expect(pieces.map(([, , family]) => family.split(',')[0])).toEqual([
    'Liberation Serif',
    'Noto Naskh Arabic',
    'Liberation Serif',
  ]);
  let end = 0;
  for (const [, x, , width] of pieces) {
    expect(Number(x)).toBeCloseTo(end, 1);
    end = Number(x) + Number(width);
  }
  expect(end).toBeCloseTo(100, 1);
});

it('draws what is beside Arabic as thin as it is drawn alone', async () => {
  /** The share of dark pixels in the right half, where the same word stands in both. */
  const inkOf = async (label: string) => {
    const dot = `digraph { rankdir=LR; a [shape=plain label="${label}"] }`;
    const { data } = await renderDot(dot, { format: 'png', scale: 3 });
    const { data: pixels, width, height } = PNG.sync.read(data as Buffer);
    let dark = 0;
    for (let y = 0; y < height; y++)
      for (let x = Math.floor(width * 0.55); x < width; x++) if (pixels[4 * (y * width + x)] < 128) dark++;
    return dark;
  };
  const [alone, beside] = [await inkOf('plain plain plain plain'), await inkOf('العربية plain plain')];
  expect(beside / alone).toBeLessThan(1.25);
  expect(beside / alone).toBeGreaterThan(0.5);
});
