// The component to which what leaks belongs, by each framework's own fields: real React, Vue and Svelte. Angular is a fake, which
// has what its development mode puts into a page: `ng.getOwningComponent` and `__ngContext__` (https://angular.dev/api/core/globals).
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { resolve } from 'node:path';
import { build } from 'esbuild';
import { compile } from 'svelte/compiler';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { Browser } from '../../../main/pages/browser.ts';
import { findLeaks } from '../../../main/pages/find-leaks.ts';
import { PageDriver } from '../../../main/pages/page-driver.ts';

vi.setConfig({ testTimeout: 240_000 });

/** Each mounts a component into a new element, which is removed and kept, with the component in it. */
const pages: Record<string, string> = {
  React: `import { createElement } from 'react'; import { createRoot } from 'react-dom/client'; import { flushSync } from 'react-dom';
    function PriceTag() { return createElement('b', { className: 'price' }, '5'); }
    globalThis.show = (element) => flushSync(() => createRoot(element).render(createElement(PriceTag)));`,
  Vue: `import { createApp, h } from 'vue';
    globalThis.show = (element) => createApp({ name: 'PriceTag', render: () => h('b', { class: 'price' }, '5') }).mount(element);`,
  Svelte: `import { mount } from 'svelte'; import PriceTag from './PriceTag.svelte';
    globalThis.show = (target) => mount(PriceTag, { target });`,
  Angular: `class PriceTag {}
    globalThis.ng = { getOwningComponent: (node) => node.owner ?? null };
    globalThis.show = (element) => {
      const price = Object.assign(document.createElement('b'), { className: 'price', __ngContext__: 1, owner: new PriceTag() });
      element.append(price);
    };`,
  none: `globalThis.show = (element) => { element.innerHTML = '<b class="price">5</b>'; };`,
};

const script = (text: string) => `${text}
  const kept = [];
  globalThis.run = () => {
    const element = document.createElement('div');
    document.body.append(element);
    show(element);
    kept.push(element.querySelector('.price'));
    element.remove();
  };`;

let server: Server;
let browser: Browser;

beforeAll(async () => {
  server = createServer((_request, response) =>
    response.setHeader('content-type', 'text/html').end('<body></body>'),
  );
  await new Promise<void>((ready) => void server.listen(0, ready));
  browser = await Browser.start();
});

afterAll(async () => {
  await browser.close();
  server.close();
});

async function bundled(text: string): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents: script(text), resolveDir: resolve(import.meta.dirname, '../../..') },
    bundle: true,
    write: false,
    format: 'iife',
    keepNames: true,
    conditions: ['browser', 'development'],
    define: {
      'process.env.NODE_ENV': '"development"',
      __VUE_OPTIONS_API__: 'true',
      __VUE_PROD_DEVTOOLS__: 'false',
      __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: 'false',
    },
    plugins: [
      {
        name: 'svelte',
        setup({ onResolve, onLoad }) {
          onResolve({ filter: /\.svelte$/ }, ({ path, resolveDir }) => ({
            path: resolve(resolveDir, path),
            namespace: 'component',
          }));
          onLoad({ filter: /./, namespace: 'component' }, ({ path }) => {
            const { js } = compile('<b class="price">5</b>', { filename: path, dev: true });
            return { contents: js.code, resolveDir: resolve(import.meta.dirname, '../../..') };
          });
        },
      },
    ],
  });
  return outputFiles[0].text;
}

it.each(Object.entries(pages))('%s', async (framework, text) => {
  const { session, close } = await browser.newPage();
  const page = await PageDriver.open(session);
  await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  await page.evaluate(await bundled(text));
  const { leaks } = await findLeaks(session, () => page.evaluate('run()'), { runs: 4, warmup: 2 });
  await close();
  expect(leaks.length).toBeGreaterThan(0);
  const component = framework === 'none' ? null : `PriceTag (${framework})`;
  expect(leaks.map((leak) => leak.component)).toContain(component);
  if (framework === 'none') expect(leaks.every((leak) => leak.component === null)).toBe(true);
});
