// Leaks of a page whose script is a bundle, minified by esbuild: named as the author wrote them, by the bundle's source map.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { build } from 'esbuild';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { Browser } from '../../../main/pages/browser.ts';
import { findLeaks, type LeakReport } from '../../../main/pages/find-leaks.ts';
import { PageDriver } from '../../../main/pages/page-driver.ts';

vi.setConfig({ testTimeout: 240_000 });

const sources: Record<string, string> = {
  './cart.ts': `export class ShoppingCart {
  items: string[] = [];
  constructor(readonly owner: string) {}
}
`,
  './listen.ts': `export function followSize(element: { hidden: boolean }): void {
  function onWindowResize() {
    element.hidden = false;
  }
  window.addEventListener('resize', onWindowResize);
  onWindowResize();
}
`,
  './main.ts': `import { ShoppingCart } from './cart.ts';
import { followSize } from './listen.ts';
const carts: ShoppingCart[] = [];
Object.assign(globalThis, {
  addCart: () => void carts.push(new ShoppingCart('anna')),
  listen: () => followSize({ hidden: true }),
});
`,
};

let server: Server;
let browser: Browser;
/** What else a server says behind the bundle. */
let ending = '';

beforeAll(async () => {
  const { outputFiles } = await build({
    entryPoints: ['./main.ts'],
    bundle: true,
    minify: true,
    sourcemap: 'external',
    write: false,
    outfile: '/site/app.js',
    format: 'iife',
    plugins: [
      {
        name: 'sources',
        setup({ onResolve, onLoad }) {
          onResolve({ filter: /./ }, ({ path }) => ({ path: `/site/src/${path}`, namespace: 'file' }));
          onLoad({ filter: /./ }, ({ path }) => ({
            contents: sources[path.replace('/site/src/', '')],
            loader: 'ts',
          }));
        },
      },
    ],
  });
  const textOf = (name: string) => outputFiles.find(({ path }) => path.endsWith(name))!.text;
  server = createServer(({ url }, response) => {
    if (url === '/app.js')
      response.setHeader('content-type', 'text/javascript').end(`${textOf('app.js')}\n${ending}`);
    else if (url === '/app.js.map') response.end(textOf('app.js.map'));
    else response.setHeader('content-type', 'text/html').end('<script src="/app.js"></script>');
  });
  await new Promise<void>((ready) => void server.listen(0, ready));
  browser = await Browser.start();
});

afterAll(async () => {
  await browser.close();
  server.close();
});

async function leaksOf(action: string, behind: string): Promise<LeakReport['leaks']> {
  ending = behind;
  const { session, close } = await browser.newPage();
  const page = await PageDriver.open(session);
  await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  const { leaks } = await findLeaks(session, () => page.evaluate(action), { runs: 4, warmup: 2 });
  await close();
  return leaks;
}

it('a class has the name and the line of its author', async () => {
  const [leak] = await leaksOf('addCart()', '//# sourceMappingURL=app.js.map');
  expect(leak).toMatchObject({ name: 'ShoppingCart', cause: 'object' });
  expect(leak.place).toMatch(/src\/cart\.ts:3$/);
  expect(leak.summary).toMatch(/^\d+ × ShoppingCart \(.*src\/cart\.ts:3\)/);
});

it('so has the function that a listener calls', async () => {
  const [leak] = await leaksOf('listen()', '//# sourceMappingURL=app.js.map');
  expect(leak.cause).toBe('listener');
  expect(leak.name).toContain('onWindowResize');
  expect(leak.place).toMatch(/src\/listen\.ts:2$/);
});

const others = [
  ['a map at no address', '//# sourceMappingURL=http://%/'],
  ['a map of another origin', '//# sourceMappingURL=http://localhost:1/app.js.map'],
  ['a map that is not there', '//# sourceMappingURL=none.map'],
  ['no map', ''],
];
it.each(process.env.OBJGRAPH_ALL ? others : others.slice(0, 2))(
  'with %s, the place is that of the bundle',
  async (_what, behind) => {
    const [leak] = await leaksOf('addCart()', behind);
    expect(leak.place).toMatch(/app\.js:1(?::\d+)?$/);
  },
);
