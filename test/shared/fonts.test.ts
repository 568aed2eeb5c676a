// One table for the screen and for files: the five names that it had two answers for, and others of their kind.
import { expect, it } from 'vitest';
import { withShippedFonts } from '../../main/export/shipped-fonts.ts';
import { cssFont } from '../../renderer/graph/fonts.ts';
import { readFont } from '../../shared/dot/font.ts';
import { shippedFamily } from '../../shared/fonts.ts';

it.each([
  ['Calibri', 'Liberation Sans'],
  ['DejaVu', 'Liberation Sans'],
  ['Typewriter', 'Liberation Mono'],
  ['Fixed', 'Liberation Mono'],
  ['FiraCode', 'Liberation Mono'],
  ['DejaVu Sans Mono', 'Liberation Mono'],
  ['Helvetica,Arial,sans-serif', 'Liberation Sans'],
  ['Times,serif', 'Liberation Serif'],
  ['Garamond', 'Liberation Serif'],
  ['Monaco', 'Liberation Mono'],
])('%s is %s on the screen and in files', (name, ours) => {
  expect(shippedFamily(name)).toBe(ours);
  expect(cssFont(readFont(name, 10, 0), 10)).toContain(`'${ours}'`);
  expect(withShippedFonts(`<text font-family="${name}">x</text>`)).toBe(
    `<text font-family="${ours}">x</text>`,
  );
});

it.each([
  ['Arial Bold', { family: 'Arial', bold: true, italic: false }],
  ['Sans Bold 12', { family: 'Sans', bold: true, italic: false }],
  ['monospace:bold', { family: 'monospace', bold: true, italic: false }],
  ['Helvetica-BoldOblique', { family: 'Helvetica', bold: true, italic: true }],
  ['DejaVu Sans Oblique', { family: 'DejaVu Sans', bold: false, italic: true }],
  ['Century Schoolbook', { family: 'Century Schoolbook', bold: false, italic: false }],
])('%s is a family and a style', (name, font) => {
  expect(readFont(name, 10, 0)).toMatchObject(font);
});

it('draws a bold name of a font bold in files', () => {
  expect(withShippedFonts('<text font-family="Arial Bold" x="1">x</text>')).toBe(
    '<text font-family="Liberation Sans" font-weight="bold" x="1">x</text>',
  );
});
