// Graphs that name files of their reader: only images of their own folder come into a picture, however they are named.
import { execFileSync, spawnSync } from 'node:child_process';
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve, win32 } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { pathsOf } from '../../../main/export/image-files.ts';
import { findImages, lookForImages } from '../../../main/export/images.ts';
import { runByNode, runScriptsBy } from '../../../main/export/limited-script.ts';
import { renderDot } from '../../../main/export/render.ts';

const folder = mkdtempSync(join(tmpdir(), 'objgraph-hostile-'));
const own = join(folder, 'own');
const graph = join(own, 'graph.dot');
const secret = join(folder, 'secret.png');
mkdirSync(own);
mkdirSync(join(folder, 'own-beside'));
const green = resolve(import.meta.dirname, '../../fixtures/dot/images/green.png');
for (const copy of [secret, join(own, 'own.png'), join(folder, 'own-beside/secret.png')])
  copyFileSync(green, copy);
symlinkSync(secret, join(own, 'link.png'));
symlinkSync(folder, join(own, 'up'));
afterAll(() => rmSync(folder, { recursive: true }));

it.each([
  '../secret.png',
  secret,
  `file://${secret}`,
  'link.png',
  'up/secret.png',
  '../own-beside/secret.png',
  'http://127.0.0.1:1/secret.png',
  '//127.0.0.1/secret.png',
  'data:image/png;base64,AAAA',
  '/dev/zero',
  '/proc/self/environ',
])('shows no image %s', async (name) => {
  const dot = `digraph { a [image="own.png"]; b [image="${name}"]; c [label=<<table><tr><td><img src="${name}"/></td></tr></table>>] }`;
  const images = await findImages(dot, graph);
  expect(images.map((image) => image.name)).toEqual(['own.png']);
  const svg = String((await renderDot(dot, { format: 'svg', images })).data);
  expect(svg.match(/<image/g)).toHaveLength(1);
});

it.each([
  ['\\\\evil\\share\\x.png', []],
  ['//evil/share/x.png', []],
  ['\\\\?\\UNC\\evil\\share\\x.png', []],
  ['x.png', ['C:\\graphs\\x.png']],
  ['D:/x.png', ['D:\\x.png']],
])('does not look on another computer for an image %s on Windows', (name, paths) => {
  expect(pathsOf(name, ['C:\\graphs'], ['C:\\graphs'], win32)).toEqual(paths);
});

it('looks beside a graph that lies on another computer itself', () => {
  const share = '\\\\server\\graphs';
  expect(pathsOf('x.png', [share], [share], win32)).toEqual([`${share}\\x.png`]);
  expect(pathsOf('\\\\evil\\graphs\\x.png', [share], [share], win32)).toEqual([]);
});

it('waits for no pipe that is called an image', async () => {
  execFileSync('mkfifo', [join(own, 'pipe.png')]);
  expect(await findImages('digraph { a [image="pipe.png"] }', graph)).toEqual([]);
});

it('has its images read by a process of its own, one for all of them, and by none where there are none', async () => {
  const scripts: string[] = [];
  runScriptsBy((script, ...rest) => {
    scripts.push(script);
    return runByNode(script, ...rest);
  });
  try {
    expect(await findImages('digraph { a [image="own.png"]; b [image="link.png"] }', graph)).toHaveLength(1);
    expect(scripts).toEqual(['image-process']);
    expect(await findImages('digraph { image -> "own.png" }', graph)).toEqual([]);
    expect(scripts).toHaveLength(1);
  } finally {
    runScriptsBy(runByNode);
  }
});

it.each([
  [{ memory: 2 ** 20, time: 60_000 }, 'it needed more than 0.0 GB of memory'],
  [{ memory: 2 ** 30, time: 1 }, 'it took more than 0.001 seconds'],
])('does without images when reading them exceeds %o', async (limits, reason) => {
  const found = await lookForImages('digraph { a [image="own.png"] }', graph, [], { limits });
  const warnings = [`The images could not be read: ${reason}`];
  expect(found).toEqual({ images: [], refusedFolders: [], warnings });
});

it('follows no links in a circle, and reads no folder that is called an image', async () => {
  symlinkSync('circle.png', join(own, 'circle.png'));
  mkdirSync(join(own, 'folder.png'));
  const dot = 'digraph { a [image="circle.png"]; b [image="folder.png"]; c [image="circle.png/x.png"] }';
  expect(await findImages(dot, graph)).toEqual([]);
});

it('holds so much of images in memory, and no more', async () => {
  const big = Buffer.concat([readFileSync(green), Buffer.alloc(12 * 2 ** 20)]);
  const names = Array.from({ length: 12 }, (_, i) => `big-${i}.png`);
  for (const name of names) writeFileSync(join(own, name), big);
  const images = await findImages(names.map((name) => `image="${name}"`).join(' '), graph);
  expect(images.length).toBeGreaterThan(0);
  expect(images.reduce((sum, { data }) => sum + data.length, 0)).toBeLessThan(96 * 2 ** 20);
});

it('draws an image that is a bomb of entities, or that names other files, without them', async () => {
  const bomb = Array.from({ length: 10 }, (_, i) => `<!ENTITY a${i + 1} "${`&a${i};`.repeat(10)}">`).join('');
  const size =
    'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="40" height="20"';
  writeFileSync(
    join(own, 'bomb.svg'),
    `<!DOCTYPE svg [<!ENTITY a0 "ha">${bomb}]><svg ${size}><text>&a10;</text></svg>`,
  );
  const nested = (href: string) => `<svg ${size}><image xlink:href="${href}" width="40" height="20"/></svg>`;
  const drawn = async (svg: string) => {
    writeFileSync(join(own, 'image.svg'), svg);
    const dot = 'digraph { a [shape=box label="" image="image.svg"] }';
    return (await renderDot(dot, { format: 'png', images: await findImages(dot, graph) })).data as Buffer;
  };
  const empty = await drawn(`<svg ${size}></svg>`);
  for (const href of [secret, `file://${secret}`, '../secret.png'])
    expect(await drawn(nested(href))).toEqual(empty);
  expect(await drawn(readFileSync(join(own, 'bomb.svg'), 'utf8'))).toEqual(empty);
});

it.skipIf(spawnSync('which', ['dot']).status !== 0)(
  "lets the system's Graphviz read no files either",
  async () => {
    const withSecret = `digraph { a [shape=none label="" image="${secret}"] }`;
    const [drawn, without] = await Promise.all(
      [withSecret, 'digraph { a [shape=none label=""] }'].map((dot) => renderDot(dot, { format: 'gif' })),
    );
    expect(drawn.data).toEqual(without.data);
  },
);
