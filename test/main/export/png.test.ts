import { expect, it } from 'vitest';
import { join } from 'node:path';
import { drawPng } from '../../../main/export/png.ts';

const shipped = join(import.meta.dirname, '../../../shared/fonts');
const svg = (text: string, family = 'Times,serif', size = '100pt') =>
  `<svg width="${size}" height="50pt" viewBox="0 0 100 50" xmlns="http://www.w3.org/2000/svg">` +
  `<text x="10" y="30" font-family="${family}" font-size="20">${text}</text></svg>`;
const header = (png: Buffer) => ({ width: png.readUInt32BE(16), height: png.readUInt32BE(20) });
const draw = (text: string, family?: string) =>
  drawPng(svg(text, family), { fontFolder: shipped, systemFonts: false }).png;

it.each(['Times,serif', 'Helvetica,sans-Serif', 'Courier,monospace', 'Arial', 'Some Font of Theirs'])(
  'shows text in %s on a machine that has no fonts',
  (family) => {
    expect(draw('Text', family).length).toBeGreaterThan(draw('', family).length + 300);
  },
);

it('draws each family with a font of its own', () => {
  const [serif, sans, mono] = ['Times,serif', 'Helvetica', 'Courier'].map((family) => draw('Text', family));
  expect(serif.equals(sans)).toBe(false);
  expect(sans.equals(mono)).toBe(false);
});

it('draws 96 dots per inch, times the scale', () => {
  expect(header(drawPng(svg('a'), { fontFolder: shipped }).png)).toEqual({ width: 133, height: 67 });
  expect(header(drawPng(svg('a'), { fontFolder: shipped, scale: 2 }).png).width).toBe(267);
});

it('reduces a picture that would be larger than a png may be, and says so', () => {
  const { png, reduced } = drawPng(svg('a', 'Times', '60000pt'), { fontFolder: shipped });
  expect(header(png).width).toBeLessThanOrEqual(32_767);
  expect(reduced).toMatch(/80000×67 pixels; it was reduced to \d+×\d+/);
});
