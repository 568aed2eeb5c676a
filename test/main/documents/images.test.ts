// Images in graphs: which files may be read, how large they are, where they come to lie.
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { GraphDocument } from '../../../main/documents/document.ts';
import { readImageHeader } from '../../../main/export/image-size.ts';
import { findImages, lookForImages } from '../../../main/export/images.ts';
import { renderDot } from '../../../main/export/render.ts';
import { sceneOf } from './scene-of.ts';

const fixtures = resolve(import.meta.dirname, '../../fixtures/dot');
const graph = join(fixtures, 'images.dot');
const folder = realpathSync(mkdtempSync(join(tmpdir(), 'objgraph-images-')));
const document = new GraphDocument();
afterAll(() => {
  document.close();
  rmSync(folder, { recursive: true });
});

it.each([
  ['green.png', 'image/png', 40, 20],
  ['red.jpg', 'image/jpeg', 30, 60],
  ['blue.gif', 'image/gif', 16, 12],
  ['circle.svg', 'image/svg+xml', 96, 48],
])('reads the size of %s', async (name, type, width, height) => {
  expect(readImageHeader(await readFile(join(fixtures, 'images', name)))).toEqual({ type, width, height });
});

it('takes nothing else for an image', () => {
  for (const text of ['', 'GIF8', '\x89PNG', '<svg>', '<svg width="100%">', 'text', '\xff\xd8\xff'])
    expect(readImageHeader(Buffer.from(text, 'latin1'))).toBeNull();
  expect(readImageHeader(Buffer.from('<svg viewBox="0 0 20 10">'))).toMatchObject({ width: 20, height: 10 });
});

it('reads images of the folder of the file, and no others', async () => {
  const own = join(folder, 'own');
  mkdirSync(join(own, 'deeper'), { recursive: true });
  const png = join(fixtures, 'images/green.png');
  for (const place of ['secret.png', 'own/a.png', 'own/deeper/b.png']) copyFileSync(png, join(folder, place));
  symlinkSync(join(folder, 'secret.png'), join(own, 'link.png'));
  symlinkSync('a.png', join(own, 'alias.png'));
  writeFileSync(join(own, 'text.png'), 'no image');
  const names = ['a.png', 'deeper/b.png', 'alias.png', join(own, 'a.png')];
  const refused = ['../secret.png', 'link.png', 'text.png', 'none.png', join(folder, 'secret.png'), '.'];
  const dot = [...names, ...refused].map((name) => `image="${name}"`).join(' ');
  const found = await findImages(dot, join(own, 'graph.dot'));
  expect(found.map(({ name }) => name)).toEqual(names);
  expect(await findImages(dot, null)).toEqual([]);
});

