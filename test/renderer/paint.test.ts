// What is really painted: pixels of the canvas in Chromium, with a fake host behind the page.
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { WebSocketServer } from 'ws';
import { nothingHidden } from '../../shared/protocol/picture.ts';
import type { Scene } from '../../shared/scene/scene.ts';
import { FakeHost, layOut, type FakeWindow } from './fake-host.ts';

let host: FakeHost;
let window: FakeWindow;

beforeAll(async () => {
  host = await FakeHost.ofWorker();
});
afterEach(() => window.close());

type Rgb = [number, number, number];

/** How many pixels of a layer (0 picture, 1 overlay) have a colour, give or take a little. */
const pixels = ([r, g, b]: Rgb, layer = 0) =>
  window.page
    .locator('canvas')
    .nth(layer)
    .evaluate(
      (canvas: HTMLCanvasElement, [r, g, b]) => {
        const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
        let count = 0;
        for (let i = 0; i < data.length; i += 4) {
          const far = Math.abs(data[i] - r) + Math.abs(data[i + 1] - g) + Math.abs(data[i + 2] - b);
          if (far < 12 && data[i + 3] > 200) count++;
        }
        return count;
      },
      [r, g, b],
    );
/** The colour in the middle of a node, a little above its foot so that no letter is there. */
async function colourOf(scene: Scene, name: string): Promise<string> {
  const [left, , right, bottom] = scene.nodes.find((node) => node.name === name)!.bounds;
  const { zoom, x, y } = await window.shown();
  const at = [((left + right) / 2) * zoom + x, (bottom - 5) * zoom + y];
  return window.canvas.evaluate((element, [x, y]) => {
    const canvas = element as HTMLCanvasElement;
    const ratio = canvas.width / canvas.clientWidth;
    const { data } = canvas.getContext('2d')!.getImageData(x * ratio, y * ratio, 1, 1);
    return `#${[...data.slice(0, 3)].map((byte) => byte.toString(16).padStart(2, '0')).join('')}`;
  }, at);
}

const paper = { light: [255, 255, 255], dark: [0x17, 0x18, 0x1b] } as const satisfies Record<string, Rgb>;
const red = { light: [0xe0, 0x13, 0x1b], dark: [0xff, 0x5a, 0x5f] } as const satisfies Record<string, Rgb>;

/**
 * How often the canvas was painted, once it is not any more: two looks in a row are the same.
 * @param rest milliseconds between them; a large picture takes longer on a busy machine
 */
async function paintsAtRest(rest = 400): Promise<number> {
  for (let last = -1; ;) {
    const { paints } = await window.shown();
    if (paints === last) return paints;
    last = paints;
    await window.page.waitForTimeout(rest);
  }
}

