// Draws the app's icons from build/icons/icon.svg: `node build/scripts/icons.mjs`. PNG for Linux, one ICO for Windows and
// one ICNS for macOS; both are lists of PNGs behind a small header.
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Resvg } from '@resvg/resvg-js';

const folder = resolve(import.meta.dirname, '../icons');
const svg = readFileSync(join(folder, 'icon.svg'), 'utf8');
const draw = (size) => new Resvg(svg, { fitTo: { mode: 'width', value: size } }).render().asPng();

const sizes = [16, 24, 32, 48, 64, 128, 256, 512, 1024];
const pngs = new Map(sizes.map((size) => [size, draw(size)]));

/** ICONDIR, an ICONDIRENTRY for each picture, the pictures; a side of 256 is written as 0. */
function ico(pictures) {
  const header = Buffer.from([0, 0, 1, 0, pictures.length, 0]);
  let offset = header.length + 16 * pictures.length;
  const entries = pictures.map(([size, png]) => {
    const entry = Buffer.alloc(16);
    entry.writeUInt8(size % 256, 0);
    entry.writeUInt8(size % 256, 1);
    entry.writeUInt16LE(1, 4);
    entry.writeUInt16LE(32, 6);
    entry.writeUInt32LE(png.length, 8);
    entry.writeUInt32LE(offset, 12);
    offset += png.length;
    return entry;
  });
  return Buffer.concat([header, ...entries, ...pictures.map(([, png]) => png)]);
}

/** The types of ICNS that hold a PNG, by the side of the picture. */
const icnsTypes = { 16: 'icp4', 32: 'icp5', 64: 'icp6', 128: 'ic07', 256: 'ic08', 512: 'ic09', 1024: 'ic10' };

/** `icns` and the length of the whole; for each picture its type, its length with these eight bytes, itself. */
function icns(pictures) {
  const block = (type, content) => {
    const head = Buffer.alloc(8);
    head.write(type, 'latin1');
    head.writeUInt32BE(head.length + content.length, 4);
    return Buffer.concat([head, content]);
  };
  return block('icns', Buffer.concat(pictures.map(([size, png]) => block(icnsTypes[size], png))));
}

for (const [size, png] of pngs) writeFileSync(join(folder, `${size}x${size}.png`), png);
const list = [...pngs];
writeFileSync(join(folder, 'icon.ico'), ico(list.filter(([size]) => size <= 256)));
writeFileSync(join(folder, 'icon.icns'), icns(list.filter(([size]) => size in icnsTypes)));