it('reads images of `imagepath`, and of other folders only once their user has allowed them', async () => {
  const [own, icons] = ['here', 'icons'].map((name) => join(folder, name));
  for (const place of [join(own, 'pictures'), join(icons, 'aws'), join(icons, 'gcp')])
    mkdirSync(place, { recursive: true });
  const png = join(fixtures, 'images/green.png');
  for (const place of [join(own, 'pictures/p.png'), join(icons, 'aws/a.png'), join(icons, 'gcp/g.png')])
    copyFileSync(png, place);
  writeFileSync(join(icons, 'secret.txt'), 'secret');
  const dot = `digraph { imagepath="pictures:../icons/gcp"
    p [image="p.png"] a [image="${icons}/aws/a.png"] g [image="g.png"] s [image="${icons}/secret.txt"] }`;
  const file = join(own, 'graph.dot');
  const names = async (allowed: string[]) => {
    const { images, refusedFolders } = await lookForImages(dot, file, allowed);
    return [images.map(({ name }) => name), refusedFolders];
  };
  expect(await names([])).toEqual([['p.png'], [icons]]);
  expect(await names([join(icons, 'aws')])).toEqual([['p.png', `${icons}/aws/a.png`], [join(icons, 'gcp')]]);
  expect(await names([icons])).toEqual([['p.png', `${icons}/aws/a.png`, 'g.png'], []]);
  expect(await names([`${icons}/a`])).toEqual([['p.png'], [icons]]);

  vi.stubEnv('XDG_STATE_HOME', join(folder, 'state'));
  writeFileSync(file, dot);
  const asking = new GraphDocument();
  await asking.openFile(file);
  expect(asking.state.refusedFolders).toEqual([icons]);
  await expect(asking.allowImages('/')).rejects.toThrow(/no images from \//);
  await asking.allowImages(icons);
  expect(Object.keys(sceneOf(asking.state).images!)).toEqual(['p.png', `${icons}/aws/a.png`, 'g.png']);
  expect(asking.state.refusedFolders).toEqual([]);
  asking.close();
  const next = new GraphDocument();
  await next.openFile(file);
  expect(Object.keys(sceneOf(next.state).images!)).toHaveLength(3);
  next.close();
  vi.unstubAllEnvs();
});

it('shows them where Graphviz puts them, and warns of those that are not there', async () => {
  await document.openFile(graph);
  const { warnings, problem } = document.state;
  expect(problem).toBeNull();
  const scene = sceneOf(document.state);
  const imagesIn = (name: string) =>
    scene.nodes.find((node) => node.name === name)!.shapes.filter((shape) => shape.kind === 'image');
  const [png] = imagesIn('png');
  // 40 × 20 pixels are 30 × 15 points, in the middle of a box of 144 × 72.
  const [left, top] = scene.nodes.find(({ name }) => name === 'png')!.bounds;
  expect(png).toMatchObject({ href: 'images/green.png', width: 30, height: 15 });
  expect(png.x - left).toBeCloseTo(57.5);
  expect(png.y - top).toBeCloseTo(29);
  expect(imagesIn('html')).toMatchObject([{ href: 'images/blue.gif' }]);
  expect(imagesIn('s<v>g')).toMatchObject([{ href: 'images/circle.svg' }]);
  expect(imagesIn('missing')).toEqual([]);
  expect(scene.images!['images/green.png']).toMatch(/^data:image\/png;base64,/);
  expect(warnings.map((warning) => warning.split(' is ')[0])).toEqual([
    'The image images/nowhere.png',
    'The image ../../main/documents/images.test.ts',
  ]);
});

describe('are as large and lie where', () => {
  beforeAll(() => document.openFile(join(fixtures, 'image-places.dot')));

  // From the corner of their node, in points: 40 × 20 pixels are 30 × 15, 30 × 60 are 23 × 45 (Graphviz rounds), 16 × 12 are 12 × 9.
  it.each([
    ['plain', 'the middle', [42.5, 13.5, 23, 45]],
    ['true', 'imagescale=true', [35.6, 0, 36.8, 72]],
    ['both', 'imagescale=both', [0, 0, 108, 72]],
    ['width', 'imagescale=width', [0, 28.5, 108, 15]],
    ['height', 'imagescale=height', [39, 0, 30, 72]],
    ['tl', 'imagepos=tl', [0, 0, 30, 15]],
    ['mr', 'imagepos=mr', [78, 28.5, 30, 15]],
    ['bc', 'imagepos=bc', [48, 63, 12, 9]],
    ['small', 'a node that is too small', [0, 0, 18, 18]],
  ])('%s: %s', (name, _where, place) => {
    expect(placesIn(name)).toEqual([place]);
  });

  it('their node has grown for them', () => {
    const [[x, y, width, height]] = placesIn('grown');
    // With a point around, and another outline 4 points away.
    expect([x, y, width, height]).toEqual([5, 5, 72, 36]);
  });

  it('cells of tables have room', () => {
    expect(placesIn('cells').map(([, , width, height]) => [width, height])).toEqual([
      [30, 15],
      [56, 28],
      [56, 56],
    ]);
  });
});

it('the author’s own dots per inch say', async () => {
  for (const dpi of [72, 144]) {
    const dot = `graph { dpi=${dpi}; a [shape=box fixedsize=true width=1 height=1 image="images/green.png"] }`;
    const file = join(folder, `${dpi}.dot`);
    mkdirSync(join(folder, 'images'), { recursive: true });
    copyFileSync(join(fixtures, 'images/green.png'), join(folder, 'images/green.png'));
    writeFileSync(file, dot);
    await document.openFile(file);
    const [[, , width, height]] = placesIn('a');
    expect([width, height]).toEqual([(40 * 72) / dpi, (20 * 72) / dpi]);
  }
});

function placesIn(name: string) {
  const { bounds, shapes } = sceneOf(document.state).nodes.find((node) => node.name === name)!;
  // Half of the outline lies outside.
  const [left, top] = [bounds[0] + 0.5, bounds[1] + 0.5];
  const rounded = (value: number) => Math.round(value * 10) / 10;
  return shapes.flatMap((shape) =>
    shape.kind === 'image' ? [[shape.x - left, shape.y - top, shape.width, shape.height].map(rounded)] : [],
  );
}

it('are distorted in svg where they are in the window', async () => {
  const file = join(fixtures, 'image-places.dot');
  const dot = await readFile(file, 'utf8');
  const images = await findImages(dot, file);
  const svg = String((await renderDot(dot, { format: 'svg', images })).data);
  expect([...svg.matchAll(/preserveAspectRatio="(\w+)"/g)].map(([, how]) => how)).toEqual(
    Array(13).fill('none'),
  );
});

it('leave no trace in other formats', async () => {
  const file = join(fixtures, 'images.dot');
  const dot = await readFile(file, 'utf8');
  const images = await findImages(dot, file);
  expect(String((await renderDot(dot, { format: 'dot', images })).data)).not.toContain('dpi');
});

it('puts them into svg and png', async () => {
  const dot = await readFile(graph, 'utf8');
  const images = await findImages(dot, graph);
  const svg = String((await renderDot(dot, { format: 'svg', images })).data);
  expect(svg.match(/xlink:href="data:image\//g)).toHaveLength(4);
  const withImages = await renderDot(dot, { format: 'png', images });
  const without = await renderDot(dot, { format: 'png' });
  expect(withImages.data.length).not.toBe(without.data.length);
  expect(without.warnings).toHaveLength(6);
});