describe('the picture', () => {
  it('has the images that came with it, and empty frames for others', async () => {
    const circle =
      '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9" fill="#0a0"/></svg>';
    const scene = await layOut('digraph { a [shape=box label=""] }');
    const image = { kind: 'image' as const, x: 10, y: 0, width: 30, height: 30 };
    scene.nodes[0].shapes = [
      { ...image, href: 'green.svg' },
      { ...image, x: 100, href: 'toString' },
    ];
    scene.images = { 'green.svg': `data:image/svg+xml;base64,${Buffer.from(circle).toString('base64')}` };
    window = await host.open({ scene });
    await expect.poll(() => pixels([0, 0xaa, 0])).toBeGreaterThan(1000);
  });

  it('has the colours of the file, gradients too', async () => {
    const scene = await layOut(`digraph {
      node [shape=box style=filled label=""];
      a [fillcolor=tomato]; b [fillcolor="0.6,1,1"]; c [fillcolor="red:blue"]; d [fillcolor="red;0.5:blue" style=striped]
    }`);
    window = await host.open({ scene });
    expect(await colourOf(scene, 'a')).toBe('#ff6347');
    expect(await colourOf(scene, 'b')).toBe('#0066ff');
    expect(await colourOf(scene, 'c')).toMatch(/^#[678].00[678]./);
    expect(await pixels([255, 0, 0])).toBeGreaterThan(500);
  });

  it('has the whole window in the colour that the file wants', async () => {
    window = await host.open({ scene: await layOut('digraph { bgcolor="#eeffdd"; a }') });
    const all = await window.canvas.evaluate((canvas: HTMLCanvasElement) => canvas.width * canvas.height);
    expect(await pixels([0xee, 0xff, 0xdd])).toBeGreaterThan(all * 0.8);
  });

  it('goes on to the edges of the window where its page is a gradient', async () => {
    window = await host.open({ scene: await layOut('digraph { bgcolor="red:blue"; a -> b -> c }') });
    const { width, height } = (await window.page.locator('.view').boundingBox())!;
    // The picture itself is a narrow column in the middle.
    expect(await pixels([255, 0, 0])).toBeGreaterThan((width * height) / 4);
    expect(await pixels([0, 0, 255])).toBeGreaterThan((width * height) / 4);
    expect(await pixels(paper.light)).toBe(0);
  });

  it('has a clear colour on white, however often it is painted', async () => {
    const scene = await layOut('digraph { bgcolor="#ff000080"; a }');
    window = await host.open({ scene }, { colorScheme: 'dark' });
    const { paints } = await window.shown();
    await window.page.keyboard.press('+');
    await expect.poll(async () => (await window.shown()).paints).toBeGreaterThan(paints);
    const all = await window.canvas.evaluate((canvas: HTMLCanvasElement) => canvas.width * canvas.height);
    expect(await pixels([255, 127, 127])).toBeGreaterThan(all * 0.8);
  });

  it('dashes what is dashed, leaves out what is invisible and thickens what is bold', async () => {
    const inkOf = async (attributes: string) => {
      window = await host.open({
        scene: await layOut(`digraph { a [label="" shape=box width=3 ${attributes}] }`),
      });
      const ink = await window.canvas.evaluate((canvas: HTMLCanvasElement) => {
        const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
        return data.reduce((sum, byte, i) => (i % 4 === 0 ? sum + 255 - byte : sum), 0);
      });
      await window.close();
      return ink;
    };
    const [solid, dashed, dotted, bold, invisible] = [
      await inkOf(''),
      await inkOf('style=dashed'),
      await inkOf('style=dotted'),
      await inkOf('style=bold'),
      await inkOf('style=invis'),
    ];
    expect(dashed).toBeLessThan(solid * 0.95);
    expect(dotted).toBeLessThan(dashed);
    expect(bold).toBeGreaterThan(solid * 1.5);
    expect(invisible).toBe(0);
    window = await host.open();
  });

  it('is lettered with the fonts that come with the page', async () => {
    const faces = ['Times-Roman', 'Helvetica-Bold', 'Courier-Oblique'];
    const nodes = faces.map((face) => `"${face}" [fontname="${face}"]`).join('; ');
    window = await host.open({ scene: await layOut(`digraph { ${nodes} }`) });
    const loaded = () =>
      window.page.evaluate(() =>
        [...document.fonts]
          .filter(({ status }) => status === 'loaded')
          .map(
            ({ family, weight, style }) =>
              `${family.replaceAll("'", '').replaceAll('"', '')} ${weight} ${style}`,
          )
          .sort(),
      );
    await expect
      .poll(loaded)
      .toEqual(
        expect.arrayContaining([
          'Liberation Mono normal italic',
          'Liberation Sans 700 normal',
          'Liberation Serif normal normal',
        ]),
      );
  });

  it('squeezes text into the width that Graphviz gave it', async () => {
    const scene = await layOut('digraph { a [shape=plain label="WWWWWWWWWWWWWWWWWW" fontcolor=red] }');
    const widthInked = () =>
      window.canvas.evaluate((canvas: HTMLCanvasElement) => {
        const { data, width } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
        const columns = new Set<number>();
        for (let i = 0; i < data.length; i += 4) if (data[i + 1] < 128) columns.add((i / 4) % width);
        return Math.max(...columns) - Math.min(...columns);
      });
    window = await host.open({ scene });
    const natural = await widthInked();
    await window.close();
    const text = scene.nodes[0].shapes[0] as { width: number };
    text.width /= 2;
    window = await host.open({ scene });
    expect(await widthInked()).toBeGreaterThan(natural * 0.45);
    expect(await widthInked()).toBeLessThan(natural * 0.55);
  });

  it('has as many pixels as the screen', async () => {
    window = await host.open({ scene: await layOut('digraph { a }') }, { deviceScaleFactor: 2.5 });
    const { width, height } = (await window.page.locator('.view').boundingBox())!;
    const size = await window.canvas.evaluate((canvas: HTMLCanvasElement) => [canvas.width, canvas.height]);
    expect(size).toEqual([Math.round(width * 2.5), Math.round(height * 2.5)]);
  });

  it('is painted again only when it changed', async () => {
    const scene = await layOut('digraph { a -> b }');
    window = await host.open({ scene });
    const paints = await paintsAtRest();
    await window.page.mouse.move(300, 300);
    const node = scene.nodes[0].bounds;
    const at = await window.locate((node[0] + node[2]) / 2, (node[1] + node[3]) / 2);
    await window.page.mouse.move(at.x, at.y);
    await expect.poll(async () => (await window.shown()).hovered).toBe('a');
    expect(await paintsAtRest()).toBe(paints);
    await window.page.keyboard.press('ArrowUp');
    await expect.poll(async () => (await window.shown()).paints).toBeGreaterThan(paints);
    expect(await paintsAtRest()).toBe(paints + 1);
  });
});

describe.each(['light', 'dark'] as const)('in the %s theme', (colorScheme) => {
  it('the paper is the theme’s and what is hovered is red, with its edges', async () => {
    const scene = await layOut('digraph { a -> b -> c }');
    window = await host.open({ scene }, { colorScheme });
    const all = await window.canvas.evaluate((canvas: HTMLCanvasElement) => canvas.width * canvas.height);
    expect(await pixels(paper[colorScheme])).toBeGreaterThan(all * 0.8);
    expect(await pixels(red[colorScheme], 1)).toBe(0);
    const hover = async (name: string) => {
      const [left, top, right, bottom] = scene.nodes.find((node) => node.name === name)!.bounds;
      const at = await window.locate((left + right) / 2, (top + bottom) / 2);
      await window.page.mouse.move(at.x, at.y);
      await window.settle();
      return pixels(red[colorScheme], 1);
    };
    const [one, two] = [await hover('a'), await hover('b')];
    expect(one).toBeGreaterThan(200);
    expect(two).toBeGreaterThan(one * 1.2);
  });
});

it('follows the system when it turns dark', async () => {
  window = await host.open({ scene: await layOut('digraph { a }') }, { colorScheme: 'light' });
  expect(await pixels(paper.dark)).toBeLessThan(1000);
  await window.page.emulateMedia({ colorScheme: 'dark' });
  await window.settle();
  expect(await pixels(paper.dark)).toBeGreaterThan(100_000);
});

describe('a picture that takes longer than a frame', () => {
  const nodes = Array.from(
    { length: 6000 },
    (_, i) => `n${i} [pos="${(i % 80) * 100},${Math.floor(i / 80) * 60}!"];`,
  );
  const edges = Array.from({ length: 9000 }, (_, i) => `n${i % 6000} -> n${(i * 7) % 6000};`);
  const dot = `digraph { node [shape=box style=filled fillcolor=pink]; ${nodes.join('')} ${edges.join('')} }`;
  let laidOut: Promise<Scene>;
  const large = () => (laidOut ??= layOut(dot, 'nop2' as 'neato'));

  it('moves as it is, and is sharp when it rests', async () => {
    window = await host.open({ scene: await large() });
    await paintsAtRest(1500);
    await window.page.mouse.move(500, 400);
    // Watched from inside: a busy machine may look only when it rests again, and may paint once more before the wheel turns.
    await window.canvas.evaluate((canvas) => {
      const { dataset } = canvas;
      addEventListener('wheel', () => (dataset.paintsBefore ??= dataset.paints), { capture: true });
      const note = () => {
        const { transform } = canvas.style;
        if (!dataset.moved) dataset.moved = `${transform} ${dataset.paints}`;
        else if (transform === '') dataset.rested ??= dataset.paints;
      };
      new MutationObserver(note).observe(canvas, { attributeFilter: ['style'] });
    });
    await window.page.mouse.wheel(0, -100);
    await expect.poll(() => window.canvas.getAttribute('data-moved')).not.toBe(null);
    const paints = Number(await window.canvas.getAttribute('data-paints-before'));
    expect(await window.canvas.getAttribute('data-moved')).toMatch(
      new RegExp(`scale\\(1\\.25\\) ${paints}$`),
    );
    await expect.poll(() => window.canvas.getAttribute('data-rested')).toBe(String(paints + 1));
  });

  it('takes the place of the last one when it is whole, and not before', async () => {
    window = await host.open({ scene: await layOut('digraph { a }') });
    const before = await paintsAtRest();
    // In every frame: how often it was painted, and whether a box of the new picture is there.
    await window.canvas.evaluate((canvas: HTMLCanvasElement) => {
      const seen: [number, boolean][] = [];
      const look = () => {
        const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
        const pink = data.some(
          (red, i) => i % 4 === 0 && red > 240 && data[i + 1] < 220 && data[i + 1] > 180,
        );
        seen.push([Number(canvas.dataset.paints), pink]);
        requestAnimationFrame(look);
      };
      look();
      Object.assign(globalThis, { seen });
    });
    await window.change({ scene: await large(), revision: 2, title: 'large.dot', path: '/tmp/large.dot' });
    await expect.poll(async () => (await window.shown()).paints).toBeGreaterThan(before);
    await paintsAtRest();
    const seen = await window.page.evaluate(
      () => (globalThis as unknown as { seen: [number, boolean][] }).seen,
    );
    expect(seen.every(([paints, pink]) => pink === paints > before)).toBe(true);
    expect(seen.at(-1)).toEqual([before + 1, true]);
  });

  it('is painted again when it changed while it was painted', async () => {
    window = await host.open({ scene: await large() });
    await paintsAtRest();
    // Wider in every frame: some of them are in the midst of a painting.
    await window.canvas.evaluate(async (canvas) => {
      const view = canvas.parentElement!;
      for (let right = 200; right >= 0; right -= 20) {
        view.style.right = `${right}px`;
        await new Promise((passed) => requestAnimationFrame(passed));
      }
    });
    await expect
      .poll(() =>
        window.canvas.evaluate(
          (canvas: HTMLCanvasElement) => canvas.width - canvas.parentElement!.clientWidth,
        ),
      )
      .toBe(0);
  });

  it('has as many pixels as the window that was made larger', async () => {
    window = await host.open({ scene: await large() });
    await paintsAtRest();
    await window.page.setViewportSize({ width: 1200, height: 800 });
    await expect
      .poll(() =>
        window.canvas.evaluate((canvas: HTMLCanvasElement) => {
          const { width, height } = canvas.parentElement!.getBoundingClientRect();
          const shown = canvas.getBoundingClientRect();
          return [
            canvas.width === width,
            canvas.height === height,
            shown.width === width,
            shown.height === height,
          ];
        }),
      )
      .toEqual([true, true, true, true]);
  });
});

it('speaks over a WebSocket, with the ticket of its address, where no host is in the page', async () => {
  const server = new WebSocketServer({
    server: host.server,
    path: '/protocol',
    handleProtocols: () => 'objgraph',
  });
  const asked: unknown[] = [];
  const protocols = new Promise((resolve) => {
    server.on('connection', (socket, request) => {
      resolve(request.headers['sec-websocket-protocol']);
      socket.send('a pass for the next time');
      socket.on('message', (data) => {
        const { id, method } = JSON.parse(String(data));
        asked.push(method);
        const state = {
          title: 'over.dot',
          path: null,
          engine: 'dot',
          busySince: null,
          graphs: [],
          graph: 0,
          layers: [],
          layer: null,
          scene: null,
          revision: 0,
          isPreview: false,
          problem: null,
          warnings: [],
          refusedFolders: [],
          modernLook: false,
          isPlain: false,
          systemDot: false,
          exploration: nothingHidden,
        };
        if (method === 'document.get') socket.send(JSON.stringify({ id, ok: true, result: state }));
      });
    });
  });
  window = await host.blank();
  await window.page.goto(`${host.address}#secret-ticket`);
  expect(await protocols).toMatch(/^objgraph, ?secret-ticket$/);
  await expect.poll(() => window.page.title()).toBe('over.dot');
  expect(asked).toContain('document.get');
  for (const client of server.clients) client.terminate();
  await expect
    .poll(() => window.page.getByRole('alert').innerText())
    .toContain('connection to objgraph is lost');
  server.close();
});
