// Images of strangers in a png: each attack is an SVG image that was made for it.
import { describe, expect, it } from 'vitest';
import { drawPngApart } from '../../../main/export/png-apart.ts';
import { drawPng } from '../../../main/export/png.ts';
import { withoutSvgFilters } from '../../../main/export/svg-filters.ts';

const inPicture = (image: string) =>
  `<svg width="100pt" height="50pt" viewBox="0 0 100 50" xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">` +
  `<image width="60" height="40" xlink:href="data:image/svg+xml;base64,${Buffer.from(image).toString('base64')}"/></svg>`;
const drawing = (content: string) =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="60" height="60">${content}</svg>`;

/** 60 pixels, of which a filter makes a region of 180,000 × 180,000, and blurs it thirty times. */
const bomb = drawing(
  `<filter id="f" x="-1500" y="-1500" width="3000" height="3000"><feTurbulence baseFrequency="0.05"/>${'<feGaussianBlur stdDeviation="9"/>'.repeat(30)}</filter><rect width="60" height="60" filter="url(#f)"/>`,
);
const harmless = drawing('<circle cx="30" cy="30" r="20" fill="red"/>');

describe('a picture with an SVG image', () => {
  it('is the same as it would be in this process', async () => {
    const svg = inPicture(harmless);
    expect((await drawPngApart(svg, { scale: 2 })).png.equals(drawPng(svg, { scale: 2 }).png)).toBe(true);
  });

  it('is refused in words when it takes too much memory, and this process goes on', async () => {
    const limits = { memory: 400 * 2 ** 20, time: 60_000 };
    await expect(drawPngApart(inPicture(bomb), {}, limits)).rejects.toThrow(
      'png could not be drawn: its images needed more than 0.4 GB of memory; svg, dot, json and xdot work',
    );
  });

  it('is refused in words when it takes too long', async () => {
    const limits = { memory: 8 * 2 ** 30, time: 2000 };
    await expect(drawPngApart(inPicture(bomb), {}, limits)).rejects.toThrow(
      'png could not be drawn: its images took more than 2 seconds; svg, dot, json and xdot work',
    );
  });

  it('says what is wrong when it is none', async () => {
    await expect(drawPngApart('<image <svg')).rejects.toThrow(/^png could not be drawn: .*; svg, dot/s);
  });
});

describe('where no process of its own can be started (the desktop app)', () => {
  it('keeps images without filters', () => {
    expect(withoutSvgFilters(inPicture(harmless))).toBe(inPicture(harmless));
  });

  it.each([
    ['a filter', bomb],
    ['an entity that may be one', `<!DOCTYPE svg [<!ENTITY f "x">]>${harmless}`],
    ['what is compressed', Buffer.from([0x1f, 0x8b, 8, 0]).toString('latin1')],
  ])('leaves out %s', (_what, image) => {
    const svg = inPicture('').replace('base64,', `base64,${Buffer.from(image, 'latin1').toString('base64')}`);
    expect(withoutSvgFilters(svg)).not.toContain('<image');
    expect(withoutSvgFilters(svg)).toContain('</svg>');
  });
});
