// A graph whose author means harm, as a file that its reader passes on: opened in a browser, nothing of it runs or loads.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { reportHtml } from '../../../main/heap/report.ts';
import { cleanSvg } from '../../../main/export/clean-svg.ts';
import { renderDot } from '../../../main/export/render.ts';
import { startBrowser } from '../../chromium.ts';

const quote = '\\"';
/** Where Graphviz writes what a graph says into its SVG. */
const hostile = `digraph {
  stylesheet="http://evil.example/x.css"; id="q${quote}><script>hit()</script>"; class="c${quote} onload=${quote}hit()";
  label="</text><script>hit()</script>"; fontname="Times${quote} onload=${quote}hit()"; href="javascript:hit()";
  script [URL="javascript:hit()" target="_blank${quote} onclick=${quote}hit()" comment="--><script>hit()</script>"];
  "--><script>hit()</script>" [URL="file:///etc/passwd" tooltip="${quote} onmouseover=${quote}hit()"];
  data [URL="data:text/html,<script>hit()</script>"]; blanks [URL=" java\tscript:hit()"]; mixed [href="JaVaScript:hit()"];
  entity [URL="&#106;avascript:hit()"]; colon [URL="javascript&colon;hit()"]; vb [URL="vbscript:hit()"];
  good [URL="https://example.org/a?b=1&c#d"]; beside [URL="other.svg#here"]; mail [URL="mailto:a@example.org"];
  html [label=<<table href="javascript:hit()" tooltip="t&quot; onclick=&quot;hit()"><tr>
    <td href="file:///etc/passwd" title="t"><font face="x&quot; onload=&quot;hit()" color="red&quot; onload=&quot;hit()">face</font></td>
    <td><font face="x&quot;&gt;&lt;script&gt;hit()&lt;/script&gt;">tag</font></td>
    <td><font face="x&quot; style=&quot;background:url(http://evil.example/y)">style</font></td></tr></table>>];
  events [label=<<script>hit()</script><img src="x" onerror="hit()"/>>];
  script -> good [URL="javascript:hit()" headURL="javascript:hit()" headlabel="h" labelURL="javascript:hit()" label="l"];
}`;

let browser: Browser;
beforeAll(async () => {
  browser = await startBrowser();
});
afterAll(() => browser.close());

/** Opens a file as its own document; clicks on every link and rests on everything. */
async function visit(content: string, type: string) {
  const server = createServer((_request, response) =>
    response.writeHead(200, { 'content-type': `${type}; charset=utf-8` }).end(content),
  );
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const page = await browser.newPage();
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const hits: string[] = [];
  const asked: string[] = [];
  await page.exposeFunction('hit', () => hits.push('hit'));
  page.on('dialog', (dialog) => void dialog.dismiss());
  page.on('request', (request) => asked.push(request.url()));
  await page.route('**', (route) =>
    route.request().url() === address || route.request().url().endsWith('/favicon.ico')
      ? route.continue()
      : route.abort(),
  );
  await page.goto(address);
  // What comes later was clicked on.
  const loaded = asked.filter((url) => url !== address && url !== `${address}favicon.ico`);
  const found = await page.evaluate(() => {
    const all = [...document.querySelectorAll('*')];
    for (const element of all)
      for (const type of ['load', 'click', 'mouseover', 'mousemove', 'focus', 'error'])
        element.dispatchEvent(new MouseEvent(type));
    return {
      root: document.documentElement.localName,
      scripts: all.filter(({ localName }) =>
        /^(script|foreignObject|iframe|style|link|use|set|animate)$/i.test(localName),
      ).length,
      handlers: all.flatMap((element) => element.getAttributeNames().filter((name) => /^on/i.test(name))),
      links: all.flatMap(
        (element) => element.getAttribute('xlink:href') ?? element.getAttribute('href') ?? [],
      ),
      text: document.documentElement.textContent,
    };
  });
  await page.close();
  server.close();
  return { ...found, hits, asked: loaded };
}

describe('an exported picture', () => {
  it('is drawn whole as SVG, and nothing in it runs or loads', async () => {
    const { data } = await renderDot(hostile, { format: 'svg' });
    const seen = await visit(String(data), 'image/svg+xml');
    expect(seen).toMatchObject({ root: 'svg', hits: [], scripts: 0, handlers: [], asked: [] });
    expect([...new Set(seen.links)].sort()).toEqual([
      'https://example.org/a?b=1&c#d',
      'mailto:a@example.org',
      'other.svg#here',
    ]);
    expect(seen.text).toContain('face');
  });

  it('runs nothing in a page either, nor does its image map', async () => {
    const svg = String((await renderDot(hostile, { format: 'svg_inline' })).data);
    const map = String((await renderDot(hostile, { format: 'cmapx' })).data);
    const seen = await visit(`<!doctype html>${svg}${map}`, 'text/html');
    expect(seen).toMatchObject({ root: 'html', hits: [], scripts: 0, handlers: [], asked: [] });
    expect(seen.links.filter((link) => /script|file:|data:/i.test(link))).toEqual([]);
    expect(seen.links).toContain('https://example.org/a?b=1&c#d');
  });

  it('stays what it was when it is harmless', async () => {
    const harmless =
      'digraph { a [URL="https://example.org/" fillcolor="red:blue" style=filled label=<<b>x</b><sub>1</sub>>]; a -> b [label="l"] }';
    const { data } = await renderDot(harmless, { format: 'svg' });
    expect(cleanSvg(String(data))).toBe(data);
    expect(data).toContain('stop-color');
    expect(data).toContain('<a xlink:href="https://example.org/"');
  });
});

it('a report of a heap runs nothing of the names in it', async () => {
  const name = '<script>hit()</script><img src=x onerror=hit()>" onload="hit()';
  const object = {
    ...{ id: 1, type: name, name, place: { script: name, line: 1, column: 1 }, kind: 'object', distance: 1 },
    ...{ shallowSize: 1, retainedSize: 1, retainers: 1, references: 1, edges: 1, share: 1, count: 1 },
  } as unknown as Parameters<typeof reportHtml>[0]['object'];
  const picture = String((await renderDot(hostile, { format: 'svg' })).data);
  const paths = [[{ object, edge: name }]] as unknown as Parameters<typeof reportHtml>[0]['paths'];
  const suspect = {
    ...{
      detector: name,
      type: name,
      place: name,
      location: null,
      count: 1,
      retainedSize: 1,
      id: 1,
      confidence: 1,
    },
    ...{ summary: `${name} \`${name}\``, because: name, chain: [name], path: [] },
    ...{ growth: [], holders: 1, consequences: [], doubts: [name] },
  };
  const html = reportHtml({
    ...{ title: name, snapshot: { name, nodes: 1, size: 1 }, runtime: name, written: new Date(), suspect },
    ...{ redacted: false, object, paths, picture },
    dominated: [object] as unknown as Parameters<typeof reportHtml>[0]['dominated'],
  });
  // Even without the policy that it carries.
  const seen = await visit(html.replace(/<meta http-equiv[^>]*>/, ''), 'text/html');
  expect(seen).toMatchObject({ hits: [], handlers: [], asked: [] });
  expect(seen.text).toContain(name);
});
