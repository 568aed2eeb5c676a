// Nothing in an exported picture is fetched when it is looked at. The judge is a real Chromium: it opens each picture as a
// document and inlined in a page, and a server counts what it asks for. The same payloads uncleaned show that the judge sees.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { chromium, type Browser } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { cleanSvg } from '../../../main/export/clean-svg.ts';

let browser: Browser;
let server: Server;
let origin: string;
let documents: Record<string, { type: string; content: string }> = {};
const fetched = new Set<string>();

beforeAll(async () => {
  server = createServer((request, response) => {
    const path = request.url ?? '';
    if (path.startsWith('/evil')) fetched.add(path);
    const document = Object.hasOwn(documents, path) ? documents[path] : null;
    response.writeHead(document ? 200 : 404, { 'content-type': document?.type ?? 'text/plain' });
    response.end(document?.content);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox'],
  });
});
afterAll(async () => {
  await browser.close();
  server.close();
});
beforeEach(() => {
  documents = {};
  fetched.clear();
});

/** The numbers of the pictures for which Chromium asked the server for something. */
async function fetching(pictures: readonly string[]): Promise<number[]> {
  pictures.forEach((content, i) => (documents[`/${i}.svg`] = { type: 'image/svg+xml', content }));
  const frames = pictures.map((_, i) => `<iframe src="/${i}.svg" width="50" height="50"></iframe>`).join('');
  documents['/frames'] = { type: 'text/html', content: `<!doctype html>${frames}` };
  documents['/inline'] = { type: 'text/html', content: `<!doctype html>${pictures.join('\n')}` };
  const page = await browser.newPage();
  for (const path of ['/frames', '/inline']) {
    await page.goto(origin + path, { waitUntil: 'networkidle' });
    // What only a pointer loads, a cursor.
    await page.mouse.move(20, 20);
    await page.mouse.move(40, 40);
  }
  await page.close();
  return [...fetched].map((path) => Number(/\d+/.exec(path)?.[0])).sort((a, b) => a - b);
}

const picture = (content: string, attributes = '') =>
  `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="50" height="50" ${attributes}><g class="graph">${content}</g></svg>`;

const address = (i: number) => `${origin}/evil/${i}`;
const functions = [
  (url: string) => `url(${url})`,
  (url: string) => `url('${url}')`,
  (url: string) => `image-set('${url}' 1x)`,
  (url: string) => `-webkit-image-set(url(${url}) 1x)`,
  (url: string) => `u\\72l(${url})`,
  (url: string) => `cross-fade(url(${url}), red)`,
  (url: string) => `var(--x, url(${url}))`,
  (url: string) => `image-set(/**/'${url}' 1x)`,
];
const properties = [
  ...[
    'background',
    'background-image',
    'mask',
    'mask-image',
    'list-style-image',
    'cursor',
    'content',
    'filter',
  ],
  ...[
    'shape-outside',
    'border-image',
    'clip-path',
    'fill',
    'stroke',
    'marker-start',
    'offset-path',
    '-webkit-mask',
  ],
  ...['-webkit-box-reflect', 'stop-color', 'font-family', 'src', 'color', '--x'],
];

/** Elements and attributes that load by themselves, and every property with every function of CSS that does. */
function payloads(): string[] {
  const styled = properties.flatMap((property) =>
    functions.map((call) => (url: string) => {
      const style = `${property}: ${call(url)}; display: list-item`;
      return picture(`<rect width="40" height="40" style="${style}"/>`, `style="${style}"`);
    }),
  );
  const attributes = ['fill', 'filter', 'mask', 'clip-path', 'cursor', 'marker-start'].flatMap((name) =>
    functions.map((call) => (url: string) => picture(`<path d="M0 0L40 40" ${name}="${call(url)}"/>`)),
  );
  const html = 'xmlns="http://www.w3.org/1999/xhtml"';
  const elements = [
    (url: string) => picture(`<image width="40" height="40" xlink:href="${url}"/>`),
    (url: string) => picture(`<image width="40" height="40" href="${url}"/>`),
    (url: string) => picture(`<use href="${url}#a"/>`),
    (url: string) => picture(`<feImage href="${url}"/>`),
    (url: string) => picture(`<script href="${url}"/>`),
    (url: string) => picture(`<style>@import url(${url});</style>`),
    (url: string) => picture(`<style>g { background: url(${url}) }</style>`),
    (url: string) =>
      picture(`<foreignObject width="40" height="40"><img ${html} src="${url}"/></foreignObject>`),
    (url: string) => picture(`<g ${html} style="background: image-set('${url}' 1x)">a</g>`),
    (url: string) => picture(`<a ${html} href="#" style="background: url(${url})">a</a>`),
    (url: string) => picture(`<img ${html} src="${url}"/>`),
    (url: string) => picture(`<link ${html} rel="stylesheet" href="${url}"/>`),
    (url: string) => picture(`<audio ${html} src="${url}"/>`),
    (url: string) => picture(`<iframe ${html} src="${url}"/>`),
    (url: string) => picture(`<object ${html} data="${url}"/>`),
    (url: string) => `<?xml-stylesheet href="${url}"?>${picture('')}`,
    (url: string) => picture(`<!--><img src="${url}">-->`),
    (url: string) => picture(`<!--a--!><img src="${url}">-->`),
    (url: string) =>
      picture(`<linearGradient id="l" href="${url}#x"/><rect width="9" height="9" fill="url(#l)"/>`),
  ];
  return [...styled, ...attributes, ...elements].map((make, i) => make(address(i)));
}

