// Nothing in an exported picture, a report or a page that is printed as PDF is fetched when it is looked at. The judge is a real
// Chromium: it opens each as a document and inlined in a page, and a server counts what it asks for. The same payloads uncleaned
// show that the judge sees. A seed of its own tries other mixtures: OBJGRAPH_FUZZ_SEED=1 npx vitest run FILE.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { cleanSvg } from '../../../main/export/clean-svg.ts';
import { pdfPage } from '../../../main/export/pdf-page.ts';
import { printPage } from '../../../main/export/pdf.ts';
import { findChromium } from '../../../shared/viewer-host/browsers.ts';
import { reportHtml } from '../../../main/heap/report.ts';
import { startBrowser } from '../../chromium.ts';

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
  browser = await startBrowser();
});
afterAll(async () => {
  await browser.close();
  server.close();
});
beforeEach(() => {
  documents = {};
  fetched.clear();
});

/** The numbers of the pages of HTML for which Chromium asked the server for something. */
async function fetchingPages(pages: readonly string[]): Promise<number[]> {
  pages.forEach((content, i) => (documents[`/${i}.html`] = { type: 'text/html', content }));
  const frames = pages.map((_, i) => `<iframe src="/${i}.html" width="50" height="50"></iframe>`).join('');
  documents['/frames'] = { type: 'text/html', content: `<!doctype html>${frames}` };
  const page = await browser.newPage();
  await page.goto(`${origin}/frames`, { waitUntil: 'networkidle', timeout: 120_000 });
  await page.close();
  return numbers();
}

const numbers = () => [...fetched].map((path) => Number(/\d+/.exec(path)?.[0])).sort((a, b) => a - b);

/** A report whose every text and whose picture are a stranger's. */
function reportOf(text: string, svg: string): string {
  type Report = Parameters<typeof reportHtml>[0];
  const object = {
    ...{
      id: 1,
      type: text,
      name: text,
      place: { script: text, line: 1, column: 1 },
      kind: 'object',
      distance: 1,
    },
    ...{ shallowSize: 1, retainedSize: 1, retainers: 1, references: 1, edges: 1, share: 1, count: 1 },
  } as unknown as Report['object'];
  const suspect = {
    ...{ detector: text, type: text, place: text, count: 1, retainedSize: 1, id: 1, confidence: 1 },
    ...{ summary: `${text} \`${text}\``, because: text, chain: [text], path: [] },
    ...{ growth: [], holders: 1, consequences: [], doubts: [text] },
  } as unknown as Report['suspect'];
  return reportHtml({
    ...{ title: text, snapshot: { name: text, nodes: 1, size: 1 }, runtime: text, written: new Date(0) },
    ...{ redacted: false, object, suspect, picture: svg },
    paths: [[{ object, edge: text }]] as unknown as Report['paths'],
    dominated: [object] as unknown as Report['dominated'],
    madeBy: [{ stack: [text, text], alive: 1, share: 1 }],
  });
}

/** The policy that a page carries is a second line: these are without it. */
const withoutPolicy = (html: string) => html.replace(/<meta http-equiv[^>]*>/, '');

/** The numbers of the pictures for which Chromium asked the server for something. */
async function fetching(pictures: readonly string[]): Promise<number[]> {
  pictures.forEach((content, i) => (documents[`/${i}.svg`] = { type: 'image/svg+xml', content }));
  const frames = pictures.map((_, i) => `<iframe src="/${i}.svg" width="50" height="50"></iframe>`).join('');
  documents['/frames'] = { type: 'text/html', content: `<!doctype html>${frames}` };
  documents['/inline'] = { type: 'text/html', content: `<!doctype html>${pictures.join('\n')}` };
  const page = await browser.newPage();
  for (const path of ['/frames', '/inline']) {
    await page.goto(origin + path, { waitUntil: 'networkidle', timeout: 120_000 });
    // What only a pointer loads, a cursor.
    await page.mouse.move(20, 20);
    await page.mouse.move(40, 40);
  }
  await page.close();
  return numbers();
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

/** More of them with `OBJGRAPH_ALL=1`. */
const [manyPictures, manyReports] = process.env.OBJGRAPH_ALL ? [400, 200] : [80, 40];

/** mulberry32: a failure comes again. */
function randomNumbers() {
  let state = Number(process.env.OBJGRAPH_FUZZ_SEED ?? 20261127);
  const random = (below: number) => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) % below;
  };
  return { random, pick: <T>(list: readonly T[]) => list[random(list.length)] };
}

/** Pictures of elements, attributes and styles that load, nested and disguised at random. */
function mixtures(count: number): string[] {
  const { random, pick } = randomNumbers();
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
  return Array.from({ length: count }, (_, i) => make(i));
}

