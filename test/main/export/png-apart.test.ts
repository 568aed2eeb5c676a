// Pictures of strangers as png: each attack is an SVG image that was made for it.
import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { drawPngApart } from '../../../main/export/png-apart.ts';
import { drawPng } from '../../../main/export/png.ts';

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

const gigabyte = 2 ** 30;

describe('a picture', () => {
  it.each([
    ['with an SVG image', inPicture(harmless)],
    ['without one', drawing('<text x="5" y="20" font-family="Times,serif">text</text>')],
  ])('%s is the same as it would be in this process', async (_which, svg) => {
    expect((await drawPngApart(svg, { scale: 2 })).png.equals(drawPng(svg, { scale: 2 }).png)).toBe(true);
  });

  it('is refused in words when its images take too much memory, and this process goes on', async () => {
    const limits = { memory: 0.4 * gigabyte, time: 60_000 };
    await expect(drawPngApart(inPicture(bomb), {}, { limits })).rejects.toThrow(
      'png could not be drawn: it needed more than 0.4 GB of memory; svg, dot, json and xdot work',
    );
  });

  it('is refused in words when it takes too long', async () => {
    const limits = { memory: 8 * gigabyte, time: 2000 };
    await expect(drawPngApart(inPicture(bomb), {}, { limits })).rejects.toThrow(
      'png could not be drawn: it took more than 2 seconds; svg, dot, json and xdot work',
    );
  });

  it('says what is wrong when it is none', async () => {
    await expect(drawPngApart('<image <svg')).rejects.toThrow(/^png could not be drawn: .*; svg, dot/s);
  });

  it('is refused with the reason for which there is no picture', async () => {
    await expect(drawPngApart(Promise.reject(new Error('syntax error in line 1')))).rejects.toThrow(
      /^syntax error in line 1$/,
    );
  });

  it('is no longer drawn when it is no longer wanted', async () => {
    const controller = new AbortController();
    const drawing = drawPngApart(inPicture(bomb), {}, { signal: controller.signal });
    setTimeout(() => controller.abort(new Error('no longer wanted')), 500);
    await expect(drawing).rejects.toThrow('no longer wanted');
    const running = execFileSync('ps', ['-o', 'args', '--ppid', String(process.pid)], { encoding: 'utf8' });
    expect(running).not.toContain('png-process');
  });
});
