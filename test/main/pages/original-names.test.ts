// Leaks of a page whose script is a bundle, minified by esbuild: named as the author wrote them, by the bundle's source map.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { Browser } from '../../../main/pages/browser.ts';
import { findLeaks, type LeakReport } from '../../../main/pages/find-leaks.ts';
import { PageDriver } from '../../../main/pages/page-driver.ts';
import { setMapFolders } from '../../../main/source-maps/settings.ts';
import { item, signed } from '../source-maps/scopes-text.ts';

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

/** Of its author, `function keepItems(items) { return function addItem() { items.push(…) } }`. */
const withScopes = 'function a(e){return function n(){e.push({big:new Array(9)})}}window.go=a([]);';

/** A map without names in its mappings: what there are, are those of its scopes. */
function mapWithScopes(): string {
  const [inner, outer] = ['(){', '(e)'].map((text) => withScopes.indexOf(text));
  const names = ['addItem', 'items', 'keepItems', 'e'];
  const scopes = [
    item(1, 0, 0, 0),
    item(1, 5, 0, 0, signed(2)),
    item(3, signed(1)),
    item(1, 5, 3, 0, signed(-2)),
    item(2, 1, 1),
    item(2, 1, 1),
    item(2, 1, 1),
    item(4, 2, 0, signed(0)),
    item(4, 6, outer, signed(1)),
    item(6, 4),
    item(4, 6, inner - outer, signed(1)),
    item(5, '(){e.push({big:new Array(9)})}'.length),
    item(5, 1),
    item(5, withScopes.length - withScopes.indexOf('}window')),
  ].join();
  const mappings = `AAAA,${signed(inner)}${signed(0)}${signed(3)}${signed(0)}`;
  return JSON.stringify({ version: 3, sources: ['src/items.ts'], names, mappings, scopes });
}

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
    else if (url === '/scopes.js') response.setHeader('content-type', 'text/javascript').end(withScopes);
    else if (url === '/scopes')
      response.setHeader('content-type', 'text/html').end('<script src="/scopes.js"></script>');
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

async function leaksOf(action: string, behind: string, address = ''): Promise<LeakReport['leaks']> {
  ending = behind;
  const { session, close } = await browser.newPage();
  const page = await PageDriver.open(session);
  await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/${address}`);
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

it('names that are in the scopes of a map alone are those of functions and variables', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'objgraph-page-scopes-'));
  writeFileSync(join(folder, 'scopes.js'), withScopes);
  writeFileSync(join(folder, 'scopes.js.map'), mapWithScopes());
  setMapFolders([folder]);
  try {
    const [leak] = await leaksOf('go()', '', 'scopes');
    expect(leak.name).toBe('{big}');
    expect(leak.chain).toMatch(
      /^window —go→ addItem \(\S+src\/items\.ts:4\) —variable items→ Array —entry→ /,
    );
  } finally {
    setMapFolders([]);
    rmSync(folder, { recursive: true });
  }
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