it(`nothing is fetched by ${manyPictures} random mixtures of them`, async () => {
  const all = mixtures(manyPictures);
  expect((await fetching(all)).length).toBeGreaterThan(20);
  fetched.clear();
  expect(await fetching(all.map(cleanSvg))).toEqual([]);
});

/** A part of them, of each property and of each function: what wraps a cleaned picture is the same for all. */
const somePayloads = () => payloads().filter((_, i) => i % 7 === 0 || process.env.OBJGRAPH_ALL);

it('nothing is fetched by a report, whose names and whose picture are any of them', async () => {
  const all = somePayloads();
  const uncleaned = await fetchingPages(all.map((svg) => withoutPolicy(reportOf('name', svg))));
  expect(uncleaned.length).toBeGreaterThan(all.length / 8);
  fetched.clear();
  expect(await fetchingPages(all.map((svg) => withoutPolicy(reportOf(svg, cleanSvg(svg)))))).toEqual([]);
  // By its policy alone.
  expect(await fetchingPages(all.map((svg) => reportOf('name', svg)))).toEqual([]);
});

/** Texts that break out of wherever HTML puts them, and then load. */
function breakouts(count: number): string[] {
  const { random, pick } = randomNumbers();
  const exits = [
    ...[
      '"',
      "'",
      '`',
      '>',
      '">',
      "'>",
      '-->',
      '</td>',
      '</title>',
      '</style>',
      '</script>',
      '</svg>',
      '</pre>',
    ],
    ...[
      '&quot;>',
      '&#34;&#62;',
      '&gt;',
      '\\u003e',
      '\0',
      '\n',
      ']]>',
      '${1}',
      '$&',
      "$'",
      '$`',
      '<!--',
      '<',
      '\ud800',
    ],
  ];
  const loads = [
    (url: string) => `<img src=${url}>`,
    (url: string) => `<img srcset="${url} 1x">`,
    (url: string) => `<svg><image href="${url}"/></svg>`,
    (url: string) => `<link rel=stylesheet href="${url}">`,
    (url: string) => `<style>*{background:url(${url})}</style>`,
    (url: string) => `<meta http-equiv=refresh content="0;url=${url}">`,
    (url: string) => `<iframe src="${url}"></iframe>`,
    (url: string) => `<iframe srcdoc="<img src=${url}>"></iframe>`,
    (url: string) => `<object data="${url}"></object>`,
    (url: string) => `<video poster="${url}"></video>`,
    (url: string) => `<input type=image src="${url}">`,
    (url: string) => `<body background="${url}">`,
    (url: string) => `<script src="${url}"></script>`,
    (url: string) => `<img src=x onerror="fetch('${url}')">`,
    (url: string) => ` style="background:url(${url})" `,
    (url: string) => ` onmouseover=fetch('${url}') autofocus onfocus=fetch('${url}') `,
  ];
  return Array.from({ length: count }, (_, i) => {
    const exit = () => Array.from({ length: random(4) }, () => pick(exits)).join('');
    return Array.from({ length: 1 + random(3) }, () => exit() + pick(loads)(address(i)) + exit()).join('');
  });
}

it(`nothing is fetched by ${manyReports} reports whose names and pictures are random mixtures`, async () => {
  const texts = breakouts(manyReports);
  const pages = texts.map((text) => `<!doctype html><title>report</title><td title="${text}">${text}</td>`);
  // The judge sees what there is to see.
  expect((await fetchingPages(pages)).length).toBeGreaterThan(30);
  fetched.clear();
  const pictures = mixtures(manyReports).map(cleanSvg);
  const reports = texts.map((text, i) => withoutPolicy(reportOf(text, pictures[i])));
  expect(await fetchingPages(reports)).toEqual([]);
});

it('nothing is fetched by the page that is printed as a PDF, nor by its printing', async () => {
  const all = somePayloads();
  const page = async (svg: string) => (await pdfPage(svg)).html;
  const uncleaned = await Promise.all(all.map(page));
  expect((await fetchingPages(uncleaned.map(withoutPolicy))).length).toBeGreaterThan(all.length / 8);
  fetched.clear();
  // By its policy alone, and by its picture alone.
  expect(await fetchingPages(uncleaned)).toEqual([]);
  const cleaned = await Promise.all(all.map((svg) => page(cleanSvg(svg))));
  expect(await fetchingPages(cleaned.map(withoutPolicy))).toEqual([]);
  const pdf = await printPage(await page(picture(all.join('\n'))), findChromium()!);
  expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
  expect(numbers()).toEqual([]);
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

it('a name of 4 MB is cleaned as well', () => {
  const name = 'a-'.repeat(2_000_000);
  const svg = `<!-- ${name}b --><g id="${name}"><title>${name}</title></g>`;
  expect(cleanSvg(svg)).toBe(svg);
});