it('nothing is fetched by any of the ways that SVG, CSS and HTML have', async () => {
  const all = payloads();
  const uncleaned = await fetching(all);
  // The judge sees what there is to see.
  expect(uncleaned.length).toBeGreaterThan(30);
  fetched.clear();
  expect(await fetching(all.map(cleanSvg))).toEqual([]);
});

it('nothing is fetched by 400 random mixtures of them', async () => {
  // mulberry32: a failure comes again.
  let state = 20261127;
  const random = (below: number) => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) % below;
  };
  const pick = <T>(list: readonly T[]) => list[random(list.length)];
  const disguises = [
    (text: string) => text,
    (text: string) => text.replace(/[a-z]/g, (c) => (random(8) === 0 ? `&#${c.charCodeAt(0)};` : c)),
    (text: string) =>
      text.replace(/[a-z]/g, (c) => (random(8) === 0 ? `&#x${c.charCodeAt(0).toString(16)};` : c)),
    (text: string) => text.replace(/[a-z]/g, (c) => (random(8) === 0 ? c.toUpperCase() : c)),
    (text: string) => text.replaceAll(' ', () => pick([' ', '\t', '\n', '/**/'])),
    (text: string) => text.replaceAll("'", '&quot;'),
  ];
  const make = (i: number) => {
    const style = () =>
      Array.from({ length: 1 + random(3) }, () => `${pick(properties)}:${pick(functions)(address(i))}`).join(
        pick([';', ' ; ', ';;']),
      );
    const attribute = () =>
      pick([
        () => `style="${pick(disguises)(style())}"`,
        () => `style='${pick(disguises)(style().replaceAll("'", '"'))}'`,
        () => `fill="${pick(disguises)(pick(functions)(address(i)))}"`,
        () =>
          `${pick(['href', 'xlink:href', 'src', 'data', 'xml:base', 'HREF'])}="${pick(disguises)(address(i))}"`,
        () => `xmlns="http://www.w3.org/${pick(['1999/xhtml', '2000/svg'])}"`,
        () => 'id="a"',
      ])();
    const element = (depth: number): string => {
      const name = pick([
        'g',
        'a',
        'image',
        'rect',
        'text',
        'svg',
        'title',
        'img',
        'use',
        'style',
        'linearGradient',
        'stop',
        'path',
        'svg:image',
      ]);
      const given = Array.from({ length: random(4) }, attribute).join(pick([' ', '\n', '  ']));
      const inside =
        depth > 0 && random(2) === 0
          ? element(depth - 1)
          : pick(['', 'text', `<!--${pick(['', '>', '->', 'a'])}-->`]);
      return pick([
        `<${name} ${given}>${inside}</${name}>`,
        `<${name} ${given}/>`,
        `<${name} ${given}>${inside}`,
      ]);
    };
    return picture(element(3) + element(1), attribute());
  };
  const all = Array.from({ length: 400 }, (_, i) => make(i));
  const cleaned = all.map(cleanSvg);
  expect(await fetching(cleaned)).toEqual([]);
});

it.each([
  ['\\\\evil\\share\\x', false],
  ['//evil/share', false],
  ['/\\evil', false],
  [' \t//evil', false],
  ['&#47;/evil', false],
  ['&sol;&sol;evil', false],
  ['&bsol;&bsol;evil', false],
  ['file:///etc/passwd', false],
  ['file://evil/share', false],
  ['https://example.org//a', true],
  ['folder//file.svg', true],
  ['/folder/file.svg', true],
  ['#a', true],
])('a link to %s is kept: %s', (link, isKept) => {
  expect(cleanSvg(`<a xlink:href="${link}">`)).toBe(isKept ? `<a xlink:href="${link}">` : '<a>');
});

it('a name of 4 MB is no hindrance', () => {
  const name = 'a-'.repeat(2_000_000);
  const svg = `<!-- ${name}b --><g id="${name}"><title>${name}</title></g>`;
  expect(cleanSvg(svg)).toBe(svg);
});
